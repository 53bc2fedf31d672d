package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** The envelope of every {@code session/*} answer. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SessionAnswer(
        @Nullable String status,
        @Nullable Session session,
        @Nullable ErrorObject error,
        @Nullable JsonNode confirmInformation)
        implements Envelope {
    @Override
    public boolean showsPayout() {
        return session != null && !session.isEmpty();
    }

    @Override
    public String toString() {
        return "SessionAnswer[***]";
    }
}
