package org.unipayout.simulator.horizonpay;

import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.SimulatorProvider;

/** Starts a {@link HorizonPaySimulator} from the command line. */
public final class HorizonPaySimulatorProvider implements SimulatorProvider {
    /** For the service loader. */
    public HorizonPaySimulatorProvider() {}

    @Override
    public String provider() {
        return "horizonpay";
    }

    @Override
    public Simulator start(int port) {
        return HorizonPaySimulator.builder().port(port).start();
    }
}
