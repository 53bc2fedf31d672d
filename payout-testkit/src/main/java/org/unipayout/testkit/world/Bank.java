package org.unipayout.testkit.world;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unipayout.Capabilities;
import org.unipayout.CardNumber;
import org.unipayout.Money;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Resubmission;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.world.Transaction.Maker;
import org.unipayout.testkit.world.Transaction.Plan;

/** The provider behind its doors: transactions, what becomes of them, the money, and what is told of it. */
final class Bank {
    static final Duration EQUAL_FOR = Duration.ofSeconds(30);
    private static final int QUESTIONS = 3;
    private static final Duration DAY = Duration.ofHours(20);

    private final ProviderTraits traits;
    private final Choices choices;
    private final Clock clock;
    private final Story story;
    final Ledger ledger = new Ledger();
    private List<Transaction> transactions = new ArrayList<>();
    private List<Notices.Notice> notices = new ArrayList<>();
    private boolean calm;

    /** Asks the merchant before a payment; null if nobody answers. */
    @Nullable Fence fence;

    /** The merchant's side of the question before a payment. */
    @FunctionalInterface
    interface Fence {
        /** {@return the answer, or null if it could not be given} */
        PayoutFence.@Nullable Answer answer(byte[] question);
    }

    Bank(ProviderTraits traits, Choices choices, Clock clock, Story story) {
        this.traits = traits;
        this.choices = choices;
        this.clock = clock;
        this.story = story;
    }

    /** What can be put aside and taken up again. */
    record State(List<Transaction> transactions, List<Notices.Notice> notices, List<Ledger.Movement> movements) {}

    State state() {
        return new State(
                transactions.stream().map(Transaction::copy).toList(), List.copyOf(notices), ledger.movements());
    }

    void restore(State state) {
        transactions = new ArrayList<>(
                state.transactions.stream().map(Transaction::copy).toList());
        notices = new ArrayList<>(state.notices);
        ledger.clear();
        state.movements.forEach(ledger::add);
    }

    String fingerprint() {
        Instant now = clock.instant();
        StringBuilder text = new StringBuilder();
        transactions.forEach(
                transaction -> text.append(transaction.fingerprint(now)).append(';'));
        notices.forEach(notice -> text.append(notice).append(Transaction.age(notice.dueAt(), now)));
        ledger.movements().forEach(movement -> text.append(movement.kind()).append(movement.providerId()));
        return text.toString();
    }

    void calmDown() {
        calm = true;
    }

    boolean happens(String what, int perMille) {
        return !calm && choices.happens(what, perMille);
    }

    // ---- transactions

    Stream<Transaction> transactions() {
        return transactions.stream();
    }

    List<Transaction> under(String reference) {
        return transactions.stream()
                .filter(transaction -> transaction.reference().equals(reference))
                .toList();
    }

    Optional<Transaction> byId(@Nullable String id) {
        return transactions.stream()
                .filter(transaction -> transaction.id.equals(id))
                .findFirst();
    }

    boolean hasEqual(PayoutRequest request) {
        Instant since = clock.instant().minus(EQUAL_FOR);
        return transactions.stream()
                .anyMatch(one -> one.createdAt.isAfter(since)
                        && one.maker == Maker.MERCHANT
                        && one.request.amount().equals(request.amount())
                        && sameRecipient(one.request, request));
    }

    private static boolean sameRecipient(PayoutRequest one, PayoutRequest other) {
        Transaction first = new Transaction("", Maker.MERCHANT, one, Instant.EPOCH, Instant.EPOCH);
        Transaction second = new Transaction("", Maker.MERCHANT, other, Instant.EPOCH, Instant.EPOCH);
        return Objects.equals(first.card(), second.card()) && Objects.equals(first.token(), second.token());
    }

    Transaction create(Maker maker, PayoutRequest request, Instant createdAt) {
        Instant visibleFrom = createdAt.plus(
                maker == Maker.FOREIGN
                        ? Duration.ZERO
                        : choices.between("index shows " + request.reference(), Duration.ZERO, traits.lag()));
        String id = maker.id(under(request.reference()).size() + 1, request.reference());
        Transaction made = new Transaction(id, maker, request, createdAt, visibleFrom);
        transactions.add(made);
        return made;
    }

    /** The reference may have a past that the merchant has forgotten, or never knew. */
    void meet(PayoutRequest request) {
        if (!traits.foreign()
                || !under(request.reference()).isEmpty()
                || !choices.happens("a past of " + request.reference(), 600)) {
            return;
        }
        PayoutRequest other = Choices.oneOf(
                choices,
                "whose past " + request.reference(),
                more(request, request.recipient()),
                another(request),
                request);
        Duration ago = other == request || choices.happens("an old past of " + request.reference(), 500)
                ? Duration.ofDays(40)
                : Duration.ofMinutes(5);
        Transaction foreign = create(Maker.FOREIGN, other, clock.instant().minus(ago));
        foreign.become(PayoutStatus.SUCCEEDED, foreign.createdAt);
        book(foreign, Ledger.Kind.PAID);
        story.tell("provider", "knew " + foreign.id + " before, and it was paid");
    }

    /** The same payout to somebody else, as far as the provider shows recipients at all. */
    private PayoutRequest another(PayoutRequest request) {
        Recipient other = request.recipient() instanceof Recipient.Card
                ? new Recipient.Card(CardNumber.of("5555555555554444"))
                : new Recipient.SavedCard("token-of-another");
        return traits.showsRecipient()
                ? PayoutRequest.builder(request.reference(), request.amount(), other)
                        .build()
                : more(request, other);
    }

    private static PayoutRequest more(PayoutRequest request, Recipient recipient) {
        Money amount = Money.ofMinor(request.amount().minorUnits() + 500, "KZT");
        return PayoutRequest.builder(request.reference(), amount, recipient).build();
    }

    // ---- what becomes of one

    /** Lets it begin, by what the choices say. */
    void start(Transaction one, boolean mayWait) {
        Instant now = clock.instant();
        one.starts++;
        if (one.starts == 1 && traits.rule() instanceof Resubmission.SameHandle same) {
            one.forgottenAt =
                    ProviderTraits.forgetsStarts(same) ? now.plus(ProviderTraits.remembered(same.keptFor())) : null;
        }
        if (traits.confirms() && mayWait && one.starts == 1) {
            change(one, PayoutStatus.AWAITING_CONFIRMATION);
            one.plan(now.plus(DAY), PayoutStatus.EXPIRED);
            return;
        }
        one.plans.removeIf(plan -> plan.status() == PayoutStatus.EXPIRED);
        boolean late = happens("executes late " + one.reference(), traits.nastiness());
        Instant at = now.plus(
                late
                        ? choices.between("how late " + one.reference(), Duration.ofSeconds(1), traits.latest())
                        : Duration.ZERO);
        boolean inQueue = late && one.status == PayoutStatus.PREPARED;
        if (inQueue && !(traits.rule() instanceof Resubmission.SameHandle)) {
            one.visibleFrom = later(one.visibleFrom, at);
        }
        if (late && !(traits.rule() instanceof Resubmission.SameHandle)) {
            one.become(PayoutStatus.PROCESSING, now);
        }
        boolean declined = happens("declines " + one.reference(), 150);
        one.plan(at, declined ? PayoutStatus.FAILED : PayoutStatus.SUCCEEDED);
        if (declined && traits.corrects() && happens("corrects " + one.reference(), 600)) {
            one.plan(at.plus(Duration.ofHours(3)), PayoutStatus.SUCCEEDED);
        }
        catchUp();
        secondSystem(one);
    }

    private static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    private void secondSystem(Transaction one) {
        boolean first = under(one.reference()).stream().noneMatch(other -> other.maker == Maker.SECOND_SYSTEM);
        if (traits.secondSystem() && first && one.maker == Maker.MERCHANT && happens("second system pays", 700)) {
            Transaction second = create(Maker.SECOND_SYSTEM, one.request, clock.instant());
            second.become(PayoutStatus.PROCESSING, clock.instant());
            second.plan(
                    clock.instant().plus(choices.between("second system", Duration.ofSeconds(1), Duration.ofHours(1))),
                    PayoutStatus.SUCCEEDED);
            story.tell("second", "pays the same payout too: " + second.id);
        }
    }

    /** When something is due next. */
    Optional<Instant> nextAt() {
        Optional<Instant> plan = transactions.stream()
                .flatMap(one -> one.nextPlan().stream())
                .map(Plan::at)
                .min(Comparator.naturalOrder());
        Optional<Instant> notice = notices.stream().map(Notices.Notice::dueAt).min(Comparator.naturalOrder());
        return plan.isEmpty() ? notice : notice.isEmpty() || plan.get().isBefore(notice.get()) ? plan : notice;
    }

    void catchUp() {
        Instant now = clock.instant();
        for (Optional<Transaction> due = due(now); due.isPresent(); due = due(now)) {
            Transaction one = due.get();
            Plan plan = one.nextPlan().orElseThrow();
            one.plans.remove(plan);
            carryOut(one, plan);
        }
    }

    private Optional<Transaction> due(Instant now) {
        return transactions.stream()
                .filter(one ->
                        one.nextPlan().filter(plan -> !plan.at().isAfter(now)).isPresent())
                .min(Comparator.comparing(one -> one.nextPlan().orElseThrow().at()));
    }

    private void carryOut(Transaction one, Plan plan) {
        if (one.status == PayoutStatus.CANCELED || one.status == PayoutStatus.EXPIRED || one.declinedByFence) {
            return;
        }
        if (plan.status() == PayoutStatus.SUCCEEDED && !mayPay(one)) {
            return;
        }
        if (plan.status() == PayoutStatus.SUCCEEDED) {
            book(one, Ledger.Kind.PAID);
            if (traits.returns() && happens("returns " + one.reference(), 300)) {
                Duration after = choices.between("returns after " + one.reference(), Duration.ofSeconds(1), DAY);
                one.plan(clock.instant().plus(after), PayoutStatus.RETURNED);
            }
        }
        if (plan.status() == PayoutStatus.RETURNED) {
            book(one, Ledger.Kind.RETURNED);
        }
        if (one.status != PayoutStatus.RETURNED || plan.status() == PayoutStatus.RETURNED) {
            change(one, plan.status());
        }
    }

    /** Asks the fence where there is one. A question without an answer is asked again, and then the payout is declined. */
    private boolean mayPay(Transaction one) {
        if (!(traits.rule() instanceof Resubmission.Fenced)) {
            return true;
        }
        one.asked++;
        Fence asked = Objects.requireNonNull(fence, "fence");
        String question = Notices.written(one, PayoutStatus.PROCESSING, true, traits.showsRecipient());
        PayoutFence.Answer answer = asked.answer(question.getBytes(StandardCharsets.UTF_8));
        boolean lost = happens("fence's answer is lost " + one.reference(), traits.nastiness());
        if (answer != null && !lost && Notices.accepts(answer)) {
            story.tell("provider", "is told to pay " + one.id);
            return true;
        }
        if ((answer == null || lost) && one.asked < QUESTIONS) {
            one.plan(clock.instant().plusSeconds(60), PayoutStatus.SUCCEEDED);
            return false;
        }
        one.declinedByFence = true;
        one.become(PayoutStatus.FAILED, clock.instant());
        story.tell("provider", "declines " + one.id + ", which the fence did not let through");
        return false;
    }

    void change(Transaction one, PayoutStatus next) {
        Instant now = clock.instant();
        one.become(next, now);
        story.tell("provider", one.id + " is " + next);
        if (traits.webhooks() == Capabilities.Webhooks.NONE) {
            return;
        }
        boolean lost = happens("notice lost " + one.reference(), traits.nastiness());
        int copies = lost ? 0 : 1 + (happens("notice twice " + one.reference(), 200) ? 1 : 0);
        for (int i = 0; i < copies; i++) {
            Duration delay = choices.between("notice of " + one.reference(), Duration.ZERO, Duration.ofHours(2));
            notices.add(new Notices.Notice(
                    now.plus(calm ? Duration.ZERO : delay),
                    one.reference(),
                    one.id,
                    next,
                    Notices.written(one, next, traits.notifiesId(), traits.showsRecipient())));
        }
    }

    private void book(Transaction one, Ledger.Kind kind) {
        String recipient = one.card() == null ? one.token() : one.card();
        ledger.add(new Ledger.Movement(
                kind,
                one.reference(),
                one.id,
                one.request.amount().minorUnits(),
                one.request.amount().currency().getCurrencyCode(),
                recipient == null ? "" : recipient,
                clock.instant()));
        story.tell("LEDGER", kind + " " + one.id + " " + one.request.amount() + " to " + recipient);
    }

    List<Notices.Notice> dueNotices() {
        Instant now = clock.instant();
        List<Notices.Notice> due = notices.stream()
                .filter(notice -> !notice.dueAt().isAfter(now))
                .sorted(Comparator.comparing(Notices.Notice::dueAt))
                .toList();
        notices.removeAll(due);
        return due;
    }

    void sendAgain(Notices.Notice notice, Instant at) {
        notices.add(new Notices.Notice(at, notice.reference(), notice.id(), notice.status(), notice.text()));
    }
}
