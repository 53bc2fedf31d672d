package org.unipayout.journal.internal.run;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import org.unipayout.Advice;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Payout;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Attention;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.NextStep;

/** Makes the calls that may move money, all in one way: take a place, announce, look at the clock, call, store. */
final class MoneyCalls {
    private static final int ATTEMPTS = 100;

    private final Held held;

    MoneyCalls(Held held) {
        this.held = held;
    }

    /** How long a call waits for its place in the provider's throttle. */
    enum Patience {
        /** It comes again later. */
        NONE,
        /** It can only be made now, for a card number that is not stored. */
        FOR_THE_TURN,
        /** Somebody waits for its answer. */
        FOR_A_PLACE
    }

    /**
     * Makes a call.
     *
     * @param said what the row that announces it says beside that
     * @return how it ended, which is stored; empty if it found no place, and then nothing was called or stored
     */
    Optional<Ending> make(
            MoneyCall call,
            Fields said,
            Run run,
            Patience patience,
            BooleanSupplier due,
            Function<PayoutRef, Payout> atProvider) {
        if (!takesPlace(call, run, patience, due)) {
            return Optional.empty();
        }
        Ending ending = made(call, said, atProvider);
        if (ending.answer() != null && ending.answer().hasEvidence(Evidence.Kind.PAID_TWICE)) {
            run.flags(Attention.PAID_TWICE);
        }
        return Optional.of(ending);
    }

    private Ending made(MoneyCall call, Fields said, Function<PayoutRef, Payout> atProvider) {
        Payout before = held.observation();
        boolean earlierUnclear = held.facts().submitUnclear();
        Ending ending;
        try {
            Instant startedAt = held.now();
            held.append(call.announcement(said, before, held.facts()), startedAt);
            held.reached(call.passing().announced());
            boolean news = call == MoneyCall.SUBMIT
                    && earlierUnclear
                    && !held.pendingNotifications().isEmpty();
            ending = news || isHeldUp(startedAt) ? heldUp(call) : Ending.of(() -> atProvider.apply(before.ref()));
        } finally {
            held.provider().leave();
        }
        held.reached(call.passing().answered());
        Predicate<PayoutStatus> isEnd =
                status -> NextStep.isBelievable(held.facts(), held.resubmission(), status, held.now());
        held.append(call.entry(ending, before, earlierUnclear, isEnd), held.now());
        held.reached(call.passing().stored());
        return ending;
    }

    /** Between announcing a call and making it a process may stand still; then others count on it having ended. */
    private boolean isHeldUp(Instant startedAt) {
        return Duration.between(startedAt, held.now()).compareTo(held.provider().callDeadline()) >= 0;
    }

    private Ending heldUp(MoneyCall call) {
        FailureDetails details = FailureDetails.builder(
                        held.provider().name(),
                        call.operation(),
                        "the process stood still before the call; nothing was sent",
                        Advice.SAME_REFERENCE_LATER)
                .reference(held.reference())
                .build();
        return new Ending(null, new PayoutNotSentException(details));
    }

    private boolean takesPlace(MoneyCall call, Run run, Patience patience, BooleanSupplier due) {
        Provider provider = held.provider();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            boolean entered =
                    patience == Patience.FOR_A_PLACE ? provider.enterWithin(provider.callDeadline()) : provider.enter();
            Optional<Instant> later = entered ? turn(call) : Optional.of(held.soon());
            if (later.isEmpty()) {
                if (!due.getAsBoolean()) { // news came, or its time passed, while it waited
                    provider.leave();
                    run.waitsUntil(held.now());
                    return false;
                }
                run.waitsUntil(null);
                return true;
            }
            if (entered) {
                provider.leave();
            }
            run.waitsUntil(later.get());
            if (patience != Patience.FOR_THE_TURN) {
                return false;
            }
            held.sleepUntil(later.get());
        }
        return false;
    }

    /** Only submits have a rate. */
    private Optional<Instant> turn(MoneyCall call) {
        return call == MoneyCall.SUBMIT ? held.provider().takeTurn(held.rates(), held.now()) : Optional.empty();
    }
}
