package org.unipayout.simulator.horizonpay;

import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/** One saved transaction. Mutable; guarded by the simulator's lock. */
final class Transaction {
    final String uid;
    final String type;
    final JsonNode request;
    final Card card;
    final @Nullable String token;
    final Instant createdAt;
    final long amount;
    final @Nullable String currency;
    /** What the duplicate check compares. */
    final String instrument;

    final String rrn;
    private long echoedAmount;
    private Outcome outcome = Outcome.PENDING;
    private Instant updatedAt;
    private Instant visibleFrom;
    private @Nullable Instant correctedAt;
    private @Nullable Instant completesAt;
    private Outcome ending = Outcome.PENDING;

    Transaction(String uid, String type, JsonNode request, Card card, @Nullable String token, Instant createdAt) {
        this.uid = uid;
        this.type = type;
        this.request = request;
        this.card = card;
        this.token = token;
        this.createdAt = createdAt;
        this.amount = request.path("amount").asLong();
        this.currency = Json.text(request, "currency");
        this.instrument = instrumentOf(request);
        this.rrn = String.valueOf(RandomGenerator.getDefault().nextLong(100_000_000_000L, 1_000_000_000_000L));
        this.echoedAmount = amount;
        this.updatedAt = createdAt;
        this.visibleFrom = createdAt;
    }

    /** The number or token as sent: the same card under both names counts as two. */
    static String instrumentOf(JsonNode request) {
        String token = Json.text(request, "recipient_credit_card.token");
        return token == null ? "number " + Json.text(request, "recipient_credit_card.number") : "token " + token;
    }

    @Nullable String trackingId() {
        return Json.text(request, "tracking_id");
    }

    /** The merchant's reference, as far as one was sent. */
    String reference() {
        String trackingId = trackingId();
        return trackingId == null ? uid : trackingId;
    }

    Outcome outcome() {
        return outcome;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    @Nullable Instant paidAt() {
        return outcome.status().equals("successful") ? updatedAt : null;
    }

    long echoedAmount() {
        return echoedAmount;
    }

    void echo(long otherAmount) {
        echoedAmount = otherAmount;
    }

    void hideFor(Duration duration) {
        visibleFrom = createdAt.plus(duration);
    }

    /** Ends now. */
    void become(Outcome now, Instant at) {
        outcome = now;
        updatedAt = at;
        completesAt = null;
    }

    /** Was turned into a paid one by hand. */
    void correct(Instant at) {
        become(Outcome.SUCCESSFUL, at);
        correctedAt = at;
    }

    @Nullable Instant correctedAt() {
        return correctedAt;
    }

    /** Stays pending and ends later: {@link Instant#MAX} waits for a call of {@code settle}. */
    void endLater(Outcome later, Instant at) {
        outcome = Outcome.PENDING;
        ending = later;
        completesAt = at;
    }

    boolean isProcessing() {
        return completesAt != null;
    }

    /** Whether time, the recipient or {@code settle} will still change it. */
    boolean isOpen() {
        return isProcessing() || outcome.awaitsRecipient();
    }

    boolean isDue(Instant now) {
        return completesAt != null && !completesAt.isAfter(now);
    }

    void complete(Instant at) {
        become(ending, at);
    }

    boolean isVisible(Instant now, boolean invisibleWhileProcessing) {
        return !visibleFrom.isAfter(now) && !(invisibleWhileProcessing && isProcessing());
    }

    @Override
    public String toString() {
        return type + " " + uid + " " + outcome.status();
    }
}
