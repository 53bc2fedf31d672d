package org.unipayout.testkit;

import java.time.Clock;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.unipayout.ExchangeSink;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Sleeper;

/**
 * One flow of one provider, as everything sees it that runs over all providers: which simulator plays it, how its client
 * is built, and what a good payout is. A provider with two flows is two of them before one simulator.
 *
 * <p>Found by {@link ServiceLoader}, so that a new provider is added in its own folder: the adapter has the implementation
 * among its tests, because the adapter and its simulator must not know each other, and publishes them as a test-jar.
 *
 * <p>Implementations hold no state: the process that builds a client is not always the one that runs the simulator.
 */
public interface ProviderUnderTest {
    /** Name of what the environment of a client with a fence tells beside the credentials: where the merchant answers. */
    String FENCE_URL = "FENCE_URL";

    /** {@return the flow's name, as its capabilities spell it} */
    String provider();

    /** {@return the name of the simulator that plays it, as {@link Simulator#provider} spells it} */
    default String simulator() {
        return provider();
    }

    /**
     * Builds a client as a merchant would.
     *
     * @param environment what {@link Simulator#credentials} tells, or the environment of a process that was given it
     * @param clock where the client's times come from
     * @param patience how long connecting, waiting for an answer and a whole call may take
     * @param audit takes the client's exchanges
     * @return a new client; close it
     */
    PayoutClient client(Map<String, String> environment, Clock clock, Duration patience, ExchangeSink audit);

    /**
     * Builds a client without an audit trail.
     *
     * @param environment as for {@link #client(Map, Clock, Duration, ExchangeSink)}
     * @param clock where the client's times come from
     * @param patience how long connecting, waiting for an answer and a whole call may take
     * @return a new client; close it
     */
    default PayoutClient client(Map<String, String> environment, Clock clock, Duration patience) {
        return client(environment, clock, patience, ExchangeSink.NONE);
    }

    /**
     * A good request to a recipient that the simulator knows from its start.
     *
     * @param reference the merchant's reference
     * @param minorUnits the amount, which chooses the {@link Scenario}
     * @return a builder, for tests that change a field
     */
    PayoutRequest.Builder request(String reference, long minorUnits);

    /**
     * Whether an HTTP call is the one that {@link PayoutClient#submit} makes to send that payout on its way.
     *
     * @param method HTTP method
     * @param path path without query
     * @return true for it
     */
    boolean submits(String method, String path);

    /** {@return whether the provider can let such a payout wait until the merchant confirms it} */
    default boolean waitsForMerchant() {
        return false;
    }

    /**
     * The reader of the simulator's notifications.
     *
     * @param environment as for {@link #client(Map, Clock, Duration, ExchangeSink)}
     * @return empty if the provider sends none
     */
    default Optional<PayoutWebhooks> webhooks(Map<String, String> environment) {
        return Optional.empty();
    }

    /**
     * The reader of what the provider asks before it pays.
     *
     * @param environment as for {@link #client(Map, Clock, Duration, ExchangeSink)}, with {@link #FENCE_URL}
     * @return empty if the merchant has no fence
     */
    default Optional<PayoutFence> fence(Map<String, String> environment) {
        return Optional.empty();
    }

    /**
     * How a client waits between two attempts.
     *
     * @param clock the client's
     * @return lets the time of a clock that can be moved pass at once, and waits by any other
     */
    static Sleeper sleeper(Clock clock) {
        return clock instanceof MovableClock movable ? movable::advance : Sleeper.REAL;
    }

    /** {@return the same flow as merchants with other settings have it, for stories drawn at random; not in {@link #all}} */
    default List<ProviderUnderTest> variants() {
        return List.of();
    }

    /** {@return in which setting a variant differs, in words; empty for what is no variant} */
    default String setting() {
        return "";
    }

    /**
     * Starts the simulator that plays it, on any free port.
     *
     * @return a running simulator; close it
     * @throws IllegalStateException if the simulator is not on the class path
     */
    default Simulator start() {
        return ServiceLoader.load(SimulatorProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(one -> one.provider().equals(simulator()))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no simulator of this name is here: " + simulator()))
                .start(0, Map.of());
    }

    /** {@return all that are on the class path, by name} */
    static List<ProviderUnderTest> all() {
        return ServiceLoader.load(ProviderUnderTest.class).stream()
                .map(ServiceLoader.Provider::get)
                .sorted(Comparator.comparing(ProviderUnderTest::provider))
                .toList();
    }
}
