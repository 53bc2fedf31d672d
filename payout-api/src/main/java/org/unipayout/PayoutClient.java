package org.unipayout;

import java.util.List;

/**
 * Pays money out through one provider.
 *
 * <p>Two sentences govern every method:
 *
 * <ul>
 *   <li>One business intent leads to at most one payment, and always to a knowable answer.
 *   <li>If a money-moving call throws, no money moved. If it returns, look at the status.
 * </ul>
 *
 * <p>The flow is the same for every provider:
 *
 * <pre>
 * prepare ──► submit ──► observe (get / webhook) ──► confirm | cancel ──► observe ──► final
 * no money    money may  never moves money           money may            never
 * moves       move                                   move
 * </pre>
 *
 * <p>Store the reference before {@link #prepare} and the {@link PayoutRef} before {@link #submit}; then a crash at any
 * moment leaves something to ask about. {@link #create} is both steps at once for callers that do not need the gap.
 *
 * <p>Clients are thread-safe; make one per merchant account and close it at the end. A call that is interrupted ends at
 * once, restores the thread's interrupt flag and reports what is known by then.
 */
public interface PayoutClient extends AutoCloseable {

    /** {@return what this provider can do} */
    Capabilities capabilities();

    /** {@return this provider's error codes} */
    ErrorBook errorBook();

    /**
     * Validates a request and makes a durable handle. Moves no money.
     *
     * <p>Calling it again with the same reference is harmless: a provider that knows the reference already gives back
     * the payout that exists, after comparing amount and currency.
     *
     * @param request what to pay
     * @return a payout with its handle: {@link PayoutStatus#PREPARED}, or {@link PayoutStatus#AWAITING_RECIPIENT} with
     *     the address of a hosted form, or the present state of a payout that exists already
     * @throws IllegalArgumentException if a field is missing or malformed; nothing left the process
     * @throws UnsupportedPayoutException if the provider does not do this; nothing left the process
     * @throws PayoutNotSentException if the provider received nothing
     * @throws PayoutRejectedException if the provider refused, or the reference belongs to a different payout
     * @throws PayoutNotPreparedException if no clear answer came; no money moved, prepare again
     */
    Payout prepare(PayoutRequest request);

    /**
     * Sends a prepared payout on its way. May move money, at most once.
     *
     * <p>For a hosted form there is nothing to send, and the present state is returned.
     *
     * @param ref the stored handle
     * @param request the request that it was made from
     * @return what is known; {@link PayoutStatus#UNKNOWN} if no clear answer came
     * @throws IllegalArgumentException if the handle does not belong to the request or a field is malformed; nothing
     *     left the process
     * @throws UnsupportedPayoutException if the provider does not do this; nothing left the process
     * @throws PayoutNotSentException if the provider received nothing
     * @throws PayoutRejectedException if the provider refused, or the reference belongs to a different payout; no money
     *     moved by this call
     */
    Payout submit(PayoutRef ref, PayoutRequest request);

    /**
     * {@link #prepare} and {@link #submit} in one. May move money, at most once.
     *
     * @param request what to pay
     * @return what is known; {@link PayoutStatus#UNKNOWN} if no clear answer came
     * @throws IllegalArgumentException if a field is missing or malformed; nothing left the process
     * @throws UnsupportedPayoutException if the provider does not do this; nothing left the process
     * @throws PayoutNotSentException if the provider received nothing that moves money
     * @throws PayoutRejectedException if the provider refused; no money moved by this call
     * @throws PayoutNotPreparedException if preparing had no clear answer; no money moved
     */
    default Payout create(PayoutRequest request) {
        Payout prepared = prepare(request);
        return prepared.status() == PayoutStatus.PREPARED ? submit(prepared.ref(), request) : prepared;
    }

    /**
     * Asks for the present state. Never moves money.
     *
     * <p>If the provider knows no such payout the answer is {@link PayoutStatus#UNKNOWN} with
     * {@link Evidence.Kind#ABSENT}, which by itself proves nothing about a submit that had no clear answer.
     *
     * @param ref the stored handle
     * @return what is known now
     * @throws IllegalArgumentException if the handle belongs to another provider
     * @throws PayoutReadException if no usable answer came; nothing changed
     */
    Payout get(PayoutRef ref);

    /**
     * Lets a payout that is {@link PayoutStatus#AWAITING_CONFIRMATION} go. May move money, at most once.
     *
     * <p>Unless overridden, the provider has no confirmation: {@link Capabilities.Feature#CONFIRM} says so.
     *
     * @param ref the stored handle
     * @return what is known; the outcome itself comes from {@link #get} or a webhook
     * @throws IllegalArgumentException if the handle belongs to another provider
     * @throws UnsupportedPayoutException if the provider has no confirmation; nothing left the process
     * @throws PayoutNotSentException if the provider received nothing
     * @throws PayoutRejectedException if the provider refused; no money moved by this call
     */
    default Payout confirm(PayoutRef ref) {
        throw capabilities().lacking(Operation.CONFIRM, ref);
    }

    /**
     * Ends a payout that is not yet on its way. Never moves money.
     *
     * <p>Says nothing about an earlier {@link #confirm}. Unless overridden, the provider cannot cancel: {@link
     * Capabilities.Feature#CANCEL} says so.
     *
     * @param ref the stored handle
     * @return what is known; {@link PayoutStatus#UNKNOWN} if no clear answer came
     * @throws IllegalArgumentException if the handle belongs to another provider
     * @throws UnsupportedPayoutException if the provider cannot cancel; nothing left the process
     * @throws PayoutNotSentException if the provider received nothing; the call had no effect
     * @throws PayoutRejectedException if the provider refused; the call had no effect
     */
    default Payout cancel(PayoutRef ref) {
        throw capabilities().lacking(Operation.CANCEL, ref);
    }

    /**
     * Asks what is left to pay from.
     *
     * <p>Unless overridden, the provider does not tell: {@link Capabilities.Feature#BALANCE} says so.
     *
     * @return one balance per account
     * @throws UnsupportedPayoutException if the provider does not tell; nothing left the process
     * @throws PayoutReadException if no usable answer came; nothing changed
     */
    default List<Balance> balance() {
        throw capabilities().lacking(Operation.BALANCE, null);
    }

    /** Frees what the client opened itself; what it was given stays open. Calls in flight end as if interrupted. */
    @Override
    void close();
}
