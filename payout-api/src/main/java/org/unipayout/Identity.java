package org.unipayout;

/**
 * About which payout an answer speaks: what {@link Shown#against} found.
 *
 * @param about whose payout it is
 * @param difference the first thing that differs, in words for an engineer; empty if nothing does
 */
public record Identity(About about, String difference) {

    /** Whose payout an answer shows. */
    public enum About {
        /** All that it shows is ours: adopt it. */
        OURS,
        /** It shows neither our id nor our reference: it is not about our payout and proves nothing. */
        NOBODY,
        /** It shows another reference or another id: it is about somebody else's payout and proves nothing of ours. */
        SOMEBODY_ELSE,
        /** It shows our reference with another amount, recipient or time: a different payout has the reference. */
        COLLISION
    }

    /** {@return whether the answer may be adopted} */
    public boolean ours() {
        return about == About.OURS;
    }

    /** {@return whether the reference belongs to a different payout} */
    public boolean collides() {
        return about == About.COLLISION;
    }

    /**
     * The evidence that remains of an answer that is not ours.
     *
     * @return {@link Evidence.Kind#OTHER_PAYOUT} for a collision, else {@link Evidence.Kind#UNIDENTIFIED_ANSWER}
     * @throws IllegalStateException if the answer is ours
     */
    public Evidence evidence() {
        return switch (about) {
            case OURS -> throw new IllegalStateException("identity: the answer is ours, adopt it");
            case NOBODY ->
                new Evidence(Evidence.Kind.UNIDENTIFIED_ANSWER, "The answer shows neither our id nor our reference");
            case SOMEBODY_ELSE ->
                new Evidence(Evidence.Kind.UNIDENTIFIED_ANSWER, "The answer is about another " + difference);
            case COLLISION ->
                new Evidence(
                        Evidence.Kind.OTHER_PAYOUT,
                        "The reference belongs to a different payout, with another " + difference);
        };
    }
}
