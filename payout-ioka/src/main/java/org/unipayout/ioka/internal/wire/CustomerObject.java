package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** A person with saved cards: bare in a look-up, inside {@code customer} in the answer to its creation. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record CustomerObject(
        @Nullable String id,
        @Nullable String status,
        @Nullable String externalId,
        @Nullable String checkoutUrl,
        @Nullable CustomerObject customer) {
    /** The customer itself, whichever way it came. */
    public CustomerObject unwrapped() {
        return customer == null ? this : customer;
    }

    @Override
    public String toString() {
        return "CustomerObject[***]";
    }
}
