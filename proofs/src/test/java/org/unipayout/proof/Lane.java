package org.unipayout.proof;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutClient;
import org.unipayout.testkit.MovableClock;
import org.unipayout.testkit.ProviderUnderTest;
import org.unipayout.testkit.Simulator;

/** One provider's client before a server that answers from a script. For one thread; close it. */
final class Lane implements AutoCloseable {
    private static final Duration PATIENT = Duration.ofSeconds(5);
    /** Less than the transport's first pause, so that a question is not repeated. */
    private static final Duration HASTY = Duration.ofMillis(140);

    private final RawServer server;
    private final PayoutClient patient;
    private final PayoutClient hasty;
    private final AtomicInteger served = new AtomicInteger();
    private volatile @Nullable Door door;
    private volatile int damaged;
    private volatile @Nullable Answer mutant;

    Lane(ProviderUnderTest provider, Simulator simulator, MovableClock clock, UnaryOperator<PayoutClient> relay)
            throws IOException {
        server = new RawServer(request -> answer());
        Map<String, String> environment = simulator.credentials(server.baseUrl());
        patient = relay.apply(provider.client(environment, clock, PATIENT));
        hasty = relay.apply(provider.client(environment, clock, HASTY));
    }

    /**
     * Makes a call again.
     *
     * @param exchange which of its exchanges is answered by the mutant, from 0
     * @return what the call gives
     */
    Object call(Door next, int exchange, Answer instead) {
        door = next;
        damaged = exchange;
        mutant = instead;
        served.set(0);
        return next.call(next.asks(exchange) && instead.invitesARepeat() ? hasty : patient);
    }

    /** Whether the call ended on the mutant: nothing was asked after it. */
    boolean endedOnTheMutant() {
        return served.get() == damaged + 1;
    }

    private Answer answer() throws IOException {
        Door now = door;
        Answer instead = mutant;
        if (now == null || instead == null) {
            throw new IOException("nobody called");
        }
        int number = served.getAndIncrement();
        boolean genuine = number != damaged && number < now.exchanges().size();
        return genuine ? now.exchanges().get(number).answer() : instead;
    }

    @Override
    public void close() throws IOException {
        patient.close();
        hasty.close();
        server.close();
    }
}
