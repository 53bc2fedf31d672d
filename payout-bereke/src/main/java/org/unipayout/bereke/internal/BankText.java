package org.unipayout.bereke.internal;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Makes the bank's error texts comparable: two of them hold Cyrillic letters that look Latin, one has open-box characters
 * (U+2423) in place of spaces (payouts page, table of errors).
 */
final class BankText {
    private static final String CYRILLIC =
            "\u0430\u0432\u0435\u043A\u043C\u043D\u043E\u0440\u0441\u0442\u0443\u0445\u0456";
    private static final String LATIN = "abekmhopctyxi";
    private static final Pattern GAPS = Pattern.compile("[\\s\u2423\u00A0]+");

    /** In the form of {@link #fold} for English; Russian is matched before folding. */
    private static final Pattern ENGLISH_DUPLICATE = Pattern.compile("duplicat|already");

    private static final Pattern RUSSIAN_DUPLICATE =
            Pattern.compile("дублик|дублир|уже (?:обработ|зарегистр|существ|есть)");

    private BankText() {}

    /** Lower case, Latin look-alikes, single spaces. */
    static String fold(@Nullable String text) {
        if (text == null) {
            return "";
        }
        StringBuilder folded = new StringBuilder(text.length());
        for (char letter : text.toLowerCase(Locale.ROOT).toCharArray()) {
            int place = CYRILLIC.indexOf(letter);
            folded.append(place < 0 ? letter : LATIN.charAt(place));
        }
        return GAPS.matcher(folded).replaceAll(" ").trim();
    }

    /** Whether the text says that an order of this number exists; the payouts page has no code for it. */
    static boolean speaksOfDuplicate(@Nullable String text) {
        return text != null
                && (ENGLISH_DUPLICATE.matcher(fold(text)).find()
                        || RUSSIAN_DUPLICATE
                                .matcher(text.toLowerCase(Locale.ROOT))
                                .find());
    }
}
