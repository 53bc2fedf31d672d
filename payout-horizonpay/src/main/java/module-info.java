/** The HorizonPay adapter: card payouts of the beGateway platform behind {@code PayoutClient}. */
module org.unipayout.horizonpay {
    requires transitive org.unipayout;
    requires transitive org.unipayout.http;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;

    exports org.unipayout.horizonpay;

    opens org.unipayout.horizonpay.internal.wire to
            com.fasterxml.jackson.databind;

    provides org.unipayout.PayoutAdapter with
            org.unipayout.horizonpay.HorizonPayAdapter;
}
