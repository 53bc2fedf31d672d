package org.unipayout.simulator.ioka;

import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.SimulatorProvider;

/** Starts a {@link IokaSimulator} from the command line. */
public final class IokaSimulatorProvider implements SimulatorProvider {
    /** For the service loader. */
    public IokaSimulatorProvider() {}

    @Override
    public String provider() {
        return "ioka";
    }

    @Override
    public Simulator start(int port) {
        return IokaSimulator.builder().port(port).start();
    }
}
