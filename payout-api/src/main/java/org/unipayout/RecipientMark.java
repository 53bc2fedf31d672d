package org.unipayout;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What of a recipient a handle may keep: enough to see that an answer shows another one, too little to pay by.
 *
 * <p>First six and last four digits of a card, the ends of an account or a phone, a shortened digest of a token. Empty
 * for a hosted form, for an encrypted card and in handles of earlier versions.
 */
record RecipientMark(Shape shape, String text) {
    static final RecipientMark NONE = new RecipientMark(Shape.NONE, "");

    private static final int DIGEST_LENGTH = 16;
    private static final String DIGEST = "sha256:";
    private static final Pattern SPACING = Pattern.compile("[ -]");
    private static final Pattern NOT_SHOWN = Pattern.compile("[^A-Z0-9]");
    private static final Pattern ENDS = Pattern.compile("([A-Z0-9]*)[^A-Z0-9]*.*?([A-Z0-9]*)");
    private static final Pattern FORM = Pattern.compile("([CAPT])([A-Za-z0-9]*)-?([A-Za-z0-9]*)");

    /** What is kept of which recipients, with the length of the kept beginning and end. */
    enum Shape {
        NONE("", 0, 0),
        CARD("C", 6, 4),
        ACCOUNT("A", 4, 6),
        PHONE("P", 0, 4),
        TOKEN("T", 0, 0);

        private final String letter;
        private final int beginning;
        private final int end;

        Shape(String letter, int beginning, int end) {
            this.letter = letter;
            this.beginning = beginning;
            this.end = end;
        }

        /** A shown value with no more digits than a mark keeps; null if it is not shown or has no ends. */
        @Nullable String masked(@Nullable String value) {
            Matcher seen = ENDS.matcher(value == null ? "" : clean(value));
            if (!seen.matches() || (seen.group(1) + seen.group(2)).isEmpty()) {
                return null;
            }
            boolean whole = seen.group(2).isEmpty();
            String first = whole && seen.group(1).length() <= end ? "" : seen.group(1);
            String last = whole ? seen.group(1) : seen.group(2);
            return first.substring(0, Math.min(beginning, first.length()))
                    + "*"
                    + last.substring(Math.max(0, last.length() - end));
        }
    }

    static RecipientMark of(Recipient recipient) {
        if (recipient instanceof Recipient.Card card) {
            return ends(Shape.CARD, card.number().reveal());
        }
        if (recipient instanceof Recipient.RussianAccount account) {
            return ends(Shape.ACCOUNT, account.account());
        }
        if (recipient instanceof Recipient.KazakhAccount account) {
            return ends(Shape.ACCOUNT, account.iban());
        }
        if (recipient instanceof Recipient.Wallet wallet) {
            return ends(Shape.ACCOUNT, wallet.account());
        }
        if (recipient instanceof Recipient.Phone phone) {
            return ends(Shape.PHONE, phone.number());
        }
        return token(recipient)
                .map(token -> new RecipientMark(Shape.TOKEN, Shape.TOKEN.letter + digest(token)))
                .orElse(NONE);
    }

    private static Optional<String> token(Recipient recipient) {
        if (recipient instanceof Recipient.SavedCard card) {
            return Optional.of(card.token());
        }
        if (recipient instanceof Recipient.RecurringCard card) {
            return Optional.of(card.token());
        }
        return recipient instanceof Recipient.SavedAccount account ? Optional.of(account.token()) : Optional.empty();
    }

    /** Reads what {@link #text} gave; a mark of a later version proves nothing. */
    static RecipientMark parse(@Nullable String text) {
        if (text == null || !FORM.matcher(text).matches()) {
            return NONE;
        }
        for (Shape shape : Shape.values()) {
            if (!shape.letter.isEmpty() && text.startsWith(shape.letter)) {
                return new RecipientMark(shape, text);
            }
        }
        return NONE;
    }

    /** What another handle knows of another recipient; a handle that knows none proves nothing. */
    Optional<String> difference(RecipientMark other) {
        boolean comparable = shape != Shape.NONE && other.shape != Shape.NONE;
        return comparable && !equals(other) ? Optional.of("recipient") : Optional.empty();
    }

    /** What the answer shows that this recipient does not have. */
    Optional<String> difference(Shown shown) {
        return switch (shape) {
            case NONE -> Optional.empty();
            case CARD -> differs(shown.card(), "card");
            case ACCOUNT -> differs(shown.account(), "account");
            case PHONE -> differs(shown.phone(), "phone");
            case TOKEN ->
                shown.token() == null || text.equals(shape.letter + digest(shown.token()))
                        ? Optional.empty()
                        : Optional.of("saved recipient");
        };
    }

    private Optional<String> differs(@Nullable String value, String name) {
        if (value == null) {
            return Optional.empty();
        }
        Matcher kept = FORM.matcher(text);
        String masked = shape.masked(value);
        if (!kept.matches() || masked == null) {
            return Optional.empty();
        }
        int star = masked.indexOf('*');
        boolean same = agrees(kept.group(2), masked.substring(0, star))
                && agreesAtTheEnd(kept.group(3), masked.substring(star + 1));
        return same ? Optional.empty() : Optional.of(name);
    }

    private static boolean agrees(String kept, String seen) {
        int length = Math.min(kept.length(), seen.length());
        return kept.substring(0, length).equals(seen.substring(0, length));
    }

    private static boolean agreesAtTheEnd(String kept, String seen) {
        int length = Math.min(kept.length(), seen.length());
        return kept.substring(kept.length() - length).equals(seen.substring(seen.length() - length));
    }

    private static RecipientMark ends(Shape shape, String value) {
        String clean = NOT_SHOWN.matcher(clean(value)).replaceAll("");
        if (clean.length() < shape.beginning + shape.end) {
            return NONE;
        }
        return new RecipientMark(
                shape,
                shape.letter + clean.substring(0, shape.beginning) + "-" + clean.substring(clean.length() - shape.end));
    }

    private static String clean(String value) {
        return SPACING.matcher(value.toUpperCase(Locale.ROOT)).replaceAll("");
    }

    /** A token as far as it may be stored; {@link #difference} takes it like the token itself. */
    static String marked(String token) {
        return token.startsWith(DIGEST) ? token : DIGEST + digest(token);
    }

    /** Of a token that is a path, such as customer/card, answers show the end only: the end is what counts. */
    private static String digest(String token) {
        if (token.startsWith(DIGEST)) {
            return token.substring(DIGEST.length());
        }
        String end = token.substring(token.lastIndexOf('/') + 1);
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(end.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, DIGEST_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("SHA-256 is part of every Java", e);
        }
    }

    @Override
    public String toString() {
        return "RecipientMark[***]";
    }
}
