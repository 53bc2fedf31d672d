package org.unipayout;

import java.math.BigDecimal;
import java.util.Currency;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An amount in minor units (tiyn, kopecks) of one currency.
 *
 * <p>There is no {@code double} and no rounding anywhere: {@link #ofMajor} refuses digits that the currency does not
 * have. May be negative, because a balance may be. Immutable and thread-safe.
 */
public final class Money {
    private final long minorUnits;
    private final Currency currency;

    private Money(long minorUnits, Currency currency) {
        this.minorUnits = minorUnits;
        this.currency = currency;
    }

    /**
     * An amount in minor units.
     *
     * @param minorUnits for example 15000 for 150.00 KZT
     * @param currency ISO 4217 currency
     * @return the amount
     */
    public static Money ofMinor(long minorUnits, Currency currency) {
        return new Money(minorUnits, Checks.present(currency, "currency"));
    }

    /**
     * An amount in minor units.
     *
     * @param minorUnits for example 15000 for 150.00 KZT
     * @param currencyCode ISO 4217 alphabetic code, upper case, for example {@code KZT}
     * @return the amount
     * @throws IllegalArgumentException if the code is not an ISO 4217 code
     */
    public static Money ofMinor(long minorUnits, String currencyCode) {
        return new Money(minorUnits, currency(currencyCode));
    }

    /**
     * An amount in major units.
     *
     * @param major for example 150.00; trailing zeros do not matter
     * @param currencyCode ISO 4217 alphabetic code, upper case
     * @return the amount
     * @throws IllegalArgumentException if the code is unknown, if the amount has more digits than the currency, or if
     *     it does not fit into a {@code long} of minor units
     */
    public static Money ofMajor(BigDecimal major, String currencyCode) {
        Currency currency = currency(currencyCode);
        int digits = Math.max(currency.getDefaultFractionDigits(), 0);
        try { // scaled, not written out: 1e999999999 costs nothing
            return new Money(
                    Checks.present(major, "amount").scaleByPowerOfTen(digits).longValueExact(), currency);
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    "amount: " + currencyCode + " has " + digits
                            + " fraction digits and the amount must be exact in them; nothing is rounded",
                    e);
        }
    }

    private static Currency currency(@Nullable String code) {
        try {
            return Currency.getInstance(Checks.text(code, "currency"));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("currency: must be an upper-case ISO 4217 code such as KZT or RUB", e);
        }
    }

    /** {@return the amount in minor units} */
    public long minorUnits() {
        return minorUnits;
    }

    /** {@return the currency} */
    public Currency currency() {
        return currency;
    }

    /** {@return the amount in major units, with exactly the currency's fraction digits} */
    public BigDecimal major() {
        return BigDecimal.valueOf(minorUnits, Math.max(currency.getDefaultFractionDigits(), 0));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Money money && money.minorUnits == minorUnits && money.currency.equals(currency);
    }

    @Override
    public int hashCode() {
        return Objects.hash(minorUnits, currency);
    }

    /** {@return amount and code for people, for example {@code 150.00 KZT}} */
    @Override
    public String toString() {
        return major().toPlainString() + " " + currency.getCurrencyCode();
    }
}
