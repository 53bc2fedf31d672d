package org.unipayout.journal;

import static org.unipayout.journal.JournalFixture.ANNA;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Sleeper;
import org.unipayout.journal.internal.run.Checkpoint;

/**
 * The merchant's process in {@link CrashMatrix}: it carries every payout of its predecessors on, repeats the merchant's
 * orders, takes notifications in, and then pays one payout after another until it is killed, or halts itself at a
 * boundary. What it tells goes to standard output, one line each.
 *
 * <p>Words: either {@code pay FLOW FIRST_NUMBER COUNT [CHECKPOINT OCCURRENCE]} or {@code end}. Its input is a line per
 * payout of its predecessors, {@code payout REFERENCE}, and per notification,
 * {@code webhook FLOW BODY [NAME VALUE]…} with body and headers in Base64.
 */
final class CrashChild {
    /** Exit code of a process that halted itself. */
    static final int HALTED = 77;

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    static final String DATABASE = "CRASH_DATABASE";
    static final String AHEAD = "CRASH_AHEAD";
    static final String VAULT_KEY = "CRASH_VAULT_KEY";

    private final Payouts payouts;
    private final List<String> known = new ArrayList<>();
    private final List<String[]> notifications = new ArrayList<>();

    private CrashChild(Payouts payouts) {
        this.payouts = payouts;
    }

    public static void main(String... words) throws IOException {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.parse(environment(AHEAD)));
        Checkpoint.Listener listener = words.length == 6
                ? haltingAt(CrashFlow.named(words[1]), Checkpoint.valueOf(words[4]), Integer.parseInt(words[5]))
                : CrashChild::tellIntent;
        Payouts payouts = journal(dataSource(), clock, listener);
        payouts.createSchema();
        CrashChild child = new CrashChild(payouts);
        child.read();
        tell("recovering");
        payouts.recoverNow();
        child.known.forEach(child::order);
        child.notifications.forEach(child::take);
        if (words[0].equals("pay")) {
            child.pay(CrashFlow.named(words[1]), Integer.parseInt(words[2]), Integer.parseInt(words[3]));
        } else {
            child.tellEnds();
        }
    }

    private static DataSource dataSource() {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(environment(DATABASE));
        config.setMaximumPoolSize(3);
        config.setMinimumIdle(1);
        return new HikariDataSource(config);
    }

    private static Payouts journal(DataSource dataSource, Clock clock, Checkpoint.Listener listener) {
        byte[] key = Base64.getDecoder().decode(environment(VAULT_KEY));
        PayoutsBuilder builder = Payouts.builder(dataSource)
                .node("crash")
                .time(clock, Sleeper.REAL, () -> 0.5)
                .vault(AesGcmVault.builder("crash", new SecretKeySpec(key, "AES"))
                        .build())
                .afterAbsence(Absence.RESUBMIT)
                .listener(change -> {})
                .checkpoints(listener);
        for (CrashFlow flow : CrashFlow.all()) {
            Map<String, String> environment = System.getenv();
            PayoutClient client = flow.provider().client(environment, clock, PATIENCE);
            Optional<PayoutWebhooks> webhooks = flow.provider().webhooks(environment);
            if (webhooks.isEmpty()) {
                builder.provider(flow.name(), client);
            } else {
                builder.provider(flow.name(), client, webhooks.get());
            }
        }
        return builder.build();
    }

    private static void tellIntent(Checkpoint checkpoint, String reference) {
        if (checkpoint == Checkpoint.INTENT_STORED) {
            tell("intent " + reference);
        }
    }

    private static Checkpoint.Listener haltingAt(CrashFlow flow, Checkpoint where, int occurrence) {
        AtomicInteger passed = new AtomicInteger();
        return (checkpoint, reference) -> {
            tellIntent(checkpoint, reference);
            boolean here = reference.isEmpty() || CrashFlow.of(reference).equals(flow);
            if (checkpoint == where && here && passed.incrementAndGet() == occurrence) {
                tell("halting " + reference);
                Runtime.getRuntime().halt(HALTED);
            }
        };
    }

    private void read() throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals("payout")) {
                known.add(words[1]);
            } else {
                notifications.add(words);
            }
        }
    }

    /** The merchant, too, does again what his process was killed in. */
    private void order(String reference) {
        CrashFlow.Order order = CrashFlow.order(reference);
        boolean waits = order != CrashFlow.Order.NONE
                && payouts.find(reference)
                        .filter(payout -> payout.status() == PayoutStatus.AWAITING_CONFIRMATION)
                        .isPresent();
        if (waits && order == CrashFlow.Order.CONFIRM) {
            payouts.by(ANNA).confirm(reference);
        } else if (waits) {
            payouts.by(ANNA).cancel(reference);
        }
    }

    private void take(String[] notification) {
        Map<String, List<String>> headers = new HashMap<>();
        for (int i = 3; i + 1 < notification.length; i += 2) {
            headers.put(decoded(notification[i]), List.of(decoded(notification[i + 1])));
        }
        byte[] body = Base64.getDecoder().decode(notification[2]);
        payouts.webhook(CrashFlow.named(notification[1]).name(), body, headers);
    }

    private static String decoded(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
    }

    private void pay(CrashFlow flow, int first, int count) {
        for (int number = first; number < first + count; number++) {
            String reference = flow.reference(number);
            tell("start " + reference);
            payouts.pay(CrashFlow.request(reference), flow.name(), CrashFlow.confirmation(reference));
            payouts.recoverNow(reference);
            order(reference);
            PayoutStatus status = payouts.recoverNow(reference).status();
            tell("done " + reference + " " + status);
        }
    }

    private void tellEnds() {
        for (String reference : known) {
            Optional<PayoutRecord> found = payouts.find(reference);
            String status = found.map(payout -> payout.status().name()).orElse("NONE");
            String alarm =
                    found.flatMap(PayoutRecord::attention).map(Enum::name).orElse("NONE");
            boolean whole = found.isEmpty() || payouts.verifyHistory(reference).isEmpty();
            tell("end " + reference + " " + status + " " + whole + " " + alarm);
        }
    }

    private static String environment(String name) {
        String value = System.getenv(name);
        if (value == null) {
            throw new IllegalStateException(name + ": is not set");
        }
        return value;
    }

    private static void tell(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
