package org.unipayout.spring;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.context.annotation.Bean;
import org.unipayout.journal.PayoutListener;
import org.unipayout.journal.Payouts;

/** What dashboards see of the journal. */
@AutoConfiguration(
        after = JournalAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        },
        beforeName =
                "org.springframework.boot.actuate.autoconfigure.metrics.web.servlet.WebMvcMetricsAutoConfiguration")
@ConditionalOnClass(MeterRegistry.class)
@ConditionalOnBean({Accounts.class, Payouts.class, MeterRegistry.class})
final class MetricsAutoConfiguration {
    @Bean
    JournalMeters unipayoutMeters(Payouts payouts) {
        return new JournalMeters(payouts);
    }

    @Bean
    ClientDecorator unipayoutCallMeter(MeterRegistry registry) {
        return (account, client) -> new MeteredClient(account, client, registry);
    }

    @Bean
    PayoutListener unipayoutTimeToFinal(Payouts payouts, MeterRegistry registry) {
        return new TimeToFinal(payouts, registry);
    }

    @Bean
    Refusals unipayoutRefusals(Accounts accounts, MeterRegistry registry) {
        return account -> Counter.builder("unipayout.webhooks.refused")
                .description("Notifications that were not taken, because of their sender, form or size")
                .tag("account", accounts.names().contains(account) ? account : "other")
                .register(registry)
                .increment();
    }
}
