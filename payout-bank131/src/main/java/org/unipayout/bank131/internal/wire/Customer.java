package org.unipayout.bank131.internal.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code customer}: the merchant's own id of the person, with ways to reach them. */
public record Customer(String reference, @Nullable List<Contact> contacts) {
    @Override
    public String toString() {
        return "Customer[***]";
    }

    /** One way to reach a customer. */
    public record Contact(@Nullable String email, @Nullable String phone) {
        @Override
        public String toString() {
            return "Contact[***]";
        }
    }
}
