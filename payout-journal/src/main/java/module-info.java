/** Durable payouts; depends on payout-api, JDBC and db-scheduler only. */
module org.unipayout.journal {
    requires static transitive org.jspecify;
    requires transitive org.unipayout;
    requires transitive java.sql;
    requires com.github.kagkarlsson.scheduler;
    requires org.slf4j;

    exports org.unipayout.journal;
}
