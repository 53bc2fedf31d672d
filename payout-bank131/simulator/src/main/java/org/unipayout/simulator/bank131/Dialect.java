package org.unipayout.simulator.bank131;

/** The two versions of the API: the same methods with three objects renamed (reference, section 1). */
enum Dialect {
    V1("payment_method", "payments", "acquiring_payments"),
    V2("payout_details", "payout_list", "payment_list");

    private final String instrument;
    private final String payouts;
    private final String incoming;

    Dialect(String instrument, String payouts, String incoming) {
        this.instrument = instrument;
        this.payouts = payouts;
        this.incoming = incoming;
    }

    /** The name of the object that says where the money goes. */
    String instrument() {
        return instrument;
    }

    /** The name of the list of payouts in a session. */
    String payouts() {
        return payouts;
    }

    /** The name of the list of incoming payments in a session. */
    String incoming() {
        return incoming;
    }

    Dialect other() {
        return this == V1 ? V2 : V1;
    }
}
