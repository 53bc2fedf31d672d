package org.unipayout.testkit;

import java.util.Map;

/** A provider that answers nothing: what the simulators' own tests start. */
final class QuietSimulator extends Simulator {
    private final String provider;

    private QuietSimulator(String provider, int port) {
        super(port);
        this.provider = provider;
        startServer();
    }

    @Override
    protected SimulatedResponse handle(ReceivedRequest request) {
        return SimulatedResponse.empty(404);
    }

    @Override
    protected void resetState() {}

    @Override
    public void settle() {}

    @Override
    public String provider() {
        return provider;
    }

    @Override
    public Map<String, String> credentials() {
        return Map.of("URL", baseUrl() + "/api", "KEY", "key of\n " + provider);
    }

    /** The first of two, by name. */
    public static final class Calm implements SimulatorProvider {
        @Override
        public String provider() {
            return "calm";
        }

        @Override
        public Simulator start(int port) {
            return new QuietSimulator(provider(), port);
        }
    }

    /** The second of two, by name. */
    public static final class Still implements SimulatorProvider {
        @Override
        public String provider() {
            return "still";
        }

        @Override
        public Simulator start(int port) {
            return new QuietSimulator(provider(), port);
        }
    }
}
