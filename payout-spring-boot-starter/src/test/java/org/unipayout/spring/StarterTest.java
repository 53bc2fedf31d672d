package org.unipayout.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.unipayout.spring.Setup.request;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.transaction.annotation.Transactional;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Payouts;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.testkit.WebhookOutbox.Notification;

/** A whole shop, with web server, database and a simulated provider: what docs/spring-boot.md shows. */
@SpringBootTest(
        classes = StarterTest.Shop.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "spring.flyway.enabled=false",
            "spring.liquibase.enabled=false",
            "unipayout.journal.worker.polling-interval=100ms",
            "unipayout.webhooks.max-size=16KB",
            "management.endpoints.web.exposure.include=*",
            "management.endpoint.env.show-values=always",
            "management.endpoint.configprops.show-values=always",
            "management.endpoint.health.show-details=always"
        })
class StarterTest {
    @RegisterExtension
    static final IokaSimulator IOKA = IokaSimulator.start();

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    @LocalServerPort
    private int port;

    @Autowired
    private Invoices invoices;

    @Autowired
    private Payouts payouts;

    @Autowired
    private DataSource dataSource;

    @Autowired
    private MeterRegistry meters;

    @DynamicPropertySource
    static void account(DynamicPropertyRegistry registry) {
        registry.add("spring.datasource.url", () -> "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        registry.add("unipayout.accounts.ioka.provider", () -> "ioka");
        registry.add("unipayout.accounts.ioka.base-url", IOKA::baseUrl);
        registry.add("unipayout.accounts.ioka.api-key", IOKA::apiKey);
        registry.add("unipayout.accounts.ioka.webhook-key", IOKA::webhookKey);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Shop {
        @Bean
        Invoices invoices(DataSource dataSource, TransactionalPayouts payouts) {
            return new Invoices(new JdbcTemplate(dataSource), payouts);
        }
    }

    static class Invoices {
        private final JdbcTemplate jdbc;
        private final TransactionalPayouts payouts;

        Invoices(JdbcTemplate jdbc, TransactionalPayouts payouts) {
            this.jdbc = jdbc;
            this.payouts = payouts;
            jdbc.execute("create table invoice (id varchar primary key)");
        }

        @Transactional
        void approve(String id) {
            jdbc.update("insert into invoice values (?)", id);
            payouts.pay(request(id), "ioka");
        }

        @Transactional
        void approveInVain(String id) {
            payouts.pay(request(id), "ioka");
            jdbc.update("insert into no_such_table values (?)", id);
        }
    }

    private void waitFor(String reference, PayoutStatus status) {
        await().atMost(Duration.ofSeconds(30))
                .until(() -> payouts.stored(reference).orElseThrow().status() == status);
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return HTTP.send(HttpRequest.newBuilder(at(path)).build(), BodyHandlers.ofString());
    }

    private int post(String account, Notification notification, String contentType)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(at("/unipayout/webhooks/" + account))
                .POST(BodyPublishers.ofByteArray(notification.body()));
        notification.headers().forEach(request::setHeader);
        request.setHeader("Content-Type", contentType);
        return HTTP.send(request.build(), BodyHandlers.discarding()).statusCode();
    }

    private URI at(String path) {
        return URI.create("http://127.0.0.1:" + port + path);
    }

    @Test
    void transaction_commits_invoiceIsThere_andPaidOnce() {
        invoices.approve("order-1");

        waitFor("order-1", PayoutStatus.SUCCEEDED);
        IOKA.ledger().assertPaidExactlyOnce("order-1");
        assertThat(Setup.rows(dataSource, "invoice where id = 'order-1'")).isOne();
    }

    @Test
    void transaction_rollsBack_noRow_noCall() {
        assertThatThrownBy(() -> invoices.approveInVain("order-2")).hasMessageContaining("no_such_table");

        payouts.recoverNow();
        assertThat(payouts.stored("order-2")).isEmpty();
        assertThat(Setup.rows(dataSource, "payout_journal_task where task_instance = 'order-2'"))
                .isZero();
        IOKA.ledger().assertNotPaid("order-2");
        assertThat(IOKA.requests()).isEmpty();
    }

    @Test
    void notification_isTaken_inWhateverContentTypeItComes() throws Exception {
        IOKA.webhooks().hold();
        invoices.approve("order-3");
        waitFor("order-3", PayoutStatus.SUCCEEDED);
        Notification notification = IOKA.webhooks().created().get(0);

        assertThat(post("ioka", notification, "application/json")).isEqualTo(200);
        // A filter that reads parameters would have taken the body.
        assertThat(post("ioka", notification, "application/x-www-form-urlencoded"))
                .isEqualTo(200);

        assertThat(Setup.rows(dataSource, "payout_journal_webhook")).isPositive();
    }

    @Test
    void notification_thatCannotBeTrusted_isRefused_andCounted() throws Exception {
        byte[] body = "{\"event\":\"TRANSFER_APPROVED\"}".getBytes(StandardCharsets.UTF_8);
        Notification signed = IOKA.signed(body).orElseThrow();
        double before = refused();

        assertThat(post("ioka", new Notification(Map.of(), body), "application/json"))
                .isEqualTo(403);
        assertThat(post("ioka", new Notification(signed.headers(), new byte[16 * 1024 + 1]), "application/json"))
                .isEqualTo(413);
        assertThat(post("other", signed, "application/json")).isEqualTo(404);
        assertThat(post("ioka/verification", signed, "application/json")).isEqualTo(404); // it has no fence
        assertThat(get("/unipayout/webhooks/ioka").statusCode()).isEqualTo(405);

        assertThat(refused() - before).isEqualTo(2);
    }

    private double refused() {
        Counter refused =
                meters.find("unipayout.webhooks.refused").tag("account", "ioka").counter();
        return refused == null ? 0 : refused.count();
    }

    @Test
    void payout_isExplainedToOperators_andMeasured() throws Exception {
        invoices.approve("order-4");
        waitFor("order-4", PayoutStatus.SUCCEEDED);

        assertThat(get("/actuator/payouts").body()).contains("\"needingAttention\":[]");
        assertThat(get("/actuator/payouts/order-4").body())
                .contains("\"status\":\"SUCCEEDED\"", "\"account\":\"ioka\"", "\"amount\":\"150.00 KZT\"")
                .contains("UTC  ", "Выплата");
        assertThat(get("/actuator/payouts/no-such").statusCode()).isEqualTo(404);
        String details = "\"details\":\\{[^}]*\"unknown\":0[^}]*\\}";
        assertThat(get("/actuator/health").body()) // Boot 4 sorts
                .containsPattern(
                        "\"unipayout\":\\{(\"status\":\"UP\"," + details + "|" + details + ",\"status\":\"UP\")\\}");
        assertThat(get("/actuator/metrics/unipayout.calls?tag=operation:SUBMIT&tag=ending:SUCCEEDED&tag=account:ioka")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/actuator/metrics/unipayout.payouts.open").body()).contains("\"UNKNOWN\"");
        assertThat(get("/actuator/metrics/unipayout.payouts.attention").body()).contains("\"DECISION_NEEDED\"");
        await().atMost(Duration.ofSeconds(30))
                .until(() -> get("/actuator/metrics/unipayout.payouts.time.to.final?tag=status:SUCCEEDED")
                                .statusCode()
                        == 200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"env", "configprops", "payouts", "payouts/order-5", "health", "beans", "conditions", "mappings"})
    void actuator_showsNeitherKeysNorRecipients(String endpoint) throws Exception {
        payouts.pay(request("order-5"), "ioka");

        HttpResponse<String> answer = get("/actuator/" + endpoint);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .doesNotContain(IOKA.apiKey())
                .doesNotContain(IOKA.webhookKey())
                .doesNotContain(IokaSimulator.SAVED_VISA_ID);
        if (endpoint.equals("env")) {
            assertThat(answer.body()).contains("unipayout.accounts.ioka.api-key", "16KB"); // values are shown
        }
    }
}
