package org.unipayout.examples.bulkregistry;

import java.sql.Connection;
import java.sql.SQLException;
import javax.crypto.SecretKey;
import javax.sql.DataSource;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.ioka.IokaPayoutClient;
import org.unipayout.ioka.IokaWebhooks;
import org.unipayout.journal.AesGcmVault;
import org.unipayout.journal.Payouts;

/** The Java snippets of docs/journal.md, so that they compile; {@link JournalGuideTest} holds the two together. */
abstract class JournalSnippets {
    Payouts start(DataSource dataSource, IokaPayoutClient client, IokaWebhooks webhooks, SecretKey key) {
        // snippet: journal
        Payouts payouts = Payouts.builder(dataSource)
                .provider("ioka", client, webhooks) // the name is stored with each payout: never change it
                .vault(AesGcmVault.builder("2026-03", key).build()) // optional
                .listener(change -> tell(change.reference(), change.to()))
                .build();
        payouts.createSchema(); // or let Flyway run classpath:org/unipayout/journal/db/migration
        payouts.start(); // the worker; on every machine
        // end
        return payouts;
    }

    void pay(DataSource dataSource, Payouts payouts, PayoutRequest request) throws SQLException {
        // snippet: pay
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            approveInvoice(connection); // your own change
            payouts.pay(connection, request, "ioka"); // both or neither
            connection.commit();
        }
        // end
    }

    abstract void tell(String reference, PayoutStatus status);

    abstract void approveInvoice(Connection connection);
}
