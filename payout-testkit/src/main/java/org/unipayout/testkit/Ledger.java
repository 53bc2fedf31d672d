package org.unipayout.testkit;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The money that really moved at a simulated provider: the truth that every test of "paid once" asks.
 *
 * <p>A ledger is append-only and thread-safe. Amounts are minor units.
 */
public final class Ledger {
    private final List<Movement> movements = new ArrayList<>();

    /** An empty ledger. */
    public Ledger() {}

    /** Direction of a movement. */
    public enum Kind {
        /** From the merchant to the recipient. */
        PAID,
        /** Back from the recipient to the merchant. */
        RETURNED
    }

    /**
     * One movement of money.
     *
     * @param kind direction
     * @param reference the merchant's reference, as far as the provider was told it, else the provider's id
     * @param providerId the provider's own id of the payout
     * @param minorUnits amount in minor units, positive
     * @param currency ISO 4217 alphabetic code, upper case
     * @param recipient the recipient's instrument, masked
     * @param at when, by the simulator's clock
     */
    public record Movement(
            Kind kind,
            String reference,
            String providerId,
            long minorUnits,
            String currency,
            String recipient,
            Instant at) {}

    /**
     * Books a movement.
     *
     * @param movement what moved
     */
    public synchronized void add(Movement movement) {
        Objects.requireNonNull(movement, "movement");
        if (movement.minorUnits() <= 0) {
            throw new IllegalArgumentException("minorUnits: a movement is positive, but was " + movement.minorUnits());
        }
        movements.add(movement);
    }

    /**
     * All movements in the order in which they happened.
     *
     * @return a copy
     */
    public synchronized List<Movement> movements() {
        return List.copyOf(movements);
    }

    /**
     * How often a payout was paid; more than once is the disaster that this project exists to prevent.
     *
     * @param reference the merchant's reference
     * @return number of {@link Kind#PAID} movements
     */
    public int timesPaid(String reference) {
        return (int) movements().stream()
                .filter(movement ->
                        movement.kind() == Kind.PAID && movement.reference().equals(reference))
                .count();
    }

    /**
     * The sum that stayed with recipients: paid less returned.
     *
     * @param currency ISO 4217 alphabetic code
     * @return minor units
     */
    public long total(String currency) {
        return movements().stream()
                .filter(movement -> movement.currency().equals(currency))
                .mapToLong(movement -> movement.kind() == Kind.PAID ? movement.minorUnits() : -movement.minorUnits())
                .sum();
    }

    /**
     * Fails unless the payout was paid exactly once.
     *
     * @param reference the merchant's reference
     * @throws AssertionError if it was paid never, or more than once
     */
    public void assertPaidExactlyOnce(String reference) {
        assertTimesPaid(reference, 1);
    }

    /**
     * Fails unless one payment is all that was ever made here, under whatever reference: for code that may have paid a second
     * time under a name that the test does not know.
     *
     * @throws AssertionError if nobody was paid, or more than one payment was made; it lists them
     */
    public void assertSinglePayment() {
        List<String> payments = movements().stream()
                .filter(movement -> movement.kind() == Kind.PAID)
                .map(movement -> "\n  " + movement.reference() + ": " + movement.minorUnits() + " minor units "
                        + movement.currency() + " to " + movement.recipient())
                .toList();
        if (payments.size() != 1) {
            throw new AssertionError(
                    "one payment should have been made, but there are " + payments.size() + String.join("", payments));
        }
    }

    /**
     * Fails if the payout was paid.
     *
     * @param reference the merchant's reference
     * @throws AssertionError if money moved
     */
    public void assertNotPaid(String reference) {
        assertTimesPaid(reference, 0);
    }

    private void assertTimesPaid(String reference, int expected) {
        int actual = timesPaid(reference);
        if (actual != expected) {
            throw new AssertionError("reference " + reference + " should have been paid " + expected
                    + " time(s) but was paid " + actual + " time(s); the ledger holds " + movements());
        }
    }

    /** Forgets everything. */
    public synchronized void clear() {
        movements.clear();
    }

    @Override
    public String toString() {
        return "Ledger" + movements();
    }
}
