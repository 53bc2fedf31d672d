package org.unipayout.testkit;

import java.util.Map;
import java.util.Set;

/** Starts one kind of simulator; found by {@link java.util.ServiceLoader}, so that {@link Simulators} names none. */
public interface SimulatorProvider {
    /** {@return the provider's name, as {@link Simulator#provider} spells it} */
    String provider();

    /**
     * What may be chosen: keys, logins and projects.
     *
     * @return names as the adapter's {@code fromEnv()} reads them, and those of what only the provider has
     */
    default Set<String> settings() {
        return Set.of();
    }

    /**
     * Starts a simulator.
     *
     * @param port the port on 127.0.0.1, or 0 for any free one
     * @param settings values of {@link #settings} by name; what is missing is made now
     * @return a running simulator; close it
     * @throws IllegalArgumentException if a setting cannot be used; the message begins with its name
     */
    Simulator start(int port, Map<String, String> settings);
}
