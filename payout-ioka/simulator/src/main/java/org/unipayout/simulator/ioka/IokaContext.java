package org.unipayout.simulator.ioka;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.Scenario;

/** What every part of the simulated ioka shares: switches, clock, ledger, ids and the way to a notification. */
final class IokaContext {
    static final String CURRENCY = "KZT";
    static final String SHOP_ID = "shp_test";

    private static final String ID_CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);
    private static final SecureRandom RANDOM = new SecureRandom();

    final IokaSwitches switches;
    final Ledger ledger;
    final Notifier notifier;
    private final List<Map.Entry<Instant, Runnable>> queue = new ArrayList<>();
    private final List<Problem> answeredToNobody = new ArrayList<>();
    private final Clock clock;
    private final LongFunction<Scenario> scenarios;
    private final Supplier<URI> baseUrl;

    IokaContext(
            IokaSwitches switches,
            Ledger ledger,
            Notifier notifier,
            Clock clock,
            LongFunction<Scenario> scenarios,
            Supplier<URI> baseUrl) {
        this.switches = switches;
        this.ledger = ledger;
        this.notifier = notifier;
        this.clock = clock;
        this.scenarios = scenarios;
        this.baseUrl = baseUrl;
    }

    Instant now() {
        return clock.instant();
    }

    Scenario scenario(long amount) {
        return scenarios.apply(amount);
    }

    String url(String path) {
        return baseUrl.get() + path;
    }

    /** Whether money-moving calls are only taken now and executed later. */
    boolean isBusy() {
        return !switches.executionDelay.isZero();
    }

    /** Takes a call that is executed later, and loses its answer; the idempotency key has no result to keep. */
    Problem later(Runnable call) {
        after(switches.executionDelay, call);
        return new Problem(504, "GatewayTimeout", "Результат операции не определён.");
    }

    /** Does something later. */
    void after(Duration time, Runnable action) {
        queue.add(Map.entry(now().plus(time), action));
    }

    /** Executes what waits. */
    void execute(Instant until) {
        List<Map.Entry<Instant, Runnable>> due =
                queue.stream().filter(call -> !call.getKey().isAfter(until)).toList();
        queue.removeAll(due);
        for (Map.Entry<Instant, Runnable> call : due) {
            try {
                call.getValue().run();
            } catch (Problem refused) {
                answeredToNobody.add(refused);
            }
        }
    }

    /** Whether a search by {@code external_id} shows what was created then. */
    boolean isListed(Instant createdAt) {
        return !createdAt.plus(switches.searchLag).isAfter(now());
    }

    void reset() {
        queue.clear();
        answeredToNobody.clear();
    }

    /** Books a payout; an amount of nothing, which ioka's contract allows, moves nothing. */
    void pay(String reference, String providerId, long amount, String recipient) {
        if (amount > 0) {
            ledger.add(
                    new Ledger.Movement(Ledger.Kind.PAID, reference, providerId, amount, CURRENCY, recipient, now()));
        }
    }

    /** UTC with microseconds and without a zone, as all of ioka's answers have it. */
    static String time(Instant instant) {
        return TIME.format(instant);
    }

    /** A prefix and ten characters. */
    static String id(String prefix) {
        StringBuilder id = new StringBuilder(prefix);
        for (int i = 0; i < 10; i++) {
            id.append(ID_CHARACTERS.charAt(RANDOM.nextInt(ID_CHARACTERS.length())));
        }
        return id.toString();
    }

    /** Twelve digits, as an acquirer's retrieval reference has. */
    static String retrievalReference() {
        return String.valueOf(100_000_000_000L + RANDOM.nextLong(900_000_000_000L));
    }

    static String hex(int characters) {
        byte[] bytes = new byte[characters / 2];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
