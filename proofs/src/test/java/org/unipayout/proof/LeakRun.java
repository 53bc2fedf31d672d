package org.unipayout.proof;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.unipayout.ExchangeSink;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.WebhookRequest;
import org.unipayout.journal.Actor;
import org.unipayout.journal.AesGcmVault;
import org.unipayout.journal.HistoryKey;
import org.unipayout.journal.PayoutRecord;
import org.unipayout.journal.Payouts;
import org.unipayout.journal.PayoutsBuilder;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.ProviderUnderTest;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.Simulator;

/** The whole life of payouts through one provider, in which every value that must not come out is a canary. */
final class LeakRun implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    /** Shorter than the first pause before a repetition, so that no question is repeated. */
    private static final Duration IMPATIENCE = Duration.ofMillis(150);

    /** Longer than anybody's patience, for the same reason. */
    private static final Map<String, String> NOT_AGAIN =
            Map.of("Retry-After", "3600", "Content-Type", "application/json", "X-Request-Id", "r-1");

    private static final String FIELDS = "{\"code\":\"E.1\",\"message\":?,\"error\":{\"code\":\"x\",\"description\":?},"
            + "\"errorCode\":\"5\",\"errorMessage\":?,\"errors\":{?:[?]}}";

    private final ProviderUnderTest provider;
    private final Simulator simulator;
    private final FaultServer network;
    private final Needles needles;
    private final Outputs outputs;
    private final Canary canary;
    private final PayoutClient client;
    private final PayoutClient impatient;
    private int references;

    LeakRun(ProviderUnderTest provider, Needles needles, Outputs outputs, ExchangeSink audit) {
        this.provider = provider;
        this.needles = needles;
        this.outputs = outputs;
        simulator = provider.start();
        network = FaultServer.before(simulator.baseUrl());
        canary = new Canary(needles);
        canary.credentials(simulator.credentials());
        ExchangeSink both = exchange -> {
            outputs.object("audit of " + provider.provider(), exchange);
            audit.accept(exchange);
        };
        Map<String, String> environment = simulator.credentials(network.baseUrl());
        client = provider.client(environment, simulator.clock(), PATIENCE, both);
        impatient = provider.client(environment, simulator.clock(), IMPATIENCE, both);
    }

    /** Pays, is declined and cancels, to every kind of recipient; then everything goes wrong. */
    void calls() {
        outputs.text("client", client.toString());
        outputs.object("capabilities", client.capabilities());
        told("balance", client::balance);
        for (Scenario scenario : List.of(Scenario.PAID, Scenario.DECLINED, Scenario.UNSURE, Scenario.RETURNED)) {
            for (PayoutRequest request : List.of(whole(scenario), bare(scenario))) {
                finish(request, false);
            }
        }
        if (provider.waitsForMerchant()) {
            finish(bare(Scenario.PAID), true);
        }
        client.capabilities().recipients().forEach(this::toAnyone);
        lines().forEach(fault -> broken(fault.toString(), fault, impatient));
        echoes().forEach((name, fault) -> broken(name, fault, client));
        network.heal();
        network.refuseConnections();
        anyCall("refused", bare(Scenario.PAID), impatient);
        network.acceptAgain();
    }

    /** One payout that is paid. */
    void onePayout() {
        finish(bare(Scenario.PAID), false);
    }

    private PayoutRequest whole(Scenario scenario) {
        return canary.whole(request(scenario));
    }

    private PayoutRequest bare(Scenario scenario) {
        return canary.bare(request(scenario));
    }

    private PayoutRequest.Builder request(Scenario scenario) {
        return provider.request("order-" + ++references, scenario.amount(150 + references))
                .requestedAt(simulator.clock().instant());
    }

    private void toAnyone(RecipientKind kind) {
        PayoutRequest good = request(Scenario.PAID).build();
        canary.recipient(kind).ifPresent(recipient -> {
            PayoutRequest.Builder builder = PayoutRequest.builder(good.reference(), good.amount(), recipient);
            finish(canary.whole(builder), false);
            finish(canary.bare(PayoutRequest.builder(good.reference() + "-b", good.amount(), recipient)), false);
        });
    }

    private void finish(PayoutRequest request, boolean cancel) {
        outputs.object("request", request);
        @Nullable Payout known = told("create", () -> client.create(request));
        for (int looks = 0; known != null && looks < 6 && !known.status().isFinal(); looks++) {
            PayoutRef ref = known.ref();
            known = known.status() == PayoutStatus.AWAITING_CONFIRMATION
                    ? told("confirm or cancel", () -> cancel ? client.cancel(ref) : client.confirm(ref))
                    : told("get", () -> client.get(ref));
        }
    }

    /** What networks do. */
    private static List<Fault> lines() {
        return List.of(
                Fault.RESET_INSIDE_REQUEST,
                Fault.LOSE_REQUEST,
                Fault.RESET_AFTER_REQUEST,
                Fault.HANG_AFTER_REQUEST,
                Fault.CUT_HEADERS,
                Fault.CUT_BODY,
                Fault.STALL_BODY,
                Fault.GARBLE_BODY,
                Fault.EMPTY_BODY,
                Fault.DEEP_JSON,
                Fault.HTML_ERROR);
    }

    /** Answers that repeat all that is secret: as a text, as values of fields that errors have, as names of fields. */
    private Map<String, Fault> echoes() {
        List<String> values = List.copyOf(needles.values().keySet());
        String all = JsonForgeries.quoted(String.join(" ", values));
        String names = values.stream()
                .map(value -> JsonForgeries.quoted(value) + ":1")
                .collect(Collectors.joining(",", "{", "}"));
        Map<String, Fault> faults = new LinkedHashMap<>();
        for (int status : List.of(200, 307, 400, 401, 403, 404, 409, 422, 429, 500, 503)) {
            faults.put("text " + status, Fault.answer(status, NOT_AGAIN, String.join(" ", values)));
            faults.put("fields " + status, Fault.answer(status, NOT_AGAIN, FIELDS.replace("?", all)));
            faults.put("names " + status, Fault.answer(status, NOT_AGAIN, names));
        }
        return faults;
    }

    private void broken(String name, Fault fault, PayoutClient caller) {
        network.heal();
        PayoutRequest request = bare(Scenario.PAID);
        @Nullable Payout before = told("create", () -> client.create(request));
        network.on(call -> true).always().play(fault);
        if (before != null) {
            told(name, () -> caller.get(before.ref()));
            told(name, () -> caller.submit(before.ref(), request));
            if (provider.waitsForMerchant()) {
                told(name, () -> caller.confirm(before.ref()));
                told(name, () -> caller.cancel(before.ref()));
            }
        }
        anyCall(name, bare(Scenario.PAID), caller);
        network.heal();
    }

    private void anyCall(String name, PayoutRequest request, PayoutClient caller) {
        told(name, () -> caller.prepare(request));
        told(name, () -> caller.create(request));
        told(name, () -> caller.get(PayoutRef.of(provider.provider(), request)));
    }

    /** What a call gives; null if it threw. */
    private <T> @Nullable T told(String where, Supplier<T> call) {
        try {
            T answer = call.get();
            outputs.object(where, answer);
            return answer;
        } catch (RuntimeException refused) {
            outputs.failure(where, refused);
            return null;
        }
    }

    /** Good notifications, spoiled ones, and one that repeats all that it knows. */
    void notifications() {
        provider.webhooks(simulator.credentials()).ifPresent(receiver -> {
            List<Notice> notices = simulator.webhooks().created().stream()
                    .map(sent -> Notice.of(sent, receiver))
                    .toList();
            for (Notice notice : notices) {
                outputs.object("notification", new WebhookRequest(notice.body(), notice.headers()));
                told("notification", () -> receiver.receive(new WebhookRequest(notice.body(), notice.headers())));
            }
            byte[] all = String.join(" ", needles.values().keySet()).getBytes(StandardCharsets.UTF_8);
            received(receiver, new Forgery("echo", all, notices.get(0).headers(), null));
            TextForgeries.of(notices.get(0), forged -> received(receiver, forged));
            SignatureForgeries.of(notices.get(0), List.of(), forged -> received(receiver, forged));
        });
    }

    private void received(PayoutWebhooks receiver, Forgery forged) {
        told("notification", () -> receiver.receive(forged.arrived()));
    }

    /** The same through a journal with vault and history key, whose database is looked through whole. */
    void journal() {
        SecretKeySpec vaultKey = new SecretKeySpec(canary.key("vault key"), "AES");
        AesGcmVault vault = AesGcmVault.builder("v-1", vaultKey).build();
        HistoryKey historyKey = HistoryKey.of("h-1", new SecretKeySpec(canary.key("history key"), "HmacSHA256"));
        outputs.object("vault", vault);
        outputs.object("history key", historyKey);
        DataSource tables = tables(";TRACE_LEVEL_FILE=4");
        PayoutsBuilder builder = builder(tables)
                .vault(vault)
                .historyKey(historyKey)
                .listener(change -> outputs.object("listener", change));
        try (Payouts payouts = builder.build()) {
            payouts.createSchema();
            all(payouts);
            dumped("database with a vault", tables);
            run(tables, "drop table payout_journal_history");
            told("no table", () -> payouts.pay(bare(Scenario.PAID), provider.provider()));
            run(tables, "shutdown immediately");
            told("no database", () -> payouts.pay(bare(Scenario.PAID), provider.provider()));
        }
    }

    private void all(Payouts payouts) {
        List<PayoutRequest> requests = new ArrayList<>(List.of(
                whole(Scenario.PAID),
                bare(Scenario.PAID),
                bare(Scenario.DECLINED),
                bare(Scenario.UNSURE),
                bare(Scenario.SLOW)));
        if (client.capabilities().recipients().contains(RecipientKind.CARD_NUMBER)) {
            PayoutRequest good = request(Scenario.PAID).build();
            Recipient card = canary.recipient(RecipientKind.CARD_NUMBER).orElseThrow();
            requests.add(canary.bare(PayoutRequest.builder(good.reference(), good.amount(), card)));
        }
        requests.forEach(request -> paid(payouts, request));
        for (Fault fault : echoes().values()) {
            PayoutRequest request = bare(Scenario.PAID);
            network.on(call -> provider.submits(call.method(), call.path())).play(fault);
            paid(payouts, request);
            network.heal();
        }
        PayoutRequest known = requests.get(1);
        told(
                "conflict",
                () -> payouts.pay(
                        known.toBuilder()
                                .description(canary.text("purpose"))
                                .metadata("comment", canary.text("comment"))
                                .build(),
                        provider.provider()));
        told("order", () -> payouts.by(new Actor("anna")).confirm(known.reference()));
        told("order", () -> payouts.by(new Actor("anna")).resubmit(known.reference()));
        provider.webhooks(simulator.credentials())
                .ifPresent(receiver -> simulator.webhooks().created().forEach(sent -> {
                    Notice notice = Notice.of(sent, receiver);
                    told("webhook", () -> payouts.webhook(provider.provider(), notice.body(), notice.headers()));
                    told("webhook", () -> payouts.webhook(provider.provider(), notice.body(), Map.of()));
                }));
        told("needing attention", payouts::needingAttention);
        told("faults", payouts::verifyHistory);
        told("heads", () -> payouts.heads().toList());
        told("unreadable", payouts::unreadable);
    }

    private void paid(Payouts payouts, PayoutRequest request) {
        @Nullable PayoutRecord record = told("pay", () -> payouts.pay(request, provider.provider()));
        for (int looks = 0; record != null && looks < 3 && !record.status().isFinal(); looks++) {
            simulator.clock().advance(Duration.ofMinutes(10));
            record = told("recover", () -> payouts.recoverNow(request.reference()));
        }
        for (Locale locale : List.of(Locale.ENGLISH, Locale.forLanguageTag("ru"))) {
            told(
                    "explain",
                    () -> payouts.explain(request.reference(), locale).stream()
                            .peek(story -> outputs.text("explain", story))
                            .toList());
        }
    }

    private PayoutsBuilder builder(DataSource tables) {
        PayoutsBuilder builder = Payouts.builder(tables).time(simulator.clock(), simulator.clock()::advance, () -> 1.0);
        return provider.webhooks(simulator.credentials())
                .map(receiver -> builder.provider(provider.provider(), client, receiver))
                .orElseGet(() -> builder.provider(provider.provider(), client));
    }

    private static DataSource tables(String settings) {
        JdbcDataSource tables = new JdbcDataSource();
        tables.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1" + settings);
        return tables;
    }

    private static void run(DataSource tables, String sql) {
        try (Connection connection = tables.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException closed) { // as it was ordered to
        }
    }

    /** Every table, and that what is sealed is there at all. */
    private void dumped(String where, DataSource tables) {
        int sealed = 0;
        try (Connection connection = tables.getConnection();
                Statement statement = connection.createStatement()) {
            try (ResultSet rows = statement.executeQuery("script nosettings")) {
                while (rows.next()) {
                    outputs.text(where, rows.getString(1));
                }
            }
            try (ResultSet rows = statement.executeQuery("select request, observation from payout_journal")) {
                while (rows.next()) {
                    sealed++;
                    for (int column = 1; column <= 2; column++) {
                        if (!rows.getString(column).matches("sealed 2\n[a-z0-9-]+:[0-9]+:v-1:[A-Za-z0-9+/=]+")) {
                            throw new AssertionError("a row of the journal is not sealed");
                        }
                    }
                }
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        if (sealed == 0) {
            throw new AssertionError("nothing was stored");
        }
    }

    /** {@return which canaries reached the provider: one that never left would prove nothing} */
    Set<String> left() {
        Set<String> names = new TreeSet<>();
        for (ReceivedRequest call : simulator.requests()) {
            String text = call.path() + call.text();
            needles.values().forEach((value, name) -> {
                if (text.contains(value)) {
                    names.add(name);
                }
            });
        }
        return names;
    }

    @Override
    public void close() {
        client.close();
        impatient.close();
        network.close();
        simulator.close();
    }
}
