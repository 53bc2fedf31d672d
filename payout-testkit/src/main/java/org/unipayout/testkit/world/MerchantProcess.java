package org.unipayout.testkit.world;

import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.ErrorBook;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.testkit.MovableClock;

/** The network as one process of the merchant's reaches it: calls take time, and the process may crash before and after them. */
final class MerchantProcess implements PayoutClient {
    /** The process ended: nothing of it acts any more. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;

        Crash() {
            super("the process crashed", null, false, false);
        }
    }

    private final PayoutClient network;
    private final Choices choices;
    private final MovableClock clock;
    private final Story story;
    private final int crashes;
    private boolean calm;
    private boolean dead;

    MerchantProcess(PayoutClient network, Choices choices, MovableClock clock, Story story, int crashes) {
        this.network = network;
        this.choices = choices;
        this.clock = clock;
        this.story = story;
        this.crashes = crashes;
    }

    void calmDown() {
        calm = true;
    }

    boolean isDead() {
        return dead;
    }

    private Payout through(String call, Supplier<Payout> exchange) {
        mayCrash("before " + call);
        clock.advance(choices.between("how long " + call + " takes", Duration.ofMillis(50), Duration.ofSeconds(5)));
        Payout answer = exchange.get();
        mayCrash("after " + call);
        return answer;
    }

    private void mayCrash(String where) {
        if (!dead && !calm && choices.happens("merchant crashes " + where, crashes)) {
            story.tell("merchant", "crashes " + where);
            dead = true;
        }
        if (dead) {
            throw new Crash();
        }
    }

    @Override
    public Capabilities capabilities() {
        return network.capabilities();
    }

    @Override
    public ErrorBook errorBook() {
        return network.errorBook();
    }

    @Override
    public Payout prepare(PayoutRequest request) {
        return through("PREPARE of " + request.reference(), () -> network.prepare(request));
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        return through("SUBMIT of " + ref.reference(), () -> network.submit(ref, request));
    }

    @Override
    public Payout get(PayoutRef ref) {
        return through("GET of " + ref.reference(), () -> network.get(ref));
    }

    @Override
    public Payout confirm(PayoutRef ref) {
        return through("CONFIRM of " + ref.reference(), () -> network.confirm(ref));
    }

    @Override
    public Payout cancel(PayoutRef ref) {
        return through("CANCEL of " + ref.reference(), () -> network.cancel(ref));
    }

    @Override
    public List<Balance> balance() {
        return network.balance();
    }

    @Override
    public void close() {}
}
