package org.unipayout.journal;

import java.io.ByteArrayInputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.ReferenceRule;
import org.unipayout.Resubmission;

/**
 * A provider with a ledger, in memory. It outlives the journals that call it, as a real one outlives our crashes, and
 * keeps to its resubmission rule: only {@link Resubmission.AfterAbsence} pays a second submit.
 */
final class SimulatedProvider implements PayoutClient {
    static final String NAME = "simulated";
    static final Duration CALL_DEADLINE = Duration.ofSeconds(10);

    /** How a call goes wrong, or not. */
    enum Fault {
        NONE,
        /** Executed, but the answer is lost. */
        ANSWER_LOST,
        /** Not executed, and nobody can tell. */
        REQUEST_LOST,
        NOT_SENT,
        REFUSED_FOR_NOW,
        REFUSED,
        /** Not executed, and the client throws what the contract does not know. */
        BROKEN
    }

    private static final Capabilities.Feature[] NONE = {};
    private static final Capabilities.Feature[] ENDS = {Capabilities.Feature.CONFIRM, Capabilities.Feature.CANCEL};
    private static final Capabilities.Feature[] RETURNS = {Capabilities.Feature.RETURNS};
    private static final Capabilities.Feature[] BY_ID = {Capabilities.Feature.LOOKUP_BY_PROVIDER_ID};
    private static final Capabilities.Feature[] BY_REFERENCE = {Capabilities.Feature.LOOKUP_BY_REFERENCE};

    private final Clock clock;
    volatile Resubmission rule;
    private final Map<String, PayoutStatus> states = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> payments = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> submits = new ConcurrentHashMap<>();
    private final Map<String, Instant> executedAt = new HashMap<>();
    private final Map<Operation, Deque<Fault>> faults = new ConcurrentHashMap<>();
    private final List<String> events = new ArrayList<>();

    volatile Duration hiddenFor = Duration.ZERO;
    volatile boolean idShowsAtOnce;
    volatile @Nullable String account;
    volatile boolean returns;
    volatile Evidence.@Nullable Kind strangeSubmit;
    volatile boolean confirms;
    volatile boolean formless = true;
    volatile PayoutStatus outcome = PayoutStatus.SUCCEEDED;
    volatile PayoutStatus accepted = PayoutStatus.PROCESSING;
    volatile Evidence.@Nullable Kind strangeAnswer;
    volatile @Nullable String shownRecipient;
    volatile @Nullable Runnable duringSubmit;
    volatile @Nullable Runnable duringCancel;

    /** Answers in place of what is simulated here; null leaves it to that. */
    volatile @Nullable Function<PayoutRef, @Nullable Payout> onPrepare;

    volatile @Nullable Function<PayoutRef, @Nullable Payout> onSubmit;

    volatile @Nullable Function<PayoutRef, @Nullable Payout> onGet;
    volatile boolean noCancel;
    volatile boolean findsOnlyIds;

    SimulatedProvider(Clock clock, Resubmission resubmission) {
        this.clock = clock;
        this.rule = resubmission;
    }

    SimulatedProvider fault(Operation operation, Fault... next) {
        faults.computeIfAbsent(operation, any -> new ArrayDeque<>()).addAll(List.of(next));
        return this;
    }

    void clearFaults() {
        faults.clear();
    }

    /** Shows nothing of a payout any more. */
    void forget(String reference) {
        states.remove(reference);
    }

    /** How often money moved under a reference. */
    int payments(String reference) {
        return payments.getOrDefault(reference, new AtomicInteger()).get();
    }

    int payments() {
        return payments.values().stream().mapToInt(AtomicInteger::get).sum();
    }

    /** How often a submit arrived here under a reference. */
    int submits(String reference) {
        return submits.getOrDefault(reference, new AtomicInteger()).get();
    }

    synchronized List<String> events() {
        return List.copyOf(events);
    }

    /** The provider finishes what it has. */
    void settle(String reference) {
        states.put(reference, outcome);
    }

    void state(String reference, PayoutStatus status) {
        states.put(reference, status);
    }

    private synchronized Fault next(Operation operation, String reference) {
        events.add(operation + " " + reference);
        Fault fault = faults.getOrDefault(operation, new ArrayDeque<>()).poll();
        return fault == null ? Fault.NONE : fault;
    }

    @Override
    public Capabilities capabilities() {
        Capabilities.Builder capabilities = Capabilities.builder(
                NAME,
                new ReferenceRule(64, Pattern.compile("[A-Za-z0-9-]+"), "letters, digits and dash"),
                rule,
                CALL_DEADLINE);
        for (RecipientKind kind : RecipientKind.values()) {
            capabilities.recipients(kind);
        }
        String merchant = account;
        if (merchant != null) {
            capabilities.account("api.provider.example", merchant);
        }
        return capabilities
                .currencies("KZT", "RUB")
                .features(findsOnlyIds ? BY_ID : BY_REFERENCE)
                .features(noCancel ? NONE : ENDS)
                .features(returns ? RETURNS : NONE)
                .build();
    }

    @Override
    public ErrorBook errorBook() {
        return ErrorBook.read(new ByteArrayInputStream(new byte[0]));
    }

    @Override
    public Payout prepare(PayoutRequest request) {
        Fault fault = next(Operation.PREPARE, request.reference());
        PayoutRef ref = PayoutRef.of(NAME, request);
        throwIfNothingLeft(fault, Operation.PREPARE);
        if (fault == Fault.REQUEST_LOST) {
            throw new PayoutNotPreparedException(details(Operation.PREPARE, Advice.SAME_REFERENCE_LATER, null));
        }
        Payout instead = onPrepare == null ? null : onPrepare.apply(ref);
        if (instead != null) {
            return instead;
        }
        if (rule instanceof Resubmission.SameHandle) {
            states.putIfAbsent(request.reference(), PayoutStatus.PREPARED);
            ref = ref.withProviderId("id-" + request.reference());
        }
        return formless
                ? Payout.builder(ref, PayoutStatus.PREPARED, "created").build()
                : Payout.builder(ref, PayoutStatus.AWAITING_RECIPIENT, "form").build();
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        ref.requireMadeFrom(request);
        String reference = ref.reference();
        Fault fault = next(Operation.SUBMIT, reference);
        Runnable hook = duringSubmit;
        if (hook != null) {
            hook.run();
        }
        throwIfNothingLeft(fault, Operation.SUBMIT);
        Payout instead = onSubmit == null ? null : onSubmit.apply(ref);
        if (instead != null) {
            return instead;
        }
        if (fault == Fault.REQUEST_LOST) {
            return unknown(ref, Evidence.Kind.NO_ANSWER);
        }
        submits.computeIfAbsent(reference, any -> new AtomicInteger()).incrementAndGet();
        Evidence.Kind strange = strangeSubmit;
        if (strange != null) {
            return unknown(ref, strange);
        }
        boolean exists = states.getOrDefault(reference, PayoutStatus.PREPARED) != PayoutStatus.PREPARED;
        if (exists && !(rule instanceof Resubmission.AfterAbsence)) {
            return isHidden(reference) ? unknown(ref, Evidence.Kind.DUPLICATE) : present(ref);
        }
        executedAt.put(reference, clock.instant());
        if (confirms) {
            states.put(reference, PayoutStatus.AWAITING_CONFIRMATION);
        } else {
            execute(reference);
        }
        return fault == Fault.ANSWER_LOST ? unknown(ref, Evidence.Kind.NO_ANSWER) : present(ref);
    }

    private void execute(String reference) {
        payments.computeIfAbsent(reference, any -> new AtomicInteger()).incrementAndGet();
        states.put(reference, accepted);
    }

    @Override
    public Payout get(PayoutRef ref) {
        Fault fault = next(Operation.GET, ref.reference());
        if (findsOnlyIds && ref.providerId().isEmpty()) {
            throw new PayoutReadException(details(Operation.GET, Advice.ASK_STATUS, null));
        }
        Payout instead = onGet == null ? null : onGet.apply(ref);
        if (instead != null) {
            return instead;
        }
        if (fault != Fault.NONE) {
            throw new PayoutReadException(details(Operation.GET, Advice.ASK_STATUS, null));
        }
        Evidence.Kind strange = strangeAnswer;
        if (strange != null) {
            return unknown(ref, strange);
        }
        boolean lags =
                isHidden(ref.reference()) && !(idShowsAtOnce && ref.providerId().isPresent());
        return lags || !states.containsKey(ref.reference()) ? unknown(ref, Evidence.Kind.ABSENT) : present(ref);
    }

    private boolean isHidden(String reference) {
        Instant at = executedAt.get(reference);
        return at != null && clock.instant().isBefore(at.plus(hiddenFor));
    }

    @Override
    public Payout confirm(PayoutRef ref) {
        Fault fault = next(Operation.CONFIRM, ref.reference());
        throwIfNothingLeft(fault, Operation.CONFIRM);
        if (fault == Fault.REQUEST_LOST) {
            return unknown(ref, Evidence.Kind.NO_ANSWER);
        }
        if (states.get(ref.reference()) == PayoutStatus.AWAITING_CONFIRMATION) {
            execute(ref.reference());
        }
        return fault == Fault.ANSWER_LOST ? unknown(ref, Evidence.Kind.NO_ANSWER) : present(ref);
    }

    @Override
    public Payout cancel(PayoutRef ref) {
        Fault fault = next(Operation.CANCEL, ref.reference());
        Runnable hook = duringCancel;
        if (hook != null) {
            hook.run();
        }
        throwIfNothingLeft(fault, Operation.CANCEL);
        if (fault != Fault.REQUEST_LOST && states.get(ref.reference()) == PayoutStatus.AWAITING_CONFIRMATION) {
            states.put(ref.reference(), PayoutStatus.CANCELED);
        }
        return fault == Fault.NONE ? present(ref) : unknown(ref, Evidence.Kind.NO_ANSWER);
    }

    @Override
    public List<Balance> balance() {
        return List.of();
    }

    @Override
    public void close() {}

    private void throwIfNothingLeft(Fault fault, Operation operation) {
        switch (fault) {
            case NOT_SENT -> throw new PayoutNotSentException(details(operation, Advice.SAME_REFERENCE_LATER, null));
            case REFUSED_FOR_NOW ->
                throw new PayoutRejectedException(
                        details(operation, Advice.SAME_REFERENCE_LATER, entry("429", Advice.SAME_REFERENCE_LATER)));
            case REFUSED ->
                throw new PayoutRejectedException(
                        details(operation, Advice.NEW_PAYOUT_AFTER_FIX, entry("E7", Advice.NEW_PAYOUT_AFTER_FIX)));
            case BROKEN -> throw new IllegalStateException("not in the contract");
            case NONE, ANSWER_LOST, REQUEST_LOST -> {}
        }
    }

    private Payout present(PayoutRef ref) {
        PayoutStatus status = Objects.requireNonNull(states.get(ref.reference()));
        Payout.Builder payout = Payout.builder(
                        ref.withProviderId("id-" + ref.reference()),
                        status,
                        "word-" + status.name().toLowerCase(Locale.ROOT))
                .recipientMask(shownRecipient);
        if (status == PayoutStatus.FAILED) {
            payout.decline(new Decline(entry("51", Advice.NEW_PAYOUT_AFTER_FIX), null));
        }
        if (status == PayoutStatus.SUCCEEDED) {
            payout.rrn("123456789012");
        }
        return payout.build();
    }

    private static Payout unknown(PayoutRef ref, Evidence.Kind kind) {
        return Payout.unknown(ref, "", new Evidence(kind, "simulated"));
    }

    private static ErrorEntry entry(String code, Advice advice) {
        return new ErrorEntry(
                code,
                ErrorEntry.Proves.DECLINED,
                ErrorCategory.ISSUER_DECLINED,
                ErrorEntry.Actor.RECIPIENT,
                advice,
                "Refused in English.",
                "Отказано по-русски.");
    }

    private static FailureDetails details(Operation operation, Advice advice, @Nullable ErrorEntry entry) {
        return FailureDetails.builder(NAME, operation, "simulated", advice)
                .error(entry)
                .build();
    }
}
