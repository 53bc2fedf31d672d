package org.unipayout.spring;

import jakarta.servlet.http.HttpServletRequest;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.web.servlet.DispatcherServlet;
import org.unipayout.journal.Payouts;

/** The address that providers notify, in a servlet application with Spring MVC. */
@AutoConfiguration(after = JournalAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({DispatcherServlet.class, HttpServletRequest.class})
@ConditionalOnBean({Accounts.class, Payouts.class})
@ConditionalOnProperty(name = "unipayout.webhooks.enabled", havingValue = "true", matchIfMissing = true)
final class WebhookAutoConfiguration {
    @Bean
    WebhookController unipayoutWebhookController(
            Payouts payouts, UnipayoutProperties properties, ObjectProvider<Refusals> refusals) {
        return new WebhookController(
                payouts, (int) properties.webhooks().maxSize().toBytes(), refusals.getIfAvailable(() -> account -> {}));
    }
}
