package org.unipayout.journal;

import java.sql.Connection;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.journal.internal.run.Orders;

/**
 * What one person or program orders about payouts: {@link Payouts#by} makes it, and every order is kept in the history with the
 * actor's name. An order under four eyes ({@link PayoutsBuilder#fourEyes}) is stored and waits for another actor's {@link #approve};
 * while it waits, any other order is refused with an {@code IllegalStateException}. Immutable and thread-safe; nothing is to be closed.
 */
public final class PayoutOrders {
    private final Payouts payouts;
    private final Actor actor;

    PayoutOrders(Payouts payouts, Actor actor) {
        this.payouts = payouts;
        this.actor = actor;
    }

    /**
     * {@link Payouts#pay(PayoutRequest, String, Confirmation)} by this actor. Who repeats the request of somebody else changes
     * nothing, and the history keeps the first one's name.
     *
     * @param request what to pay
     * @param provider the provider's name
     * @param confirmation who confirms, where the provider waits for it
     * @return the payout as it is now; look at its status
     * @throws IllegalStateException if the data source gives out a connection that is inside a transaction of the caller's, or has
     *     auto-commit off; nothing was stored
     * @throws IllegalArgumentException if the provider is not known or would not take the request; nothing was stored
     * @throws org.unipayout.UnsupportedPayoutException if the provider does not do this; nothing was stored
     * @throws PayoutConflictException if the reference is stored with other content
     * @throws JournalException if the database or the vault fails
     */
    public PayoutRecord pay(PayoutRequest request, String provider, Confirmation confirmation) {
        return payouts.pay(request, provider, confirmation, actor);
    }

    /**
     * {@link Payouts#pay(Connection, PayoutRequest, String, Confirmation)} by this actor, within the caller's transaction.
     *
     * @param connection the caller's own, with auto-commit off; is neither committed nor closed
     * @param request what to pay
     * @param provider the provider's name
     * @param confirmation who confirms, where the provider waits for it
     * @return the payout as it is stored
     * @throws IllegalArgumentException if the connection commits by itself, the provider is not known or would not take
     *     the request, or the recipient is a card number and there is no vault to store it in
     * @throws org.unipayout.UnsupportedPayoutException if the provider does not do this; nothing was stored
     * @throws PayoutConflictException if the reference is stored with other content
     * @throws JournalException if the database or the vault fails
     */
    public PayoutRecord pay(Connection connection, PayoutRequest request, String provider, Confirmation confirmation) {
        return payouts.pay(connection, request, provider, confirmation, actor);
    }

    /**
     * Makes another payout for the intent of one that ended unpaid, at another provider or by other details. At most one ever takes the place of a
     * payout, whoever orders it on however many machines; both are stored in one transaction. The same call again gives back what it made.
     *
     * @param reference the reference of the payout that ended unpaid
     * @param request what to pay instead: the same amount, under a reference that no payout has yet
     * @param provider the provider's name
     * @param confirmation who confirms, where the provider waits for it
     * @return the new payout as it is now; look at its status
     * @throws IllegalArgumentException if none is stored under the first reference, the amount differs, the new reference is another payout's,
     *     or as {@link #pay} says; nothing was stored
     * @throws IllegalStateException if the first one did not end unpaid, does not fit its history or once did not, something says otherwise about its
     *     end ({@link PayoutRecord#attention}), an order for it waits, another payout was made instead already or that may be lost
     *     ({@link #restored}), or another machine works on it; nothing was stored
     * @throws org.unipayout.UnsupportedPayoutException if the provider does not do this; nothing was stored
     * @throws PayoutConflictException if the new reference is stored with other content
     * @throws JournalException if the database or the vault fails
     */
    public PayoutRecord instead(String reference, PayoutRequest request, String provider, Confirmation confirmation) {
        return payouts.instead(reference, request, provider, confirmation, actor);
    }

    /**
     * Brings a payout here that was sent by direct calls before, so that it is carried to its end and its reference is never paid anew. It counts as sent without an
     * answer: it is asked about at once, is confirmed and canceled by an order only, and is sent again only if the provider's rule
     * proves it absent, and, unless {@link Absence#RESUBMIT} is set and the rule makes a second send harmless, a person decides so ({@link #resubmit}).
     * Nothing else may submit it from then on. One that is stored here already and was not sent counts as sent from then on, and a newer handle brings the
     * provider's id; else the same call again changes nothing.
     *
     * @param ref the newest handle that the direct calls gave
     * @param request what it was made from, with {@link PayoutRequest#requestedAt}: when it was asked for, and never later than it was
     *     first sent
     * @param provider the provider's name
     * @return the payout as it is now
     * @throws IllegalArgumentException if the provider is not known, the handle is another provider's or another request's, or the request
     *     does not say when it was asked for; nothing was stored
     * @throws PayoutConflictException if the reference is stored with other content or another id of the provider's
     * @throws IllegalStateException if another machine works on it; nothing was stored
     * @throws JournalException if the database or the vault fails
     */
    public PayoutRecord takeOver(PayoutRef ref, PayoutRequest request, String provider) {
        return payouts.takeOver(ref, request, provider, actor);
    }

    /**
     * Orders that a payout be let go which waits for the merchant. The order is stored, so it is carried out even if the
     * process dies; repeating it is harmless.
     *
     * @param reference the merchant's reference
     * @return the payout as it is now
     * @throws IllegalArgumentException if none is stored under the reference
     * @throws IllegalStateException if it is open and does not wait for confirmation, or another machine works on it
     * @throws JournalException if the database or the vault fails
     */
    public PayoutRecord confirm(String reference) {
        PayoutRecord known = payouts.look(reference);
        return known.status().isFinal() ? known : payouts.ordered(reference, actor, Orders::confirm);
    }

    /**
     * Ends a payout that is not on its way. After a call without a clear answer it is neither sent nor confirmed any
     * more, and is asked about until its end is known.
     *
     * @param reference the merchant's reference
     * @return the payout as it is now; it may have ended otherwise
     * @throws IllegalArgumentException if none is stored under the reference
     * @throws IllegalStateException if another machine works on it
     * @throws org.unipayout.UnsupportedPayoutException if the provider cannot cancel
     * @throws org.unipayout.PayoutNotSentException if the provider received nothing, or no call became free within its
     *     call deadline ({@link Throttle#callsInFlight}); the payout goes on
     * @throws org.unipayout.PayoutRejectedException if the provider refused; the payout goes on
     * @throws JournalException if the database or the vault fails
     */
    public PayoutRecord cancel(String reference) {
        return payouts.ordered(reference, actor, Orders::cancel);
    }

    /**
     * Decides that a payout is sent again which waits for that decision ({@link Attention#DECISION_NEEDED} or
     * {@link Attention#SENT_TOO_OFTEN}). Only do so after its absence was found in the provider's statement.
     *
     * @param reference the merchant's reference
     * @return the payout as it is now
     * @throws IllegalArgumentException if none is stored under the reference
     * @throws IllegalStateException if it does not wait for a decision, or another machine works on it
     * @throws JournalException if the database or the vault fails
     */
    public PayoutRecord resubmit(String reference) {
        return payouts.ordered(reference, actor, Orders::resubmit);
    }

    /**
     * Takes a person's word on how a payout ended, for one that stands still ({@link PayoutRecord#openVerbs}). It is kept
     * in the history as that person's word. If the provider says otherwise later, it is flagged
     * ({@link Attention#CONTRADICTION}) and stays as settled.
     *
     * @param reference the merchant's reference
     * @param settlement paid, not paid or returned, and by which statement
     * @return the payout as it is now
     * @throws IllegalArgumentException if none is stored under the reference
     * @throws IllegalStateException if nothing was sent (cancel it), it does not stand still, or the provider has told the
     *     end itself and the settlement does not overrule; or another machine works on it
     * @throws JournalException if the database or the vault fails
     */
    public PayoutRecord settle(String reference, Settlement settlement) {
        return payouts.ordered(reference, actor, orders -> orders.settle(settlement));
    }

    /**
     * Has the order of another actor carried out that waits for it under four eyes. Repeating it is harmless.
     *
     * <p>The hash says what was looked at: the same amount, recipient and statement, or nothing is done. Whoever approves in a system
     * of yours that shows more than {@link PayoutRecord} compares it first by {@code pay} with the request as it is shown: that changes
     * nothing, and a difference is a {@link PayoutConflictException}.
     *
     * @param reference the merchant's reference
     * @param hash {@link WaitingOrder#hash} of the order that was looked at
     * @return the payout as it is now
     * @throws IllegalArgumentException if none is stored under the reference, or another order waits than the one that was looked at
     * @throws IllegalStateException if this actor gave the order, none waits, what is stored was edited since, the order is not open any
     *     more, or another machine works on the payout; nothing was done
     * @throws org.unipayout.UnsupportedPayoutException as {@link #cancel} says
     * @throws org.unipayout.PayoutNotSentException as {@link #cancel} says
     * @throws org.unipayout.PayoutRejectedException as {@link #cancel} says
     * @throws JournalException if the database or the vault fails
     */
    public PayoutRecord approve(String reference, String hash) {
        return payouts.ordered(reference, actor, orders -> orders.approve(hash));
    }

    /**
     * Lets an order go that waits under four eyes: the one who gave it withdraws it, anybody else rejects it. A payment that waited
     * is canceled by it. Repeating it is harmless.
     *
     * @param reference the merchant's reference
     * @param hash {@link WaitingOrder#hash} of the order
     * @return the payout as it is now
     * @throws IllegalArgumentException if none is stored under the reference, or another order waits
     * @throws IllegalStateException if none waits, or another machine works on the payout
     * @throws JournalException if the database or the vault fails
     */
    public PayoutRecord reject(String reference, String hash) {
        return payouts.ordered(reference, actor, orders -> orders.reject(hash));
    }

    /**
     * Tells the journal that its database went back in time: it was restored from a backup, or a standby took over that had not
     * everything. Stop everything first that uses the journal, on all machines: workers, {@code pay}, and {@code find}, {@code webhook},
     * {@code verification} and the orders too, which carry a payout on just the same. Call this as soon as the database is there again, and
     * start them when it has returned 0. From then on nothing is sent that a worker decided before; what one has sent since the restore cannot be taken back.
     *
     * <p>From then on every payout counts as possibly sent, and as possibly ended, that is open, or that is asked for now and not stored
     * though its request may be older ({@link PayoutRequest#requestedAt}). It is asked about first. One that the provider does not show
     * is not sent before the provider's rule is met, counted from this call, and then waits for {@link #resubmit}
     * ({@link Attention#DECISION_NEEDED}), unless {@link Absence#RESUBMIT} is set and the rule makes a second send harmless. Payouts that
     * ended within {@link PayoutsBuilder#watchedFor} before are asked about once more.
     *
     * <p>The same instant again is the same restore: it goes on where it was, and tells nobody twice.
     *
     * @param keptUntil everything that was committed until then is in the database: when the backup began, or the time of the last
     *     transaction that the standby had, less some seconds; when in doubt, earlier
     * @param repeatedUntil until when your systems may ask again, without {@code requestedAt}, for what they asked for in the lost time;
     *     requests with {@code requestedAt} are known by that, whenever they come. In a repeated call the new one holds
     * @return how many payouts remain, because another machine works on them, they cannot be read, or they do not fit their histories;
     *     repeat it until nothing does
     * @throws IllegalArgumentException if {@code keptUntil} is not in the past or before 1970, or {@code repeatedUntil} is more than ten
     *     years ahead; nothing was stored
     * @throws JournalException if the database or the vault fails; what was done stays done, repeat it
     */
    public int restored(Instant keptUntil, Instant repeatedUntil) {
        return payouts.restored(keptUntil, repeatedUntil, actor);
    }

    /**
     * Retires payouts that ended long ago: hands them to an archive, batch by batch, and lets go of them. Of each stays what keeps its
     * reference from being paid anew and answers whoever asks: reference, provider, amount, status, the provider's handle and what it told
     * (RRN, fee, why it declined), and one row in the place of its history. Its request, with all that is stored of persons but for the mark
     * of the recipient in the handle, goes, and so do its other rows and its notifications. {@code pay} under its reference gives back how it
     * ended, compared by amount, provider, confirmation and the recipient's kind and mark only, and pays nothing; a notification that brings news, such
     * as that the money came back, is followed up. It is paid in another way ({@link #instead}) no more, and not among {@link Payouts#ends}.
     *
     * <p>A payout stays whole while it is open or flagged, a notification or a listener has not been seen to, its provider is not given to
     * the builder, something has happened to it since the end of the query or within {@link PayoutsBuilder#watchedFor}, somebody
     * works on it, it cannot be read or does not fit its history, or did not once. Call this on a journal that has the listeners.
     *
     * <p>Workers run meanwhile, and others may call this too: no payout is in two batches at once. Each batch goes in one transaction, after
     * the archive has taken it and only if it has not changed since. If the archive throws, or the machine dies before that transaction is
     * committed, the batch stays as it is and is handed over again: the archive gets each payout at least once, and tells repeats by
     * {@link RetiredPayout#head}. While it runs the journal still has the batch whole, so that {@link Payouts#explain} may be asked.
     *
     * @param which the payouts, by when they were asked for; its page is the batch. Without statuses every end counts. It goes
     *     over what was retired before as well, so begin where the time before ended
     * @param archive keeps a batch for good before it returns; to let them go without an archive it does nothing
     * @return how many were retired
     * @throws IllegalArgumentException if a status of the query is none that a payout ends with, or no page gave {@link PayoutQuery#after}
     * @throws RuntimeException what the archive throws; the batches before it stay retired
     * @throws JournalException if the database or the vault fails; what was retired stays so
     */
    public long retire(PayoutQuery which, Consumer<List<RetiredPayout>> archive) {
        return payouts.retire(which, actor, archive);
    }

    @Override
    public String toString() {
        return "PayoutOrders[by " + actor + "]";
    }
}
