package org.unipayout;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a provider wrote, as far as it may be shown, stored and passed on: whoever writes into it must not write lines of
 * their own into a log, a terminal or a history.
 *
 * <p>A text for people is cleaned and cut, and both can be seen. What identifies (an id, an RRN, a token) is taken as it is
 * or not at all: half of it would be another one.
 */
final class ProviderText {
    /** Statuses, codes, ids. */
    static final int LONGEST_WORD = 128;

    /** Tokens; and the names of a payout in a notification, which the merchant may have chosen. */
    static final int LONGEST_NAME = 255;

    private static final int LONGEST_SENTENCE = 500;
    private static final String CUT = "…";

    /** Control and format characters (line breaks, escapes, direction marks), other line ends, halves of a character. */
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");

    private ProviderText() {}

    /** A status or a code: what does not print is a question mark, and a cut end an ellipsis. */
    static String word(String value) {
        return shown(value, LONGEST_WORD);
    }

    /** A sentence of the provider, likewise; null if there is none. */
    static @Nullable String sentence(@Nullable String value) {
        return value == null ? null : shown(value, LONGEST_SENTENCE);
    }

    private static String shown(String value, int longest) {
        boolean cut = value.length() > longest;
        String clean =
                UNPRINTABLE.matcher(cut ? beginning(value, longest - 1) : value).replaceAll("?");
        return cut ? clean + CUT : clean;
    }

    private static String beginning(String value, int length) {
        boolean splits = Character.isHighSurrogate(value.charAt(length - 1));
        return value.substring(0, splits ? length - 1 : length);
    }

    /** What identifies, as it is; null if it is absent, blank, too long or does not print. */
    static @Nullable String exact(@Nullable String value, int longest) {
        return value != null && !value.isBlank() && prints(value, longest) ? value : null;
    }

    /** Whether a value can be shown whole. */
    static boolean prints(String value, int longest) {
        return value.length() <= longest && !UNPRINTABLE.matcher(value).find();
    }
}
