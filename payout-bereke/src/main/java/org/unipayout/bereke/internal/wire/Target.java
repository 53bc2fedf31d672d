package org.unipayout.bereke.internal.wire;

import org.jspecify.annotations.Nullable;

/** The card that is paid: a saved one, or a number in one of the two places that the bank's page names. */
public record Target(
        @Nullable String bindingId,
        @Nullable String pan,
        @Nullable Card card) {

    /** A card number one level deeper. */
    public record Card(String pan) {
        @Override
        public String toString() {
            return "Card[***]";
        }
    }

    @Override
    public String toString() {
        return "Target[***]";
    }
}
