package org.unipayout.horizonpay.internal;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unipayout.Balance;
import org.unipayout.Decline;
import org.unipayout.Door;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.Identity;
import org.unipayout.Money;
import org.unipayout.NextAction;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.Shown;
import org.unipayout.horizonpay.HorizonPayOptions;
import org.unipayout.horizonpay.internal.wire.BalanceAnswer;
import org.unipayout.horizonpay.internal.wire.PaymentMethod;
import org.unipayout.horizonpay.internal.wire.Transaction;
import org.unipayout.http.Required;

/**
 * HorizonPay's words into ours. Pure functions of a transaction and of how the shop is set up; what the words mean stands
 * in {@link HorizonPayTables}.
 *
 * @param errorBook the platform's codes
 * @param testMode whether our payouts are tests
 * @param fenced whether the merchant lets one transaction per payout through
 */
public record HorizonPayReadings(ErrorBook errorBook, boolean testMode, boolean fenced) {
    private static final Pattern USABLE_ID = Pattern.compile("[A-Za-z0-9_-]{1,128}");

    /** Reads for one shop. */
    public static HorizonPayReadings of(ErrorBook errorBook, HorizonPayOptions options) {
        return new HorizonPayReadings(
                errorBook, options.testMode(), options.fence().isPresent());
    }

    // ---------------------------------------------------------------- what happened to the money

    /**
     * What a transaction says about the money, without knowing whose it is.
     *
     * @param status what happened
     * @param words the gateway's own status
     * @param decline why nothing was paid, or null
     * @param evidence why nothing is proven, or null
     */
    public record Reading(
            PayoutStatus status,
            String words,
            @Nullable Decline decline,
            @Nullable Evidence evidence) {}

    /** Reads a transaction: its status decides, unless its code or its acquirer's section takes that back. */
    public Reading read(Transaction transaction) {
        String words = String.valueOf(transaction.status());
        PayoutStatus status = HorizonPayTables.STATUSES.get(words);
        if (status == null) {
            return unknown(words, Evidence.Kind.UNDOCUMENTED_STATUS, "The status is not in the platform's pages");
        }
        if (partsDisagree(transaction)) {
            return unknown(
                    words, Evidence.Kind.CONTRADICTING_ANSWER, "The acquirer's part says otherwise than the whole");
        }
        if (status == PayoutStatus.FAILED) {
            return failed(transaction, words);
        }
        if (status == PayoutStatus.AWAITING_RECIPIENT
                && redirectUrl(transaction).isEmpty()) {
            return new Reading(PayoutStatus.PROCESSING, words, null, null);
        }
        return new Reading(status, words, null, null);
    }

    /** The acquirer's status may lag behind or be missing; that one ended well and the other badly is no state. */
    private static boolean partsDisagree(Transaction transaction) {
        Transaction part = transaction.acquirer().orElse(null);
        if (part == null) {
            return false;
        }
        boolean otherAmount = part.amount() != null && !part.amount().equals(transaction.amount());
        boolean otherCurrency = part.currency() != null && !part.currency().equals(transaction.currency());
        boolean otherEnd = HorizonPayTables.ENDS.contains(String.valueOf(part.status()))
                && HorizonPayTables.ENDS.contains(String.valueOf(transaction.status()))
                && !Objects.equals(part.status(), transaction.status());
        return otherAmount || otherCurrency || otherEnd;
    }

    private Reading failed(Transaction transaction, String words) {
        String code = code(transaction);
        if (fenced && code.equals(HorizonPayTables.NOT_LET_THROUGH)) {
            return unknown(
                    words,
                    Evidence.Kind.NOT_LET_THROUGH,
                    "The merchant's own fence did not let this transaction through, code " + code);
        }
        ErrorEntry entry = errorBook.entry(code);
        return switch (entry.proves()) {
            case EARLIER_SEND -> duplicate(words, code);
            case DECLINED, NOT_EXECUTED -> declined(transaction, words, entry);
            case NOTHING -> unproven(transaction, words, entry);
        };
    }

    private static Reading duplicate(String words, String code) {
        return code.equals(HorizonPayTables.DUPLICATE)
                ? unknown(
                        words,
                        Evidence.Kind.EQUAL_PAYOUT,
                        "It failed because an equal payout was just made, code " + code)
                : unknown(
                        words, Evidence.Kind.DUPLICATE, "It failed as a repetition of an earlier payout, code " + code);
    }

    /** A bank's decline may have any code of the letter F; of the other letters only the listed ones are known. */
    private static Reading unproven(Transaction transaction, String words, ErrorEntry entry) {
        if (entry.category() != ErrorCategory.UNLISTED) {
            return unknown(
                    words,
                    Evidence.Kind.PROVIDER_UNSURE,
                    "It failed with a code that leaves the outcome open, " + entry.code());
        }
        return entry.code().isEmpty() || entry.code().startsWith("F.")
                ? declined(transaction, words, entry)
                : unknown(
                        words,
                        Evidence.Kind.UNDOCUMENTED_STATUS,
                        "It failed with a code that the error book does not have");
    }

    private static Reading declined(Transaction transaction, String words, ErrorEntry entry) {
        return new Reading(PayoutStatus.FAILED, words, new Decline(entry, providerText(transaction)), null);
    }

    private static Reading unknown(String words, Evidence.Kind kind, String text) {
        return new Reading(PayoutStatus.UNKNOWN, words, null, new Evidence(kind, text));
    }

    /** The code; version 2 has none, but its texts tell a duplicate. */
    private static String code(Transaction transaction) {
        if (transaction.code() != null) {
            return transaction.code();
        }
        boolean duplicate = Stream.of(Optional.of(transaction), transaction.acquirer())
                .flatMap(Optional::stream)
                .map(Transaction::message)
                .anyMatch(text ->
                        text != null && text.toLowerCase(Locale.ROOT).contains(HorizonPayTables.DUPLICATE_TEXT));
        return duplicate ? HorizonPayTables.DUPLICATE : "";
    }

    private static @Nullable String providerText(Transaction transaction) {
        return transaction.message() == null ? transaction.friendlyMessage() : transaction.message();
    }

    // ---------------------------------------------------------------- whose payout it is

    /**
     * What a transaction says about the payout of a handle; of one that is not ours nothing is adopted.
     *
     * @param door whether it was asked for by id or just made, or found by reference
     */
    public Payout payout(PayoutRef ref, Transaction transaction, Door door) {
        Reading reading = read(transaction);
        String uid = transaction.uid();
        if (!isUsableId(uid) || money(transaction).isEmpty()) {
            return Payout.unknown(
                    ref,
                    reading.words(),
                    new Evidence(Evidence.Kind.UNREADABLE_ANSWER, "The transaction has no usable id or amount"));
        }
        Identity identity = identity(ref, transaction, door);
        if (!identity.ours()) {
            return Payout.unknown(ref, reading.words(), evidence(identity, door));
        }
        return ours(fits(reading) ? ref.withProviderId(String.valueOf(uid)) : ref, reading, transaction);
    }

    /** About which payout a transaction speaks; a test among real payouts, or no payout at all, is a different one. */
    Identity identity(PayoutRef ref, Transaction transaction, Door door) {
        boolean askedById =
                door == Door.PROVIDER_ID && isUsableId(ref.providerId().orElse(null));
        Identity shown = shown(transaction, askedById).against(ref);
        if (shown.ours() && !isPayout(transaction)) {
            return new Identity(Identity.About.COLLISION, "type");
        }
        return shown.ours() && hasOtherTestMark(transaction)
                ? new Identity(Identity.About.COLLISION, "test mark")
                : shown;
    }

    /** A transaction that our own fence stopped must not become the one that is asked about. */
    private static boolean fits(Reading reading) {
        return reading.evidence() == null || reading.evidence().kind() != Evidence.Kind.NOT_LET_THROUGH;
    }

    /** Where our own payout answers, another amount is a contradiction, and not another payout. */
    private static Evidence evidence(Identity identity, Door door) {
        boolean ownAmount =
                identity.collides() && !door.mayLag() && HorizonPayTables.AMOUNT_FIELDS.contains(identity.difference());
        return ownAmount
                ? new Evidence(Evidence.Kind.CONTRADICTING_ANSWER, "The answer has another " + identity.difference())
                : identity.evidence();
    }

    private static Payout ours(PayoutRef ref, Reading reading, Transaction transaction) {
        Payout.Builder payout = Payout.builder(ref, reading.status(), reading.words())
                .decline(reading.decline())
                .evidence(reading.evidence())
                .createdAt(time(transaction.createdAt()))
                .finishedAt(finishedAt(reading.status(), transaction))
                .recipientMask(transaction.card().flatMap(PaymentMethod::mask).orElse(null))
                .recipientToken(transaction.card().map(PaymentMethod::token).orElse(null));
        transaction.acquirer().ifPresent(section -> payout.rrn(section.rrn()).authorizationCode(section.authCode()));
        if (reading.status() == PayoutStatus.AWAITING_RECIPIENT) {
            payout.nextAction(redirectUrl(transaction)
                    .map(url -> new NextAction(url, null))
                    .orElse(null));
        }
        return Boolean.TRUE.equals(transaction.test()) ? payout.test().build() : payout.build();
    }

    /**
     * What a transaction shows of its payout.
     *
     * @param withId whether its id can be compared with that of the handle; one found by reference may be a second one
     */
    public static Shown shown(Transaction transaction, boolean withId) {
        return Shown.builder(transaction.trackingId(), withId ? transaction.uid() : null)
                .amount(money(transaction).orElse(null))
                .card(transaction.card().flatMap(PaymentMethod::mask).orElse(null))
                .token(transaction.card().map(PaymentMethod::token).orElse(null))
                .createdAt(time(transaction.createdAt()))
                .build();
    }

    /** Whether a transaction under a reference may be a payout at all. */
    static boolean isPayout(Transaction transaction) {
        return transaction.type() == null || transaction.type().equals(HorizonPayTables.PAYOUT);
    }

    /** Whether a notification names its transaction, and in words that can be repeated. */
    public static boolean isNamed(Transaction transaction) {
        return isUsableId(transaction.uid())
                && Stream.of(transaction.status(), transaction.type(), transaction.trackingId())
                        .allMatch(word -> word == null
                                || (word.length() <= 255 && word.chars().noneMatch(Character::isISOControl)));
    }

    /** Whether it is a test and ours is not, or the other way round. */
    public boolean hasOtherTestMark(Transaction transaction) {
        return transaction.test() != null && transaction.test() != testMode;
    }

    /** Whether an id of the gateway can be stored in a handle and asked for; a UUID or {@code 4107-310b0da80b}. */
    static boolean isUsableId(@Nullable String id) {
        return id != null && USABLE_ID.matcher(id).matches();
    }

    // ---------------------------------------------------------------- other answers

    /** What is known of a payout that the queue took and the gateway then refused. */
    static Payout refused(PayoutRef ref, ErrorEntry error) {
        if (error.proves() == ErrorEntry.Proves.EARLIER_SEND) {
            return equalPayout(ref, error);
        }
        return Payout.builder(ref, PayoutStatus.FAILED, error.code())
                .decline(new Decline(error, null))
                .build();
    }

    /** The gateway compares amount and card of the last 30 seconds, whatever the reference ("Payout"). */
    public static Payout equalPayout(PayoutRef ref, ErrorEntry error) {
        return Payout.unknown(
                ref,
                error.code(),
                new Evidence(
                        Evidence.Kind.EQUAL_PAYOUT,
                        "An equal payout was made less than 30 seconds ago, and none is found under this reference"));
    }

    /** The row of a refusal with the names of the fields that the gateway names. */
    static ErrorEntry naming(ErrorEntry row, List<String> fields) {
        if (fields.isEmpty()) {
            return row;
        }
        String names = String.join(", ", fields);
        return new ErrorEntry(
                row.code(),
                row.proves(),
                row.category(),
                row.actor(),
                row.advice(),
                row.english() + " HorizonPay names: " + names + ".",
                row.russian() + " HorizonPay называет: " + names + ".");
    }

    /** The balance in an answer. */
    static Optional<Balance> balance(BalanceAnswer body) {
        BalanceAnswer.Result result = "successful".equals(body.status()) ? body.result() : null;
        return result == null
                ? Optional.empty()
                : money(result.amount(), result.currency())
                        .map(money -> new Balance(Objects.requireNonNullElse(result.account(), ""), money));
    }

    /** The amount; empty if it is absent or in no currency that exists. */
    public static Optional<Money> money(Transaction transaction) {
        return money(transaction.amount(), transaction.currency());
    }

    private static Optional<Money> money(@Nullable Long amount, @Nullable String currency) {
        if (amount == null || currency == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Money.ofMinor(amount, currency));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Where the recipient must go; filled in finished transactions too, where it means nothing. */
    private static Optional<URI> redirectUrl(Transaction transaction) {
        try {
            return Optional.ofNullable(transaction.redirectUrl())
                    .map(url -> Required.page(URI.create(url), "redirect_url"));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Instant finishedAt(PayoutStatus status, Transaction transaction) {
        if (!status.isFinal()) {
            return null;
        }
        Instant paidAt = time(transaction.paidAt());
        return paidAt == null ? time(transaction.updatedAt()) : paidAt;
    }

    /** Offsets are written as {@code Z} and as {@code +00:00}. */
    private static @Nullable Instant time(@Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
