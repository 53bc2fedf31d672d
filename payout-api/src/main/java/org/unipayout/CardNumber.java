package org.unipayout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/**
 * A payment card number (PAN): 12 to 19 digits that pass the Luhn check.
 *
 * <p>It prints its last four digits only and cannot be serialized. Immutable and thread-safe.
 */
public final class CardNumber {
    private final transient String digits; // so that no serializer of fields sees it

    private CardNumber(String digits) {
        this.digits = digits;
    }

    /**
     * Reads a card number.
     *
     * @param number digits; spaces between groups are allowed
     * @return the card number
     * @throws IllegalArgumentException if it is not 12 to 19 digits or fails the Luhn check; the message does not
     *     repeat the number
     */
    public static CardNumber of(String number) {
        String digits = Checks.present(number, "card number").replace(" ", "");
        if (!digits.matches("[0-9]{12,19}")) {
            throw new IllegalArgumentException("card number: must be 12 to 19 digits");
        }
        if (!passesLuhn(digits)) {
            throw new IllegalArgumentException("card number: the check digit is wrong (Luhn); look for a typing error");
        }
        return new CardNumber(digits);
    }

    private static boolean passesLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int weighted = i % 2 == 0 ? digit : digit * 2;
            sum += weighted > 9 ? weighted - 9 : weighted;
        }
        return sum % 10 == 0;
    }

    /** {@return all digits; pass them on at once and keep them nowhere} */
    public String reveal() {
        return digits;
    }

    /** {@return the last four digits, which may be shown} */
    public String lastFour() {
        return digits.substring(digits.length() - 4);
    }

    /** {@return whether it is the same number; compared in constant time} */
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CardNumber number
                && MessageDigest.isEqual(
                        digits.getBytes(StandardCharsets.US_ASCII), number.digits.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public int hashCode() {
        return lastFour().hashCode(); // of what may be shown, and of nothing else
    }

    /** {@return the masked number, for example {@code ****0013}} */
    @Override
    public String toString() {
        return "****" + lastFour();
    }
}
