package org.unipayout.simulator.tinypay;

import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.SimulatorProvider;

/** Starts a {@link TinypaySimulator} from the command line. */
public final class TinypaySimulatorProvider implements SimulatorProvider {
    /** For the service loader. */
    public TinypaySimulatorProvider() {}

    @Override
    public String provider() {
        return "tinypay";
    }

    @Override
    public Simulator start(int port) {
        return TinypaySimulator.start(port);
    }
}
