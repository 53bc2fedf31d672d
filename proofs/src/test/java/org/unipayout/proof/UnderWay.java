package org.unipayout.proof;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.unipayout.Exchange;
import org.unipayout.Exchange.Progress;
import org.unipayout.ExchangeSink;
import org.unipayout.testkit.FaultServer;

/** Requests that clients have sent and that a network has not decided yet: a provider does not execute them hours later. */
final class UnderWay implements ExchangeSink {
    private static final long A_MOMENT = 1_000_000;
    /** A connection may break inside a request, which then is under way for ever. */
    private static final Duration LONGEST_WAY = Duration.ofSeconds(5);

    private final FaultServer network;
    private final AtomicInteger sent = new AtomicInteger();
    private int arrivedBefore;

    UnderWay(FaultServer network) {
        this.network = network;
    }

    @Override
    public void accept(Exchange exchange) {
        if (exchange.progress() != Progress.NOTHING_WRITTEN) {
            sent.incrementAndGet();
        }
    }

    /** Forgets what was, so that one that broke on its way is waited for once only. */
    void startAnew() {
        arrivedBefore = network.exchanges().size();
        sent.set(0);
    }

    /** Lets it arrive before time passes. */
    void await() {
        long end = System.nanoTime() + LONGEST_WAY.toNanos();
        while (network.exchanges().size() - arrivedBefore < sent.get() && System.nanoTime() < end) {
            LockSupport.parkNanos(A_MOMENT);
        }
    }
}
