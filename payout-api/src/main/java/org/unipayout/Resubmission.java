package org.unipayout;

import java.time.Duration;

/**
 * When a payout whose submit had no clear answer may be submitted again. Always under the same reference, and never
 * before the rule is met.
 */
public sealed interface Resubmission {

    /**
     * The handle itself makes a second submit harmless: read first, and submit again only from
     * {@link PayoutStatus#PREPARED}.
     */
    record SameHandle() implements Resubmission {}

    /**
     * The provider refuses a second payment under one reference. Submit again only after the provider said
     * {@link Evidence.Kind#ABSENT} this often.
     *
     * @param lookups how many answers, at least 2
     * @param spacing the least time between them, and between the unclear submit and the first
     */
    record SameReference(int lookups, Duration spacing) implements Resubmission {}

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
