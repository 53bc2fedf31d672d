package org.unipayout.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.unipayout.CardNumber;
import org.unipayout.Money;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.world.Choices;

/**
 * The merchant of a {@link World}: asks and asks again, changes its mind, and looks at what needs attention. It sends again
 * and settles only after a look into the provider's statement, as the documents say, and says what it found there.
 */
final class Merchant {
    private static final Actor ANNA = JournalFixture.ANNA;
    private static final Set<Attention> DECISIONS =
            EnumSet.of(Attention.DECISION_NEEDED, Attention.SENT_TOO_OFTEN, Attention.CARD_NEEDED);

    private final World world;
    private final Choices choices;
    private final List<PayoutRequest> requests = new ArrayList<>();
    private final List<Confirmation> confirmations = new ArrayList<>();

    Merchant(World world) {
        this.world = world;
        choices = world.choices;
        for (int i = 1; i <= world.traits.payouts(); i++) {
            requests.add(request("r-" + i));
            confirmations.add(
                    choices.happens("r-" + i + " is confirmed by order", 400)
                            ? Confirmation.MANUAL
                            : Confirmation.AUTOMATIC);
        }
    }

    private PayoutRequest request(String reference) {
        boolean other = choices.happens("another recipient of " + reference, 300);
        Recipient recipient = world.traits.cards()
                ? new Recipient.Card(CardNumber.of(other ? "4000000000000002" : "4111111111111111"))
                : new Recipient.SavedCard(other ? "token-2" : "token-1");
        long amount = choices.happens("another amount of " + reference, 300) ? 20_000 : 15_000;
        PayoutRequest.Builder request = PayoutRequest.builder(reference, Money.ofMinor(amount, "KZT"), recipient);
        if (world.traits.expires()) {
            request.expiresAt(JournalFixture.START.plus(
                    choices.between(reference + " runs out", Duration.ofMinutes(1), Duration.ofHours(5))));
        }
        return request.build();
    }

    List<String> references() {
        return requests.stream().map(PayoutRequest::reference).toList();
    }

    // ---- what it means to do

    void plan() {
        for (int i = 0; i < requests.size(); i++) {
            PayoutRequest request = requests.get(i);
            Confirmation confirmation = confirmations.get(i);
            String reference = request.reference();
            Instant first = at("pay " + reference, Duration.ofMinutes(1));
            world.plan(first, () -> pay(request, confirmation));
            while (choices.happens("again " + reference, 300)) {
                world.plan(at("again " + reference, world.traits.chaos()), () -> pay(request, confirmation));
            }
            sometimes("changed " + reference, 50, () -> payChanged(request, confirmation));
            sometimes("find " + reference, 300, () -> on("find " + reference, m -> m.payouts.find(reference)));
            sometimes(
                    "cancel " + reference,
                    120,
                    () -> on("cancel " + reference, m -> m.payouts.by(ANNA).cancel(reference)));
            if (confirmation == Confirmation.MANUAL) {
                sometimes(
                        "confirm " + reference,
                        800,
                        () -> on("confirm " + reference, m -> m.payouts.by(ANNA).confirm(reference)));
            }
        }
        for (int i = 0; i < 4; i++) {
            sometimes("review", 500, this::review);
        }
    }

    private Instant at(String what, Duration within) {
        return JournalFixture.START.plus(choices.between("when " + what, Duration.ofMillis(200), within));
    }

    private void sometimes(String what, int perMille, Runnable action) {
        if (choices.happens(what, perMille)) {
            world.plan(at(what, world.traits.chaos()), action);
        }
    }

    @FunctionalInterface
    private interface Order {
        void on(Machine machine);
    }

    private boolean on(String what, Order order) {
        return world.anyMachine(what)
                .filter(machine -> {
                    world.story.tell("merchant", what + " at " + machine.name);
                    boolean[] done = {false};
                    world.guarded(machine, what, () -> {
                        try {
                            order.on(machine);
                            done[0] = true;
                        } catch (IllegalArgumentException e) {
                            boolean unknown = world.tables.status(what.substring(what.indexOf("r-"))) == null;
                            if (!unknown) {
                                world.books.broken(what + ": " + e);
                            }
                        }
                    });
                    return done[0];
                })
                .isPresent();
    }

    // ---- paying

    private void pay(PayoutRequest request, Confirmation confirmation) {
        String reference = request.reference();
        boolean within = !world.traits.cards() && choices.happens("within a transaction " + reference, 200);
        boolean done = on("pay " + reference, machine -> {
            if (within) {
                payWithin(machine, request, confirmation);
            } else {
                machine.payouts.pay(request, World.PROVIDER, confirmation);
                world.books.asked(reference);
            }
        });
        if (!done && !(world.isCalm() && world.hasMachine())) {
            Duration later = choices.between("pay later " + reference, Duration.ofSeconds(10), Duration.ofMinutes(10));
            world.plan(world.clock.instant().plus(later), () -> pay(request, confirmation));
        }
    }

    private void payWithin(Machine machine, PayoutRequest request, Confirmation confirmation) {
        try (Connection connection = world.database.seenBy(machine::atStatement).getConnection()) {
            connection.setAutoCommit(false);
            machine.payouts.pay(connection, request, World.PROVIDER, confirmation);
            if (!world.isCalm() && choices.happens("rolls back " + request.reference(), 300)) {
                connection.rollback();
            } else {
                connection.commit();
                world.books.asked(request.reference());
            }
        } catch (SQLException e) {
            throw new JournalException("the merchant's own transaction failed", e);
        }
    }

    private void payChanged(PayoutRequest request, Confirmation confirmation) {
        PayoutRequest changed = PayoutRequest.builder(
                        request.reference(), Money.ofMinor(99_900, "KZT"), request.recipient())
                .build();
        if (world.tables.status(request.reference()) == null) {
            return; // it would be the intent itself
        }
        on("pay with another amount " + request.reference(), machine -> {
            try {
                machine.payouts.pay(changed, World.PROVIDER, confirmation);
                world.books.broken("another amount was taken under " + request.reference());
            } catch (PayoutConflictException refused) {
                world.story.tell("merchant", "is refused");
            }
        });
    }

    /** Whoever was never told that it is stored, or knows that it is not, asks once more. */
    void insists() {
        for (int i = 0; i < requests.size(); i++) {
            String reference = requests.get(i).reference();
            if (!world.books.wasAsked(reference) || world.tables.status(reference) == null) {
                pay(requests.get(i), confirmations.get(i));
            }
        }
    }

    /** Their ends are known, so nothing comes of it. */
    void paysRetiredOnes() {
        for (int i = 0; i < requests.size(); i++) {
            if (world.retirements.isRetired(requests.get(i).reference())) {
                pay(requests.get(i), confirmations.get(i));
            }
        }
    }

    // ---- looking at what needs attention

    void review() {
        world.anyMachine("review")
                .ifPresent(machine -> world.guarded(
                        machine,
                        "lists what needs attention",
                        () -> machine.payouts
                                .needingAttention()
                                .filter(record ->
                                        record.attention().isPresent()) // another machine may have helped it meanwhile
                                .forEach(this::look)));
    }

    private void look(PayoutRecord record) {
        String reference = record.reference();
        Attention attention = record.attention().orElseThrow();
        if (world.mayStillMove(reference)
                || (!world.isCalm()
                        && !DECISIONS.contains(attention)
                        && choices.happens("waits with " + reference, 500))) {
            return;
        }
        Set<Verb> open = record.openVerbs();
        world.story.tell("merchant", "looks at " + reference + ": " + attention + ", may " + open);
        if (open.contains(Verb.PAY_AGAIN)) {
            int index = references().indexOf(reference);
            pay(requests.get(index), confirmations.get(index));
        } else if (open.contains(Verb.RESUBMIT)
                && !isPaid(reference)
                && (world.isCalm() || choices.happens("sends again " + reference, 700))) {
            on("resubmit " + reference, m -> m.payouts.by(ANNA).resubmit(reference));
        } else if (open.contains(Verb.SETTLE)) {
            settle(record);
        } else if (open.contains(Verb.CANCEL)) {
            on("cancel " + reference, m -> m.payouts.by(ANNA).cancel(reference));
        }
    }

    private Settlement byStatement(String reference) {
        List<Ledger.Movement> statement = world.provider.statement(reference);
        long paid = statement.stream()
                .filter(movement -> movement.kind() == Ledger.Kind.PAID)
                .count();
        if (paid == 0) {
            return Settlement.notPaid("statement");
        }
        return statement.size() - paid < paid ? Settlement.paid("statement") : Settlement.returned("statement");
    }

    private boolean isPaid(String reference) {
        return world.provider.statement(reference).stream().anyMatch(movement -> movement.kind() == Ledger.Kind.PAID);
    }

    private void settle(PayoutRecord record) {
        String reference = record.reference();
        Settlement word = byStatement(reference);
        boolean otherwise = record.status().isFinal()
                && record.status() != word.end()
                && !record.status().mayBecome(word.end());
        on(
                "settle as " + word.end() + " " + reference,
                m -> m.payouts.by(ANNA).settle(reference, otherwise ? word.overruling() : word));
    }
}
