package org.unipayout.spring;

import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.unipayout.PayoutClient;
import org.unipayout.journal.Payouts;

/** What operators see of the journal. */
@AutoConfiguration(after = JournalAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(Accounts.class)
final class ActuatorAutoConfiguration {
    private static final Pattern SETTING = Pattern.compile("unipayoutaccounts.*(?<!provider)");

    /** The endpoints "env" and "configprops" show values where the merchant lets them; never those of accounts. */
    @Bean
    static SanitizingFunction unipayoutSanitizer() {
        return data -> SETTING.matcher(Account.letters(data.getKey())).matches() ? data.withValue("******") : data;
    }

    @Bean
    @ConditionalOnBean(Payouts.class)
    @ConditionalOnMissingBean
    @ConditionalOnAvailableEndpoint
    PayoutsEndpoint payoutsEndpoint(Payouts payouts) {
        return new PayoutsEndpoint(payouts);
    }

    /** Apart, because a later Boot has another type for it. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(AbstractHealthIndicator.class)
    static final class HealthConfiguration {
        @Bean
        @ConditionalOnBean(Payouts.class)
        @ConditionalOnProperty(
                name = "management.health.unipayout.enabled",
                havingValue = "true",
                matchIfMissing = true)
        JournalHealth unipayoutHealthIndicator(
                Payouts payouts, Accounts accounts, UnipayoutProperties properties, BeanFactory beans) {
            Map<String, PayoutClient> asked =
                    properties.health().callProviders() ? accounts.thatTellBalance(beans) : Map.of();
            return new JournalHealth(payouts, asked);
        }
    }
}
