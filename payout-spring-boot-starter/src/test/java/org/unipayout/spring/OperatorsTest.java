package org.unipayout.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.spring.Setup.request;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.springframework.boot.actuate.endpoint.SanitizableData;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.web.servlet.DispatcherServlet;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Attention;
import org.unipayout.journal.Payouts;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.testkit.FakePayoutClient;
import org.unipayout.testkit.MovableClock;
import org.unipayout.testkit.WebhookOutbox.Notification;

/** Health, metrics, endpoint and the address of notifications: when they are there, and what they say. */
class OperatorsTest {
    @RegisterExtension
    static final IokaSimulator IOKA = IokaSimulator.start();

    @Configuration(proxyBeanMethods = false)
    static class Meters {
        @Bean
        MeterRegistry meters() {
            return new SimpleMeterRegistry();
        }
    }

    private final ApplicationContextRunner application = Setup.application()
            .withPropertyValues(Setup.account("ioka", IOKA))
            .withPropertyValues("management.endpoints.web.exposure.include=*");

    private final WebApplicationContextRunner web = new WebApplicationContextRunner()
            .withConfiguration(Setup.OURS)
            .withConfiguration(Setup.JDBC)
            .withPropertyValues(Setup.database())
            .withPropertyValues(Setup.account("ioka", IOKA))
            .withPropertyValues("management.endpoints.web.exposure.include=*");

    @Test
    void metrics_withoutARegistry_areNotThere() {
        application.run(context -> assertThat(context)
                .hasSingleBean(Payouts.class)
                .doesNotHaveBean(JournalMeters.class)
                .doesNotHaveBean(ClientDecorator.class));
        application
                .withUserConfiguration(Meters.class)
                .run(context -> assertThat(context).hasSingleBean(JournalMeters.class));
        application
                .withClassLoader(new FilteredClassLoader("io.micrometer"))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(JournalMeters.class));
    }

    @Test
    void actuator_notThere_noHealthAndNoEndpoint() {
        application
                .withClassLoader(new FilteredClassLoader(Endpoint.class))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .hasSingleBean(Payouts.class)
                        .doesNotHaveBean("unipayoutHealthIndicator")
                        .doesNotHaveBean(PayoutsEndpoint.class));
        application
                .withPropertyValues("management.health.unipayout.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean("unipayoutHealthIndicator"));
    }

    @Test
    void webhooks_onlyInAServletApplication_andUnlessSwitchedOff() {
        application.run(context -> assertThat(context).doesNotHaveBean(WebhookController.class));
        web.run(context ->
                assertThat(context).hasSingleBean(WebhookController.class).hasSingleBean(PayoutsEndpoint.class));
        web.withPropertyValues("unipayout.webhooks.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(WebhookController.class));
        web.withClassLoader(new FilteredClassLoader(DispatcherServlet.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(WebhookController.class));
    }

    @Test
    void webhook_databaseFails_isAnsweredSoThatTheProviderRepeatsIt() {
        web.run(context -> {
            WebhookController controller = context.getBean(WebhookController.class);
            Notification signed = IOKA.signed("{\"event\":\"TRANSFER_APPROVED\"}".getBytes(StandardCharsets.UTF_8))
                    .orElseThrow();
            MockHttpServletRequest request = new MockHttpServletRequest();
            signed.headers().forEach(request::addHeader);
            request.setContent(signed.body());
            assertThat(controller.notified("ioka", request).getStatusCode().value())
                    .isEqualTo(200);

            context.getBean(HikariDataSource.class).close();

            request.setContent(signed.body());
            assertThat(controller.notified("ioka", request).getStatusCode().value())
                    .isEqualTo(503);
        });
    }

    @Test
    void health_tellsWhatIsOpen_isDownOnlyWithoutTheDatabase_andCallsNobody() {
        application.run(context -> {
            Setup.Health health = Setup.Health.of(context);
            assertThat(health.status()).isEqualTo("UP");
            assertThat(health.details())
                    .isEqualTo(Map.of("open", 0L, "unknown", 0L, "needingAttention", 0L, "listenerFailures", 0L));
            assertThat(IOKA.requests()).isEmpty();

            context.getBean(HikariDataSource.class).close();

            assertThat(Setup.Health.of(context).status()).isEqualTo("DOWN");
        });
    }

    @Test
    void health_providersAreCalledIfWanted_andOneThatDoesNotAnswerIsDown() {
        String[] orders = Setup.account("orders", IOKA);
        application
                .withPropertyValues(orders)
                .withPropertyValues(
                        "unipayout.accounts.orders.provider=ioka-payout-orders", "unipayout.health.call-providers=true")
                .run(context -> {
                    Setup.Health health = Setup.Health.of(context);
                    assertThat(health.details()).containsEntry("providersAnswer", Map.of("orders", true));
                    assertThat(health.status()).isEqualTo("UP");
                    assertThat(IOKA.requests()).hasSize(1);
                });
        application
                .withPropertyValues(orders)
                .withPropertyValues(
                        "unipayout.accounts.orders.provider=ioka-payout-orders",
                        "unipayout.accounts.orders.api-key=" + "0".repeat(64),
                        "unipayout.health.call-providers=true")
                .run(context -> {
                    Setup.Health health = Setup.Health.of(context);
                    assertThat(health.details()).containsEntry("providersAnswer", Map.of("orders", false));
                    assertThat(health.status()).isEqualTo("DOWN");
                });
    }

    @Test
    void sanitizer_masksEverySettingOfAnAccount_howeverItIsSpelled() {
        application.run(context -> {
            SanitizingFunction sanitizer = context.getBean(SanitizingFunction.class);
            for (String key : new String[] {
                "unipayout.accounts.ioka.api-key",
                "UNIPAYOUT_ACCOUNTS_IOKA_APIKEY",
                "unipayout.accounts[ioka].webhookKey"
            }) {
                assertThat(sanitizer
                                .apply(new SanitizableData(null, key, "secret"))
                                .getValue())
                        .isEqualTo("******");
            }
            for (String key : new String[] {"unipayout.accounts.ioka.provider", "unipayout.journal.schema"}) {
                assertThat(sanitizer
                                .apply(new SanitizableData(null, key, "shown"))
                                .getValue())
                        .isEqualTo("shown");
            }
        });
    }

    @Test
    void meters_tellWhatIsUnknownAndSinceWhen_withOneLookEachFiveSeconds() {
        FakePayoutClient provider = new FakePayoutClient();
        application
                .withPropertyValues("unipayout.journal.worker.enabled=false")
                .withBean(PayoutsCustomizer.class, () -> builder -> builder.provider("fake", provider))
                .run(context -> {
                    MovableClock clock = MovableClock.standingAt(Instant.now());
                    SimpleMeterRegistry registry = new SimpleMeterRegistry();
                    JournalMeters meters = new JournalMeters(context.getBean(Payouts.class), clock);
                    meters.bindTo(registry);
                    assertThat(unknown(registry)).isZero();

                    provider.nextAnswerIsLost();
                    context.getBean(Payouts.class).pay(request("unknown-1"), "fake");
                    new JdbcTemplate(context.getBean(DataSource.class))
                            .update("update payout_journal set attention = 'OVERDUE'");

                    assertThat(unknown(registry)).isZero(); // what was read is kept for a moment
                    clock.advance(Duration.ofMinutes(10));
                    assertThat(unknown(registry)).isOne();
                    assertThat(registry.get("unipayout.payouts.unknown.age")
                                    .timeGauge()
                                    .value(TimeUnit.SECONDS))
                            .isBetween(300.0, 600.0);
                    assertThat(registry.get("unipayout.payouts.attention")
                                    .tag("kind", Attention.OVERDUE.name())
                                    .gauge()
                                    .value())
                            .isOne();
                });
    }

    private static double unknown(SimpleMeterRegistry registry) {
        return registry.get("unipayout.payouts.open")
                .tag("status", PayoutStatus.UNKNOWN.name())
                .gauge()
                .value();
    }

    /** An exception in place of an answer would say that no money moved. */
    @Test
    void meteredClient_registryThatThrows_answersAllTheSame() {
        FakePayoutClient provider = new FakePayoutClient();
        MeterRegistry broken = new SimpleMeterRegistry() {
            @Override
            protected Timer newTimer(Meter.Id id, DistributionStatisticConfig config, PauseDetector pauses) {
                throw new IllegalArgumentException("such a meter has other tags");
            }
        };
        PayoutClient metered = new MeteredClient("fake", provider, broken);

        PayoutRef ref = metered.prepare(request("metered-1")).ref();
        assertThat(metered.submit(ref, request("metered-1")).status()).isEqualTo(PayoutStatus.SUCCEEDED);

        provider.nextSubmitIsNotSent();
        PayoutRef other = metered.prepare(request("metered-2")).ref();
        assertThatThrownBy(() -> metered.submit(other, request("metered-2")))
                .isInstanceOf(PayoutNotSentException.class);
    }

    @Test
    void meteredClient_countsByWhatACallEndedIn() {
        FakePayoutClient provider = new FakePayoutClient();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        PayoutClient metered = new MeteredClient("fake", provider, registry);

        PayoutRef ref = metered.prepare(request("metered-1")).ref();
        provider.nextSubmitIsNotSent();
        assertThatThrownBy(() -> metered.submit(ref, request("metered-1"))).isInstanceOf(PayoutNotSentException.class);
        metered.submit(ref, request("metered-1"));

        assertThat(registry.get("unipayout.calls")
                        .tag("ending", "PayoutNotSentException")
                        .timer()
                        .count())
                .isOne();
        assertThat(registry.get("unipayout.calls")
                        .tag("ending", "SUCCEEDED")
                        .tag("operation", "SUBMIT")
                        .timer()
                        .count())
                .isOne();
        assertThat(metered.capabilities()).isSameAs(provider.capabilities());
        metered.close();
        assertThat(provider.prepare(request("still-open")).status()).isEqualTo(PayoutStatus.PREPARED);
    }
}
