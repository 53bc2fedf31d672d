package org.unipayout.journal;

/**
 * The journal could not do its own work: its database or its vault failed.
 *
 * <p>It says nothing about money. What was stored before is carried on by the workers; ask with {@link Payouts#find}.
 */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what failed.
     *
     * @param message names the field or the part; holds no stored value
     */
    public JournalException(String message) {
        super(message);
    }

    /**
     * Says what failed, and why.
     *
     * @param message names the field or the part; holds no stored value
     * @param cause what the database or the vault threw
     */
    public JournalException(String message, Throwable cause) {
        super(message, cause);
    }
}
