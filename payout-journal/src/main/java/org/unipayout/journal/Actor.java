package org.unipayout.journal;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Who orders something about a payout: a person, or a program of yours. The name is kept in the history and shown by
 * {@link Payouts#explain}; whether it is true is for you to know, so take it from whom you have let in and never from a form.
 *
 * @param name the person's or the program's name or number in your system, without blanks around it
 */
public record Actor(String name) {
    private static final int GREATEST_LENGTH = 128;

    /** Letters, marks and symbols of no width: fillers, the grapheme joiner, the empty Braille cell, variation selectors. */
    private static final Set<Integer> IGNORED = Stream.of(
                    IntStream.of(0x034F, 0x115F, 0x1160, 0x17B4, 0x17B5, 0x180F, 0x2800, 0x3164, 0xFFA0),
                    IntStream.rangeClosed(0x180B, 0x180D),
                    IntStream.rangeClosed(0xFE00, 0xFE0F),
                    IntStream.rangeClosed(0xE0100, 0xE01EF))
            .flatMap(IntStream::boxed)
            .collect(Collectors.toUnmodifiableSet());

    /**
     * Checks the name, and takes the blanks around it away.
     *
     * @param name 1 to 128 characters, all of which can be seen
     * @throws IllegalArgumentException if it is blank, too long, or holds control characters or others that cannot be seen
     */
    public Actor {
        if (name == null || name.isBlank() || name.strip().length() > GREATEST_LENGTH) {
            throw new IllegalArgumentException("actor: must be 1 to " + GREATEST_LENGTH + " characters");
        }
        name = name.strip();
        if (name.codePoints().anyMatch(Actor::isUnseen)) {
            throw new IllegalArgumentException("actor: must not hold control characters or others that cannot be seen");
        }
    }

    /** What looks like another name and is not would pass for another person. */
    private static boolean isUnseen(int codePoint) {
        if (IGNORED.contains(codePoint)) {
            return true;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE,
                    Character.PRIVATE_USE -> true;
            default -> false;
        };
    }

    /**
     * Whether this is the same one, however the name is written.
     *
     * @param other the other one
     * @return true if the names differ in upper and lower case, blanks and the form of their letters only
     */
    public boolean isSameAs(Actor other) {
        return folded().equals(other.folded());
    }

    private String folded() {
        return Normalizer.normalize(name, Normalizer.Form.NFKC)
                .strip()
                .replaceAll("\\s+", " ")
                .toUpperCase(Locale.ROOT)
                .toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return name;
    }
}
