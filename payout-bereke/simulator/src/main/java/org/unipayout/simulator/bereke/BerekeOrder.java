package org.unipayout.simulator.bereke;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.unipayout.testkit.Scenario;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/** One payout as the bank keeps it: what was asked for, and how far it got. */
final class BerekeOrder {
    /** How far a payout got. */
    enum State {
        /** The hosted page waits for a card. */
        REGISTERED,
        /** Under way until it is settled. */
        OPEN,
        PAID,
        DECLINED,
        /** Paid, then taken back. */
        RETURNED
    }

    /** Why a payout was declined, in words of the acquiring action codes: payouts have none of their own. */
    enum Decline {
        ISSUER("103", "Issuer declined"),
        INSUFFICIENT_FUNDS("116", "Insufficient funds");

        final String code;
        final String text;

        Decline(String code, String text) {
            this.code = code;
            this.text = text;
        }
    }

    final String orderId = UUID.randomUUID().toString();
    final String orderNumber;
    final long amount;
    final Scenario scenario;
    final Instant createdAt;
    final Instant hiddenUntil;
    final @Nullable String description;
    final @Nullable String clientId;
    final JsonNode orderParams;
    final @Nullable String returnUrl;
    final @Nullable String failUrl;

    /** End of the hosted page; a payout with a card has none. */
    Instant expiresAt = Instant.MAX;

    @Nullable String sourceBindingId;

    @Nullable String cardholder;

    @Nullable String bindingId;

    State state = State.REGISTERED;
    String pan = "";
    String refNum = "";
    Instant executedAt = Instant.MAX;
    Instant interimUntil = Instant.MIN;
    boolean moneyMoved;
    boolean seenPaid;

    @Nullable Decline decline;

    BerekeOrder(Fields fields, Scenario scenario, Instant createdAt, Instant hiddenUntil) {
        this.orderNumber = fields.requiredText("orderNumber");
        this.amount = fields.node("amount").longValue();
        this.scenario = scenario;
        this.createdAt = createdAt;
        this.hiddenUntil = hiddenUntil;
        this.description = fields.text("description");
        this.clientId = fields.text("client.clientId");
        this.cardholder = fields.text("client.name");
        this.orderParams = fields.node("jsonParams");
        this.returnUrl = fields.text("urls.returnUrl");
        this.failUrl = fields.text("urls.failUrl");
        this.sourceBindingId = fields.text("source.bindingId");
    }

    /** Whether its operation is over and shows in answers. */
    boolean isFinished() {
        return state == State.PAID || state == State.DECLINED || state == State.RETURNED;
    }

    /** The amount that answers echo. */
    long echoedAmount() {
        return scenario == Scenario.WRONG_ECHO ? amount + 100 : amount;
    }
}
