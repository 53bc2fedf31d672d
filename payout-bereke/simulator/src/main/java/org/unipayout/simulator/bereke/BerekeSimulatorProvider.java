package org.unipayout.simulator.bereke;

import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.SimulatorProvider;

/** Starts a {@link BerekeSimulator} from the command line. */
public final class BerekeSimulatorProvider implements SimulatorProvider {
    /** For the service loader. */
    public BerekeSimulatorProvider() {}

    @Override
    public String provider() {
        return "bereke";
    }

    @Override
    public Simulator start(int port) {
        return BerekeSimulator.builder().port(port).start();
    }
}
