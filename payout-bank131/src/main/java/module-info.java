/** The Bank 131 adapter: payment sessions behind {@code PayoutClient}. */
@SuppressWarnings("module") // the bank has a number in its name
module org.unipayout.bank131 {
    requires transitive org.unipayout;
    requires transitive org.unipayout.http;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.annotation;
    requires com.fasterxml.jackson.databind;

    exports org.unipayout.bank131;

    opens org.unipayout.bank131.internal.wire to
            com.fasterxml.jackson.databind;

    provides org.unipayout.PayoutAdapter with
            org.unipayout.bank131.Bank131Adapter;
}
