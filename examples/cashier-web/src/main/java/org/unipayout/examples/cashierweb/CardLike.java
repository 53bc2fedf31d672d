package org.unipayout.examples.cashierweb;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.unipayout.CardNumber;

/** Finds a card number that somebody typed where none belongs. */
final class CardLike {
    private static final Pattern DIGITS = Pattern.compile("(?<![0-9])[0-9](?:[ -]?[0-9]){12,18}(?![0-9])");

    private CardLike() {}

    static boolean isIn(String text) {
        return DIGITS.matcher(text).results().anyMatch(CardLike::passes);
    }

    private static boolean passes(MatchResult found) {
        try {
            CardNumber.of(found.group().replaceAll("[ -]", ""));
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
