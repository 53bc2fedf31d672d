package org.unipayout.testkit.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.CardNumber;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Shown;

/** One transaction at the provider. All of it is data, so that a world can be copied and compared. */
final class Transaction {
    /** Who made it. */
    enum Maker {
        /** The merchant whose world it is. */
        MERCHANT("t"),
        /** Another system of the same merchant, about the same payout. */
        SECOND_SYSTEM("s"),
        /** Somebody else, or the same merchant long ago, about another payout. */
        FOREIGN("x");

        private final String letter;

        Maker(String letter) {
            this.letter = letter;
        }

        String id(int number, String reference) {
            return letter + number + "-" + reference;
        }
    }

    /** What will become of it, and when. */
    record Plan(Instant at, PayoutStatus status) {}

    final String id;
    final Maker maker;
    final PayoutRequest request;
    final Instant createdAt;
    Instant visibleFrom;
    PayoutStatus status = PayoutStatus.PREPARED;
    PayoutStatus before = PayoutStatus.PREPARED;
    Instant changedAt;
    List<Plan> plans = new ArrayList<>();
    int starts;

    /** When its start is not remembered any more; null if it always is. */
    @Nullable Instant forgottenAt;

    int asked;
    boolean declinedByFence;
    boolean corrected;

    Transaction(String id, Maker maker, PayoutRequest request, Instant createdAt, Instant visibleFrom) {
        this.id = id;
        this.maker = maker;
        this.request = request;
        this.createdAt = createdAt;
        this.visibleFrom = visibleFrom;
        changedAt = createdAt;
    }

    Transaction copy() {
        Transaction copy = new Transaction(id, maker, request, createdAt, visibleFrom);
        copy.status = status;
        copy.before = before;
        copy.changedAt = changedAt;
        copy.plans = new ArrayList<>(plans);
        copy.starts = starts;
        copy.forgottenAt = forgottenAt;
        copy.asked = asked;
        copy.declinedByFence = declinedByFence;
        copy.corrected = corrected;
        return copy;
    }

    String reference() {
        return request.reference();
    }

    void plan(Instant at, PayoutStatus next) {
        plans.add(new Plan(at, next));
    }

    void become(PayoutStatus next, Instant at) {
        corrected |= status == PayoutStatus.FAILED && next == PayoutStatus.SUCCEEDED;
        before = status;
        status = next;
        changedAt = at;
    }

    Optional<Plan> nextPlan() {
        return plans.stream().min((one, other) -> one.at.compareTo(other.at));
    }

    boolean isForgotten(Instant now) {
        return forgottenAt != null && now.isAfter(forgottenAt);
    }

    /** Whether money may move yet. */
    boolean mayStillPay() {
        return status == PayoutStatus.AWAITING_CONFIRMATION
                || plans.stream().anyMatch(plan -> plan.status == PayoutStatus.SUCCEEDED);
    }

    Shown shown(boolean recipient) {
        return Shown.builder(reference(), id)
                .amount(request.amount())
                .kinds(request.recipient().kind())
                .card(recipient ? card() : null)
                .token(recipient ? token() : null)
                .createdAt(createdAt)
                .build();
    }

    @Nullable String card() {
        return request.recipient() instanceof Recipient.Card card ? masked(card.number()) : null;
    }

    private static String masked(CardNumber number) {
        String digits = number.reveal();
        return digits.substring(0, 6) + "******" + digits.substring(digits.length() - 4);
    }

    @Nullable String token() {
        return request.recipient() instanceof Recipient.SavedCard saved ? saved.token() : null;
    }

    /** Everything that decides what it will do, with times as they lie before or after an instant. */
    String fingerprint(Instant now) {
        StringBuilder text = new StringBuilder(id)
                .append(status)
                .append(starts)
                .append(asked)
                .append(declinedByFence)
                .append(age(visibleFrom, now))
                .append(forgottenAt == null ? "" : age(forgottenAt, now));
        plans.forEach(plan -> text.append(plan.status).append(age(plan.at, now)));
        return text.toString();
    }

    static String age(Instant at, Instant now) {
        long seconds = Duration.between(at, now).toSeconds();
        return seconds > 0 ? "past " : seconds + " ";
    }
}
