package org.unipayout.spring;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutException;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Attention;
import org.unipayout.journal.PayoutCounts;
import org.unipayout.journal.Payouts;

/**
 * Up while the journal's database answers: payouts that are unknown or flagged need a person and no restart, so they are told and
 * do not make it down. Providers are called only where the merchant wants it.
 */
final class JournalHealth extends AbstractHealthIndicator {
    private final Payouts payouts;
    private final Map<String, PayoutClient> asked;

    JournalHealth(Payouts payouts, Map<String, PayoutClient> asked) {
        super("The journal cannot be read");
        this.payouts = payouts;
        this.asked = asked;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        PayoutCounts counts = payouts.counts();
        builder.up()
                .withDetail("open", total(counts.open()))
                .withDetail("unknown", counts.open().getOrDefault(PayoutStatus.UNKNOWN, 0L))
                .withDetail("needingAttention", total(counts.attention()))
                .withDetail("listenerFailures", counts.attention().getOrDefault(Attention.LISTENER_FAILED, 0L));
        if (counts.oldestUnknown() != null) {
            builder.withDetail("oldestUnknown", counts.oldestUnknown().toString());
        }
        if (!asked.isEmpty()) {
            Map<String, Boolean> answers = new LinkedHashMap<>();
            asked.forEach((account, client) -> answers.put(account, answers(client)));
            builder.withDetail("providersAnswer", answers);
            if (answers.containsValue(false)) {
                builder.down();
            }
        }
    }

    private static long total(Map<?, Long> counts) {
        return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private static boolean answers(PayoutClient client) {
        try {
            client.balance();
            return true;
        } catch (PayoutException e) {
            return false;
        }
    }
}
