package org.unipayout;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why nothing was paid, for a program ({@link #category}, {@link #advice}) and for a cashier ({@link #text}).
 *
 * <p>Immutable and thread-safe. The provider's own text may repeat what a person typed, so it does not print.
 */
public final class Decline {
    private final ErrorEntry entry;
    private final @Nullable String providerText;

    /**
     * A decline; adapters and test doubles call it.
     *
     * @param entry the row of the error book
     * @param providerText the provider's own text, or null
     */
    public Decline(ErrorEntry entry, @Nullable String providerText) {
        this.entry = Checks.present(entry, "entry");
        this.providerText = ProviderText.sentence(providerText);
    }

    /** {@return the provider's code, raw; empty if it gave none} */
    public String code() {
        return entry.code();
    }

    /** {@return what it is about} */
    public ErrorCategory category() {
        return entry.category();
    }

    /** {@return who can put it right} */
    public ErrorEntry.Actor actor() {
        return entry.actor();
    }

    /**
     * What to do. The payout is over and no money moved, so it is never {@link Advice#ASK_STATUS} nor
     * {@link Advice#SAME_REFERENCE_LATER}: a finished payout is not revived.
     *
     * @return {@link Advice#NEVER} or {@link Advice#NEW_PAYOUT_AFTER_FIX}
     */
    public Advice advice() {
        return entry.advice() == Advice.NEVER ? Advice.NEVER : Advice.NEW_PAYOUT_AFTER_FIX;
    }

    /**
     * The text for a cashier.
     *
     * @param locale Russian text for {@code ru} and {@code kk}, else English
     * @return one sentence or two
     */
    public String text(Locale locale) {
        return entry.text(locale);
    }

    /** {@return the provider's own text, raw} */
    public Optional<String> providerText() {
        return Optional.ofNullable(providerText);
    }

    @Override
    public String toString() {
        return "Decline[" + entry.code() + ", " + entry.category() + "]";
    }
}
