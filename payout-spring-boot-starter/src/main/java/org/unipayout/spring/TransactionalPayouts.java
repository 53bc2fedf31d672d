package org.unipayout.spring;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.unipayout.PayoutRequest;
import org.unipayout.journal.Actor;
import org.unipayout.journal.Confirmation;
import org.unipayout.journal.JournalException;
import org.unipayout.journal.PayoutRecord;
import org.unipayout.journal.Payouts;

/**
 * Pays within the running {@code @Transactional}: if it commits, a worker carries the payout on; if it rolls back, the payout was
 * never there and no provider was called. Outside of a transaction it pays at once, in the caller's thread, as {@link Payouts#pay}.
 *
 * <p>It joins what runs on the journal's own {@link DataSource}, JPA included if its dialect gives out the connection. A transaction
 * that runs elsewhere is refused, because payout and change could then not be both or neither. All else of the journal is on the bean
 * {@link Payouts}, whose calls open transactions of their own. Immutable and thread-safe.
 */
public final class TransactionalPayouts {
    private final Payouts payouts;
    private final DataSource dataSource;
    private final @Nullable Actor actor;

    /**
     * Pays through a journal. Auto-configured, unless there are several data sources.
     *
     * @param payouts the journal
     * @param dataSource the one that the journal was built with, and transactions run on
     */
    public TransactionalPayouts(Payouts payouts, DataSource dataSource) {
        this(payouts, own(dataSource), null);
    }

    private TransactionalPayouts(Payouts payouts, DataSource dataSource, @Nullable Actor actor) {
        this.payouts = payouts;
        this.dataSource = dataSource;
        this.actor = actor;
    }

    /**
     * A proxy that knows the thread's transaction gives out connections that are not the journal's to commit; transactions are known by
     * what is behind it.
     */
    static DataSource own(DataSource dataSource) {
        DataSource target = dataSource instanceof DelegatingDataSource proxy ? proxy.getTargetDataSource() : null;
        return target != null && dataSource instanceof TransactionAwareDataSourceProxy ? own(target) : dataSource;
    }

    /**
     * The same in the name of a person or program, which the history keeps; required where payments are under four eyes.
     *
     * @param who who pays
     * @return payouts by that actor
     */
    public TransactionalPayouts by(Actor who) {
        return new TransactionalPayouts(payouts, dataSource, who);
    }

    /**
     * {@link #pay(PayoutRequest, String, Confirmation)} with {@link Confirmation#AUTOMATIC}.
     *
     * @param request what to pay
     * @param account the account's name in the properties
     * @return the payout as it is stored, or outside of a transaction as it is now
     * @throws IllegalStateException as {@link #pay(PayoutRequest, String, Confirmation)} says; nothing was stored
     * @throws IllegalArgumentException as {@link #pay(PayoutRequest, String, Confirmation)} says; nothing was stored
     * @throws org.unipayout.UnsupportedPayoutException if the provider does not do this; nothing was stored
     * @throws org.unipayout.journal.PayoutConflictException if the reference is stored with other content
     * @throws JournalException if the database or the vault fails
     */
    public PayoutRecord pay(PayoutRequest request, String account) {
        return pay(request, account, Confirmation.AUTOMATIC);
    }

    /**
     * Pays, or within a transaction stores the intent.
     *
     * @param request what to pay
     * @param account the account's name in the properties
     * @param confirmation who confirms, where the provider waits for it
     * @return the payout as it is stored, or outside of a transaction as it is now; look at its status
     * @throws IllegalStateException if a transaction runs that is not on the journal's data source, or is read-only; nothing was stored
     * @throws IllegalArgumentException if the account is not known or would not take the request, or within a transaction the
     *     recipient is a card number and there is no vault to store it in; nothing was stored
     * @throws org.unipayout.UnsupportedPayoutException if the provider does not do this; nothing was stored
     * @throws org.unipayout.journal.PayoutConflictException if the reference is stored with other content
     * @throws JournalException if the database or the vault fails
     */
    public PayoutRecord pay(PayoutRequest request, String account, Confirmation confirmation) {
        boolean running = TransactionSynchronizationManager.isActualTransactionActive();
        if (TransactionSynchronizationManager.getResource(dataSource) == null) {
            if (running) {
                throw new IllegalStateException(
                        "transaction: the running one is not on the journal's DataSource, so the payout"
                                + " could not be stored with it; pay under a transaction manager of that DataSource, or outside of"
                                + " a transaction");
            }
            return alone(request, account, confirmation);
        }
        return besideWhatIsBound(running, request, account, confirmation);
    }

    private PayoutRecord besideWhatIsBound(
            boolean running, PayoutRequest request, String account, Confirmation confirmation) {
        Connection connection = DataSourceUtils.getConnection(dataSource);
        try {
            if (connection.getAutoCommit() == running) {
                throw new IllegalStateException("transaction: the thread's connection of the journal's DataSource has"
                        + " auto-commit "
                        + (running
                                ? "on, so it is not in the running transaction"
                                : "off outside of a transaction, so nobody would commit it"));
            }
            if (running) {
                return within(connection, request, account, confirmation);
            }
        } catch (SQLException e) {
            throw new JournalException(
                    "journal: the transaction's connection cannot be used [SQL state " + e.getSQLState() + "]");
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
        return alone(request, account, confirmation);
    }

    private PayoutRecord within(
            Connection connection, PayoutRequest request, String account, Confirmation confirmation) {
        if (TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
            throw new IllegalStateException("transaction: is read-only; a payout is stored in it");
        }
        return actor == null
                ? payouts.pay(connection, request, account, confirmation)
                : payouts.by(actor).pay(connection, request, account, confirmation);
    }

    private PayoutRecord alone(PayoutRequest request, String account, Confirmation confirmation) {
        return actor == null
                ? payouts.pay(request, account, confirmation)
                : payouts.by(actor).pay(request, account, confirmation);
    }

    @Override
    public String toString() {
        return "TransactionalPayouts[" + (actor == null ? "" : "by " + actor) + "]";
    }
}
