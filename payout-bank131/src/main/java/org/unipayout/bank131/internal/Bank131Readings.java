package org.unipayout.bank131.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.bank131.internal.wire.AmountDetails;
import org.unipayout.bank131.internal.wire.Amounts;
import org.unipayout.bank131.internal.wire.Card;
import org.unipayout.bank131.internal.wire.ErrorObject;
import org.unipayout.bank131.internal.wire.Instrument;
import org.unipayout.bank131.internal.wire.PayoutItem;
import org.unipayout.bank131.internal.wire.Session;
import org.unipayout.bank131.internal.wire.TransactionInfo;

/** The bank's words into ours. Pure functions; what the words mean stands in {@link Bank131Tables}. */
public final class Bank131Readings {
    private Bank131Readings() {}

    /**
     * What a session says about the money, without knowing whose session it is.
     *
     * @param status what happened
     * @param words the bank's own words
     * @param decline why nothing was paid, or null
     * @param evidence why nothing is proven, or null
     */
    public record Reading(
            PayoutStatus status,
            String words,
            @Nullable Decline decline,
            @Nullable Evidence evidence) {}

    /** Reads a session by the tables. */
    public static Reading read(Session session, ErrorBook errorBook) {
        List<PayoutItem> payouts = session.payouts();
        String words = words(session, payouts);
        if (payouts.size() > 1) {
            return unknown(words, Evidence.Kind.CONTRADICTING_ANSWER, "The session holds more than one payout");
        }
        if (Bank131Tables.SESSION_ERROR.equals(session.status())) {
            return unknown(
                    words,
                    Evidence.Kind.PROVIDER_UNSURE,
                    "The session ended in error, which the bank does not call final: ask its support");
        }
        PayoutStatus status = Bank131Tables.status(words).orElse(null);
        if (status == null) {
            return unknown(
                    words, Evidence.Kind.UNDOCUMENTED_STATUS, "The combination of statuses is not in the bank's pages");
        }
        if (status == PayoutStatus.SUCCEEDED && payouts.stream().anyMatch(Bank131Readings::cameBack)) {
            return new Reading(PayoutStatus.RETURNED, words, null, null);
        }
        if (status == PayoutStatus.FAILED || status == PayoutStatus.CANCELED) {
            return ended(status, words, error(session, payouts), errorBook);
        }
        return new Reading(status, words, null, null);
    }

    private static Reading unknown(String words, Evidence.Kind kind, String text) {
        return new Reading(PayoutStatus.UNKNOWN, words, null, new Evidence(kind, text));
    }

    private static Reading ended(PayoutStatus status, String words, @Nullable ErrorObject error, ErrorBook errorBook) {
        if (error == null && status == PayoutStatus.CANCELED) {
            return new Reading(status, words, null, null);
        }
        Decline decline = decline(error, errorBook);
        return new Reading(Bank131Tables.ending(decline.code()), words, decline, null);
    }

    private static Decline decline(@Nullable ErrorObject error, ErrorBook errorBook) {
        String code = error == null || error.code() == null ? "" : error.code();
        return new Decline(errorBook.entry(code), error == null ? null : error.description());
    }

    private static @Nullable ErrorObject error(Session session, List<PayoutItem> payouts) {
        return payouts.stream()
                .map(PayoutItem::error)
                .filter(error -> error != null)
                .findFirst()
                .orElse(session.error());
    }

    private static String words(Session session, List<PayoutItem> payouts) {
        StringBuilder words = new StringBuilder(String.valueOf(session.status()));
        for (PayoutItem payout : payouts) {
            words.append('/').append(payout.status());
        }
        if (payouts.isEmpty() && session.hasIncomingPayments() && !"in_progress".equals(session.status())) {
            words.append("/incoming payment");
        }
        if (session.nextAction() != null) {
            words.append('/').append(session.nextAction());
        }
        return words.toString();
    }

    private static boolean cameBack(PayoutItem payout) {
        return payout.returns().stream().anyMatch(back -> Bank131Tables.RETURN_DONE.equals(back.status()));
    }

    /**
     * What a session says about the payout of a handle; an answer that speaks of another payout is
     * {@link PayoutStatus#UNKNOWN}.
     *
     * @param confirmationWindow how long the bank waits for a confirmation
     */
    public static Payout payout(PayoutRef ref, Session session, ErrorBook errorBook, Duration confirmationWindow) {
        Reading reading = read(session, errorBook);
        if (!isReadable(session)) {
            return Payout.unknown(
                    ref,
                    reading.words(),
                    new Evidence(Evidence.Kind.UNREADABLE_ANSWER, "The session has no usable id or amount"));
        }
        Optional<String> contradiction = contradiction(ref, session);
        if (contradiction.isPresent()) {
            return Payout.unknown(
                    ref,
                    reading.words(),
                    new Evidence(Evidence.Kind.CONTRADICTING_ANSWER, "The answer has another " + contradiction.get()));
        }
        Payout.Builder payout = Payout.builder(
                        ref.withProviderId(String.valueOf(session.id())), reading.status(), reading.words())
                .decline(reading.decline())
                .evidence(reading.evidence())
                .createdAt(time(session.createdAt()))
                .finishedAt(time(session.finishedAt()));
        session.payouts().stream().findFirst().ifPresent(item -> describe(payout, item));
        if (reading.status() == PayoutStatus.AWAITING_CONFIRMATION) {
            Instant created = time(session.createdAt());
            payout.confirmBefore(created == null ? null : created.plus(confirmationWindow));
        }
        return payout.build();
    }

    private static void describe(Payout.Builder payout, PayoutItem item) {
        if (item.createdAt() != null) {
            payout.createdAt(time(item.createdAt()));
        }
        if (item.finishedAt() != null) {
            payout.finishedAt(time(item.finishedAt()));
        }
        TransactionInfo info = item.transactionInfo();
        if (info != null) {
            payout.rrn(info.rrn()).authorizationCode(info.authCode()).recipientToken(info.bankAccountRuToken());
        }
        payout.fee(fee(item.amounts())).returned(returned(item)).recipientMask(mask(item.instrument()));
    }

    private static @Nullable Money fee(@Nullable Amounts amounts) {
        Amounts.Fee fee = amounts == null ? null : amounts.fee();
        return fee == null ? null : money(fee.merchantFee()).orElse(null);
    }

    private static @Nullable Money returned(PayoutItem item) {
        List<Money> parts = item.returns().stream()
                .filter(back -> Bank131Tables.RETURN_DONE.equals(back.status()))
                .flatMap(back -> money(back.amountDetails()).stream())
                .toList();
        if (parts.stream().map(Money::currency).distinct().count() != 1) {
            return null;
        }
        try {
            long sum = parts.stream().mapToLong(Money::minorUnits).reduce(0, Math::addExact);
            return Money.ofMinor(sum, parts.get(0).currency());
        } catch (ArithmeticException e) {
            return null; // nothing that an answer holds may end a call that has moved money
        }
    }

    private static @Nullable String mask(@Nullable Instrument instrument) {
        Card card = instrument == null ? null : instrument.card();
        return card == null || card.last4() == null ? null : "****" + card.last4();
    }

    private static boolean isReadable(Session session) {
        return isUsableId(session.id())
                && session.payouts().stream()
                        .map(PayoutItem::amountDetails)
                        .allMatch(amount -> amount == null || money(amount).isPresent());
    }

    /** Whether an id of the bank can be stored in a handle. */
    public static boolean isUsableId(@Nullable String id) {
        return id != null && id.matches("[!-~]{1,128}");
    }

    private static Optional<String> contradiction(PayoutRef ref, Session session) {
        Optional<PayoutItem> item = session.payouts().stream().findFirst();
        return ref.contradiction(
                item.flatMap(payout -> money(payout.amountDetails())).orElse(null),
                item.map(Bank131Readings::reference).orElse(null),
                session.id());
    }

    /** Our reference out of the echoed metadata; null if the bank echoed something else. */
    public static @Nullable String reference(PayoutItem payout) {
        JsonNode metadata = payout.metadata();
        JsonNode reference = metadata == null ? null : metadata.get(Bank131Tables.REFERENCE);
        return reference == null || !reference.isTextual() ? null : reference.textValue();
    }

    /** An amount of the bank; empty if it is absent or in no currency that exists. */
    public static Optional<Money> money(@Nullable AmountDetails amount) {
        if (amount == null || amount.amount() == null || amount.currency() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Money.ofMinor(amount.amount(), amount.currency().toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

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
