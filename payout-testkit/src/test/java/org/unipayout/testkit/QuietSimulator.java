package org.unipayout.testkit;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A provider that answers nothing: what the simulators' own tests start. */
final class QuietSimulator extends Simulator {
    private final String provider;

    private final Map<String, String> settings;
    private Switches switches = new Switches();
    private int refused;

    private QuietSimulator(String provider, int port, Map<String, String> settings) {
        super(port);
        this.provider = provider;
        this.settings = settings;
        startServer();
    }

    @Override
    protected SimulatedResponse handle(ReceivedRequest request) {
        return SimulatedResponse.empty(404);
    }

    /** Each kind of switch once. */
    public static final class Switches {
        public volatile boolean silent;
        public volatile int status = 404;
        public volatile Duration delay = Duration.ZERO;
        public volatile @Nullable Loudness loudness;
        public volatile Map<String, Integer> statuses = Map.of();
        public volatile Predicate<String> onlyInJava = word -> true;
        private final Set<Loudness> on = EnumSet.of(Loudness.LOUD);
        private Optional<Duration> patience = Optional.empty();

        public void turnOn(Loudness flag) {
            on.add(flag);
        }

        public void turnOff(Loudness flag) {
            on.remove(flag);
        }

        public boolean isOn(Loudness flag) {
            return on.contains(flag);
        }

        public void patience(Duration time) {
            patience = Optional.of(time);
        }

        public Optional<Duration> patience() {
            return patience;
        }

        public void errorStatus(String code, int status) {
            statuses = Map.of(code, status);
        }
    }

    /** A word of two. */
    public enum Loudness {
        LOUD,
        LOW
    }

    @Override
    public Switches switches() {
        return switches;
    }

    public void refuseNext(int requests) {
        if (requests < 0) {
            throw new IllegalArgumentException("must not be negative");
        }
        refused = requests;
    }

    public int refused() {
        return refused;
    }

    public String saveCard(String number) {
        return "token of " + number.length();
    }

    @Override
    protected void resetState() {
        switches = new Switches();
    }

    @Override
    public void settle() {}

    @Override
    public String provider() {
        return provider;
    }

    @Override
    public Map<String, String> credentials() {
        return Map.of("URL", baseUrl() + "/api", "CALM_KEY", settings.getOrDefault("CALM_KEY", "key of\n " + provider));
    }

    /** The first of two, by name. */
    public static final class Calm implements SimulatorProvider {
        @Override
        public String provider() {
            return "calm";
        }

        @Override
        public Set<String> settings() {
            return Set.of("CALM_KEY");
        }

        @Override
        public Simulator start(int port, Map<String, String> settings) {
            return new QuietSimulator(provider(), port, settings);
        }
    }

    /** The second of two, by name. */
    public static final class Still implements SimulatorProvider {
        @Override
        public String provider() {
            return "still";
        }

        @Override
        public Simulator start(int port, Map<String, String> settings) {
            return new QuietSimulator(provider(), port, settings);
        }
    }
}
