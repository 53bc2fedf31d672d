/** An adapter for an invented provider, as small as a whole adapter can be. */
module org.unipayout.examples.newprovider {
    requires transitive org.unipayout;
    requires transitive org.unipayout.http;
    requires static transitive org.jspecify;
    requires com.fasterxml.jackson.annotation;

    exports org.unipayout.examples.newprovider;

    opens org.unipayout.examples.newprovider.internal.wire to
            com.fasterxml.jackson.databind;
}
