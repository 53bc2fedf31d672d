package org.unipayout.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.spring.Setup.request;

import com.zaxxer.hikari.HikariDataSource;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.LazyConnectionDataSourceProxy;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.AbstractPlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Actor;
import org.unipayout.journal.Payouts;
import org.unipayout.testkit.FakePayoutClient;

/** Payouts join the running transaction of the journal's data source, or there is none, or they are refused. */
class TransactionalPayoutsTest {
    private final FakePayoutClient provider = new FakePayoutClient();

    /** Of one connection: whoever takes a second one within a transaction waits in vain. */
    private final HikariDataSource pool = pool();

    private final JdbcTransactionManager transactions = new JdbcTransactionManager(pool);
    private final Payouts journal = journal(pool);
    private final TransactionalPayouts payouts = new TransactionalPayouts(journal, pool);

    private static HikariDataSource pool() {
        HikariDataSource pool = new HikariDataSource();
        pool.setJdbcUrl("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        pool.setMaximumPoolSize(1);
        pool.setConnectionTimeout(250);
        return pool;
    }

    private Payouts journal(DataSource dataSource) {
        return Payouts.builder(dataSource).provider("fake", provider).build();
    }

    @BeforeEach
    void createTables() {
        journal.createSchema();
        new JdbcTemplate(pool).execute("create table invoice (id varchar primary key)");
    }

    @AfterEach
    void close() {
        pool.close();
    }

    private void approve(DataSource dataSource, String id) {
        new JdbcTemplate(dataSource).update("insert into invoice values (?)", id);
    }

    @Test
    void pay_transactionCommits_bothAreThere_andNobodyWasCalledYet() {
        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            approve(pool, "i-1");
            assertThat(payouts.pay(request("i-1"), "fake").status()).isEqualTo(PayoutStatus.PREPARED);
            assertThat(payouts.pay(request("i-1"), "fake").reference()).isEqualTo("i-1"); // a repetition
        });

        assertThat(Setup.rows(pool, "invoice")).isOne();
        assertThat(Setup.rows(pool, "payout_journal_task")).isOne();
        assertThat(provider.submitted()).isEmpty();
        assertThat(journal.recoverNow()).isZero();
        provider.ledger().assertPaidExactlyOnce("i-1");
    }

    @Test
    void pay_transactionRollsBack_nothingWasEverThere() {
        assertThatThrownBy(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    payouts.pay(request("i-1"), "fake");
                    approve(pool, "i-1");
                    throw new IllegalArgumentException("the invoice is wrong");
                }))
                .hasMessage("the invoice is wrong");

        assertThat(Setup.rows(pool, "payout_journal")).isZero();
        assertThat(Setup.rows(pool, "payout_journal_history")).isZero();
        assertThat(Setup.rows(pool, "payout_journal_task")).isZero();
        assertThat(provider.submitted()).isEmpty();
    }

    @Test
    void pay_outsideOfATransaction_isPaidAtOnce() {
        assertThat(payouts.pay(request("i-1"), "fake").status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    /** The thread may hold a connection that is in no transaction, as under "supports". */
    @Test
    void pay_supportsWithoutATransaction_isRefusedOrPaid_neverLost() {
        TransactionTemplate supports = new TransactionTemplate(transactions);
        supports.setPropagationBehavior(TransactionDefinition.PROPAGATION_SUPPORTS);

        supports.executeWithoutResult(status -> payouts.pay(request("i-1"), "fake"));
        pool.setMaximumPoolSize(2);
        supports.executeWithoutResult(status -> {
            approve(pool, "i-2");
            payouts.pay(request("i-2"), "fake");
        });

        provider.ledger().assertPaidExactlyOnce("i-1");
        provider.ledger().assertPaidExactlyOnce("i-2");
    }

    @Test
    void pay_transactionElsewhere_isRefused_andNothingStored() {
        try (HikariDataSource other = pool()) {
            TransactionTemplate elsewhere = new TransactionTemplate(new JdbcTransactionManager(other));
            assertThatThrownBy(() -> elsewhere.executeWithoutResult(status -> payouts.pay(request("i-1"), "fake")))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("not on the journal's DataSource");
            assertThatThrownBy(() -> elsewhere.executeWithoutResult(status -> {
                        approve(pool, "i-1"); // binds a connection that commits by itself
                        payouts.pay(request("i-1"), "fake");
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("auto-commit on, so it is not in the running transaction");
        }

        assertThat(Setup.rows(pool, "payout_journal")).isZero();
        assertThat(provider.submitted()).isEmpty();
    }

    @Test
    void pay_readOnlyTransaction_isRefused() {
        TransactionTemplate readOnly = new TransactionTemplate(transactions);
        readOnly.setReadOnly(true);

        assertThatThrownBy(() -> readOnly.executeWithoutResult(status -> payouts.pay(request("i-1"), "fake")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("read-only");
        assertThat(Setup.rows(pool, "payout_journal")).isZero();
    }

    /** Such a manager tells nobody that its transaction runs. */
    @Test
    void pay_transactionThatIsNotTold_isRefused_andNotPaidBesideIt() {
        transactions.setTransactionSynchronization(AbstractPlatformTransactionManager.SYNCHRONIZATION_NEVER);

        assertThatThrownBy(() -> new TransactionTemplate(transactions)
                        .executeWithoutResult(status -> payouts.pay(request("i-1"), "fake")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("auto-commit off outside of a transaction");
        assertThat(Setup.rows(pool, "payout_journal")).isZero();
        assertThat(provider.submitted()).isEmpty();
    }

    /** The callers' own pool gives out the transaction's connection; the journal must not commit it. */
    @Test
    void proxyThatKnowsTheTransaction_isLookedThrough() {
        DataSource proxy = new TransactionAwareDataSourceProxy(pool);
        Payouts behind = journal(TransactionalPayouts.own(proxy));
        TransactionalPayouts throughProxy = new TransactionalPayouts(behind, proxy);

        assertThatThrownBy(() -> new TransactionTemplate(transactions).executeWithoutResult(status -> {
                    approve(proxy, "i-1");
                    throughProxy.pay(request("i-1"), "fake");
                    throw new IllegalArgumentException("rolled back");
                }))
                .hasMessage("rolled back");
        assertThat(Setup.rows(pool, "payout_journal")).isZero();
        assertThat(Setup.rows(pool, "invoice")).isZero();

        new TransactionTemplate(transactions).executeWithoutResult(status -> throughProxy.pay(request("i-2"), "fake"));
        assertThat(Setup.rows(pool, "payout_journal")).isOne();
    }

    @Test
    void lazyConnection_isJoined() {
        DataSource lazy = new LazyConnectionDataSourceProxy(pool);
        TransactionalPayouts overLazy = new TransactionalPayouts(journal(lazy), lazy);
        TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(lazy));

        assertThatThrownBy(() -> transaction.executeWithoutResult(status -> {
                    overLazy.pay(request("i-1"), "fake");
                    throw new IllegalArgumentException("rolled back");
                }))
                .hasMessage("rolled back");
        assertThat(Setup.rows(pool, "payout_journal")).isZero();

        transaction.executeWithoutResult(status -> overLazy.pay(request("i-2"), "fake"));
        assertThat(Setup.rows(pool, "payout_journal")).isOne();
    }

    /** What listeners of Spring do after the commit is still on the transaction's connection. */
    @Test
    void pay_afterTheCommit_isStored() {
        new TransactionTemplate(transactions)
                .executeWithoutResult(status ->
                        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void afterCommit() {
                                payouts.pay(request("i-1"), "fake");
                            }
                        }));

        assertThat(Setup.rows(pool, "payout_journal")).isOne();
        assertThat(journal.recoverNow()).isZero();
        provider.ledger().assertPaidExactlyOnce("i-1");
    }

    @Test
    void pay_byAnActor_historyKeepsTheName_andAnInnerRollbackTakesItBack() {
        TransactionTemplate nested = new TransactionTemplate(transactions);
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);

        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            payouts.by(new Actor("anna")).pay(request("i-1"), "fake");
            nested.executeWithoutResult(inner -> {
                payouts.pay(request("i-2"), "fake");
                inner.setRollbackOnly();
            });
        });

        assertThat(journal.explain("i-1", Locale.ENGLISH).orElseThrow()).contains("anna");
        assertThat(journal.stored("i-2")).isEmpty();
        assertThat(payouts.by(new Actor("anna")).toString()).contains("anna");
    }
}
