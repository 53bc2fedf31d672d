package org.unipayout.simulator.ioka;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** A saved card of a customer. */
final class Card {
    final String id;
    final String customerId;
    final String pan;
    private final String createdAt;
    private final String expiry;
    private final @Nullable String holder;
    private final Execution.@Nullable Decline decline;

    Card(
            String id,
            String customerId,
            Instant createdAt,
            String pan,
            String expiry,
            @Nullable String holder,
            Execution.@Nullable Decline decline) {
        this.id = id;
        this.customerId = customerId;
        this.createdAt = IokaContext.time(createdAt);
        this.pan = pan;
        this.expiry = expiry;
        this.holder = holder;
        this.decline = decline;
    }

    /** First six digits, six asterisks, last four digits. */
    static String mask(String pan) {
        return pan.substring(0, 6) + "******" + pan.substring(pan.length() - 4);
    }

    boolean approved() {
        return decline == null;
    }

    /** What the form tells its owner. */
    String outcome() {
        return decline == null ? "Карта сохранена." : decline.message();
    }

    ObjectNode json() {
        ObjectNode json = Json.object();
        json.put("id", id).put("customer_id", customerId);
        json.put("status", decline == null ? "APPROVED" : "DECLINED").put("created_at", createdAt);
        json.put("pan_masked", mask(pan)).put("expiry_date", expiry).put("holder", holder);
        json.put("payment_system", paymentSystem());
        json.put("emitter", pan.startsWith("440563") ? "halykbank" : null);
        json.put("cvc_required", true).put("masterpass_card", false);
        json.set("error", decline == null ? json.nullNode() : decline.json());
        return json.putNull("action");
    }

    private @Nullable String paymentSystem() {
        return switch (pan.charAt(0)) {
            case '4' -> "VISA";
            case '2', '5' -> "MASTERCARD";
            default -> null;
        };
    }
}
