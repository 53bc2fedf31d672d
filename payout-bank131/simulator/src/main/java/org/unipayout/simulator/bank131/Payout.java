package org.unipayout.simulator.bank131;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.unipayout.testkit.Scenario;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** One payout in a session: what was asked for, and what became of it. */
final class Payout {
    static final String IN_PROGRESS = "in_progress";
    static final String PENDING = "pending";
    static final String SUCCEEDED = "succeeded";
    static final String FAILED = "failed";

    private final String id;
    private final PayoutKind kind;
    private final Scenario scenario;
    private final ObjectNode fields;
    private final Instrument instrument;
    private final Instant createdAt;
    private final List<Refund> refunds = new ArrayList<>();
    private String status = IN_PROGRESS;
    private @Nullable Instant finishedAt;
    private @Nullable Failure failure;

    /** Money that comes back from the recipient's bank, or has come. */
    record Refund(String id, Instant at, boolean done) {
        Refund finished() {
            return new Refund(id, at, true);
        }
    }

    Payout(String id, PayoutKind kind, Scenario scenario, ObjectNode fields, Instrument instrument, Instant createdAt) {
        this.id = id;
        this.kind = kind;
        this.scenario = scenario;
        this.fields = fields;
        this.instrument = instrument;
        this.createdAt = createdAt;
    }

    String id() {
        return id;
    }

    PayoutKind kind() {
        return kind;
    }

    Scenario scenario() {
        return scenario;
    }

    ObjectNode fields() {
        return fields;
    }

    Instrument instrument() {
        return instrument;
    }

    Instant createdAt() {
        return createdAt;
    }

    long amount() {
        return Json.child(fields, "amount_details").path("amount").longValue();
    }

    String currency() {
        return Json.text(Json.child(fields, "amount_details"), "currency");
    }

    String ledgerCurrency() {
        return currency().toUpperCase(Locale.ROOT);
    }

    /** The settlement or escrow account that pays; the methods that pay to cards name none. */
    String senderAccount() {
        return Json.text(PayoutFields.sender(fields), "account");
    }

    /** The merchant's own reference: the bank has no field for it but {@code metadata}. */
    String reference(String sessionId) {
        JsonNode metadata = fields.path("metadata");
        JsonNode reference = metadata.isObject() ? metadata.path("reference") : metadata;
        return reference.isTextual() ? reference.textValue() : sessionId;
    }

    String status() {
        return status;
    }

    /** Changes a status that is not the last one. */
    void status(String next) {
        status = next;
    }

    void finish(String last, @Nullable Failure why, Instant at) {
        status = last;
        failure = why;
        finishedAt = at;
    }

    @Nullable Instant finishedAt() {
        return finishedAt;
    }

    @Nullable Failure failure() {
        return failure;
    }

    boolean ended() {
        return finishedAt != null;
    }

    List<Refund> refunds() {
        return refunds;
    }
}
