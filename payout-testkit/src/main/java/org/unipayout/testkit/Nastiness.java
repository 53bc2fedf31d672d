package org.unipayout.testkit;

import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * One way in which a provider may make a merchant's life hard without breaking its own document: a switch of its {@link
 * Simulator}, under a name that needs no knowledge of the provider. Immutable.
 */
public final class Nastiness {
    private final String name;
    private final Duration agreed;
    private final Duration most;
    private final Consumer<Duration> turnOn;

    private Nastiness(String name, Duration agreed, Duration most, Consumer<Duration> turnOn) {
        this.name = Objects.requireNonNull(name, "name");
        this.agreed = agreed;
        this.most = most;
        this.turnOn = turnOn;
    }

    /**
     * One that is there or not.
     *
     * @param name in words
     * @param turnOn turns the switch, until {@link Simulator#reset}
     * @return the nastiness
     */
    public static Nastiness of(String name, Runnable turnOn) {
        return new Nastiness(name, Duration.ZERO, Duration.ZERO, unused -> turnOn.run());
    }

    /**
     * One that takes time.
     *
     * @param name in words
     * @param agreed the longest time if a merchant relies on what the provider told about it
     * @param most the longest time that is tried otherwise, because nothing that is published bounds it
     * @param turnOn turns the switch, until {@link Simulator#reset}
     * @return the nastiness
     */
    public static Nastiness lasting(String name, Duration agreed, Duration most, Consumer<Duration> turnOn) {
        return new Nastiness(name, agreed, most, turnOn);
    }

    /** {@return what it is, in words} */
    public String name() {
        return name;
    }

    /**
     * How long it may last.
     *
     * @param relied whether the merchant relies on what the provider told
     * @return by the simulator's clock; zero if it takes no time
     */
    public Duration longest(boolean relied) {
        return relied ? agreed : most;
    }

    /**
     * Turns it on until {@link Simulator#reset}.
     *
     * @param duration by the simulator's clock; without meaning if it takes no time
     */
    public void turnOn(Duration duration) {
        turnOn.accept(duration);
    }

    @Override
    public String toString() {
        return name;
    }
}
