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
 * java -cp … org.unipayout.testkit.Simulators bank131=9131 ioka=9132 ioka.webhooks=http://127.0.0.1:8080/hook
 * </pre>
 *
 * <p>Each word names a provider and its port on 127.0.0.1 (0 for any free one), or where its notifications go; without
 * words all providers start on free ports. It prints addresses and the credentials that were made for this run, and
 * answers until the process ends, or with {@code -DendWithParent=true} until the process that started it ends. What it
 * prints is an environment that a shell can source: names and values, each value on one line. Each simulator also takes
 * orders under {@code /__simulator/}: {@code GET ledger}, {@code GET requests}, {@code POST settle}, {@code POST reset},
 * {@code POST force/DECLINED}, {@code POST advance/PT10M}.
 */
public final class Simulators implements AutoCloseable {
    private static final String WEBHOOKS = ".webhooks";

    private final List<Simulator> running = new ArrayList<>();

    private Simulators() {}

    /**
     * Starts simulators.
     *
     * @param words as on the command line
     * @return the running simulators; close them
     * @throws IllegalArgumentException if a word names no provider, port or address; nothing is left running then
     */
    public static Simulators start(String... words) {
        Map<String, SimulatorProvider> known = new TreeMap<>();
        ServiceLoader.load(SimulatorProvider.class).forEach(one -> known.put(one.provider(), one));
        Map<String, Integer> ports = new TreeMap<>();
        Map<String, URI> webhooks = new TreeMap<>();
        for (String word : words) {
            int equals = word.indexOf('=');
            String name = equals < 0 ? word : word.substring(0, equals);
            String provider = name.endsWith(WEBHOOKS) ? name.substring(0, name.length() - WEBHOOKS.length()) : name;
            if (equals < 0 || !known.containsKey(provider)) {
                throw new IllegalArgumentException(
                        word + ": must be provider=port or provider.webhooks=address; providers are " + known.keySet());
            }
            if (name.endsWith(WEBHOOKS)) {
                webhooks.put(provider, URI.create(word.substring(equals + 1)));
            } else {
                ports.put(provider, port(word, word.substring(equals + 1)));
            }
        }
        Simulators simulators = new Simulators();
        for (String provider : ports.isEmpty() ? known.keySet() : ports.keySet()) {
            Simulator simulator = Objects.requireNonNull(known.get(provider)).start(ports.getOrDefault(provider, 0));
            simulators.running.add(simulator);
            if (webhooks.containsKey(provider)) {
                simulator.webhooks().deliverTo(webhooks.get(provider));
            }
        }
        return simulators;
    }

    private static int port(String word, String digits) {
        if (!digits.matches("[0-9]{1,5}") || Integer.parseInt(digits) > 65535) {
            throw new IllegalArgumentException(word + ": the port must be 0 to 65535");
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
        try (Simulators simulators = start(words)) {
            simulators.running().forEach(simulator -> environment(simulator).forEach(out::println));
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

    /** Lines that a shell can source, with a comment before them. PEM needs no line ends. */
    static List<String> environment(Simulator simulator) {
        Map<String, String> variables = new TreeMap<>(simulator.credentials());
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
