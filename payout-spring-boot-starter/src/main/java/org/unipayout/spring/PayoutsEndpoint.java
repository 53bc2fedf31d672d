package org.unipayout.spring;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;
import org.springframework.boot.actuate.endpoint.annotation.Selector;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Attention;
import org.unipayout.journal.PayoutCounts;
import org.unipayout.journal.Payouts;

/** What is stored, for operators. Only reads, and asks no provider. */
@Endpoint(id = "payouts")
final class PayoutsEndpoint {
    private static final Locale RUSSIAN = Locale.forLanguageTag("ru");

    private final Payouts payouts;

    PayoutsEndpoint(Payouts payouts) {
        this.payouts = payouts;
    }

    /** How many are where, and those that a person should look at. */
    record Overview(
            Map<PayoutStatus, Long> open,
            Map<Attention, Long> attention,
            List<PayoutView> needingAttention,
            List<String> unreadable) {}

    /** One payout with what happened, step by step and with proof, by language. */
    record Explained(PayoutView payout, Map<String, List<String>> explain) {}

    @ReadOperation
    Overview overview() {
        PayoutCounts counts = payouts.counts();
        return new Overview(
                counts.open(),
                counts.attention(),
                payouts.needingAttention().map(PayoutView::of).toList(),
                payouts.unreadable());
    }

    @ReadOperation
    @Nullable Explained payout(@Selector String reference) {
        return payouts.stored(reference)
                .map(record -> new Explained(
                        PayoutView.of(record),
                        Map.of("en", lines(reference, Locale.ENGLISH), "ru", lines(reference, RUSSIAN))))
                .orElse(null);
    }

    private List<String> lines(String reference, Locale locale) {
        return payouts.explain(reference, locale).orElse("").lines().toList();
    }
}
