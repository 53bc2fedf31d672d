package org.unipayout.testkit;

import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * All simulators from the command line, for teams in other languages.
 *
 * <pre>
 * java -cp … org.unipayout.testkit.Simulators bank131=9131 ioka=9132 ioka.webhooks=http://127.0.0.1:8080/hook IOKA_API_KEY=…
 * </pre>
 *
 * <p>Each word names a provider and its port on 127.0.0.1 (0 for any free one), where its notifications go, or one of its
 * settings: keys, logins, project. Settings are read from the environment, too, where other users of the machine do not see
 * them; words go before. Without providers all start on free ports. It prints addresses and the credentials that were made
 * for this run, not those that were given, and answers until the process ends, or with {@code -DendWithParent=true} until
 * the process that started it ends. What it prints is an environment that a shell can source: names and values, each value
 * on one line. Each simulator also takes orders over HTTP: {@code GET /__simulator} lists them.
 */
public final class Simulators implements AutoCloseable {
    private static final String WEBHOOKS = ".webhooks";

    private final Map<String, SimulatorProvider> known = new TreeMap<>();
    private final Map<String, Integer> ports = new TreeMap<>();
    private final Map<String, URI> webhooks = new TreeMap<>();
    private final Map<String, String> settings = new TreeMap<>();
    private final List<Simulator> running = new ArrayList<>();

    private Simulators(Map<String, String> environment) {
        ServiceLoader.load(SimulatorProvider.class).forEach(one -> known.put(one.provider(), one));
        environment.forEach((name, value) -> {
            if (ownerOf(name).isPresent()) {
                settings.put(name, value);
            }
        });
    }

    /**
     * Starts simulators.
     *
     * @param words as on the command line
     * @return the running simulators; close them
     * @throws IllegalArgumentException if a word names no provider, port, address or setting; nothing is left running then
     */
    public static Simulators start(String... words) {
        return start(Map.of(), words);
    }

    /** The same; settings that no word names are taken from an environment. */
    static Simulators start(Map<String, String> environment, String... words) {
        Simulators simulators = new Simulators(environment);
        for (String word : words) {
            simulators.read(word);
        }
        try {
            simulators.open();
        } catch (RuntimeException e) {
            simulators.close();
            throw e;
        }
        return simulators;
    }

    /** A value may be a secret: what is wrong with a word is told by its name. */
    private void read(String word) {
        int equals = word.indexOf('=');
        String name = equals < 0 ? word : word.substring(0, equals);
        String value = word.substring(equals + 1);
        String provider = name.endsWith(WEBHOOKS) ? name.substring(0, name.length() - WEBHOOKS.length()) : name;
        if (equals >= 0 && ownerOf(name).isPresent()) {
            settings.put(name, value);
        } else if (equals < 0 || !known.containsKey(provider)) {
            throw new IllegalArgumentException(
                    name + ": must be provider=port, provider.webhooks=address or setting=value; " + "providers are "
                            + known.keySet() + ", settings are " + allSettings());
        } else if (name.endsWith(WEBHOOKS)) {
            webhooks.put(provider, URI.create(value));
        } else {
            ports.put(provider, port(name, value));
        }
    }

    private void open() {
        for (String provider : ports.isEmpty() ? known.keySet() : ports.keySet()) {
            SimulatorProvider found = Objects.requireNonNull(known.get(provider));
            Map<String, String> own = new TreeMap<>(settings);
            own.keySet().retainAll(found.settings());
            Simulator simulator = found.start(ports.getOrDefault(provider, 0), own);
            running.add(simulator);
            if (webhooks.containsKey(provider)) {
                simulator.webhooks().deliverTo(webhooks.get(provider));
            }
        }
    }

    private Optional<SimulatorProvider> ownerOf(String setting) {
        return known.values().stream()
                .filter(one -> one.settings().contains(setting))
                .findFirst();
    }

    /** {@return the settings of all providers that are here, sorted} */
    public static List<String> allSettings() {
        return ServiceLoader.load(SimulatorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .flatMap(one -> one.settings().stream())
                .sorted()
                .toList();
    }

    private static int port(String name, String digits) {
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 65535) {
            throw new IllegalArgumentException(name + ": the port must be 0 to 65535");
        }
        return Integer.parseInt(digits);
    }

    /** {@return the simulators, in the order of their names} */
    public List<Simulator> running() {
        return List.copyOf(running);
    }

    /** Stops them all. */
    @Override
    public void close() {
        running.forEach(Simulator::close);
    }

    /**
     * Starts simulators, prints where they are, and stays until the process is ended.
     *
     * @param words see the class
     * @throws InterruptedException if the main thread is interrupted, which ends the simulators
     */
    public static void main(String[] words) throws InterruptedException {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        try (Simulators simulators = start(System.getenv(), words)) {
            simulators
                    .running()
                    .forEach(simulator -> simulators.environment(simulator).forEach(out::println));
            Optional<ProcessHandle> parent = Boolean.getBoolean("endWithParent")
                    ? ProcessHandle.current().parent()
                    : Optional.empty();
            if (parent.isPresent()) {
                parent.get().onExit().join();
            } else {
                Thread.currentThread().join();
            }
        } catch (IllegalArgumentException e) {
            out.println(e.getMessage());
            System.exit(2);
        }
    }

    /** Lines that a shell can source, with a comment before them. PEM needs no line ends. Who gave a setting has it. */
    List<String> environment(Simulator simulator) {
        Map<String, String> variables = new TreeMap<>(simulator.credentials());
        variables.keySet().removeAll(settings.keySet());
        simulator.savedCard().ifPresent(token -> variables.put(prefix(simulator) + "_SAVED_CARD", token));
        List<String> lines = new ArrayList<>();
        lines.add("# " + simulator.provider() + " " + simulator.baseUrl());
        variables.forEach((name, value) -> lines.add(name + "='" + value.replaceAll("\\R", "") + "'"));
        return lines;
    }

    private static String prefix(Simulator simulator) {
        return simulator.provider().toUpperCase(Locale.ROOT);
    }
}
