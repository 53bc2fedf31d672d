package org.unipayout.examples.cashierweb;

import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.PayoutRecord;
import org.unipayout.spring.PayoutView;

/**
 * A payout as pages show it: what may be shown of it, and what the shop keeps beside it.
 *
 * @param payout the payout
 * @param recipient the person's name, or null if the shop keeps none
 * @param purpose what it is paid for, or null
 * @param card the card as the provider masks it, or null
 */
record Row(
        PayoutView payout,
        @Nullable String recipient,
        @Nullable String purpose,
        @Nullable String card) {
    static Row of(PayoutRecord record, Payments.@Nullable Kept kept) {
        return new Row(
                PayoutView.of(record),
                kept == null ? null : kept.recipient(),
                kept == null ? null : kept.purpose(),
                record.payout().recipientMask().orElse(null));
    }

    /** Changes when anything does that a page shows of it. */
    public String state() {
        return payout.status() + " " + payout.changedAt();
    }

    public boolean isFinal() {
        return PayoutStatus.valueOf(payout.status()).isFinal();
    }

    public boolean canBe(String verb) {
        return payout.openVerbs().contains(verb);
    }

    /** Whether there is anything that this person can order now. */
    public boolean someFor(Me me) {
        boolean lets = canBe("CONFIRM") || canBe("CANCEL") || canBe("RESUBMIT");
        return (me.may(Access.CONFIRM) && lets) || (me.may(Access.SETTLE) && canBe("SETTLE"));
    }
}
