package org.unipayout.testkit.world;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unipayout.Money;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.WebhookRequest;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.MovableClock;

/**
 * A nasty provider, a nasty network and a merchant's code between them: four hours in which things go wrong, and some days in
 * which they come to rest. Each intent has a recipient of its own, by which its payments are known whatever they are called.
 */
final class MerchantWorld {
    private static final Instant START = Instant.parse("2026-03-02T08:00:00Z");
    private static final Duration CHAOS = Duration.ofHours(4);
    private static final Duration WORKS_EVERY = Duration.ofMinutes(10);
    private static final Duration REST = Duration.ofHours(30);

    final Story story;
    private final Choices choices;
    private final MerchantUnderTest merchant;
    private final MovableClock clock = MovableClock.standingAt(START);
    private final NastyProvider provider;
    private final NastyNetwork network;
    private final int crashes;
    private final List<PayoutRequest> intents = new ArrayList<>();
    private final Set<String> asked = new HashSet<>();
    private final Map<String, String> letThrough = new HashMap<>();
    private final PriorityQueue<Event> events =
            new PriorityQueue<>(Comparator.comparing(Event::at).thenComparing(Event::number));
    private MerchantProcess process;
    private int numbered;
    private boolean calm;

    private record Event(Instant at, int number, Runnable action) {}

    MerchantWorld(Choices choices, MerchantUnderTest merchant) {
        this.choices = choices;
        this.merchant = merchant;
        story = new Story(clock);
        ProviderTraits traits = ProviderTraits.drawn(choices, true).withComparingClient();
        provider = new NastyProvider(traits, choices, clock, story);
        provider.fence(this::answerFence);
        network = NastyNetwork.before(provider, choices, clock, story).keepingContract();
        crashes = Choices.oneOf(choices, "merchant's crashes", 0, 10, 50);
        story.tell("world", "when the provider may be sent to again: " + traits.rule());
        process = started();
        int count = 1 + choices.quantity("intents", 2);
        for (int i = 1; i <= count; i++) {
            intents.add(intent("order-" + i));
        }
    }

    private PayoutRequest intent(String reference) {
        long amount = choices.happens("amount of " + reference, 500) ? 20_000 : 15_000;
        return PayoutRequest.builder(
                        reference, Money.ofMinor(amount, "KZT"), new Recipient.SavedCard("card-of-" + reference))
                .requestedAt(START)
                .build();
    }

    private MerchantProcess started() {
        MerchantProcess made = new MerchantProcess(network, choices, clock, story, crashes);
        merchant.start(made, clock);
        return made;
    }

    /** Lets the first transaction of each reference through, as the merchant's own fence should. */
    private PayoutFence.@Nullable Answer answerFence(byte[] body) {
        PayoutFence.Question question = provider.notices().read(new WebhookRequest(body, Map.of()));
        String id = question.payout().providerId().orElseThrow();
        String first = letThrough.computeIfAbsent(question.payout().reference().orElseThrow(), reference -> id);
        return first.equals(id) ? question.acceptance() : question.refusal();
    }

    /** Plays it, and says what is wrong in the end. */
    List<Judgement> play() {
        intents.forEach(this::plan);
        runUntil(START.plus(CHAOS));
        calmDown();
        intents.stream().filter(intent -> !asked.contains(intent.reference())).forEach(this::pay);
        runUntil(clock.instant().plus(REST));
        intents.forEach(this::look);
        runUntil(clock.instant().plus(REST));
        return judged();
    }

    private void plan(PayoutRequest intent) {
        String reference = intent.reference();
        planAt("first " + reference, Duration.ofMinutes(1), () -> pay(intent));
        while (choices.happens("again " + reference, 400)) {
            planAt("again " + reference, CHAOS, () -> pay(intent));
        }
    }

    private void planAt(String what, Duration within, Runnable action) {
        Instant at = START.plus(choices.between("when " + what, Duration.ofMillis(200), within));
        events.add(new Event(at, numbered++, action));
    }

    private void calmDown() {
        story.tell("world", "nothing goes wrong from now on");
        calm = true;
        provider.calmDown();
        network.calmDown();
        process.calmDown();
    }

    // ---- what is done with the merchant's code

    private void pay(PayoutRequest intent) {
        String reference = intent.reference();
        story.tell("merchant", "is asked to pay " + reference + (asked.contains(reference) ? " again" : ""));
        if (guarded("pay " + reference, () -> merchant.pay(intent))) {
            asked.add(reference);
        }
        tellStatus(reference);
    }

    private void look(PayoutRequest intent) {
        String reference = intent.reference();
        Truth truth = truth(intent);
        boolean open =
                merchant.status(reference).filter(status -> !status.isFinal()).isPresent();
        if (open && !truth.mayStillPay() && network.nextAt().isEmpty()) {
            boolean paid = !truth.sendsPaid().isEmpty();
            PayoutStatus end = paid ? PayoutStatus.SUCCEEDED : PayoutStatus.FAILED;
            story.tell("person", "reads the provider's statement: " + reference + " " + end);
            guarded("settle " + reference, () -> merchant.settle(reference, end));
        }
    }

    private void tellStatus(String reference) {
        String status = merchant.status(reference).map(PayoutStatus::name).orElse("not known");
        story.tell("books", reference + " is " + status);
    }

    /** Whether the code came to its end, and the process lives on. */
    private boolean guarded(String what, Runnable action) {
        boolean done = true;
        try {
            action.run();
        } catch (MerchantProcess.Crash crash) {
            done = false;
        } catch (RuntimeException e) {
            story.tell("merchant", what + ": " + e);
            done = false;
        }
        if (process.isDead()) {
            story.tell("merchant", "starts again");
            process = started();
            return false;
        }
        return done;
    }

    private void deliver(Notices.Notice notice) {
        story.tell("merchant", "is notified: " + notice);
        boolean taken = guarded(
                "notification",
                () -> merchant.notified(provider.notices().receive(new WebhookRequest(notice.body(), Map.of()))));
        if (!taken && !calm) {
            provider.sendAgain(notice, clock.instant().plus(WORKS_EVERY));
        }
    }

    // ---- time

    private void runUntil(Instant until) {
        Instant work = clock.instant().plus(WORKS_EVERY);
        while (!isAtRest() && clock.instant().isBefore(until)) {
            moveTo(earliest(work, until));
            provider.catchUp();
            network.catchUp();
            provider.dueNotices().forEach(this::deliver);
            for (Event due = events.peek(); due != null && !due.at.isAfter(clock.instant()); due = events.peek()) {
                events.poll();
                due.action.run();
            }
            if (!clock.instant().isBefore(work)) {
                guarded("work", merchant::work);
                work = clock.instant().plus(calm ? WORKS_EVERY.multipliedBy(6) : WORKS_EVERY);
            }
        }
        moveTo(until);
    }

    private void moveTo(Instant at) {
        if (at.isAfter(clock.instant())) {
            clock.advance(Duration.between(clock.instant(), at));
        }
    }

    private Instant earliest(Instant work, Instant until) {
        Optional<Instant> event = Optional.ofNullable(events.peek()).map(Event::at);
        return Stream.of(event, provider.nextAt(), network.nextAt(), Optional.of(work), Optional.of(until))
                .flatMap(Optional::stream)
                .min(Comparator.naturalOrder())
                .orElseThrow();
    }

    private boolean isAtRest() {
        return events.isEmpty()
                && provider.nextAt().isEmpty()
                && network.nextAt().isEmpty()
                && intents.stream()
                        .allMatch(intent -> merchant.status(intent.reference())
                                .filter(PayoutStatus::isFinal)
                                .isPresent());
    }

    // ---- the end

    private Truth truth(PayoutRequest intent) {
        String card = ((Recipient.SavedCard) intent.recipient()).token();
        return provider.truth(one -> card.equals(one.token()));
    }

    private List<Judgement> judged() {
        List<Judgement> wrong = new ArrayList<>();
        Set<Ledger.Movement> meant = new HashSet<>();
        for (PayoutRequest intent : intents) {
            String reference = intent.reference();
            Truth truth = truth(intent);
            tellStatus(reference);
            PayoutStatus status = merchant.status(reference).orElse(null);
            Judgement.Books books = new Judgement.Books(asked.contains(reference), status, false, false, false, false);
            wrong.addAll(Judgement.of(truth, reference, books));
            truth.sendsPaid().stream()
                    .filter(paid -> paid.minorUnits() == intent.amount().minorUnits())
                    .forEach(meant::add);
        }
        provider.truth(one -> true).sendsPaid().stream()
                .filter(paid -> !meant.contains(paid))
                .map(paid -> new Judgement(
                        Judgement.Kind.MISDIRECTED, paid.reference(), "nobody was to get " + paid.minorUnits()))
                .forEach(wrong::add);
        return wrong;
    }
}
