package org.unipayout.http;

/**
 * A body is missing, cut, too deep or not JSON of the expected shape.
 *
 * <p>Checked, because every caller must decide what it means for the money. It has no cause and its message never repeats
 * the body.
 */
public final class UnreadableBodyException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableBodyException(String message) {
        super(message);
    }
}
