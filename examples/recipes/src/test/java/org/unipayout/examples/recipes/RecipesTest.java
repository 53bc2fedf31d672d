package org.unipayout.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.Money;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.http.HttpOptions;
import org.unipayout.ioka.IokaOptions;
import org.unipayout.ioka.IokaPayoutClient;
import org.unipayout.journal.Actor;
import org.unipayout.journal.PayoutRecord;
import org.unipayout.journal.Payouts;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.testkit.FakePayoutClient;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.Scenario;

/** Each recipe does what its page says, and the page shows the program that was run. */
class RecipesTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "recipes.md");
    private static final Path PROGRAMS = Path.of("src", "main", "java", "org", "unipayout", "examples", "recipes");

    private static final Path TESTS = Path.of("src", "test", "java", "org", "unipayout", "examples", "recipes");

    @RegisterExtension
    static final IokaSimulator IOKA = IokaSimulator.start();

    private final DataSource database = database();

    private static DataSource database() {
        JdbcDataSource database = new JdbcDataSource();
        database.setURL("jdbc:h2:mem:" + System.nanoTime() + ";DB_CLOSE_DELAY=-1");
        return database;
    }

    private static PayoutRequest request(String reference) {
        return PayoutRequest.builder(
                        reference,
                        Money.ofMinor(15000, "KZT"),
                        new Recipient.SavedCard(IOKA.savedCard().orElseThrow()))
                .build();
    }

    @Test
    void page_showsThePrograms() throws IOException {
        List<String> programs = new ArrayList<>();
        for (Path folder : List.of(PROGRAMS, TESTS)) {
            try (Stream<Path> files = Files.list(folder)) {
                files.forEach(file -> programs.addAll(found("// snippet: \\S+\n(.*?)\n *// end", file)));
            }
        }

        assertThat(found("```java\n(.*?)\n```", PAGE)).isNotEmpty().containsExactlyInAnyOrderElementsOf(programs);
    }

    private static List<String> found(String pattern, Path file) {
        try {
            return Pattern.compile(pattern, Pattern.DOTALL)
                    .matcher(Files.readString(file))
                    .results()
                    .map(result -> result.group(1).stripTrailing().stripIndent().strip())
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void webhookEndpoint_takesWhatIsSigned_andRefusesTheRest() throws IOException {
        KeyRotation keys = new KeyRotation(Secret.of(IOKA.apiKey()), List.of(Secret.of(IOKA.webhookKey())));
        try (PayoutClient client = keys.client(IOKA.baseUrl());
                Payouts payouts = Payouts.builder(database)
                        .provider("ioka", client, keys.webhooks())
                        .build()) {
            payouts.createSchema();
            HttpServer server =
                    new WebhookEndpoint(payouts).open(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            try {
                IOKA.webhooks()
                        .deliverTo(URI.create(
                                "http://127.0.0.1:" + server.getAddress().getPort() + "/webhooks/ioka"));
                IOKA.webhooks().hold();
                payouts.pay(request("recipe-1"), "ioka");

                assertThat(IOKA.webhooks().release(2)).isNotEmpty().containsOnly(200);

                IOKA.webhooks().hold();
                payouts.pay(request("recipe-1b"), "ioka");
                keys.rotate(Secret.of(IOKA.apiKey()), List.of(Secret.of("0".repeat(64))));

                assertThat(IOKA.webhooks().release(1)).isNotEmpty().containsOnly(403);
            } finally {
                server.stop(0);
            }
        }
    }

    @Test
    void keyRotation_changesTheKeyOfTheNextCall() {
        KeyRotation keys = new KeyRotation(Secret.of("an old key"), List.of(Secret.of(IOKA.webhookKey())));
        try (PayoutClient client = keys.client(IOKA.baseUrl())) {
            assertThatThrownBy(() -> client.prepare(request("recipe-2"))).isInstanceOf(PayoutRejectedException.class);

            keys.rotate(Secret.of(IOKA.apiKey()), List.of());

            assertThat(client.create(request("recipe-2")).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        }
    }

    @Test
    void proxy_isGoneThrough() {
        try (FaultServer proxy = FaultServer.before(IOKA.baseUrl());
                PayoutClient client = BehindAProxy.byProxy(
                        URI.create("http://127.0.0.1:1"),
                        Secret.of(IOKA.apiKey()),
                        "127.0.0.1",
                        proxy.baseUrl().getPort())) {
            client.create(request("recipe-3"));

            assertThat(proxy.connections()).isPositive();
        }
    }

    @Test
    void auditTrail_hasEachExchange_andNoSecret() {
        List<String> lines = new ArrayList<>();
        HttpOptions http =
                HttpOptions.builder().exchangeSink(new AuditTrail(lines::add)).build();
        IokaOptions options =
                IokaOptions.builder(IOKA.baseUrl(), Secret.of(IOKA.apiKey())).build();
        try (PayoutClient client = IokaPayoutClient.open(options, http)) {
            client.create(request("recipe-4"));
        }

        assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> line.contains("recipe-4") || line.contains("GET"));
        assertThat(String.join("\n", lines))
                .doesNotContain(IOKA.apiKey())
                .doesNotContain(IOKA.savedCard().orElseThrow());
    }

    @Test
    void bookkeeping_booksOnceWhatIsToldTwice() throws Exception {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("create table entry (reference varchar, number bigint, amount_minor bigint,"
                    + " currency varchar(3), rrn varchar, primary key (reference, number))");
            Bookkeeping books = new Bookkeeping(database);
            try (FakePayoutClient client = new FakePayoutClient();
                    Payouts payouts = Payouts.builder(database)
                            .provider("fake", client)
                            .listener(change -> {
                                books.statusChanged(change);
                                books.statusChanged(change);
                            })
                            .build()) {
                payouts.createSchema();
                payouts.pay(request("recipe-5"), "fake");
                payouts.recoverNow("recipe-5");
            }

            try (ResultSet rows = statement.executeQuery("select count(*), sum(amount_minor) from entry")) {
                assertThat(rows.next()).isTrue();
                assertThat(rows.getLong(1)).isEqualTo(1);
                assertThat(rows.getLong(2)).isEqualTo(15000);
            }
        }
    }

    @Test
    void anotherProvider_paysWhatWasDeclined_once() {
        Actor cashier = new Actor("cashier");
        try (FakePayoutClient first = new FakePayoutClient().force(Scenario.DECLINED);
                FakePayoutClient second = new FakePayoutClient();
                Payouts payouts = Payouts.builder(database)
                        .provider("ioka", first)
                        .provider("bereke", second)
                        .build()) {
            payouts.createSchema();
            payouts.pay(request("recipe-6"), "ioka");

            for (int i = 0; i < 2; i++) {
                assertThat(AnotherProvider.payElsewhere(payouts, cashier, "recipe-6", request("recipe-6b"))
                                .map(PayoutRecord::status))
                        .contains(PayoutStatus.SUCCEEDED);
            }

            second.ledger().assertPaidExactlyOnce("recipe-6b");
            assertThat(AnotherProvider.payElsewhere(payouts, cashier, "recipe-6b", request("recipe-6c")))
                    .isEmpty();
        }
    }
}
