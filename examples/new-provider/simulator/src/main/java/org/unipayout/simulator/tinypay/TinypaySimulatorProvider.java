package org.unipayout.simulator.tinypay;

import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.SimulatorProvider;

/** Starts a {@link TinypaySimulator} from the command line. */
public final class TinypaySimulatorProvider implements SimulatorProvider {
    private static final String API_KEY = "TINYPAY_API_KEY";

    /** For the service loader. */
    public TinypaySimulatorProvider() {}

    @Override
    public String provider() {
        return "tinypay";
    }

    @Override
    public Set<String> settings() {
        return Set.of(API_KEY);
    }

    @Override
    public Simulator start(int port, Map<String, String> settings) {
        return TinypaySimulator.start(
                port, settings.getOrDefault(API_KEY, UUID.randomUUID().toString()));
    }
}
