package org.unipayout.bereke.internal.wire;

import org.jspecify.annotations.Nullable;

/** One finished operation of an order. Tables and examples on the bank's page name its date and its card differently. */
public record OperationItem(
        @Nullable String operationType,
        @Nullable String operationDate,
        @Nullable String datetime,
        @Nullable String panMaskedTo,
        @Nullable String pan,
        @Nullable String refNum,
        @Nullable String resultCode,
        @Nullable String resultCodeDescription) {

    /** When it was done, as epoch milliseconds in text. */
    public @Nullable String date() {
        return operationDate != null ? operationDate : datetime;
    }

    /** The masked card. */
    public @Nullable String mask() {
        return panMaskedTo != null ? panMaskedTo : pan;
    }

    /** Whether the bank says that it failed. */
    public boolean failed() {
        return resultCode != null && !resultCode.equals("0");
    }

    @Override
    public String toString() {
        return "OperationItem[***]";
    }
}
