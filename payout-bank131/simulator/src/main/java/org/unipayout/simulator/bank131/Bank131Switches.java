package org.unipayout.simulator.bank131;

import java.time.Duration;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unipayout.testkit.Nastiness;

/**
 * What Bank 131 leaves open, and what its managers set per project: one switch each.
 *
 * <p>The bank's public documents do not answer everything. Each open question (numbered U1 to U16 in the project's
 * notes on the provider) has a default, the most plausible reading, and can be turned to the other reading, because a
 * sound client survives both. Yes-or-no questions are a {@link Flag}, the others have a setter. Two have no switch of
 * their own: U14 (methods outside the documented list) is answered as any unknown method, see {@link
 * #unknownMethodStatus}; replay protection (part of U12) would forbid to ask for the same status twice.
 *
 * <p>{@link Bank131Simulator#reset} restores every default. Thread-safe.
 */
public final class Bank131Switches {
    private static final Duration QUEUE = Duration.ofHours(6);

    private final Set<Flag> on = EnumSet.noneOf(Flag.class);
    private final Map<String, Integer> errorStatuses = new HashMap<>();
    private SessionOutcome declinedSession = SessionOutcome.CANCELLED;
    private String unknownSessionCode = RefusalException.INVALID_REQUEST;
    private int unknownMethodStatus;
    private IdempotencyScope idempotencyScope = IdempotencyScope.PROJECT;
    private IdempotencyRepeat idempotencyRepeat = IdempotencyRepeat.REFUSED;
    private @Nullable Duration idempotencyLifetime;
    private List<Duration> webhookRepeats = List.of();
    private Duration confirmationWindow = Duration.ZERO;
    private @Nullable Duration emptySessionLifetime;
    private int minimumKeyBits;
    private Duration startDelay = Duration.ZERO;

    Bank131Switches() {
        restore();
    }

    /** A yes-or-no question. */
    public enum Flag {
        /** Set by the bank's manager: payouts go through without {@code ready_to_confirm}. Off. */
        AUTO_CONFIRMATION(false),
        /** Set by the bank's manager: the project gets webhooks. On. */
        WEBHOOKS(true),
        /** Set by the bank's manager: {@code confirmation_payout} when a bank account was credited. Off. */
        CONFIRMATION_PAYOUT_WEBHOOK(false),
        /** U2: {@code session/cancel} leads to a {@code payment_finished} webhook. On. */
        CANCEL_SENDS_WEBHOOK(true),
        /** U7: the names of the other API version are understood too. Off. */
        LENIENT_NAMES(false),
        /** U8: v2 answers carry the v1 list {@code payments} beside {@code payout_list}. Off. */
        V2_ANSWERS_WITH_PAYMENTS(false),
        /** U9: the body {@code []} is taken as an empty object. On. */
        EMPTY_ARRAY_AS_BODY(true),
        /** U10: a session that was started may be started again, and then holds several payouts. Off. */
        SECOND_START(false),
        /** U11: telephone numbers for FPS may have 13 digits, beginning with 00. On. */
        LONG_FPS_PHONE(true),
        /** U12: {@code report/account_balance} is asked by GET as well as by POST. Off. */
        ACCOUNT_BALANCE_BY_GET(false),
        /** U12: {@code current_balance} is whole rubles instead of kopecks. Off. */
        ACCOUNT_BALANCE_IN_RUBLES(false),
        /** U13: FPS payouts may be paid from the collateral account. On. */
        FPS_FROM_COLLATERAL(true),
        /** U15: {@code session/cancel} needs {@code confirm_information} where confirm does. Off. */
        CANCEL_NEEDS_CONFIRM_INFORMATION(false),
        /** U16: a payout without an amount is taken as 100 rubles, as in the bank's own example. Off. */
        AMOUNT_MAY_BE_MISSING(false),
        /** U4: a request that was refused uses its idempotency key up all the same. Off. */
        REFUSALS_USE_UP_THE_KEY(false),
        /**
         * The internal transfer of a payout from a settlement or escrow account to a card is listed as an incoming payment:
         * instead of the payout until that is finished, beside it afterwards. Off.
         */
        INTERNAL_TRANSFER_LISTED(false),
        /** Objects that hold nothing are written as {@code []}, as PHP does, in nested places too. Off. */
        EMPTY_OBJECTS_AS_LISTS(false),
        /** A whole card number stands where its last four digits belong. Off. */
        WHOLE_NUMBER_IN_LAST4(false),
        /** The answer to a start still shows the session as {@code created}, without the payout. Off. */
        START_SHOWS_CREATED(false),
        /** The answer to a start shows the payout in progress and {@code authentication_error} beside it. Off. */
        ERROR_BESIDE_PAYOUT(false),
        /** v2 answers carry the v1 list too, and it shows a paid payout as failed. Off. */
        LISTS_DISAGREE(false),
        /** A session in {@code error} becomes {@code cancelled} with {@link Bank131Simulator#settle}, notified again. Off. */
        ERROR_IS_DECIDED_LATER(false),
        /** A return is notified as in progress first, and as accepted once the status was asked for. Off. */
        RETURNS_TAKE_TIME(false);

        private final boolean normally;

        Flag(boolean normally) {
            this.normally = normally;
        }
    }

    /** U1: the status of a session whose payout has definitely failed. */
    public enum SessionOutcome {
        /** {@code cancelled}. */
        CANCELLED("cancelled"),
        /** {@code accepted}. */
        ACCEPTED("accepted"),
        /** {@code error}, although the outcome is known. */
        ERROR("error");

        private final String word;

        SessionOutcome(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }
    }

    /** U4: how far an idempotency key reaches. */
    public enum IdempotencyScope {
        /** Once per project. */
        PROJECT,
        /** Once per project and method. */
        METHOD
    }

    /** U4: what a repeated idempotency key leads to. */
    public enum IdempotencyRepeat {
        /** The error {@code idempotency_key_already_exists}, whatever the body. */
        REFUSED,
        /** The first answer again for the same body, the error for another body. */
        REPLAYED_FOR_SAME_BODY
    }

    /**
     * Turns a flag on.
     *
     * @param flag the question
     */
    public synchronized void turnOn(Flag flag) {
        on.add(flag);
    }

    /**
     * Turns a flag off.
     *
     * @param flag the question
     */
    public synchronized void turnOff(Flag flag) {
        on.remove(flag);
    }

    /**
     * U1: the session's status after a definite decline; {@link SessionOutcome#CANCELLED} by default.
     *
     * @param outcome the status
     */
    public synchronized void declinedSession(SessionOutcome outcome) {
        declinedSession = Objects.requireNonNull(outcome, "outcome");
    }

    /**
     * U3: the HTTP status of an error code; 400 by default. Two defaults differ, both the simulator's own: 500 for
     * {@code internal_error} and 429 for {@code too_many_requests}.
     *
     * @param code the code in the error body
     * @param status the HTTP status; 200 plays a bank that reports errors in the body only
     */
    public synchronized void errorStatus(String code, int status) {
        errorStatuses.put(Objects.requireNonNull(code, "code"), status);
    }

    /**
     * U3: the error code for a session id that the bank does not know; {@code invalid_request} by default.
     *
     * @param code the code
     */
    public synchronized void unknownSessionCode(String code) {
        unknownSessionCode = Objects.requireNonNull(code, "code");
    }

    /**
     * U3, U14: the HTTP status of a method that the documents do not list; 404 by default.
     *
     * @param status the HTTP status
     */
    public synchronized void unknownMethodStatus(int status) {
        unknownMethodStatus = status;
    }

    /**
     * U4: how far an idempotency key reaches; {@link IdempotencyScope#PROJECT} by default.
     *
     * @param scope the scope
     */
    public synchronized void idempotencyScope(IdempotencyScope scope) {
        idempotencyScope = Objects.requireNonNull(scope, "scope");
    }

    /**
     * U4: what a repeated key leads to; {@link IdempotencyRepeat#REFUSED} by default.
     *
     * @param repeat the consequence
     */
    public synchronized void idempotencyRepeat(IdempotencyRepeat repeat) {
        idempotencyRepeat = Objects.requireNonNull(repeat, "repeat");
    }

    /**
     * U4: when a used key is forgotten; never by default.
     *
     * @param lifetime time by the simulator's clock
     */
    public synchronized void idempotencyLifetime(Duration lifetime) {
        idempotencyLifetime = Objects.requireNonNull(lifetime, "lifetime");
    }

    /**
     * U5: when each webhook is sent again, counted from the first time; never by default. The simulator looks at its
     * clock with every request and in {@link Bank131Simulator#settle}, and repeats whether or not the first was
     * acknowledged, so that a receiver proves that it bears repetition.
     *
     * @param delays times by the simulator's clock, ascending
     */
    public synchronized void webhookRepeats(List<Duration> delays) {
        webhookRepeats = List.copyOf(delays);
    }

    /**
     * U6: how long a payout waits to be confirmed before the bank cancels it; 240 minutes by default.
     *
     * @param window time by the simulator's clock
     */
    public synchronized void confirmationWindow(Duration window) {
        confirmationWindow = Objects.requireNonNull(window, "window");
    }

    /**
     * When the bank cancels a session in which nothing was started, without a notification; never by default. No page says
     * how long one waits.
     *
     * @param lifetime time by the simulator's clock, from its creation
     */
    public synchronized void emptySessionLifetime(Duration lifetime) {
        emptySessionLifetime = Objects.requireNonNull(lifetime, "lifetime");
    }

    /**
     * U12: the smallest RSA key of a partner that the bank accepts; 2048 bits by default.
     *
     * @param bits length of the modulus
     */
    public synchronized void minimumKeyBits(int bits) {
        minimumKeyBits = bits;
    }

    /**
     * How long a start or init lies in a queue; no time by default. A queued one is answered by HTTP 504 without a word of
     * the bank, and is carried out when the clock says so, whatever happened to its session meanwhile.
     *
     * @param delay time by the simulator's clock
     */
    public synchronized void startDelay(Duration delay) {
        startDelay = Objects.requireNonNull(delay, "delay");
    }

    /** What the bank's documents do not exclude, by day or by the settings of a project. */
    List<Nastiness> nastinesses() {
        return List.of(
                Nastiness.lasting("what starts a payout lies in a queue", QUEUE, QUEUE, this::startDelay),
                Nastiness.lasting(
                        "empty sessions are cancelled",
                        QUEUE,
                        QUEUE,
                        time -> emptySessionLifetime(time.plusMinutes(1))),
                Nastiness.of("no confirmation is asked for", () -> turnOn(Flag.AUTO_CONFIRMATION)),
                Nastiness.of("keys are forgotten after an hour", () -> idempotencyLifetime(Duration.ofHours(1))),
                Nastiness.of("keys hold for one method", () -> idempotencyScope(IdempotencyScope.METHOD)),
                Nastiness.of(
                        "a repeated key gives the first answer",
                        () -> idempotencyRepeat(IdempotencyRepeat.REPLAYED_FOR_SAME_BODY)),
                Nastiness.of("refusals use up the key", () -> turnOn(Flag.REFUSALS_USE_UP_THE_KEY)),
                Nastiness.of("a session may be started twice", () -> turnOn(Flag.SECOND_START)),
                Nastiness.of("a start is answered without its payout", () -> turnOn(Flag.START_SHOWS_CREATED)),
                Nastiness.of("an error beside the payout", () -> turnOn(Flag.ERROR_BESIDE_PAYOUT)),
                Nastiness.of("empty objects are lists", () -> turnOn(Flag.EMPTY_OBJECTS_AS_LISTS)),
                Nastiness.of("two lists of payouts", () -> turnOn(Flag.V2_ANSWERS_WITH_PAYMENTS)),
                Nastiness.of("a cancel is not notified", () -> turnOff(Flag.CANCEL_SENDS_WEBHOOK)),
                Nastiness.of("a return takes time", () -> turnOn(Flag.RETURNS_TAKE_TIME)),
                Nastiness.of("a declined session is accepted", () -> declinedSession(SessionOutcome.ACCEPTED)),
                Nastiness.of("a decline is an error at first", () -> {
                    declinedSession(SessionOutcome.ERROR);
                    turnOn(Flag.ERROR_IS_DECIDED_LATER);
                }),
                Nastiness.of(
                        "notifications come again after hours",
                        () -> webhookRepeats(List.of(Duration.ofMinutes(10), Duration.ofHours(5)))));
    }

    /** {@return how long a start or init lies in a queue} */
    public synchronized Duration startDelay() {
        return startDelay;
    }

    /**
     * Whether a flag is on.
     *
     * @param flag the question
     * @return its answer now
     */
    public synchronized boolean isOn(Flag flag) {
        return on.contains(flag);
    }

    /** {@return the session's status after a definite decline} */
    public synchronized SessionOutcome declinedSession() {
        return declinedSession;
    }

    synchronized int errorStatus(String code) {
        return errorStatuses.getOrDefault(code, 400);
    }

    /** {@return the error code for a session id that the bank does not know} */
    public synchronized String unknownSessionCode() {
        return unknownSessionCode;
    }

    /** {@return the HTTP status of a method that the documents do not list} */
    public synchronized int unknownMethodStatus() {
        return unknownMethodStatus;
    }

    /** {@return how far an idempotency key reaches} */
    public synchronized IdempotencyScope idempotencyScope() {
        return idempotencyScope;
    }

    /** {@return what a repeated key leads to} */
    public synchronized IdempotencyRepeat idempotencyRepeat() {
        return idempotencyRepeat;
    }

    /** {@return when a used key is forgotten; empty for never} */
    public synchronized Optional<Duration> idempotencyLifetime() {
        return Optional.ofNullable(idempotencyLifetime);
    }

    /** {@return when each webhook is sent again, counted from the first time} */
    public synchronized List<Duration> webhookRepeats() {
        return webhookRepeats;
    }

    /** {@return how long a payout waits to be confirmed} */
    public synchronized Duration confirmationWindow() {
        return confirmationWindow;
    }

    /** {@return when the bank cancels a session in which nothing was started; empty for never} */
    public synchronized Optional<Duration> emptySessionLifetime() {
        return Optional.ofNullable(emptySessionLifetime);
    }

    /** {@return the smallest RSA key of a partner that the bank accepts} */
    public synchronized int minimumKeyBits() {
        return minimumKeyBits;
    }

    synchronized void restore() {
        on.clear();
        for (Flag flag : Flag.values()) {
            if (flag.normally) {
                on.add(flag);
            }
        }
        errorStatuses.clear();
        errorStatuses.put(ScenarioCodes.SERVER_ERROR, 500);
        errorStatuses.put(ScenarioCodes.RATE_LIMITED, 429);
        declinedSession = SessionOutcome.CANCELLED;
        unknownSessionCode = RefusalException.INVALID_REQUEST;
        unknownMethodStatus = 404;
        idempotencyScope = IdempotencyScope.PROJECT;
        idempotencyRepeat = IdempotencyRepeat.REFUSED;
        idempotencyLifetime = null;
        webhookRepeats = List.of();
        confirmationWindow = Duration.ofHours(4);
        emptySessionLifetime = null;
        minimumKeyBits = 2048;
        startDelay = Duration.ZERO;
    }
}
