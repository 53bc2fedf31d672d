package org.unipayout.spring;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;
import org.unipayout.WebhookRequest;

/**
 * What a merchant sets; prints no setting of an account.
 *
 * @param enabled whether anything of this is set up
 * @param accounts merchant accounts by the name that is stored with each of their payouts, so never change one. Each has a
 *     "provider", such as ioka, and that provider's own settings, such as base-url and api-key
 * @param journal the durable payouts on the application's DataSource
 * @param webhooks the address that providers notify
 * @param health what the health of the journal is made of
 */
@ConfigurationProperties("unipayout")
record UnipayoutProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue Map<String, Map<String, String>> accounts,
        @DefaultValue Journal journal,
        @DefaultValue Webhooks webhooks,
        @DefaultValue Health health) {

    /**
     * The durable payouts.
     *
     * @param schema who makes the tables
     * @param node the name of this process among those that share the database; a process that starts again under its old name
     *     carries its payouts on at once. A random one unless set
     * @param attentionAfter when an open payout is flagged as overdue
     * @param closeWithin how long workers may take to stop; shorter than spring.lifecycle.timeout-per-shutdown-phase
     * @param worker what carries payouts on
     */
    record Journal(
            @DefaultValue("create") Schema schema,
            @Nullable String node,
            @DefaultValue("24h") Duration attentionAfter,
            @DefaultValue("20s") Duration closeWithin,
            @DefaultValue Worker worker) {

        Journal {
            check(isPositive(attentionAfter), "journal.attention-after", "must be more than zero", "24h");
            check(isPositive(closeWithin), "journal.close-within", "must be more than zero", "20s");
        }
    }

    /** Who makes the journal's tables. */
    enum Schema {
        /** The journal. */
        CREATE,
        /** Flyway, with a history table of their own. */
        FLYWAY,
        /** Liquibase, with a table of changes of their own. */
        LIQUIBASE,
        /** Somebody else, before workers start. */
        NONE
    }

    /**
     * What carries payouts on.
     *
     * @param enabled whether this process does; some process has to
     * @param threads how many payouts are worked on at a time
     * @param pollingInterval how often the queue is looked at
     */
    record Worker(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("10") int threads,
            @DefaultValue("1s") Duration pollingInterval) {

        Worker {
            check(threads > 0, "journal.worker.threads", "must be at least 1", "10");
            check(isPositive(pollingInterval), "journal.worker.polling-interval", "must be more than zero", "1s");
        }
    }

    /**
     * The address that providers notify.
     *
     * @param enabled whether there is one
     * @param path what stands before the account's name
     * @param maxSize the longest notification that is taken, at most 1MB
     */
    record Webhooks(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("/unipayout/webhooks") String path,
            @DefaultValue("1MB") DataSize maxSize) {

        Webhooks {
            check(
                    maxSize.toBytes() > 0 && maxSize.toBytes() <= WebhookRequest.MAX_BYTES,
                    "webhooks.max-size",
                    "must be from 1B to 1MB",
                    "64KB");
            check(
                    path.startsWith("/") && !path.endsWith("/"),
                    "webhooks.path",
                    "must begin with a slash, and end without",
                    "/payouts/notified");
        }
    }

    /**
     * What the health of the journal is made of.
     *
     * @param callProviders whether providers that tell a balance are asked for it, each time, to see that they answer
     */
    record Health(@DefaultValue("false") boolean callProviders) {}

    private static boolean isPositive(Duration value) {
        return !value.isNegative() && !value.isZero();
    }

    private static void check(boolean good, String property, String reason, String example) {
        if (!good) {
            throw new PropertyException("unipayout." + property, reason, "unipayout." + property + "=" + example);
        }
    }

    @Override
    public String toString() {
        return "UnipayoutProperties[accounts " + accounts.keySet() + "]";
    }
}
