package org.unipayout.testkit;

/** Starts one kind of simulator; found by {@link java.util.ServiceLoader}, so that {@link Simulators} names none. */
public interface SimulatorProvider {
    /** {@return the provider's name, as {@link Simulator#provider} spells it} */
    String provider();

    /**
     * Starts a simulator with credentials made now.
     *
     * @param port the port on 127.0.0.1, or 0 for any free one
     * @return a running simulator; close it
     */
    Simulator start(int port);
}
