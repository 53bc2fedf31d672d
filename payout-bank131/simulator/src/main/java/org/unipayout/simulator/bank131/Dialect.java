package org.unipayout.simulator.bank131;

/** The two versions of the API: the same methods with three objects renamed (reference, section 1). */
enum Dialect {
    V1("payment_method", "payments"),
    V2("payout_details", "payout_list");

    private final String instrument;
    private final String payouts;

    Dialect(String instrument, String payouts) {
        this.instrument = instrument;
        this.payouts = payouts;
    }

    /** The name of the object that says where the money goes. */
    String instrument() {
        return instrument;
    }

    /** The name of the list of payouts in a session. */
    String payouts() {
        return payouts;
    }

    Dialect other() {
        return this == V1 ? V2 : V1;
    }
}
