/** The ioka adapter: transfer orders and payout orders behind {@code PayoutClient}. */
module org.unipayout.ioka {
    requires transitive org.unipayout;
    requires transitive org.unipayout.http;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.databind;

    exports org.unipayout.ioka;

    opens org.unipayout.ioka.internal.wire to
            com.fasterxml.jackson.databind;

    provides org.unipayout.PayoutAdapter with
            org.unipayout.ioka.IokaAdapter,
            org.unipayout.ioka.IokaPayoutOrdersAdapter;
}
