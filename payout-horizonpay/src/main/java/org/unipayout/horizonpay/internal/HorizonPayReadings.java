package org.unipayout.horizonpay.internal;

import java.net.URI;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.NextAction;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.horizonpay.internal.wire.PaymentMethod;
import org.unipayout.horizonpay.internal.wire.Transaction;

/** HorizonPay's words into ours. Pure functions; what its words mean stands in {@link HorizonPayTables}. */
public final class HorizonPayReadings {
    private HorizonPayReadings() {}

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

    /**
     * Reads a transaction: its status decides, and of the code only what takes a refusal back.
     *
     * <p>The acquirer's status inside is not looked at; it may differ ("API version 3 guide").
     */
    public static Reading read(Transaction transaction, ErrorBook errorBook) {
        String words = String.valueOf(transaction.status());
        PayoutStatus status = HorizonPayTables.STATUSES.get(words);
        if (status == null) {
            return unknown(words, Evidence.Kind.UNDOCUMENTED_ANSWER, "The status is not in the platform's pages");
        }
        if (status == PayoutStatus.FAILED) {
            return failed(transaction, words, errorBook);
        }
        if (status == PayoutStatus.AWAITING_RECIPIENT
                && redirectUrl(transaction).isEmpty()) {
            return new Reading(PayoutStatus.PROCESSING, words, null, null);
        }
        return new Reading(status, words, null, null);
    }

    private static Reading failed(Transaction transaction, String words, ErrorBook errorBook) {
        String code = code(transaction);
        ErrorEntry entry = errorBook.entry(code);
        if (entry.proves() == ErrorEntry.Proves.EARLIER_SEND) {
            return unknown(
                    words, Evidence.Kind.DUPLICATE, "It failed as a repetition of an earlier payout, code " + code);
        }
        if (entry.proves() == ErrorEntry.Proves.NOTHING && errorBook.find(code).isPresent()) {
            return unknown(
                    words,
                    Evidence.Kind.PROVIDER_UNSURE,
                    "It failed with a code that leaves the outcome open, " + code);
        }
        return new Reading(PayoutStatus.FAILED, words, new Decline(entry, providerText(transaction)), null);
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

    /**
     * Whether a refusal that the queue hands out can only be about the payout, and not about the question for it, which
     * may lack credentials or permission too.
     */
    public static boolean isAboutThePayout(ErrorEntry error) {
        return HorizonPayTables.ABOUT_THE_PAYOUT.contains(error.category());
    }

    /** A payout that the queue took and the gateway then refused. */
    public static Payout refused(PayoutRef ref, ErrorEntry error) {
        if (error.proves() == ErrorEntry.Proves.EARLIER_SEND) {
            return Payout.unknown(
                    ref,
                    error.code(),
                    new Evidence(Evidence.Kind.DUPLICATE, "It was refused as equal to an earlier one"));
        }
        return Payout.builder(ref, PayoutStatus.FAILED, error.code())
                .decline(new Decline(error, null))
                .build();
    }

    private static Reading unknown(String words, Evidence.Kind kind, String text) {
        return new Reading(PayoutStatus.UNKNOWN, words, null, new Evidence(kind, text));
    }

    /**
     * What a transaction says about the payout of a handle; one that speaks of another payout is
     * {@link PayoutStatus#UNKNOWN}.
     *
     * @param id the id that was asked for, or null if it was asked for by reference or just made
     * @param test whether our payouts are tests
     */
    public static Payout payout(
            PayoutRef ref, @Nullable String id, Transaction transaction, boolean test, ErrorBook errorBook) {
        Reading reading = read(transaction, errorBook);
        String uid = transaction.uid();
        if (uid == null || !isUsableId(uid) || !isReadable(transaction)) {
            return Payout.unknown(
                    ref,
                    reading.words(),
                    new Evidence(Evidence.Kind.UNREADABLE_ANSWER, "The transaction has no usable id or amount"));
        }
        Optional<String> contradiction = contradiction(ref, id, transaction, test);
        if (contradiction.isPresent()) {
            return Payout.unknown(
                    ref,
                    reading.words(),
                    new Evidence(Evidence.Kind.CONTRADICTING_ANSWER, "The answer has another " + contradiction.get()));
        }
        Payout.Builder payout = Payout.builder(ref.withProviderId(uid), reading.status(), reading.words())
                .decline(reading.decline())
                .evidence(reading.evidence())
                .createdAt(time(transaction.createdAt()))
                .finishedAt(finishedAt(reading.status(), transaction))
                .recipientMask(mask(transaction))
                .recipientToken(transaction.card().map(PaymentMethod::token).orElse(null));
        transaction.acquirer().ifPresent(section -> payout.rrn(section.rrn()).authorizationCode(section.authCode()));
        if (reading.status() == PayoutStatus.AWAITING_RECIPIENT) {
            payout.nextAction(redirectUrl(transaction)
                    .map(url -> new NextAction(url, null))
                    .orElse(null));
        }
        return Boolean.TRUE.equals(transaction.test()) ? payout.test().build() : payout.build();
    }

    private static Optional<String> contradiction(
            PayoutRef ref, @Nullable String id, Transaction transaction, boolean test) {
        Optional<String> field = ref.contradiction(money(transaction).orElse(null), transaction.trackingId(), null);
        if (field.isPresent()) {
            return field;
        }
        if (id != null && !id.equals(transaction.uid())) {
            return Optional.of("provider id");
        }
        if (!isPayout(transaction)) {
            return Optional.of("type");
        }
        return hasOtherTestMark(transaction, test) ? Optional.of("test mark") : Optional.empty();
    }

    /** Whether a transaction under a reference may be a payout at all. */
    public static boolean isPayout(Transaction transaction) {
        return transaction.type() == null || transaction.type().equals(HorizonPayTables.PAYOUT);
    }

    /** Whether it is a test and ours is not, or the other way round. */
    public static boolean hasOtherTestMark(Transaction transaction, boolean test) {
        return transaction.test() != null && transaction.test() != test;
    }

    /**
     * The one among all transactions under a reference that tells what happened to the money: a paid one, else one that
     * may still be paid, else one that contradicts, else the newest of those that failed.
     *
     * @param found what is known about each
     */
    public static Optional<Payout> decisive(List<Payout> found) {
        List<Payout> newestFirst = found.stream()
                .sorted(Comparator.comparing(
                        payout -> payout.createdAt().orElse(Instant.EPOCH), Comparator.reverseOrder()))
                .toList();
        List<Predicate<Payout>> order = List.of(
                payout -> payout.status() == PayoutStatus.SUCCEEDED,
                payout -> !payout.status().isFinal() && !contradicts(payout),
                HorizonPayReadings::contradicts,
                payout -> true);
        return order.stream()
                .flatMap(wanted -> newestFirst.stream().filter(wanted))
                .findFirst();
    }

    /** Whether an observation is about another payout. */
    public static boolean contradicts(Payout payout) {
        return hasEvidence(payout, Evidence.Kind.CONTRADICTING_ANSWER);
    }

    /** Whether an observation rests on one sort of evidence. */
    public static boolean hasEvidence(Payout payout, Evidence.Kind kind) {
        return payout.evidence().filter(evidence -> evidence.kind() == kind).isPresent();
    }

    /** Whether an id of the gateway can be stored in a handle and asked for; a UUID or {@code 4107-310b0da80b}. */
    public static boolean isUsableId(String id) {
        return id.matches("[A-Za-z0-9_-]{1,128}");
    }

    private static boolean isReadable(Transaction transaction) {
        boolean silent = transaction.amount() == null && transaction.currency() == null;
        return silent || money(transaction).isPresent();
    }

    /** The amount; empty if it is absent or in no currency that exists. */
    public static Optional<Money> money(Transaction transaction) {
        if (transaction.amount() == null || transaction.currency() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Money.ofMinor(transaction.amount(), transaction.currency()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Where the recipient must go; filled in finished transactions too, where it means nothing. */
    private static Optional<URI> redirectUrl(Transaction transaction) {
        try {
            return Optional.ofNullable(transaction.redirectUrl())
                    .map(URI::create)
                    .filter(url ->
                            url.getScheme() != null && url.getScheme().matches("https?") && url.getHost() != null);
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

    private static @Nullable String mask(Transaction transaction) {
        return transaction
                .card()
                .map(PaymentMethod::lastFour)
                .map(digits -> "****" + digits)
                .orElse(null);
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
