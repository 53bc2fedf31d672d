package org.unipayout.simulator.ioka;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ArrayNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** One payout order of product B; reference 4. */
final class PayoutOrder {
    private static final SecureRandom RANDOM = new SecureRandom();

    final String uuid;
    final long amount;
    final String acquirer;
    final boolean manual;
    final @Nullable String externalId;
    final JsonNode extraInfo;
    final Recipient recipient;
    final Instant createdAt;
    private final boolean integerUuid;
    private final int upc = RANDOM.nextInt(100_000_000, 1_000_000_000);
    private final ArrayNode events = Json.array();
    private long echoedAmount;
    private Instant updatedAt;
    private String status = "PENDING";
    private @Nullable ObjectNode payout;
    private boolean slow;
    private boolean rewired;
    private boolean tried;

    PayoutOrder(Fields fields, long amount, String acquirer, Recipient recipient, Instant at, boolean integerUuid) {
        this.integerUuid = integerUuid;
        this.uuid = integerUuid
                ? String.valueOf(RANDOM.nextInt(1, Integer.MAX_VALUE))
                : UUID.randomUUID().toString();
        this.amount = amount;
        this.echoedAmount = amount;
        this.acquirer = acquirer;
        this.manual = fields.oneOf("capture_method", PayoutOrders.CAPTURE_METHODS, "AUTO")
                .equals("MANUAL");
        this.externalId = fields.text("external_id");
        this.extraInfo = fields.any("extra_info");
        this.recipient = recipient;
        this.createdAt = at;
        this.updatedAt = at;
    }

    String reference() {
        return externalId == null ? uuid : externalId;
    }

    String status() {
        return status;
    }

    boolean isSlow() {
        return slow;
    }

    boolean isRewired() {
        return rewired;
    }

    boolean awaitsCard() {
        return status.equals("PENDING") && !tried && !recipient.isKnown();
    }

    boolean isOnHold() {
        return status.equals("ON_HOLD");
    }

    void event(Instant at, String name, Execution.@Nullable Decline decline) {
        ObjectNode event = Json.object().put("uuid", UUID.randomUUID().toString());
        event.put("created_at", IokaContext.time(at))
                .put("updated_at", IokaContext.time(at))
                .put("name", name);
        if (decline != null) {
            event.put("code", decline.code()).put("message", decline.message());
        }
        events.add(event);
        updatedAt = at;
    }

    void hold(Instant at) {
        status = "ON_HOLD";
        event(at, "ORDER_ON_HOLD", null);
    }

    ObjectNode begin(Instant at) {
        tried = true;
        ObjectNode begun = Json.object().put("uuid", UUID.randomUUID().toString());
        begun.put("created_at", IokaContext.time(at))
                .put("updated_at", IokaContext.time(at))
                .put("processing_fee", 0.0)
                .putNull("error");
        payout = begun;
        event(at, "PAYOUT_CREATED", null);
        return begun;
    }

    void wait(Instant at, boolean paidInSilence) {
        status = "PENDING";
        slow = paidInSilence;
        event(at, paidInSilence ? "PAYOUT_IN_PROCESS" : "PAYOUT_POSTPONED", null);
    }

    void complete(Instant at, String word) {
        status = word;
        slow = false;
        rewired = false;
        if (payout != null) {
            payout.putNull("error");
        }
        event(at, "PAYOUT_APPROVED", null);
        event(at, "ORDER_COMPLETED", null);
    }

    void fail(Instant at, String event, Execution.Decline decline) {
        ObjectNode failed = payout == null ? begin(at) : payout;
        failed.set("error", decline.json());
        status = "FAILED";
        event(at, event, decline);
        event(at, "ORDER_FAILED", decline);
    }

    /** The failure was not the end: another way is tried. */
    void rewire(Instant at) {
        rewired = true;
        event(at, "PAYOUT_REWIRED", null);
    }

    void echoAmount(long other) {
        echoedAmount = other;
    }

    ArrayNode events() {
        return events.deepCopy();
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        if (integerUuid) {
            json.put("uuid", Long.parseLong(uuid));
        } else {
            json.put("uuid", uuid);
        }
        common(json);
        json.put("status", status);
        json.set("payout", payout == null ? json.nullNode() : payout.deepCopy());
        return json;
    }

    /** The order inside a notification, where its id is called {@code id}. */
    ObjectNode notified(boolean withStatus, String balanceId) {
        ObjectNode json = Json.object().put("id", uuid);
        common(json);
        json.put("balance_id", balanceId);
        return withStatus ? json.put("status", status) : json;
    }

    ObjectNode upc() {
        ObjectNode json = Json.object().put("status", status).put("external_id", externalId);
        json.put("upc", upc).put("name", recipient.text("name")).put("nib", recipient.text("iin"));
        json.put("amount", echoedAmount);
        String purpose = recipient.text("knp");
        if (purpose == null || !purpose.matches("\\d{3}")) {
            return json.putNull("knp");
        }
        return json.put("knp", Integer.parseInt(purpose));
    }

    private void common(ObjectNode json) {
        json.put("created_at", IokaContext.time(createdAt)).put("updated_at", IokaContext.time(updatedAt));
        json.put("acquirer", acquirer).put("capture_method", manual ? "MANUAL" : "AUTO");
        json.put("external_id", externalId).put("amount", echoedAmount);
        json.set("extra_info", extraInfo);
        json.put("currency", IokaContext.CURRENCY);
        json.set("recipient", recipient.json());
        json.put("shop_id", IokaContext.SHOP_ID);
    }
}
