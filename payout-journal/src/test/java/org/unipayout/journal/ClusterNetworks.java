package org.unipayout.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.Simulators;

/** All simulated providers, each behind a network that loses and breaks what passes. */
final class ClusterNetworks implements AutoCloseable {
    private static final int REFUSED_AT_ONCE = 2;
    private static final int FAULTS_PER_THOUSAND = 5;
    private static final Duration HIDDEN = Duration.ofMinutes(7);
    private static final Duration TICK = Duration.ofMillis(20);

    /** What happens to the bytes on their way, each to so many of a thousand exchanges. */
    private static final List<Fault> FAULTS = List.of(
            Fault.RESET_INSIDE_REQUEST,
            Fault.LOSE_REQUEST,
            Fault.RESET_AFTER_REQUEST,
            Fault.CLOSE_AFTER_REQUEST,
            Fault.HANG_AFTER_REQUEST,
            Fault.CUT_HEADERS,
            Fault.CUT_BODY,
            Fault.GARBLE_BODY,
            Fault.EMPTY_BODY,
            Fault.HTML_ERROR);

    private final Random random;
    private final Simulators simulators = Simulators.start();

    /** Time runs faster where new payouts are hidden, and where repeated ones are refused only for a while. */
    private final ScheduledExecutorService ticker = Executors.newSingleThreadScheduledExecutor();

    private final List<FaultServer> networks = new ArrayList<>();
    private final Map<String, String> environment = new HashMap<>();

    ClusterNetworks(Random random) {
        this.random = random;
        simulators.running().forEach(this::connect);
        List<Simulator> hiding = simulators.running().stream()
                .filter(simulator -> simulator.hideFor(HIDDEN))
                .toList();
        Future<?> unused = ticker.scheduleAtFixedRate(
                () -> hiding.forEach(simulator -> simulator.clock().advance(TICK.multipliedBy(HastyClient.HASTE))),
                0,
                TICK.toMillis(),
                TimeUnit.MILLISECONDS);
    }

    /** Lays a network that breaks things before a provider. */
    private void connect(Simulator simulator) {
        FaultServer network = FaultServer.before(simulator.baseUrl());
        networks.add(network);
        Random dice = new Random(random.nextLong());
        FAULTS.forEach(fault -> network.on(request -> dice.nextInt(1000) < FAULTS_PER_THOUSAND)
                .always()
                .play(fault));
        environment.putAll(simulator.credentials(network.baseUrl()));
    }

    /** What a client needs to reach the providers through their networks. */
    Map<String, String> environment() {
        return environment;
    }

    List<Simulator> simulators() {
        return simulators.running();
    }

    /** Ends what is in progress, and refuses what comes too fast. */
    void disturb() {
        for (Simulator simulator : simulators.running()) {
            if (simulator instanceof HorizonPaySimulator horizonPay) { // it refuses for a while what comes too fast
                horizonPay.refuseNext(REFUSED_AT_ONCE);
            }
        }
        settle();
    }

    /** Ends what is in progress. */
    void settle() {
        simulators.running().forEach(Simulator::settle);
    }

    long faults() {
        return networks.stream()
                .flatMap(network -> network.exchanges().stream())
                .filter(exchange -> exchange.fault().isPresent())
                .count();
    }

    @Override
    public void close() {
        ticker.shutdownNow();
        networks.forEach(FaultServer::close);
        simulators.close();
    }
}
