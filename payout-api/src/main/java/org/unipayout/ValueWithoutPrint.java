package org.unipayout;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Equal by its parts, and printed by nobody. A record would be shorter, but each bean serializer writes a record's
 * components out: a recipient that is put into a log event or an answer would take its token along. No part may stand in a
 * getter or in a field that is not transient.
 */
abstract class ValueWithoutPrint {
    private final transient List<@Nullable Object> parts;

    ValueWithoutPrint(@Nullable Object... parts) {
        this.parts = Arrays.asList(parts);
    }

    @Override
    public final boolean equals(@Nullable Object other) {
        return other instanceof ValueWithoutPrint value && value.getClass() == getClass() && value.parts.equals(parts);
    }

    @Override
    public final int hashCode() {
        return parts.hashCode();
    }

    /** {@return the name of the kind, and nothing of its parts} */
    @Override
    public String toString() {
        return getClass().getSimpleName() + "[***]";
    }
}
