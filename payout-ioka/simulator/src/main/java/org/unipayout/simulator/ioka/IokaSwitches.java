package org.unipayout.simulator.ioka;

import java.lang.reflect.Field;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unipayout.testkit.Nastiness;

/**
 * Where ioka's sources disagree or are silent, a test decides: one public field for each open question.
 *
 * <p>Every field starts at the most likely answer. {@link IokaSimulator#reset} restores all of them. Fields are
 * volatile, so a test may turn them while the simulator runs.
 */
public final class IokaSwitches {
    private static final Duration PAID_LATER = Duration.ofMinutes(13);

    /** How the text that a notification's signature covers is spaced. Keys are sorted in both forms. */
    public enum SignatureForm {
        /** {@code {"a": 1, "b": 2}}, the form that recorded deliveries have. */
        SPACED,
        /** {@code {"a":1,"b":2}}, the form that the documentation describes. */
        COMPACT
    }

    // ---- What is served

    /** Serves payout orders and balances (product B) beside transfer orders (product A). */
    public volatile boolean productB = true;

    /** Serves {@code /transfer-orders/{id}} and {@code .../payout}; false answers 404, as the newest contract file implies. */
    public volatile boolean transferOrderRoutes = true;

    // ---- Authentication

    /** Accepts the static {@code API-KEY}; false accepts only keys from {@code POST /v2/auth/token}. */
    public volatile boolean staticApiKey = true;

    /** How long a key from {@code POST /v2/auth/token} lives by the simulator's clock. */
    public volatile Duration tokenLifetime = Duration.ofHours(1);

    /** {@code POST /v2/auth/token} answers 403, the key of the merchant having expired. */
    public volatile boolean merchantKeyExpired = false;

    /** Every call answers 403 Forbidden: the key has no right. */
    public volatile boolean forbidden = false;

    // ---- Field rules

    /** {@code corp_account_id} is required when a transfer order is created. */
    public volatile boolean corpAccountRequired = false;

    /** {@code type} is required when a transfer order is created. */
    public volatile boolean typeRequired = true;

    /** Least amount of a transfer order, minor units. */
    public volatile long minimumTransferAmount = 0;

    /** Least amount of a payout order (product B), minor units. */
    public volatile long minimumPayoutOrderAmount = 10;

    /** Greatest amount of both products, minor units; above it 400 InvalidTransactionAmount. */
    public volatile long maximumAmount = Long.MAX_VALUE;

    // ---- Answers

    /** HTTP status of a transfer order looked up by id. */
    public volatile int getHttpStatus = 200;

    /** HTTP status of {@code POST .../payout}, 201 or 200. */
    public volatile int payoutHttpStatus = 201;

    /** A declined {@code POST .../payout} answers 400 with the decline code as error, instead of 2xx and DECLINED. */
    public volatile boolean declineAsError = false;

    /** Decline code of {@link org.unipayout.testkit.Scenario#DECLINED}. */
    public volatile String declineCode = "DECLINED_BY_ISSUER";

    /** A second payout of a paid order answers 2xx with the first transfer instead of 409; money still moves once. */
    public volatile boolean repeatedPayoutShowsTransfer = false;

    /**
     * The misbehaving provider: a second payout of a paid order, or a second confirmation of a payout order, pays again. No
     * page forbids it.
     */
    public volatile boolean paysAgain = false;

    /** Error codes by other names, for example {@code OrderNotFound} as {@code TransferOrderNotFound}. */
    public volatile Map<String, String> errorNames = Map.of();

    /** Other HTTP statuses for error codes, for example {@code OrderExpired} as 422; keys are the codes before renaming. */
    public volatile Map<String, Integer> errorStatus = Map.of();

    /** A list filtered by {@code external_id} without a hit answers 404 OrderNotFound instead of an empty array. */
    public volatile boolean searchMissIs404 = false;

    /** The first look-up after a paid attempt shows the order as REGISTERED. */
    public volatile boolean registeredFirst = false;

    /**
     * The word that a paid attempt and the first look-up after it show: APPROVED, or PENDING or REQUIRES_ACTION, after
     * which the second look-up shows APPROVED.
     */
    public volatile String firstTransferStatus = "APPROVED";

    /** {@code transferred_amount} is filled in look-ups too, not only in the answer of {@code POST .../payout}. */
    public volatile boolean transferredAmountInOrder = false;

    /** Members that only describe come as junk: {@code []} for an absent object, a word for the fee. */
    public volatile boolean junkDescriptions = false;

    /** How many balances the merchant has; one pays, the others are empty. */
    public volatile int balances = 1;

    /** A search for customers answers a page instead of a bare array; ioka's reference leaves it open here. */
    public volatile boolean customersAsPage = false;

    /** How long after its creation an order is missing in a search by {@code external_id}; by its id it is there at once. */
    public volatile Duration searchLag = Duration.ZERO;

    /** Orders of product B get an integer {@code uuid} when they are created. */
    public volatile boolean integerUuid = false;

    // ---- Execution

    /**
     * Money-moving calls wait this long before they are executed, and their answers are lost (504). Meanwhile no answer
     * shows them, and an idempotency key, which keeps results only, knows nothing of them.
     */
    public volatile Duration executionDelay = Duration.ZERO;

    /** A declined payout order is rewired: it shows FAILED, and {@link IokaSimulator#settle} pays it. */
    public volatile boolean failedIsPaidLater = false;

    /** A declined payout order is rewired, shows FAILED, and is paid after this time; zero for never. */
    public volatile Duration failedIsPaidAfter = Duration.ZERO;

    // ---- Idempotency

    /** How long the answer to an {@code idempotency-key} is kept; ioka's page says one hour. */
    public volatile Duration answersKept = Duration.ofHours(1);

    /** A known {@code idempotency-key} with another request is refused with 400 instead of repeating the first answer. */
    public volatile boolean rejectsKeyReuse = false;

    // ---- Notifications

    /** A registration that names TRANSFER_* is refused as a whole: the newest list of events does not have them. */
    public volatile boolean transferEventsUnlisted = false;

    /** TRANSFER_* notifications are sent at all. */
    public volatile boolean transferEvents = true;

    /** Name of the event of a successful transfer; ioka's page also spells it {@code TRANFER_APPROVED}. */
    public volatile String approvedEvent = "TRANSFER_APPROVED";

    /** Key of the transfer in a TRANSFER_* notification; null leaves only event and order. */
    public volatile @Nullable String transferKey = "transfer";

    /** PAYOUT_* notifications carry {@code order.status}. */
    public volatile boolean payoutEventHasStatus = true;

    /** Which text is signed. */
    public volatile SignatureForm signatureForm = SignatureForm.SPACED;

    // ---- Load and outage

    /** Every call answers 429 and executes nothing. */
    public volatile boolean rateLimited = false;

    /** Every call that is no GET answers 503, which ioka guarantees was not executed. */
    public volatile boolean unavailable = false;

    /** Each answer is held back this long after its work was done. */
    public volatile Duration answerDelay = Duration.ZERO;

    IokaSwitches() {}

    /** What ioka's pages do not exclude; what may still be paid after a failure is over within 15 minutes. */
    List<Nastiness> nastinesses() {
        Duration hours = Duration.ofHours(6);
        return List.of(
                Nastiness.lasting("calls that pay lie in a queue", hours, hours, delay -> executionDelay = delay),
                Nastiness.lasting("the search lags", hours, hours, lag -> searchLag = lag),
                Nastiness.lasting("a failure is paid later", PAID_LATER, PAID_LATER, time -> {
                    declineCode = "DATA_INPUT_TIMEOUT";
                    failedIsPaidAfter = time.plusSeconds(1);
                }),
                Nastiness.of("declines leave the outcome open", () -> declineCode = "BANK_CONNECTION_ERROR"),
                Nastiness.of("declines have a code of their own", () -> declineCode = "DECLINED_ELSEWHERE"),
                Nastiness.of("a decline is an error", () -> declineAsError = true),
                Nastiness.of("a search without a hit is 404", () -> searchMissIs404 = true),
                Nastiness.of("a paid order is registered at first", () -> registeredFirst = true),
                Nastiness.of("a transfer is pending at first", () -> firstTransferStatus = "PENDING"),
                Nastiness.of("a repeated payout shows the first", () -> repeatedPayoutShowsTransfer = true),
                Nastiness.of("junk in what describes", () -> junkDescriptions = true),
                Nastiness.of("ids are numbers", () -> integerUuid = true),
                Nastiness.of("a key for one request only", () -> rejectsKeyReuse = true),
                Nastiness.of("answers to keys are kept for minutes", () -> answersKept = Duration.ofMinutes(5)),
                Nastiness.of("notifications name the order only", () -> transferKey = null),
                Nastiness.of("notifications without a status", () -> payoutEventHasStatus = false),
                Nastiness.of("the signed text is compact", () -> signatureForm = SignatureForm.COMPACT));
    }

    /** Takes every default from a new instance, so that no field can be forgotten here. */
    void restoreDefaults() {
        IokaSwitches defaults = new IokaSwitches();
        try {
            for (Field field : IokaSwitches.class.getFields()) {
                field.set(this, field.get(defaults));
            }
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("a switch is not a public, mutable field", e);
        }
    }
}
