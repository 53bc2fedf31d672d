package org.unipayout.journal;

/**
 * How fast one provider is called.
 *
 * @param submitsPerSecond the greatest number of submits a second, over all machines that share the database
 * @param callsInFlight the greatest number of calls at a time, on each machine
 */
public record Throttle(int submitsPerSecond, int callsInFlight) {
    /** As fast as the callers and workers go. */
    public static final Throttle NONE = new Throttle(Integer.MAX_VALUE, Integer.MAX_VALUE);

    /**
     * Checks the numbers.
     *
     * @param submitsPerSecond at least 1
     * @param callsInFlight at least 1
     * @throws IllegalArgumentException if one is less than 1
     */
    public Throttle {
        if (submitsPerSecond < 1 || callsInFlight < 1) {
            throw new IllegalArgumentException("throttle: both numbers must be at least 1");
        }
    }
}
