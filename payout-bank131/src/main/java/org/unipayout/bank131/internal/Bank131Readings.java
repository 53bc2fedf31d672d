package org.unipayout.bank131.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.ErrorEntry.Proves;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.bank131.Bank131Options;
import org.unipayout.bank131.internal.wire.Amounts;
import org.unipayout.bank131.internal.wire.ErrorObject;
import org.unipayout.bank131.internal.wire.PayoutItem;
import org.unipayout.bank131.internal.wire.Session;
import org.unipayout.bank131.internal.wire.SessionAnswer;
import org.unipayout.bank131.internal.wire.TransactionInfo;

/** The bank's words into ours; what the words mean stands in {@link Bank131Tables}. Does no I/O. Thread-safe. */
public final class Bank131Readings {
    private final ErrorBook errorBook;
    private final Duration confirmationWindow;
    private final boolean sessionErrorIsFinal;
    private final @Nullable Settling settling;

    /** How long a failure whose code leaves the outcome open is watched. */
    private record Settling(Duration time, Clock clock) {}

    private Bank131Readings(
            ErrorBook errorBook,
            Duration confirmationWindow,
            boolean sessionErrorIsFinal,
            @Nullable Settling settling) {
        this.errorBook = errorBook;
        this.confirmationWindow = confirmationWindow;
        this.sessionErrorIsFinal = sessionErrorIsFinal;
        this.settling = settling;
    }

    /** For answers of the bank. */
    public static Bank131Readings of(ErrorBook errorBook, Bank131Options options, Clock clock) {
        return new Bank131Readings(
                errorBook,
                options.confirmationWindow(),
                options.sessionErrorIsFinal(),
                new Settling(options.settlingTime(), clock));
    }

    /** For notifications: what leaves the outcome open is left to a question. */
    public static Bank131Readings ofNotifications() {
        return new Bank131Readings(Bank131Tables.errorBook(), Duration.ZERO, false, null);
    }

    // ---------------------------------------------------------------- what a session says of the money

    /**
     * What a session says about the money, without knowing whose session it is.
     *
     * @param status what happened
     * @param words the bank's own words
     * @param decline why nothing was paid, or null
     * @param lastDecline the bank's code where it does not prove that nothing was paid, or null
     * @param evidence what is left open, or null
     */
    public record Reading(
            PayoutStatus status,
            String words,
            @Nullable Decline decline,
            @Nullable Decline lastDecline,
            @Nullable Evidence evidence) {
        private static Reading of(PayoutStatus status, String words) {
            return new Reading(status, words, null, null, null);
        }

        private static Reading unknown(String words, @Nullable Decline lastDecline, Evidence.Kind kind, String text) {
            return new Reading(PayoutStatus.UNKNOWN, words, null, lastDecline, new Evidence(kind, text));
        }
    }

    /** Reads a session by the tables. */
    public Reading read(Session session) {
        List<PayoutItem> payouts = session.payouts();
        if (payouts.size() > 1 || session.transfers().size() > 1) {
            return several(session);
        }
        PayoutItem payout = payouts.stream().findFirst().orElse(null);
        PayoutItem transfer = session.transfers().stream().findFirst().orElse(null);
        if (Bank131Tables.SESSION_ERROR.equals(session.status())) {
            return inError(session, part(transfer, payout));
        }
        if (payout != null
                && transfer != null
                && Bank131Tables.SUCCEEDED.equals(payout.status())
                && Bank131Tables.FAILED.equals(transfer.status())) {
            return Reading.unknown(
                    words(session),
                    null,
                    Evidence.Kind.CONTRADICTING_ANSWER,
                    "The payout succeeded, and the transfer that it is paid from failed");
        }
        return byTable(session, part(transfer, payout));
    }

    /** The one status of both legs: while the payout is not finished, a transfer that waits makes both wait. */
    private static @Nullable String part(@Nullable PayoutItem transfer, @Nullable PayoutItem payout) {
        if (payout == null) {
            return transfer == null ? null : String.valueOf(transfer.status());
        }
        String status = String.valueOf(payout.status());
        boolean waits = transfer != null
                && Bank131Tables.PENDING.equals(transfer.status())
                && Bank131Tables.UNFINISHED.contains(status);
        return waits ? Bank131Tables.PENDING : status;
    }

    private Reading byTable(Session session, @Nullable String part) {
        String words = words(session);
        String combination =
                joined(Stream.of(session.status(), part == null ? "" : part, nextAction(session)), text -> text);
        PayoutStatus status = Bank131Tables.status(combination).orElse(null);
        if (status == null) {
            return Reading.unknown(
                    words,
                    null,
                    Evidence.Kind.UNDOCUMENTED_STATUS,
                    "The combination of statuses is not in the bank's pages");
        }
        if (status == PayoutStatus.SUCCEEDED && session.payouts().stream().anyMatch(Bank131Readings::cameBack)) {
            return Reading.of(PayoutStatus.RETURNED, words);
        }
        if (status == PayoutStatus.FAILED || status == PayoutStatus.CANCELED) {
            return ended(session, status, words);
        }
        return Reading.of(status, words);
    }

    /** We start one payout in a session, so a second one is the bank's, or somebody else's under our id. */
    private static Reading several(Session session) {
        long paid = session.payouts().stream()
                .filter(payout -> Bank131Tables.SUCCEEDED.equals(payout.status()))
                .map(PayoutItem::id)
                .distinct()
                .count();
        if (paid > 1) {
            return new Reading(
                    PayoutStatus.SUCCEEDED,
                    words(session),
                    null,
                    null,
                    new Evidence(Evidence.Kind.PAID_TWICE, "The session holds " + paid + " payouts that succeeded"));
        }
        return Reading.unknown(
                words(session),
                null,
                Evidence.Kind.CONTRADICTING_ANSWER,
                "The session holds more than one payout, or one in two states");
    }

    /**
     * A session in error. The bank's pages call it "not final", its own client "finished unsuccessfully": only a
     * merchant to whom the bank confirmed the second reading may take it for the end.
     */
    private Reading inError(Session session, @Nullable String part) {
        Decline decline = decline(error(session).orElse(null));
        boolean nothingPaid = part == null || Bank131Tables.FAILED.equals(part);
        if (sessionErrorIsFinal && nothingPaid) {
            return ended(session, PayoutStatus.FAILED, words(session));
        }
        return Reading.unknown(
                words(session),
                decline.code().isEmpty() ? null : decline,
                Evidence.Kind.PROVIDER_UNSURE,
                "The session ended in error, which the bank does not call final: ask its support");
    }

    private Reading ended(Session session, PayoutStatus status, String words) {
        ErrorObject error = error(session).orElse(null);
        if (error == null && status == PayoutStatus.CANCELED) {
            return Reading.of(status, words);
        }
        Decline decline = decline(error);
        ErrorEntry open = errorBook
                .find(decline.code())
                .filter(row -> row.proves() == Proves.NOTHING || row.proves() == Proves.EARLIER_SEND)
                .orElse(null);
        if (open == null) {
            return new Reading(Bank131Tables.ending(decline.code()), words, decline, null, null);
        }
        if (!isSettled(session)) {
            return Reading.unknown(
                    words,
                    decline,
                    Evidence.Kind.PROVIDER_UNSURE,
                    "The payout failed by a code that leaves the outcome open, and it may still change");
        }
        Decline settled =
                new Decline(Bank131Tables.settled(open), decline.providerText().orElse(null));
        return new Reading(PayoutStatus.FAILED, words, settled, null, null);
    }

    private boolean isSettled(Session session) {
        Instant ended = Stream.of(
                        session.first().map(PayoutItem::finishedAt).orElse(null),
                        session.finishedAt(),
                        session.updatedAt(),
                        session.createdAt())
                .map(Values::time)
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return settling != null && ended != null && !settling.clock().instant().isBefore(ended.plus(settling.time()));
    }

    private Decline decline(@Nullable ErrorObject error) {
        String code = error == null || error.code() == null ? "" : error.code();
        return new Decline(errorBook.entry(code), error == null ? null : error.description());
    }

    private static Optional<ErrorObject> error(Session session) {
        return Stream.concat(
                        Stream.concat(session.payouts().stream(), session.transfers().stream())
                                .map(PayoutItem::error),
                        Stream.ofNullable(session.error()))
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static boolean cameBack(PayoutItem payout) {
        return payout.returns().stream().anyMatch(back -> Bank131Tables.RETURN_DONE.equals(back.status()));
    }

    /** The bank's words, raw but printable and short. */
    private static String words(Session session) {
        return joined(
                Stream.of(
                                Stream.of(String.valueOf(session.status())),
                                session.payouts().stream()
                                        .map(PayoutItem::status)
                                        .map(String::valueOf),
                                session.transfers().stream().map(item -> "transfer " + item.status()),
                                Stream.of(nextAction(session)))
                        .flatMap(words -> words),
                Values::printable);
    }

    private static String joined(Stream<@Nullable String> words, UnaryOperator<String> form) {
        return words.map(String::valueOf)
                .filter(word -> !word.isEmpty())
                .map(form)
                .collect(Collectors.joining("/"));
    }

    private static String nextAction(Session session) {
        return session.nextAction() == null ? "" : session.nextAction();
    }

    // ---------------------------------------------------------------- what it says of one payout

    /**
     * What an answer says about the payout of a handle. An answer that is not about it, or contradicts itself, is
     * {@link PayoutStatus#UNKNOWN}.
     *
     * @param ref the handle, with the session id that was asked by or that the answer gave
     */
    public Payout payout(PayoutRef ref, SessionAnswer answer) {
        Session session = Objects.requireNonNull(answer.session());
        Reading reading = read(session);
        if (!isReadable(session)) {
            return Payout.unknown(
                    ref,
                    reading.words(),
                    new Evidence(Evidence.Kind.UNREADABLE_ANSWER, "The session has no usable id or amount"));
        }
        Evidence difference = Bank131Identity.difference(ref, session).orElse(null);
        if (difference != null) {
            return Payout.unknown(ref, reading.words(), difference);
        }
        PayoutRef named = ref.withProviderId(String.valueOf(session.id()));
        if (answer.failed()) {
            return contradicted(named, reading, answer.error());
        }
        if (ref.hasEarlierSend() && isSilent(session, reading)) {
            return Payout.unknown(
                    named,
                    reading.words(),
                    new Evidence(
                            Evidence.Kind.DUPLICATE,
                            "The reference was used before, and this session is empty: another one may hold the payout"));
        }
        return payout(named, session, reading);
    }

    private Payout contradicted(PayoutRef ref, Reading reading, @Nullable ErrorObject error) {
        return Payout.builder(ref, PayoutStatus.UNKNOWN, reading.words())
                .lastDecline(decline(error))
                .evidence(new Evidence(
                        Evidence.Kind.CONTRADICTING_ANSWER, "The answer shows our payout and an error beside it"))
                .build();
    }

    /** Whether nothing happened in the session, which says nothing about a reference that was used before. */
    private static boolean isSilent(Session session, Reading reading) {
        return session.isEmpty()
                && (reading.status() == PayoutStatus.PREPARED || reading.status() == PayoutStatus.CANCELED);
    }

    private Payout payout(PayoutRef ref, Session session, Reading reading) {
        PayoutItem item = session.first().orElse(null);
        Instant created =
                Values.time(item == null || item.createdAt() == null ? session.createdAt() : item.createdAt());
        Instant finished =
                Values.time(item == null || item.finishedAt() == null ? session.finishedAt() : item.finishedAt());
        Payout.Builder payout = Payout.builder(ref, reading.status(), reading.words())
                .decline(reading.decline())
                .lastDecline(reading.lastDecline())
                .evidence(reading.evidence())
                .createdAt(created)
                .finishedAt(finished);
        if (item != null) {
            describe(payout, item);
        }
        if (reading.status() == PayoutStatus.AWAITING_CONFIRMATION) {
            payout.confirmBefore(created == null ? null : created.plus(confirmationWindow));
        }
        return payout.build();
    }

    private static void describe(Payout.Builder payout, PayoutItem item) {
        TransactionInfo info = item.transactionInfo();
        if (info != null) {
            payout.rrn(info.rrn()).authorizationCode(info.authCode()).recipientToken(info.bankAccountRuToken());
        }
        payout.fee(fee(item.amounts())).returned(returned(item)).recipientMask(Bank131Identity.mask(item.instrument()));
    }

    private static @Nullable Money fee(@Nullable Amounts amounts) {
        Amounts.Fee fee = amounts == null ? null : amounts.fee();
        return fee == null ? null : Values.money(fee.merchantFee()).orElse(null);
    }

    /** The sum of all parts that came back; null if one of them does not say how much. */
    private static @Nullable Money returned(PayoutItem item) {
        List<Optional<Money>> parts = item.returns().stream()
                .filter(back -> Bank131Tables.RETURN_DONE.equals(back.status()))
                .map(back -> Values.money(back.amountDetails()))
                .toList();
        boolean oneCurrency =
                parts.stream().map(part -> part.map(Money::currency)).distinct().count() == 1;
        if (!oneCurrency || parts.get(0).isEmpty()) {
            return null;
        }
        try {
            long sum = parts.stream()
                    .flatMap(Optional::stream)
                    .mapToLong(Money::minorUnits)
                    .reduce(0, Math::addExact);
            return Money.ofMinor(sum, parts.get(0).get().currency());
        } catch (ArithmeticException e) {
            return null; // nothing that an answer holds may end a call that has moved money
        }
    }

    private static boolean isReadable(Session session) {
        return Bank131Identity.isUsableId(session.id())
                && Stream.concat(session.payouts().stream(), session.transfers().stream())
                        .map(PayoutItem::amountDetails)
                        .allMatch(
                                amount -> amount == null || Values.money(amount).isPresent());
    }
}
