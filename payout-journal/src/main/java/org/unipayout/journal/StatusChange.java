package org.unipayout.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.unipayout.Money;
import org.unipayout.PayoutStatus;
import org.unipayout.Word;

/**
 * One step of a payout's status, with what accounting needs of it. That a call is under way is no step: {@code UNKNOWN} is
 * told only if it stays unclear.
 *
 * @param reference the merchant's reference
 * @param provider the provider's name, as {@link PayoutsBuilder#provider} was given it
 * @param providerId the provider's own id, by which its statement may list it, or null if it gave none
 * @param number the row of the payout's history; it grows, and a repeated delivery has the same one
 * @param from the status before
 * @param to the status after
 * @param at when it was recorded, UTC
 * @param word by whose word
 * @param amount the amount that was asked for
 * @param fee the provider's fee, or null if it did not say
 * @param returned how much came back, with {@code RETURNED}, or null if the provider did not say
 * @param rrn the retrieval reference number, or null if the provider did not say
 * @param finishedAt when the provider finished it, UTC, or null if it did not say
 * @param hash the hash of the row
 */
public record StatusChange(
        String reference,
        String provider,
        @Nullable String providerId,
        long number,
        PayoutStatus from,
        PayoutStatus to,
        Instant at,
        Word word,
        Money amount,
        @Nullable Money fee,
        @Nullable Money returned,
        @Nullable String rrn,
        @Nullable Instant finishedAt,
        String hash) {
    /** {@return how far the history had come, to be kept outside the database ({@link Payouts#verifyAgainst})} */
    public HistoryHead head() {
        return new HistoryHead(reference, number, hash);
    }
}
