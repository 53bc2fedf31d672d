package org.unipayout.simulator.bank131;

import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.SimulatorProvider;

/** Starts a {@link Bank131Simulator} from the command line. */
public final class Bank131SimulatorProvider implements SimulatorProvider {
    /** For the service loader. */
    public Bank131SimulatorProvider() {}

    @Override
    public String provider() {
        return "bank131";
    }

    @Override
    public Simulator start(int port) {
        return Bank131Simulator.builder().port(port).start();
    }
}
