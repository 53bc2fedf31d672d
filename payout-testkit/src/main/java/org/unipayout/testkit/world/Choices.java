package org.unipayout.testkit.world;

import java.time.Duration;
import org.unipayout.MayChange;

/**
 * Decides what happens in a world. Every choice has a name, so that it stays the same whatever else is left out, and 0 is
 * always the tame answer: the one by which nothing unusual happens. Not thread-safe.
 */
@MayChange
public interface Choices {

    /**
     * Picks one of several ways in which something may go.
     *
     * @param what its name
     * @param perMille how often it goes another way than the tame one, of a thousand times
     * @param options how many ways there are, the tame one among them; at least 1
     * @return 0 to {@code options - 1}
     */
    int pick(String what, int perMille, int options);

    /**
     * Picks a quantity, of which it only matters that it varies.
     *
     * @param what its name
     * @param options how many there are; at least 1
     * @return 0 to {@code options - 1}
     */
    int quantity(String what, int options);

    /**
     * Whether something unusual happens.
     *
     * @param what its name
     * @param perMille how often, of a thousand times
     * @return whether it does
     */
    default boolean happens(String what, int perMille) {
        return pick(what, perMille, 2) == 1;
    }

    /**
     * Picks a duration; the tame one is the shortest.
     *
     * @param what its name
     * @param least the shortest
     * @param most the longest
     * @return one of sixteen between them; the steps grow, so that short ones are as likely as long ones
     */
    default Duration between(String what, Duration least, Duration most) {
        long span = Math.max(0, most.toMillis() - least.toMillis());
        int step = quantity(what, 16);
        return least.plusMillis(span * step * step / 225);
    }

    /**
     * Picks one of several things, each as likely as the others; the tame one is the first.
     *
     * @param choices decides
     * @param what its name
     * @param things the things
     * @param <T> what they are
     * @return one of them
     */
    @SafeVarargs
    @SuppressWarnings("varargs") // they are only read
    static <T> T oneOf(Choices choices, String what, T... things) {
        return things[choices.quantity(what, things.length)];
    }
}
