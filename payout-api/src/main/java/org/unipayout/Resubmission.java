package org.unipayout;

import java.time.Duration;

/**
 * When a payout whose submit had no clear answer may be submitted again. Always under the same reference, and never
 * before the rule is met. One rule holds per kind of recipient: {@link Capabilities#resubmission}.
 *
 * <p>"May be sent again" is not "was not executed": no payout is failed or expired because a rule is met.
 */
public sealed interface Resubmission {

    /**
     * The handle itself makes a second submit harmless: read first, and submit again only from
     * {@link PayoutStatus#PREPARED}.
     *
     * @param settling how long after the call itself has ended the provider may still be working on it, so that
     *     {@link PayoutStatus#PREPARED} proves nothing yet; zero where the provider refuses a second submit that comes meanwhile
     * @param keptFor how long after the first submit the provider surely refuses a second one; afterwards nothing is submitted
     *     again without a person's decision
     */
    record SameHandle(Duration settling, Duration keptFor) implements Resubmission {
        /** What {@link #keptFor} is if no time changes anything. */
        public static final Duration FOR_EVER = Duration.ofDays(36_500);

        /** A handle whose second submit the provider refuses whenever it comes. */
        public SameHandle() {
            this(Duration.ZERO);
        }

        /**
         * A handle that is used up by its first submit, however long ago that was.
         *
         * @param settling how long after the call itself has ended the provider may still be working on it
         */
        public SameHandle(Duration settling) {
            this(settling, FOR_EVER);
        }
    }

    /**
     * The provider refuses a second payment under one reference. Submit again only after the provider said
     * {@link Evidence.Kind#ABSENT} this often.
     *
     * @param lookups how many answers, at least 2
     * @param spacing the least time between them, and between the unclear submit and the first
     */
    record SameReference(int lookups, Duration spacing) implements Resubmission {}

    /**
     * The provider answers a repeated key with the first outcome: make the same call again, as long as it keeps the key.
     *
     * @param keptFor how long after the first send the provider surely keeps the key; afterwards nothing is sent again
     *     without a person's decision
     */
    record Replays(Duration keptFor) implements Resubmission {}

    /**
     * The provider asks the merchant before it pays, and the merchant lets exactly one transaction per intent through:
     * a second send is declined by ourselves. Submit again only after the provider said {@link Evidence.Kind#ABSENT}
     * this often.
     *
     * @param lookups how many answers, at least 2
     * @param spacing the least time between them, and between the unclear submit and the first
     */
    record Fenced(int lookups, Duration spacing) implements Resubmission {}

    /**
     * The provider would pay twice. Submit again only after the window has passed since the unclear submit and the
     * provider then said {@link Evidence.Kind#ABSENT} this often.
     *
     * @param window longer than the provider's longest processing time
     * @param lookups how many answers after the window, at least 2
     * @param spacing the least time between them
     */
    record AfterAbsence(Duration window, int lookups, Duration spacing) implements Resubmission {}
}
