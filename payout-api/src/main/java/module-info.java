/** The contract of the unified payout SDK; depends on slf4j-api and jspecify only. */
module org.unipayout {
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports org.unipayout;

    uses org.unipayout.PayoutAdapter;
}
