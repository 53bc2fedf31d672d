package org.unipayout.testkit.world;

import java.time.Clock;
import java.util.Optional;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.WebhookEvent;

/**
 * A merchant's own code, as {@link MerchantWorlds} see it: the few doors through which it is used. One object lives through one
 * world. What it would keep in its database it keeps in the object; what it would keep in memory it makes anew in
 * {@link #start}.
 *
 * <p>All methods but {@link #status} may throw what the code throws: the story tells it, and what counts is what the code says
 * in the end. A crash is an {@link Error} out of the client, which the code must let through.
 */
public interface MerchantUnderTest {
    /**
     * The process starts: at the beginning, and again after every crash.
     *
     * @param client pays, like any other client; the one of before the crash does nothing any more
     * @param clock the world's time
     */
    void start(PayoutClient client, Clock clock);

    /**
     * Somebody asks for a payment, and may ask for the same one again: by a second click, or because it does not look paid. A
     * world asks again until a call has returned once.
     *
     * @param intent whom to pay how much, since when; its reference names the intent, and the code may send it under any other
     */
    void pay(PayoutRequest intent);

    /** What the code does by itself every few minutes, such as asking about what is open. */
    void work();

    /**
     * What the code's own books say.
     *
     * @param intent the reference of the intent
     * @return empty if they do not know it
     */
    Optional<PayoutStatus> status(String intent);

    /**
     * A person has looked at the provider's statement, long after anything could still happen, because the code says of an
     * intent that it is open. Code that has no such door does nothing here.
     *
     * @param intent the reference of the intent
     * @param end {@link PayoutStatus#SUCCEEDED} or {@link PayoutStatus#FAILED}, as the statement says
     */
    default void settle(String intent, PayoutStatus end) {}

    /**
     * A notification of the provider's arrives.
     *
     * @param event as {@link org.unipayout.PayoutWebhooks#receive} gives it
     */
    default void notified(WebhookEvent event) {}
}
