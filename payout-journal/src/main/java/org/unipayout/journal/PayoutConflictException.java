package org.unipayout.journal;

import java.util.Set;
import java.util.TreeSet;

/**
 * The reference belongs to another intent that is stored already. Nothing was stored or sent by this call.
 *
 * <p>Names the fields that differ and never their values. Pay a different intent under a reference of its own.
 */
public final class PayoutConflictException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String reference;
    private final TreeSet<String> fields;

    PayoutConflictException(String reference, Set<String> fields) {
        super("pay: reference " + reference + " is stored with other content; these fields differ: "
                + String.join(", ", new TreeSet<>(fields)));
        this.reference = reference;
        this.fields = new TreeSet<>(fields);
    }

    /** {@return the merchant's reference} */
    public String reference() {
        return reference;
    }

    /** {@return the names of the fields that differ, for example {@code recipient.token}; unmodifiable} */
    public Set<String> fields() {
        return Set.copyOf(fields);
    }
}
