package org.unipayout.simulator.horizonpay;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unipayout.testkit.Nastiness;

/**
 * The points on which HorizonPay's documentation is silent or contradicts itself, each one a field to turn.
 *
 * <p>The defaults are the readings that are best supported. Set a field before the request it should act on; {@link
 * HorizonPaySimulator#reset} hands out fresh defaults, so ask {@link HorizonPaySimulator#switches} again after it. An
 * adapter should survive every setting. Fields are volatile: any thread may set them.
 */
public final class HorizonPaySwitches {
    private static final Duration TOLD_OF_THE_QUEUE = Duration.ofMinutes(45);
    private static final Duration TOLD_OF_LOOK_UPS = Duration.ofMinutes(8);
    private static final Duration UNTOLD = Duration.ofHours(6);

    /** The two forms of a transaction on the wire. */
    public enum Envelope {
        /** {@code {"transaction":{…}}}, the acquirer's section is named after the type. */
        V2,
        /** Flat, with {@code code} and {@code friendly_message}; {@code transaction} is the acquirer's section. */
        V3
    }

    /** Answers always have this form, whatever {@code X-API-Version} asks for; null lets the header decide. */
    public volatile @Nullable Envelope forcedEnvelope;

    /** Form of notifications and of the verification call; the documented samples are all v2. */
    public volatile Envelope webhookEnvelope = Envelope.V2;

    /** Form of the elements that the look-up by tracking_id returns. */
    public volatile Envelope trackingElementEnvelope = Envelope.V2;

    /** HTTP status of a refused request in v2: 400 was recorded, 422 stands in the SDKs. */
    public volatile int validationStatusV2 = 400;

    /** HTTP status of a refused request in v3. */
    public volatile int validationStatusV3 = 422;

    /** Whether v2 errors are wrapped in {@code response}, as recorded; the documentation shows them bare. */
    public volatile boolean errorsWrapped = true;

    /** HTTP status of E.1018, a duplicate within 30 seconds. */
    public volatile int duplicateStatus = 422;

    /** HTTP status of E.1021, wrong shop id or secret key. */
    public volatile int unauthorizedStatus = 401;

    /** HTTP status of E.1022 and E.1065, a permission that the shop lacks. */
    public volatile int accessDeniedStatus = 403;

    /** Whether 5xx bodies are the web server's HTML page; false gives JSON with code E.1000. */
    public volatile boolean serverErrorsAsHtml = true;

    /** Whether the shop may make payouts at all; false answers E.1022. */
    public volatile boolean payoutsAllowed = true;

    /** Whether the shop may send card numbers itself; false answers E.1065 to a number, tokens still work. */
    public volatile boolean cardNumbersAllowed = true;

    /** Whether a GET may carry Content-Type; the live platform refuses it with HTTP 400. */
    public volatile boolean contentTypeOnGetAllowed;

    /**
     * Whether declines carry the older numbering (F.0002 for F.0105). Codes whose old number was never published keep
     * the current one.
     */
    public volatile boolean oldDeclineCodes;

    /** Code of an incomplete payout; other candidates are P.9999, P.0002 and E.1020. */
    public volatile String incompleteCode = "P.9998";

    /** Whether card 4200000000000000 with exp_month 10 is declined, as an old readme says. */
    public volatile boolean expiryMonthDecides;

    /** Whether recipient tokenization also takes the card under {@code recipient_card}. */
    public volatile boolean recipientCardKeyAccepted = true;

    /** Name of the type key in v3 card sections: {@code type} or {@code payment_method_type}. */
    public volatile String cardTypeKey = "type";

    /** Whether answers tell the card's holder, expiry and token; the published sample has null there. */
    public volatile boolean cardDetailsInAnswers;

    /** Whether redirect_url is filled even when nothing is left to do, as in the published sample. */
    public volatile boolean redirectUrlAlways = true;

    /** Whether ids look like {@code 4107-310b0da80b} instead of a UUID. */
    public volatile boolean legacyUids;

    /**
     * Fields that this shop's acquirer demands, as dotted paths below {@code request}, for example {@code
     * recipient.taxpayer_id}. Which ones apply in reality is a question to HorizonPay's support.
     */
    public volatile Set<String> requiredFields = Set.of();

    /** How long an incomplete payout waits for the recipient before it fails with F.0998. */
    public volatile Duration incompleteLifetime = Duration.ofHours(1);

    /** How long the answer is pending before the final status shows, by the simulator's clock. */
    public volatile Duration processingTime = Duration.ZERO;

    /** Whether look-ups do not find a payout at all during {@link #processingTime}. */
    public volatile boolean invisibleWhileProcessing;

    /**
     * How long look-ups by tracking_id do not show a payout yet, by the simulator's clock, while look-ups by uid and
     * notifications do: nothing that is published bounds it.
     */
    public volatile Duration trackingIdLag = Duration.ZERO;

    /** Whether what follows the last dot of a tracking_id in a path is taken for a format and cut off. */
    public volatile boolean dotsAreFormats;

    /** Whether an object that holds nothing is written as a list. */
    public volatile boolean emptyObjectsAsLists;

    /** The acquirer's status inside a transaction; null repeats the transaction's own. */
    public volatile @Nullable String acquirerStatus;

    /**
     * How long a payout lies in the queue, unmade, by the simulator's clock; its result answers 425 until then. No page
     * bounds it.
     */
    public volatile Duration asyncTime = Duration.ofSeconds(5);

    /** Whether a verification call that times out or is not answered with 200 declines the payout (F.7001). */
    public volatile boolean verificationFailureDeclines = true;

    /** How long a verification call may take, in real time. */
    public volatile Duration verificationTimeout = Duration.ofSeconds(5);

    /** Whether payouts without a notification_url are notified too, as if the shop had a standing address. */
    public volatile boolean notifyWithoutUrl;

    /** Whether an incomplete payout is notified as well. */
    public volatile boolean notifyIncomplete;

    /** Whether notifications carry Content-Signature; false leaves HTTP Basic alone. */
    public volatile boolean notificationsSigned = true;

    /** Name of the bank section in the balance answer: {@code bankInfo} or {@code bank_info}. */
    public volatile String bankInfoKey = "bankInfo";

    /** What the acquirer's account held before the first payout, in minor units, in every currency. */
    public volatile long openingBalance = 6_623_871_674L;

    HorizonPaySwitches() {}

    /** What no page excludes, and what support tells a merchant who asks about times. */
    List<Nastiness> nastinesses() {
        return List.of(
                Nastiness.lasting("payouts wait in the queue", TOLD_OF_THE_QUEUE, UNTOLD, time -> asyncTime = time),
                Nastiness.lasting("the index lags", TOLD_OF_LOOK_UPS, UNTOLD, lag -> trackingIdLag = lag),
                Nastiness.lasting("payouts are processed for long", UNTOLD, UNTOLD, time -> processingTime = time),
                Nastiness.lasting("and cannot be seen meanwhile", TOLD_OF_LOOK_UPS, UNTOLD, time -> {
                    processingTime = time;
                    invisibleWhileProcessing = true;
                }),
                Nastiness.of("the shop may not pay", () -> payoutsAllowed = false),
                Nastiness.of("only the second form of answers", () -> forcedEnvelope = Envelope.V2),
                Nastiness.of("only the third form of answers", () -> forcedEnvelope = Envelope.V3),
                Nastiness.of("notifications in the third form", () -> webhookEnvelope = Envelope.V3),
                Nastiness.of("lists in the third form", () -> trackingElementEnvelope = Envelope.V3),
                Nastiness.of("errors are bare", () -> errorsWrapped = false),
                Nastiness.of("server errors as JSON", () -> serverErrorsAsHtml = false),
                Nastiness.of("old codes of declines", () -> oldDeclineCodes = true),
                Nastiness.of("empty objects are lists", () -> emptyObjectsAsLists = true),
                Nastiness.of("ids of the old form", () -> legacyUids = true),
                Nastiness.of("incomplete payouts are notified", () -> notifyIncomplete = true));
    }
}
