package org.unipayout.simulator.ioka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.databind.node.ArrayNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** One transfer order of product A with its attempts; reference 3.2 and 3.3. */
final class TransferOrder {
    final String id;
    final long amount;
    final @Nullable String externalId;
    final Instant createdAt;
    final @Nullable Instant dueDate;
    final boolean payout;
    final @Nullable String successUrl;
    final @Nullable String failureUrl;
    final @Nullable String backUrl;
    private final List<Attempt> attempts = new ArrayList<>();
    private final ObjectNode echo;
    private String status = "NOT_TRANSFERRED";
    private Stage stage = Stage.OPEN;

    /** How far the order got, as far as the next attempt is concerned. */
    enum Stage {
        /** Another attempt may be made. */
        OPEN,
        /** Paid, but the answers do not show it until the scenario is settled. */
        PAID_HIDDEN,
        /** Paid, but the answers do not show it until after the next look-up. */
        PAID_HIDDEN_ONCE,
        /** An attempt hangs; no money moved. */
        UNSURE,
        /** Paid, and shown as such. */
        PAID
    }

    /** One attempt to pay, a "transfer" in ioka's words. */
    static final class Attempt {
        final String id = IokaContext.id("trn_");
        final String cardMask;
        private final String orderId;
        private final String createdAt;
        private String status = "APPROVED";
        private boolean moved;
        private Execution.@Nullable Decline decline;

        private Attempt(String orderId, Instant at, String cardMask) {
            this.orderId = orderId;
            this.createdAt = IokaContext.time(at);
            this.cardMask = cardMask;
        }

        Execution.@Nullable Decline decline() {
            return decline;
        }
    }

    /**
     * Takes the order's fixed members.
     *
     * @param echo the members in the order in which ioka shows them, {@code status} and {@code amount} among them
     */
    TransferOrder(ObjectNode echo, Fields fields, long amount, Instant createdAt) {
        this.createdAt = createdAt;
        this.echo = echo;
        this.amount = amount;
        this.id = echo.get("id").textValue();
        this.externalId = fields.text("external_id");
        this.dueDate = fields.time("due_date");
        this.payout = "PAYOUT".equals(echo.get("type").textValue());
        this.successUrl = fields.url("success_url");
        this.failureUrl = fields.url("failure_url");
        this.backUrl = fields.url("back_url");
    }

    String reference() {
        return externalId == null ? id : externalId;
    }

    Stage stage() {
        return stage;
    }

    Optional<Attempt> lastAttempt() {
        return attempts.isEmpty() ? Optional.empty() : Optional.of(attempts.get(attempts.size() - 1));
    }

    Optional<Attempt> paidAttempt() {
        return attempts.stream().filter(attempt -> attempt.moved).findFirst();
    }

    Attempt begin(Instant at, String cardMask) {
        Attempt attempt = new Attempt(id, at, cardMask);
        attempts.add(attempt);
        return attempt;
    }

    void declined(Attempt attempt, Execution.Decline decline) {
        attempt.status = "DECLINED";
        attempt.decline = decline;
    }

    void unsure(Attempt attempt) {
        attempt.status = "REQUIRES_ACTION";
        status = "REGISTERED";
        stage = Stage.UNSURE;
    }

    void paid(Attempt attempt, String attemptStatus, String orderStatus, Stage next) {
        attempt.moved = true;
        attempt.status = attemptStatus;
        status = orderStatus;
        stage = next;
    }

    /** From now on the answers show what happened. */
    Attempt reveal() {
        Attempt attempt = paidAttempt().orElseThrow();
        paid(attempt, "APPROVED", "TRANSFERRED", Stage.PAID);
        return attempt;
    }

    /** From now on answers name another amount. */
    void echoAmount(long other) {
        echo.put("amount", other);
    }

    ObjectNode json() {
        return echo.deepCopy().put("status", status);
    }

    ObjectNode jsonWithTransfers(IokaSwitches switches) {
        ObjectNode json = json();
        ArrayNode transfers = json.putArray("transfers");
        attempts.forEach(attempt -> transfers.add(lookedUp(attempt, switches.transferredAmountInOrder)));
        return json;
    }

    /** The attempt as look-ups and notifications show it: every member, absent ones null. */
    ObjectNode lookedUp(Attempt attempt, boolean withAmount) {
        ObjectNode json = head(attempt, withAmount);
        boolean approved = attempt.moved;
        ObjectNode sender = json.putObject("sender");
        sender.put("id", approved ? "pyr_TESTCARDID" : null);
        sender.put("pan_masked", "440563******5096").put("expiry_date", "01/25").putNull("holder");
        sender.put("payment_system", "VISA").put("emitter", "halykbank");
        sender.putNull("email").putNull("phone");
        acquirer(json, attempt);
        json.putNull("tds");
        action(json, attempt);
        json.set("error", attempt.decline == null ? json.nullNode() : attempt.decline.json());
        return json.put("receiver_pan_masked", attempt.cardMask);
    }

    /** The attempt as the call that made it shows it: shorter, and with the amount. */
    ObjectNode answered(Attempt attempt) {
        ObjectNode json = head(attempt, true);
        acquirer(json, attempt);
        json.put("tds", false);
        if (attempt.decline != null) {
            json.set("error", attempt.decline.json());
        }
        if (attempt.status.equals("REQUIRES_ACTION")) {
            action(json, attempt);
        }
        return json.put("receiver_pan_masked", attempt.cardMask);
    }

    private ObjectNode head(Attempt attempt, boolean withAmount) {
        ObjectNode json = Json.object();
        json.put("id", attempt.id).put("order_id", attempt.orderId);
        json.put("status", attempt.status).put("created_at", attempt.createdAt);
        boolean shown = withAmount && attempt.moved && !isWaiting(attempt);
        json.set("transferred_amount", shown ? echo.get("amount") : json.nullNode());
        return json.put("processing_fee", 0.0);
    }

    private static void acquirer(ObjectNode json, Attempt attempt) {
        if (!attempt.moved || isWaiting(attempt)) {
            json.putNull("acquirer");
            return;
        }
        // Derived from the attempt, so that every answer names the same reference.
        long digits = 100_000_000_000L + Math.floorMod(attempt.id.hashCode(), 1_000_000_000);
        json.putObject("acquirer").put("name", "epay_v2").put("reference", String.valueOf(digits));
    }

    private void action(ObjectNode json, Attempt attempt) {
        if (attempt.status.equals("REQUIRES_ACTION")) {
            json.putObject("action").put("url", echo.get("checkout_url").textValue() + "/action");
        } else {
            json.putNull("action");
        }
    }

    private static boolean isWaiting(Attempt attempt) {
        return attempt.status.equals("PENDING") || attempt.status.equals("REQUIRES_ACTION");
    }
}
