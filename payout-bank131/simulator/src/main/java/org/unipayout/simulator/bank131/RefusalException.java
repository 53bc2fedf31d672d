package org.unipayout.simulator.bank131;

import java.util.OptionalInt;

/** The bank answers with an error; thrown to leave a handler, caught where the answer is written. */
final class RefusalException extends RuntimeException {
    static final String INVALID_REQUEST = "invalid_request";

    private static final long serialVersionUID = 1L;

    private final String code;
    private final int status;
    private final boolean executed;

    private RefusalException(String code, String description, int status, boolean executed) {
        super(description);
        this.code = code;
        this.status = status;
        this.executed = executed;
    }

    static RefusalException of(String code, String description) {
        return new RefusalException(code, description, 0, false);
    }

    static RefusalException invalid(String description) {
        return of(INVALID_REQUEST, description);
    }

    static RefusalException withStatus(int status, String code, String description) {
        return new RefusalException(code, description, status, false);
    }

    /** An error answer although the request was carried out. */
    static RefusalException afterExecution(String code, String description) {
        return new RefusalException(code, description, 0, true);
    }

    String code() {
        return code;
    }

    String description() {
        return String.valueOf(getMessage());
    }

    /** The HTTP status, where it does not follow from the code. */
    OptionalInt status() {
        return status == 0 ? OptionalInt.empty() : OptionalInt.of(status);
    }

    boolean executed() {
        return executed;
    }
}
