package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** The body of every {@code session/*} method. The instrument stands in {@code payment_method} (v1) or {@code payout_details} (v2). */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record SessionRequest(
        @Nullable String sessionId,
        @Nullable Instrument paymentMethod,
        @Nullable Instrument payoutDetails,
        @Nullable InternalTransfer paymentDetails,
        @Nullable AmountDetails amountDetails,
        @Nullable Participants participantDetails,
        @Nullable Customer customer,
        @Nullable FiscalizationDetails fiscalizationDetails,
        @Nullable JsonNode metadata,
        @Nullable JsonNode confirmInformation) {

    /** A call that only names a session, with what the bank wants to see again, if it sent anything. */
    public static SessionRequest of(String sessionId, @Nullable JsonNode confirmInformation) {
        JsonNode echo = confirmInformation == null || confirmInformation.isNull() ? null : confirmInformation;
        return new SessionRequest(sessionId, null, null, null, null, null, null, null, null, echo);
    }

    /** What {@code session/create} may know in advance. */
    public static SessionRequest inAdvance(AmountDetails amount, JsonNode metadata) {
        return new SessionRequest(null, null, null, null, amount, null, null, null, metadata, null);
    }

    @Override
    public String toString() {
        return "SessionRequest[***]";
    }
}
