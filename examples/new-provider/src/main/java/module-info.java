/** The Tinypay adapter: its payouts behind {@code PayoutClient}. */
module org.unipayout.tinypay {
    requires transitive org.unipayout;
    requires transitive org.unipayout.http;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.annotation;

    exports org.unipayout.tinypay;

    opens org.unipayout.tinypay.internal.wire to
            com.fasterxml.jackson.databind;

    provides org.unipayout.PayoutAdapter with
            org.unipayout.tinypay.TinypayAdapter;
}
