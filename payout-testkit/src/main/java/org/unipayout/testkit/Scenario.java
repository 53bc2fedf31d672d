package org.unipayout.testkit;

/**
 * What a simulated provider does with a payout, chosen by the last two digits of the amount in minor units.
 *
 * <p>The triggers are the simulators' own: no provider documents them. They ride on the amount because every provider
 * has one and every language can send it, so the same trigger works for all simulators and through the standalone
 * program. {@link Simulator#force} overrides the digits.
 */
public enum Scenario {
    /** Any ending that is not listed here: the recipient is paid. */
    PAID(-1),
    /** The recipient's bank refuses: a business decline, no money moves. */
    DECLINED(51),
    /** The merchant's own funds at the provider do not suffice: no money moves. */
    INSUFFICIENT_FUNDS(52),
    /** Taken and paid, but every status answer says "in progress" until {@link Simulator#settle} is called. */
    SLOW(61),
    /** The provider itself does not know: its own "unknown" state; no money has moved. */
    UNSURE(62),
    /** A status word that the provider's documentation does not have; the recipient is paid. */
    UNDOCUMENTED_STATUS(63),
    /** Paid; the answer echoes another amount than was asked for. */
    WRONG_ECHO(64),
    /** Paid first, later the money comes back (from a look-up after the one that showed it paid). */
    RETURNED(71),
    /** The money-moving call answers with a server error although the recipient is paid. */
    SERVER_ERROR_PAID(81),
    /** The money-moving call answers with a server error and nothing was executed. */
    SERVER_ERROR_NOT_PAID(82),
    /** The money-moving call is refused because of too many requests; nothing was executed. */
    RATE_LIMITED(83),
    /** The money-moving call answers with an error code that the documentation does not have; the recipient is paid. */
    UNDOCUMENTED_CODE(84);

    private final int digits;

    Scenario(int digits) {
        this.digits = digits;
    }

    /**
     * The scenario that an amount asks for.
     *
     * @param minorUnits the amount in minor units
     * @return the scenario of its last two digits, {@link #PAID} when they name none
     */
    public static Scenario of(long minorUnits) {
        for (Scenario scenario : values()) {
            if (scenario.digits == minorUnits % 100) {
                return scenario;
            }
        }
        return PAID;
    }

    /**
     * An amount that asks for this scenario.
     *
     * @param major whole currency units, at least 1
     * @return minor units, for example {@code 10051} for {@code DECLINED.amount(100)}
     */
    public long amount(long major) {
        return major * 100 + Math.max(digits, 0);
    }
}
