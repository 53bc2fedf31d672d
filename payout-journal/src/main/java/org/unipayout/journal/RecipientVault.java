package org.unipayout.journal;

/**
 * Encrypts what the journal stores about recipients and other persons. {@link AesGcmVault} is the ready one.
 *
 * <p>Implementations are thread-safe.
 */
public interface RecipientVault {
    /**
     * Encrypts.
     *
     * @param clear what to hide
     * @param context is not hidden, but must be the same for {@link #open}; binds the text to its payout
     * @return printable text from which {@code clear} cannot be learnt without the key
     */
    String seal(String clear, String context);

    /**
     * Decrypts.
     *
     * @param sealed what {@link #seal} gave
     * @param context what {@link #seal} was given
     * @return the clear text
     * @throws IllegalArgumentException if the key is not known, or the text or the context was changed
     */
    String open(String sealed, String context);

    /**
     * Whether a text is sealed under the key that {@link #seal} uses now; what is not is renewed by {@link Payouts#reseal}.
     *
     * @param sealed what {@link #seal} gave
     * @return true if it need not be renewed; always so where a vault does not say otherwise
     */
    default boolean isPresent(String sealed) {
        return true;
    }
}
