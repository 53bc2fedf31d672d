package org.unipayout.horizonpay.internal.wire;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.http.Describing;

/** A card in an answer. The published sample has null for the token, although its table calls it mandatory. */
public record PaymentMethod(
        @Describing @JsonProperty("first_1") @Nullable String firstDigit,
        @Describing @Nullable String bin,
        @Describing @JsonProperty("last_4") @Nullable String lastFour,
        @Describing @Nullable String token) {
    private static final Pattern FIRST_DIGIT = Pattern.compile("[0-9]");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{4,19}");

    /** The card as far as it may be shown: no more than the first six and the last four digits. */
    public Optional<String> mask() {
        return digits(lastFour).map(last -> beginning() + "****" + last.substring(last.length() - 4));
    }

    private String beginning() {
        return digits(bin)
                .filter(digits -> digits.length() >= 6)
                .map(digits -> digits.substring(0, 6))
                .or(() -> Optional.ofNullable(firstDigit)
                        .filter(digit -> FIRST_DIGIT.matcher(digit).matches()))
                .orElse("");
    }

    /** A field that should hold four or six digits, even if it holds the whole number. */
    private static Optional<String> digits(@Nullable String value) {
        return Optional.ofNullable(value)
                .filter(digits -> DIGITS.matcher(digits).matches());
    }

    @Override
    public String toString() {
        return "PaymentMethod[***]";
    }
}
