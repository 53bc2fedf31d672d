package org.unipayout.spring;

import java.util.LinkedHashMap;
import java.util.Map;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutException;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Attention;
import org.unipayout.journal.PayoutCounts;
import org.unipayout.journal.Payouts;

/**
 * Up while the journal's database answers: payouts that are unknown or flagged need a person and no restart, so they are told and
 * do not make it down. Providers are called only where the merchant wants it. Boot 3 and 4 have a type each for what they ask.
 */
final class JournalHealth {
    /** What the indicator of either Boot says if the journal throws. */
    static final String UNREADABLE = "The journal cannot be read";

    private final Payouts payouts;
    private final Map<String, PayoutClient> asked;

    JournalHealth(Payouts payouts, Map<String, PayoutClient> asked) {
        this.payouts = payouts;
        this.asked = asked;
    }

    /**
     * What both Boots tell.
     *
     * @param up whether nothing is wrong that a restart or another machine would mend
     * @param details what stands beside it
     */
    record Answer(boolean up, Map<String, Object> details) {}

    Answer answer() {
        PayoutCounts counts = payouts.counts();
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("open", total(counts.open()));
        details.put("unknown", counts.open().getOrDefault(PayoutStatus.UNKNOWN, 0L));
        details.put("needingAttention", total(counts.attention()));
        details.put("listenerFailures", counts.attention().getOrDefault(Attention.LISTENER_FAILED, 0L));
        if (counts.oldestUnknown() != null) {
            details.put("oldestUnknown", counts.oldestUnknown().toString());
        }
        Map<String, Boolean> answers = new LinkedHashMap<>();
        asked.forEach((account, client) -> answers.put(account, answers(client)));
        if (!asked.isEmpty()) {
            details.put("providersAnswer", answers);
        }
        return new Answer(!answers.containsValue(false), details);
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
