package org.unipayout.spring;

import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.actuate.autoconfigure.endpoint.condition.ConditionalOnAvailableEndpoint;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.unipayout.journal.Payouts;

/** What operators see of the journal. */
@AutoConfiguration(after = JournalAutoConfiguration.class)
@ConditionalOnClass({Endpoint.class, ConditionalOnAvailableEndpoint.class})
@ConditionalOnBean(Accounts.class)
final class ActuatorAutoConfiguration {
    private static final String BOOT_3 = "org.springframework.boot.actuate.health.AbstractHealthIndicator";
    private static final String BOOT_4 = "org.springframework.boot.health.contributor.AbstractHealthIndicator";
    private static final String HEALTH = "management.health.unipayout.enabled";
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

    private static JournalHealth health(
            Payouts payouts, Accounts accounts, UnipayoutProperties properties, BeanFactory beans) {
        return new JournalHealth(
                payouts, properties.health().callProviders() ? accounts.thatTellBalance(beans) : Map.of());
    }

    /** Each Boot has a type of its own for it, and lacks the other's. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = BOOT_3)
    @ConditionalOnMissingClass(BOOT_4)
    @ConditionalOnProperty(name = HEALTH, havingValue = "true", matchIfMissing = true)
    static final class HealthOfBoot3 {
        @Bean
        @ConditionalOnBean(Payouts.class)
        Boot3Health unipayoutHealthIndicator(
                Payouts payouts, Accounts accounts, UnipayoutProperties properties, BeanFactory beans) {
            return new Boot3Health(health(payouts, accounts, properties, beans));
        }
    }

    /** See {@link HealthOfBoot3}. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(name = BOOT_4)
    @ConditionalOnProperty(name = HEALTH, havingValue = "true", matchIfMissing = true)
    static final class HealthOfBoot4 {
        @Bean
        @ConditionalOnBean(Payouts.class)
        Boot4Health unipayoutHealthIndicator(
                Payouts payouts, Accounts accounts, UnipayoutProperties properties, BeanFactory beans) {
            return new Boot4Health(health(payouts, accounts, properties, beans));
        }
    }
}
