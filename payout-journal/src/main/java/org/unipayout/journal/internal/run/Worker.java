package org.unipayout.journal.internal.run;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.journal.internal.store.Store;
import org.unipayout.journal.internal.store.Stored;

/** Works through the queue in the background, on as many machines as share the database. */
public final class Worker implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Worker.class);
    private static final Duration HEARTBEAT = Duration.ofSeconds(5);
    private static final int MISSED_HEARTBEATS = 4;
    private static final Duration SWEEP = Duration.ofMinutes(1);

    private final Scheduler scheduler;
    private final ScheduledExecutorService sweeper;
    private final Duration closeWithin;

    private Worker(Scheduler scheduler, ScheduledExecutorService sweeper, Duration closeWithin) {
        this.scheduler = scheduler;
        this.sweeper = sweeper;
        this.closeWithin = closeWithin;
    }

    public static Worker start(
            Engine engine, Task<Void> task, Runnable sweep, String node, int threads, Duration pollingInterval) {
        SchedulerBuilder builder = Scheduler.create(engine.database().dataSource(), List.of(task))
                .tableName(Store.TASK_TABLE)
                .schedulerName(new SchedulerName.Fixed(node))
                .clock(engine.settings()::now)
                .threads(threads)
                .pollingInterval(pollingInterval)
                .heartbeatInterval(HEARTBEAT)
                .missedHeartbeatsLimit(MISSED_HEARTBEATS)
                .shutdownMaxWait(engine.settings().closeWithin().dividedBy(2)); // once before an interrupt, once after
        Scheduler scheduler = builder.build();
        scheduler.start();
        return new Worker(
                scheduler,
                sweeping(sweep, engine.settings().longestPause()),
                engine.settings().closeWithin());
    }

    /** The queue cannot guard itself: each machine looks after it by a timer of its own, which no row and no clock can stop. */
    private static ScheduledExecutorService sweeping(Runnable sweep, Duration longestPause) {
        ScheduledExecutorService sweeper = Executors.newSingleThreadScheduledExecutor(work -> {
            Thread thread = new Thread(work, "payout-sweep");
            thread.setDaemon(true);
            return thread;
        });
        Duration pause = longestPause.compareTo(SWEEP) < 0 ? longestPause : SWEEP;
        ScheduledFuture<?> untilClosed =
                sweeper.scheduleWithFixedDelay(() -> sweepOnce(sweep), 0, pause.toNanos(), TimeUnit.NANOSECONDS);
        LOG.debug("The queue is looked after every {}: {}", pause, !untilClosed.isDone());
        return sweeper;
    }

    private static void sweepOnce(Runnable sweep) {
        try {
            sweep.run();
        } catch (RuntimeException e) {
            LOG.debug("The queue could not be looked after; it is tried again", e);
        }
    }

    /** The task of one payout: it comes again when the payout says so, and goes when nothing remains. */
    static Task<Void> task(Engine engine, SweepOne sweepOne) {
        return Tasks.custom(Store.TASK_NAME, Void.class)
                .onDeadExecutionRevive()
                .onFailureReschedule(FixedDelay.of(Duration.ofSeconds(30)))
                .execute((instance, context) -> {
                    Optional<Engine.Carried> carried = engine.carry(instance.getId(), Engine.Trigger.DUE, null);
                    if (Thread.interrupted()) {
                        LOG.debug("A call was interrupted by closing; what it ended as is stored");
                    }
                    if (carried.isEmpty()) {
                        return rescheduled(engine.soon());
                    }
                    Stored left = carried.get().payout();
                    Instant next = carried.get().next();
                    return next != null
                            ? rescheduled(next)
                            : (complete, operations) -> {
                                operations.remove();
                                // What came meanwhile could not schedule a task that was running.
                                sweepOne.sweep(left);
                            };
                });
    }

    /** Schedules a task for one payout if there is news that none stands for, since it was left as it is here. */
    @FunctionalInterface
    interface SweepOne {
        void sweep(Stored left);
    }

    private static CompletionHandler<Void> rescheduled(Instant next) {
        return (complete, operations) -> operations.reschedule(complete, next);
    }

    /** The scheduler's own stop has several waits, one after the other, and a database that hangs prolongs each. */
    @Override
    public void close() {
        long deadline = System.nanoTime() + closeWithin.toNanos();
        sweeper.shutdown();
        Thread stopping = new Thread(scheduler::stop, "payout-close");
        stopping.setDaemon(true);
        stopping.start();
        try {
            TimeUnit.NANOSECONDS.timedJoin(stopping, deadline - System.nanoTime());
            if (stopping.isAlive() || !sweeper.awaitTermination(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
                LOG.debug("Not all work ended in time; whatever it still writes is fenced like another machine's");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
