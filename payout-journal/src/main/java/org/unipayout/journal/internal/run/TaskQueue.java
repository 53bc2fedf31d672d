package org.unipayout.journal.internal.run;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.jdbc.DefaultJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.shaded.jdbc.SQLRuntimeException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.journal.internal.store.PostgreSql;
import org.unipayout.journal.internal.store.Store;

/** The tasks of open payouts: one per payout, named by its reference. */
final class TaskQueue {
    private static final Logger LOG = LoggerFactory.getLogger(TaskQueue.class);

    private final Task<Void> task;

    TaskQueue(Task<Void> task) {
        this.task = task;
    }

    /**
     * Makes sure that a worker looks at the payout at an instant, within the caller's transaction.
     *
     * @return false if somebody else scheduled it in the same moment; the transaction is then good for nothing more
     */
    boolean schedule(Connection connection, String reference, Instant at) throws SQLException {
        SchedulerClient client = SchedulerClient.Builder.create(Database.borrowed(connection), task)
                .tableName(Store.TASK_TABLE)
                .jdbcCustomization(dialect(connection))
                .build();
        try {
            return client.scheduleIfNotExists(task.instance(reference), at)
                    || client.reschedule(TaskInstanceId.of(Store.TASK_NAME, reference), at);
        } catch (TaskInstanceCurrentlyExecutingException e) {
            return true; // A worker is at it now; before it lets go it looks for news that came meanwhile.
        } catch (DbSchedulerException | SQLRuntimeException e) {
            LOG.debug("A task was scheduled by two at the same time", e);
            return false;
        }
    }

    /** The scheduler would find it out by itself, and write two lines into the log each time. */
    private static JdbcCustomization dialect(Connection connection) throws SQLException {
        return PostgreSql.isBehind(connection)
                ? new PostgreSqlJdbcCustomization(false, false)
                : new DefaultJdbcCustomization(false);
    }
}
