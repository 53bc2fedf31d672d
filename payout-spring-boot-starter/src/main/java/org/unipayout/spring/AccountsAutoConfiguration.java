package org.unipayout.spring;

import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;

/** A client for each merchant account of the properties. */
@AutoConfiguration
@ConditionalOnProperty(name = "unipayout.enabled", havingValue = "true", matchIfMissing = true)
@EnableConfigurationProperties(UnipayoutProperties.class)
@Import(Accounts.Clients.class)
final class AccountsAutoConfiguration {
    @Bean(Accounts.BEAN)
    Accounts unipayoutAccounts(Environment environment) {
        return new Accounts(environment);
    }
}
