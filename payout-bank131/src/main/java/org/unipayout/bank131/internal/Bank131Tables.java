package org.unipayout.bank131.internal;

import static java.util.Map.entry;

import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.unipayout.Advice;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.ReferenceRule;

/** What the bank's words mean, as data, and the names that both directions need. */
public final class Bank131Tables {
    /** The provider's short name. */
    public static final String PROVIDER = "bank131";

    /** The bank publishes no rule for keys; ours keeps a reference fit for a header. */
    public static final ReferenceRule REFERENCE_RULE =
            new ReferenceRule(64, Pattern.compile("[!-~]+"), "printable ASCII characters without spaces");

    /** The metadata field that carries our reference. */
    static final String REFERENCE = "reference";

    static final String SESSION_ERROR = "error";
    static final String PENDING = "pending";
    static final String SUCCEEDED = "succeeded";
    static final String FAILED = "failed";
    static final String RETURN_DONE = "accepted";

    /** Statuses of a payout after which an internal transfer before it is of no more interest. */
    static final Set<String> UNFINISHED = Set.of("in_progress", PENDING);

    /** The error book's row for HTTP 429 without a code; the bank documents no rate limit, this is our reading. */
    static final String RATE_LIMIT = "HTTP 429";

    /** The error book's row for a session that the bank does not know; the bank documents no code for it. */
    static final String UNKNOWN_SESSION = "unknown session";

    /**
     * What session status, payout status and next action mean together, joined by a slash. A combination that is not
     * here is {@link PayoutStatus#UNKNOWN}. Sources: "Objects", "Errors"; contract.md section 2.
     */
    private static final Map<String, PayoutStatus> STATES = Map.ofEntries(
            entry("created", PayoutStatus.PREPARED),
            entry("in_progress", PayoutStatus.PROCESSING),
            entry("cancelled", PayoutStatus.CANCELED),
            entry("in_progress/in_progress", PayoutStatus.PROCESSING),
            entry("in_progress/pending", PayoutStatus.PROCESSING), // confirmed or cancelled a moment ago
            entry("in_progress/pending/confirm", PayoutStatus.AWAITING_CONFIRMATION),
            entry("in_progress/succeeded", PayoutStatus.SUCCEEDED),
            entry("accepted/succeeded", PayoutStatus.SUCCEEDED),
            entry("cancelled/failed", PayoutStatus.FAILED),
            entry("accepted/failed", PayoutStatus.FAILED));

    /** Failures that are an ending on purpose, or by the clock. */
    private static final Map<String, PayoutStatus> ENDINGS = Map.of(
            "session_cancelled", PayoutStatus.CANCELED,
            "session_cancelled_by_partner", PayoutStatus.CANCELED,
            "confirm_timeout", PayoutStatus.EXPIRED,
            "capture_timeout", PayoutStatus.EXPIRED);

    /**
     * Which kinds of recipient an instrument in an answer may belong to, by its type and, for bank accounts, its system
     * type. The bank may show a card that was paid by token, hash or recurring token simply as a card.
     */
    private static final Map<String, Set<RecipientKind>> KINDS = Map.of(
            "card",
            Set.of(
                    RecipientKind.SAVED_CARD,
                    RecipientKind.CARD_NUMBER,
                    RecipientKind.ENCRYPTED_CARD,
                    RecipientKind.RECURRING_CARD),
            "recurrent",
            Set.of(RecipientKind.RECURRING_CARD, RecipientKind.SAVED_CARD),
            "wallet",
            Set.of(RecipientKind.WALLET),
            "ru",
            Set.of(RecipientKind.RUSSIAN_ACCOUNT, RecipientKind.SAVED_ACCOUNT),
            "faster_payment_system",
            Set.of(RecipientKind.PHONE));

    private Bank131Tables() {}

    /** The bank's codes, with a count of unlisted ones of its own. */
    public static ErrorBook errorBook() {
        InputStream rows = Bank131Tables.class.getResourceAsStream("/org/unipayout/bank131/error-book.tsv");
        return ErrorBook.read(Objects.requireNonNull(rows, "error-book.tsv is part of this module"));
    }

    /** Which kinds of recipient a type of instrument may belong to; empty if it is not known. */
    static Set<RecipientKind> kinds(String type) {
        return KINDS.getOrDefault(type, Set.of());
    }

    /**
     * The row for a payout that the bank ended as failed and that stayed so although its code leaves the outcome open:
     * by then nothing can be waited for, and text and advice must not say so.
     */
    static ErrorEntry settled(ErrorEntry open) {
        return new ErrorEntry(
                open.code(),
                ErrorEntry.Proves.DECLINED,
                open.category(),
                open.actor(),
                Advice.NEW_PAYOUT_AFTER_FIX,
                "A failure at the bank or behind it ended the payout, and it stayed so. Nothing was paid; make a new payout.",
                "Выплату прервал сбой в банке или у его партнёра, и это окончательно. Деньги не отправлены; создайте новую"
                        + " выплату.");
    }

    /** What a combination of the bank's words means; empty if the bank's pages do not have it. */
    static Optional<PayoutStatus> status(String combination) {
        return Optional.ofNullable(STATES.get(combination));
    }

    /** What a refusal with this code is: mostly a failure, sometimes an ending on purpose or by the clock. */
    public static PayoutStatus ending(String code) {
        return ENDINGS.getOrDefault(code, PayoutStatus.FAILED);
    }
}
