package org.unipayout.examples.bulkregistry;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import javax.crypto.SecretKey;
import javax.sql.DataSource;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.ioka.IokaPayoutClient;
import org.unipayout.ioka.IokaWebhooks;
import org.unipayout.journal.Actor;
import org.unipayout.journal.AesGcmVault;
import org.unipayout.journal.HistoryFault;
import org.unipayout.journal.HistoryHead;
import org.unipayout.journal.HistoryKey;
import org.unipayout.journal.PayoutQuery;
import org.unipayout.journal.Payouts;
import org.unipayout.journal.RetiredPayout;
import org.unipayout.journal.Verb;

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

    long retention(Payouts payouts, Actor program, Instant begin, Instant end) {
        // snippet: retention
        PayoutQuery year = PayoutQuery.between(begin, end).size(500);
        long gone = payouts.by(program).retire(year, batch -> keepForGood(batch));
        // end
        return gone;
    }

    List<HistoryFault> verify(DataSource dataSource, IokaPayoutClient client, SecretKey vaultKey, SecretKey macKey) {
        // snippet: writer
        Payouts payouts = Payouts.builder(dataSource)
                .provider("ioka", client)
                .vault(AesGcmVault.builder("2026-03", vaultKey).build())
                .historyKey(HistoryKey.of("2026-03", macKey)) // at least 32 bytes; older keys follow it
                .listener(change -> keepElsewhere(change.head())) // a file, a log, another database
                .build();
        List<HistoryFault> faults = payouts.verifyAgainst(keptElsewhere());
        // end
        return faults;
    }

    void restored(Payouts payouts, Actor operator, Instant keptUntil, Instant repeatedUntil) {
        // snippet: restored
        // Whatever uses the journal is stopped, on all machines; the old primary is dead.
        while (payouts.by(operator).restored(keptUntil, repeatedUntil) > 0) {
            pause(); // a payout is held by the lease of a machine that was stopped
        }
        // Start them again.
        // end
    }

    void decide(Payouts payouts, Actor program, Books books) {
        // snippet: decide
        payouts.needingAttention()
                .filter(open -> open.openVerbs().contains(Verb.RESUBMIT) && books.sayStillToBePaid(open.reference()))
                .forEach(open -> payouts.by(program).resubmit(open.reference()));
        // end
    }

    /** What a merchant keeps of its own. */
    interface Books {
        boolean sayStillToBePaid(String reference);
    }

    abstract void pause();

    abstract void keepElsewhere(HistoryHead head);

    abstract Stream<HistoryHead> keptElsewhere();

    abstract void keepForGood(List<RetiredPayout> batch);

    abstract void tell(String reference, PayoutStatus status);

    abstract void approveInvoice(Connection connection);
}
