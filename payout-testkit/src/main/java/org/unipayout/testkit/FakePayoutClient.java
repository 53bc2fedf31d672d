package org.unipayout.testkit;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Currency;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.ReferenceRule;
import org.unipayout.Resubmission;

/**
 * A payout client in memory, for a merchant's unit tests: no network, no provider, but a {@link Ledger} that knows what
 * was paid. Given the capabilities of a real client it stands in for that one: it takes the same references, amounts,
 * currencies and kinds of recipient, and waits for {@link #confirm} where the real one may. A hosted form it never takes.
 *
 * <p>What happens to a payout follows from its amount or from {@link #force}, by the same {@link Scenario}s as in the
 * simulators. {@link #nextSubmitIsNotSent} and {@link #nextAnswerIsLost} play the network. A second submit of one
 * reference never pays again, and is refused if it asks for another amount or recipient. Thread-safe.
 */
public final class FakePayoutClient implements PayoutClient {
    private static final ErrorBook ERRORS = ErrorBook.read(
            new ByteArrayInputStream(("declined\tDECLINED\tISSUER_DECLINED\tRECIPIENT\tNEW_PAYOUT_AFTER_FIX\t"
                            + "The recipient's bank refused.\tБанк получателя отказал.\n"
                            + "insufficient_funds\tDECLINED\tINSUFFICIENT_FUNDS\tMERCHANT\tNEW_PAYOUT_AFTER_FIX\t"
                            + "The merchant's balance does not suffice.\tНа счёте продавца недостаточно средств.\n"
                            + "too_many_requests\tNOT_EXECUTED\tRATE_LIMIT\tSOFTWARE\tSAME_REFERENCE_LATER\t"
                            + "Too many requests, try later.\tСлишком много запросов, повторите позже.\n")
                    .getBytes(StandardCharsets.UTF_8)));

    /** References that every provider takes. */
    private static final Capabilities CLAIMS = Capabilities.builder(
                    "fake",
                    new ReferenceRule(32, Pattern.compile("[A-Za-z0-9_-]+"), "letters, digits, dash and underscore"),
                    new Resubmission.SameReference(2, Duration.ofSeconds(1)),
                    Duration.ofSeconds(1))
            .recipients(RecipientKind.values())
            .currencies("KZT", "RUB", "USD", "EUR")
            .features(
                    Capabilities.Feature.BALANCE,
                    Capabilities.Feature.LOOKUP_BY_REFERENCE,
                    Capabilities.Feature.LOOKUP_BY_PROVIDER_ID)
            .build();

    private final Capabilities capabilities;
    private final Ledger ledger = new Ledger();
    private final MovableClock clock = MovableClock.running();
    private final Map<String, State> payouts = new HashMap<>();
    private final List<PayoutRequest> submitted = new ArrayList<>();
    private @Nullable Scenario forced;
    private boolean notSent;
    private boolean answerLost;
    private boolean closed;

    /** What the fake provider knows about one payout. */
    private static final class State {
        final PayoutRef ref;
        final Scenario scenario;
        PayoutStatus status = PayoutStatus.AWAITING_CONFIRMATION;

        State(PayoutRef ref, Scenario scenario) {
            this.ref = ref;
            this.scenario = scenario;
        }
    }

    /**
     * A client of no provider in particular; it takes only what every provider takes, and has no confirmation. Its call deadline is one
     * second, so that a test need not wait for what is unclear; a journal that is held up for longer before a call does not make it. For a
     * load test give it the capabilities of a real client, which has 90.
     */
    public FakePayoutClient() {
        this(CLAIMS);
    }

    /**
     * A client that stands in for a real one.
     *
     * @param real what the real one claims; with {@link Capabilities.Feature#CONFIRM} every payout waits for it
     */
    public FakePayoutClient(Capabilities real) {
        capabilities = withoutForms(real);
    }

    private static Capabilities withoutForms(Capabilities real) {
        RecipientKind[] kinds = real.recipients().stream()
                .filter(kind -> kind != RecipientKind.HOSTED_FORM)
                .toArray(RecipientKind[]::new);
        Capabilities.Builder claims = Capabilities.builder(
                        real.provider(),
                        real.referenceRule(),
                        real.resubmission(RecipientKind.HOSTED_FORM),
                        real.callDeadline())
                .recipients(kinds)
                .currencies(real.currencies().stream()
                        .map(Currency::getCurrencyCode)
                        .toArray(String[]::new))
                .features(real.features().toArray(Capabilities.Feature[]::new))
                .passesOn(real.passedOn().toArray(Capabilities.Detail[]::new));
        real.minimumMinorUnits().ifPresent(claims::minimum);
        real.maximumMinorUnits().ifPresent(claims::maximum);
        for (RecipientKind kind : kinds) {
            claims.resubmission(real.resubmission(kind), kind);
        }
        return claims.build();
    }

    /**
     * Lets every payout from now on follow one scenario, whatever its amount.
     *
     * @param scenario the scenario
     * @return this client
     */
    public synchronized FakePayoutClient force(Scenario scenario) {
        forced = Objects.requireNonNull(scenario, "scenario");
        return this;
    }

    /**
     * Lets the next submit fail before it is sent.
     *
     * @return this client
     */
    public synchronized FakePayoutClient nextSubmitIsNotSent() {
        notSent = true;
        return this;
    }

    /**
     * Lets the next submit or confirm be executed and its answer get lost: it returns {@link PayoutStatus#UNKNOWN}.
     *
     * @return this client
     */
    public synchronized FakePayoutClient nextAnswerIsLost() {
        answerLost = true;
        return this;
    }

    /** Ends everything that {@link Scenario#SLOW} keeps "in progress". */
    public synchronized void settle() {
        payouts.forEach((reference, state) -> {
            if (state.scenario == Scenario.SLOW && state.status == PayoutStatus.PROCESSING) {
                state.status = PayoutStatus.SUCCEEDED;
            }
        });
    }

    /** {@return the money that moved} */
    public Ledger ledger() {
        return ledger;
    }

    /** {@return every request that was submitted, in order} */
    public synchronized List<PayoutRequest> submitted() {
        return List.copyOf(submitted);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public ErrorBook errorBook() {
        return ERRORS;
    }

    @Override
    public Payout prepare(PayoutRequest request) {
        capabilities.check(request);
        return Payout.builder(PayoutRef.of(capabilities.provider(), request), PayoutStatus.PREPARED, "")
                .build();
    }

    @Override
    public synchronized Payout submit(PayoutRef ref, PayoutRequest request) {
        ref.requireProvider(capabilities.provider());
        ref.requireMadeFrom(request);
        capabilities.check(request);
        if (closed || notSent) {
            notSent = false;
            throw new PayoutNotSentException(
                    details("the provider was not reached", Advice.SAME_REFERENCE_LATER, ref, null));
        }
        submitted.add(request);
        PayoutRef named = ref.withProviderId("fake-" + request.reference());
        State known = payouts.get(request.reference());
        if (known != null) {
            refuseDifferent(known, request);
        }
        Scenario scenario = known == null ? scenario(request) : known.scenario;
        if (scenario == Scenario.RATE_LIMITED) {
            throw new PayoutRejectedException(
                    details("too many requests", Advice.SAME_REFERENCE_LATER, ref, "too_many_requests"));
        }
        if (known == null && scenario != Scenario.SERVER_ERROR_NOT_PAID) {
            take(new State(named, scenario));
        }
        if (answerLost) {
            return lost(ref);
        }
        return switch (scenario) {
            case SERVER_ERROR_PAID, SERVER_ERROR_NOT_PAID ->
                Payout.unknown(ref, "", new Evidence(Evidence.Kind.SERVER_ERROR, "HTTP 500"));
            case UNDOCUMENTED_CODE ->
                Payout.unknown(ref, "", new Evidence(Evidence.Kind.UNDOCUMENTED_ANSWER, "an undocumented code"));
            default -> observe(named);
        };
    }

    private Scenario scenario(PayoutRequest request) {
        return forced == null ? Scenario.of(request.amount().minorUnits()) : forced;
    }

    private void refuseDifferent(State known, PayoutRequest request) {
        try {
            known.ref.requireMadeFrom(request);
        } catch (IllegalArgumentException different) {
            throw new PayoutRejectedException(details(
                    "the reference belongs to a different payout", Advice.NEW_PAYOUT_AFTER_FIX, known.ref, null));
        }
    }

    private Payout lost(PayoutRef ref) {
        answerLost = false;
        return Payout.unknown(ref, "", new Evidence(Evidence.Kind.NO_ANSWER, "the answer was lost"));
    }

    private void take(State state) {
        payouts.put(state.ref.reference(), state);
        if (!capabilities.has(Capabilities.Feature.CONFIRM)) {
            execute(state);
        }
    }

    private void execute(State state) {
        state.status = switch (state.scenario) {
            case UNSURE, WRONG_ECHO, UNDOCUMENTED_STATUS -> PayoutStatus.UNKNOWN;
            case DECLINED, INSUFFICIENT_FUNDS -> PayoutStatus.FAILED;
            case SLOW -> PayoutStatus.PROCESSING;
            default -> PayoutStatus.SUCCEEDED;
        };
        if (state.scenario != Scenario.UNSURE && state.status != PayoutStatus.FAILED) {
            book(state.ref, Ledger.Kind.PAID);
        }
    }

    private void book(PayoutRef ref, Ledger.Kind kind) {
        ledger.add(new Ledger.Movement(
                kind,
                ref.reference(),
                ref.providerId().orElse(""),
                ref.amount().minorUnits(),
                ref.amount().currency().getCurrencyCode(),
                ref.recipientKind().name(),
                clock.instant()));
    }

    @Override
    public synchronized Payout get(PayoutRef ref) {
        ref.requireProvider(capabilities.provider());
        return observe(ref.withProviderId("fake-" + ref.reference()));
    }

    private Payout observe(PayoutRef ref) {
        State state = payouts.get(ref.reference());
        if (state == null) {
            return Payout.unknown(ref, "", new Evidence(Evidence.Kind.ABSENT, "no such payout"));
        }
        PayoutStatus status = state.status;
        if (state.scenario == Scenario.RETURNED && status == PayoutStatus.SUCCEEDED) {
            state.status = PayoutStatus.RETURNED;
            book(ref, Ledger.Kind.RETURNED);
        }
        if (status == PayoutStatus.UNKNOWN) {
            return Payout.unknown(ref, "unsure", new Evidence(Evidence.Kind.PROVIDER_UNSURE, "the provider is unsure"));
        }
        Payout.Builder payout = Payout.builder(ref, status, status.name());
        if (status == PayoutStatus.FAILED) {
            payout.decline(new Decline(
                    ERRORS.entry(state.scenario == Scenario.DECLINED ? "declined" : "insufficient_funds"), null));
        }
        return payout.build();
    }

    @Override
    public synchronized Payout confirm(PayoutRef ref) {
        if (!capabilities.has(Capabilities.Feature.CONFIRM)) {
            return PayoutClient.super.confirm(ref);
        }
        ref.requireProvider(capabilities.provider());
        State state = payouts.get(ref.reference());
        if (state != null && state.status == PayoutStatus.AWAITING_CONFIRMATION) {
            execute(state);
        }
        return answerLost ? lost(ref) : get(ref);
    }

    @Override
    public synchronized Payout cancel(PayoutRef ref) {
        if (!capabilities.has(Capabilities.Feature.CANCEL)) {
            return PayoutClient.super.cancel(ref);
        }
        ref.requireProvider(capabilities.provider());
        State state = payouts.get(ref.reference());
        if (state != null && state.status == PayoutStatus.AWAITING_CONFIRMATION) {
            state.status = PayoutStatus.CANCELED;
        }
        return get(ref);
    }

    @Override
    public List<Balance> balance() {
        return capabilities.has(Capabilities.Feature.BALANCE)
                ? capabilities.currencies().stream()
                        .map(currency -> new Balance("", Money.ofMinor(100_000_000, currency)))
                        .toList()
                : PayoutClient.super.balance();
    }

    @Override
    public synchronized void close() {
        closed = true;
    }

    private static FailureDetails details(String reason, Advice advice, PayoutRef ref, @Nullable String code) {
        return FailureDetails.builder(ref.provider(), Operation.SUBMIT, reason, advice)
                .reference(ref.reference())
                .error(code == null ? null : ERRORS.entry(code))
                .build();
    }
}
