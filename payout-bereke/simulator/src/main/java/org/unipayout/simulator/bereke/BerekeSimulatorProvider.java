package org.unipayout.simulator.bereke;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.SimulatorProvider;

/** Starts a {@link BerekeSimulator} from the command line. */
public final class BerekeSimulatorProvider implements SimulatorProvider {
    private static final String USER_NAME = "BEREKE_USER_NAME";
    private static final String PASSWORD = "BEREKE_PASSWORD";

    /** For the service loader. */
    public BerekeSimulatorProvider() {}

    @Override
    public String provider() {
        return "bereke";
    }

    @Override
    public Set<String> settings() {
        return Set.of(USER_NAME, PASSWORD);
    }

    @Override
    public Simulator start(int port, Map<String, String> settings) {
        BerekeSimulator.Builder builder = BerekeSimulator.builder().port(port);
        Optional.ofNullable(settings.get(USER_NAME)).ifPresent(builder::userName);
        Optional.ofNullable(settings.get(PASSWORD)).ifPresent(builder::password);
        return builder.start();
    }
}
