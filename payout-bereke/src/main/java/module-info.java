/** The Bereke Bank adapter: the payouts module behind {@code PayoutClient}. */
module org.unipayout.bereke {
    requires transitive org.unipayout;
    requires transitive org.unipayout.http;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.databind;

    exports org.unipayout.bereke;

    opens org.unipayout.bereke.internal.wire to
            com.fasterxml.jackson.databind;

    provides org.unipayout.PayoutAdapter with
            org.unipayout.bereke.BerekeAdapter;
}
