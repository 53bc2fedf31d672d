package org.unipayout.horizonpay.internal;

import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorCategory;
import org.unipayout.PayoutStatus;
import org.unipayout.horizonpay.HorizonPayPayoutClient;

/** What HorizonPay's words mean, as data. */
public final class HorizonPayTables {
    /** The type of the transactions that are payouts. */
    public static final String PAYOUT = "payout";

    /** The error book's row of a duplicate; version 2 has only a text for it. */
    static final String DUPLICATE = "E.1018";

    /** The phrase of that text, in lower case ("Test mode"). */
    static final String DUPLICATE_TEXT = "duplicate transaction";

    /** The status of a transaction that was refused for good. */
    static final String FAILED = "failed";

    /** The status of a job that the queue has finished. */
    static final String JOB_DONE = "completed";

    /** A look-up by {@code tracking_id} is cut at so many ("Status query"). */
    static final int MOST_LISTED = 10;

    /** The code of a transaction that the merchant's own {@code verification_url} did not let through. */
    static final String NOT_LET_THROUGH = "F.7001";

    /** What the status of a transaction means. A status that is not here is {@link PayoutStatus#UNKNOWN}. */
    static final Map<String, PayoutStatus> STATUSES = Map.of(
            "successful",
            PayoutStatus.SUCCEEDED,
            FAILED,
            PayoutStatus.FAILED,
            "expired",
            PayoutStatus.EXPIRED,
            "incomplete",
            PayoutStatus.AWAITING_RECIPIENT,
            "pending",
            PayoutStatus.PROCESSING);

    /**
     * The refusals out of the queue that can only be about the payout, and not about the question for it. Of a lack of
     * credentials or permission the queue's own status says whose it is: a question that is let in is not refused.
     */
    static final Set<ErrorCategory> ABOUT_THE_PAYOUT = Set.of(
            ErrorCategory.INVALID_REQUEST,
            ErrorCategory.AMOUNT,
            ErrorCategory.NOT_PERMITTED,
            ErrorCategory.CONFIGURATION,
            ErrorCategory.RECIPIENT_DATA,
            ErrorCategory.RECIPIENT_NOT_FOUND,
            ErrorCategory.DUPLICATE);

    /** The two ends that cannot both be true of one transaction and its acquirer's section. */
    static final Set<String> ENDS = Set.of("successful", FAILED);

    /** What {@link org.unipayout.Identity#difference} says of another amount. */
    static final Set<String> AMOUNT_FIELDS = Set.of("amount", "currency");

    /** The refusals that could be about the question for a payout too. */
    static final Set<ErrorCategory> ABOUT_EITHER = Set.of(ErrorCategory.CREDENTIALS, ErrorCategory.PERMISSION);

    private HorizonPayTables() {}

    /** The platform's codes, with a count of unlisted ones of its own. */
    public static ErrorBook errorBook() {
        InputStream rows = HorizonPayPayoutClient.class.getResourceAsStream("error-book.tsv");
        return ErrorBook.read(Objects.requireNonNull(rows, "error-book.tsv is part of this module"));
    }
}
