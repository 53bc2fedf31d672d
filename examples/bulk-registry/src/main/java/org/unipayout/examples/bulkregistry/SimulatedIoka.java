package org.unipayout.examples.bulkregistry;

import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.Ledger;

/**
 * ioka on this machine behind a bad network: of a hundred calls some lose their request or their answer, and some answers
 * are an error page or half a body. What is slow is settled every few seconds.
 */
public final class SimulatedIoka implements AutoCloseable {
    private static final List<Fault> FAULTS =
            List.of(Fault.LOSE_REQUEST, Fault.RESET_AFTER_REQUEST, Fault.CUT_BODY, Fault.HTML_ERROR, Fault.EMPTY_BODY);
    private static final int FAULT_PER_MILLE = 4;

    private final IokaSimulator ioka = IokaSimulator.start();
    private final FaultServer network = FaultServer.before(ioka.baseUrl());
    private final ScheduledExecutorService settling = Executors.newSingleThreadScheduledExecutor();

    private SimulatedIoka() {
        for (Fault fault : FAULTS) {
            network.on(request -> ThreadLocalRandom.current().nextInt(1000) < FAULT_PER_MILLE)
                    .always()
                    .play(fault);
        }
    }

    static SimulatedIoka start(Duration settleEvery) {
        SimulatedIoka simulated = new SimulatedIoka();
        long millis = settleEvery.toMillis();
        ScheduledFuture<?> unused = simulated.settling.scheduleWithFixedDelay(
                simulated.ioka::settle, millis, millis, TimeUnit.MILLISECONDS);
        return simulated;
    }

    /** What the payer's process needs in its environment. */
    Map<String, String> environment() {
        return Map.of("IOKA_BASE_URL", network.baseUrl().toString(), "IOKA_API_KEY", ioka.apiKey());
    }

    Ledger ledger() {
        return ioka.ledger();
    }

    /** Where the ledger is read over HTTP, not through the bad network. */
    URI ledgerUrl() {
        return ioka.baseUrl().resolve("/__simulator/ledger");
    }

    @Override
    public void close() {
        settling.shutdownNow();
        network.close();
        ioka.close();
    }

    /**
     * Starts it, prints lines for a shell, and stays until the process is ended.
     *
     * @param words none
     * @throws InterruptedException if the main thread is interrupted, which ends the simulator
     */
    public static void main(String[] words) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (SimulatedIoka simulated = start(Duration.ofSeconds(3))) {
            simulated.environment().forEach((name, value) -> out.println("export " + name + "=" + value));
            out.println("# ledger: " + simulated.ledgerUrl());
            Thread.currentThread().join();
        }
    }
}
