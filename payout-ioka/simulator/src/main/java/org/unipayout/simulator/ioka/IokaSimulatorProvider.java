package org.unipayout.simulator.ioka;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.SimulatorProvider;

/** Starts a {@link IokaSimulator} from the command line. */
public final class IokaSimulatorProvider implements SimulatorProvider {
    private static final String API_KEY = "IOKA_API_KEY";
    private static final String WEBHOOK_KEY = "IOKA_WEBHOOK_KEY";

    /** For the service loader. */
    public IokaSimulatorProvider() {}

    @Override
    public String provider() {
        return "ioka";
    }

    @Override
    public Set<String> settings() {
        return Set.of(API_KEY, WEBHOOK_KEY);
    }

    @Override
    public Simulator start(int port, Map<String, String> settings) {
        IokaSimulator.Builder builder = IokaSimulator.builder().port(port);
        Optional.ofNullable(settings.get(API_KEY)).ifPresent(builder::apiKey);
        Optional.ofNullable(settings.get(WEBHOOK_KEY)).ifPresent(builder::webhookKey);
        return builder.start();
    }
}
