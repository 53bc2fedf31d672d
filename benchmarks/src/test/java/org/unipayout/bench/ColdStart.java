package org.unipayout.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutStatus;
import org.unipayout.bench.Ground.Scheme;
import org.unipayout.bench.Turns.Turn;
import org.unipayout.testkit.ProviderUnderTest;

/** From the start of a Java virtual machine to the end of its first payout, over TLS. Either program logs, as every backend does. */
final class ColdStart {
    static final String GROUP = "cold";
    private static final int PAIRS = 7;
    private static final Logger LOG = LoggerFactory.getLogger(ColdStart.class);

    private final Ground ground;
    private final Report report;

    ColdStart(Ground ground, Report report) {
        this.ground = ground;
        this.report = report;
    }

    void run() throws Exception {
        for (ProviderUnderTest provider : Ground.providers()) {
            String name = GROUP + '-' + provider.provider();
            if (report.wants(name)) {
                Map<String, String> credentials = ground.credentials(provider.provider(), "create", Scheme.TLS);
                start("hand", provider.provider(), credentials); // so that no file is read for the first time
                report.add(Figure.time(
                        GROUP,
                        name,
                        Turns.pairs(
                                () -> start("adapter", provider.provider(), credentials),
                                () -> start("hand", provider.provider(), credentials),
                                PAIRS),
                        1.2));
            }
        }
    }

    private static Turn start(String by, String provider, Map<String, String> credentials) throws Exception {
        long start = System.nanoTime();
        List<String> arguments = new ArrayList<>(List.of(by, provider));
        credentials.forEach((name, value) -> arguments.add(name + '=' + value));
        Process process = Ground.java(ColdStart.class, arguments.toArray(String[]::new));
        if (!Ground.firstLine(process).equals("paid")) {
            throw new IllegalStateException("the first payout failed");
        }
        double nanos = System.nanoTime() - start;
        process.waitFor();
        return new Turn(nanos, 0);
    }

    /**
     * Pays once.
     *
     * @param arguments by what, to which provider, and what a client needs
     */
    public static void main(String[] arguments) throws Exception {
        Map<String, String> credentials = new TreeMap<>();
        for (String argument : List.of(arguments).subList(2, arguments.length)) {
            credentials.put(
                    argument.substring(0, argument.indexOf('=')), argument.substring(argument.indexOf('=') + 1));
        }
        LOG.debug("Pays once, by {}", arguments[0]);
        if (arguments[0].equals("hand")) {
            HandWritten.of(arguments[1], credentials).create();
        } else {
            payByAdapter(arguments[1], credentials);
        }
        System.out.println("paid");
        System.exit(0);
    }

    private static void payByAdapter(String name, Map<String, String> credentials) {
        ProviderUnderTest provider = Ground.providers().stream()
                .filter(one -> one.provider().equals(name))
                .findFirst()
                .orElseThrow();
        PayoutClient client = Recording.open(provider, credentials);
        Payout payout = client.create(Recording.request(provider));
        if (payout.status() == PayoutStatus.UNKNOWN) {
            throw new IllegalStateException("unclear");
        }
    }
}
