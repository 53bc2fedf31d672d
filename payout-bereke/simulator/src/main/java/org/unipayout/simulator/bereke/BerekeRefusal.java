package org.unipayout.simulator.bereke;

/** Ends the handling of a request with a row of the error table. */
final class BerekeRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final BerekeError error;

    BerekeRefusal(BerekeError error, String... values) {
        super(error.text(values));
        this.error = error;
    }

    BerekeError error() {
        return error;
    }
}
