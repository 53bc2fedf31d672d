package org.unipayout.examples.cashierweb;

import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AuthorizeHttpRequestsConfigurer;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Who may do what. What is not named here is refused. */
@Configuration(proxyBeanMethods = false)
class Access {
    /** Asks for a payout. */
    static final String PAY = "PAY";
    /** Lets one go that waits, ends it, or sends it again. */
    static final String CONFIRM = "CONFIRM";
    /** Says by a statement how one ended. */
    static final String SETTLE = "SETTLE";
    /** Sees totals and takes files. */
    static final String BOOKS = "BOOKS";

    private static final String WEBHOOKS = "/unipayout/webhooks/**";
    private static final String POLICY = "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self';"
            + " img-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    @Bean
    SecurityFilterChain pages(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(Access::rights)
                .formLogin(form -> form.loginPage("/login").defaultSuccessUrl("/payouts"))
                .logout(logout -> logout.logoutSuccessUrl("/login"))
                // A provider has no session; its signature proves it.
                .csrf(csrf -> csrf.ignoringRequestMatchers(WEBHOOKS))
                .headers(headers -> headers.contentSecurityPolicy(policy -> policy.policyDirectives(POLICY))
                        .referrerPolicy(policy -> policy.policy(ReferrerPolicy.SAME_ORIGIN)))
                .build();
    }

    @Bean
    UserDetailsService users(Shop shop) {
        return new InMemoryUserDetailsManager(shop.users().entrySet().stream()
                .map(user -> User.withUsername(user.getKey())
                        .password(user.getValue().password())
                        .roles(user.getValue().roles().toArray(String[]::new))
                        .build())
                .toList());
    }

    private static void rights(
            AuthorizeHttpRequestsConfigurer<HttpSecurity>.AuthorizationManagerRequestMatcherRegistry pages) {
        pages.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                .permitAll()
                .requestMatchers(HttpMethod.POST, WEBHOOKS)
                .permitAll()
                .requestMatchers("/login", "/thanks", "/cashier.css", "/cashier.js", "/icon.svg", "/error")
                .permitAll()
                .requestMatchers("/pay")
                .hasRole(PAY)
                .requestMatchers("/payout/confirm", "/payout/cancel", "/payout/resubmit")
                .hasRole(CONFIRM)
                .requestMatchers("/payout/settle")
                .hasRole(SETTLE)
                .requestMatchers("/books", "/books.csv")
                .hasRole(BOOKS)
                .requestMatchers("/", "/payouts", "/payout", "/payout/ask", "/inbox")
                .authenticated()
                .anyRequest()
                .denyAll();
    }
}
