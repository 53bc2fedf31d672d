/** The one transport of all adapters; the only module that knows OkHttp and Jackson beside the adapters' own mappings. */
module org.unipayout.http {
    requires static transitive org.jspecify;
    requires transitive org.unipayout;
    requires transitive okhttp3;
    requires com.fasterxml.jackson.core;
    requires com.fasterxml.jackson.databind;
    requires org.slf4j;

    exports org.unipayout.http;
}
