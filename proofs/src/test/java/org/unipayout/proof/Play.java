package org.unipayout.proof;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutException;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Absence;
import org.unipayout.journal.Actor;
import org.unipayout.journal.AesGcmVault;
import org.unipayout.journal.PayoutRecord;
import org.unipayout.journal.Payouts;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.MovableClock;
import org.unipayout.testkit.Simulator;

/**
 * One payout from the merchant's order to its rest: the journal drives the real adapter through a network of its own, and
 * between two looks time passes.
 */
final class Play implements AutoCloseable {
    private static final Actor MERCHANT = new Actor("merchant");
    private static final SecretKeySpec KEY = new SecretKeySpec(new byte[32], "AES");
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(2);
    private static final Duration LONGEST_PAUSE = Duration.ofHours(1);
    private static final Duration LONG_ENOUGH = Duration.ofDays(4);

    private final Flow flow;
    private final String reference =
            "m" + UUID.randomUUID().toString().replace("-", "").substring(0, 20);
    private final Simulator simulator;
    private final MovableClock clock;
    private final FaultServer network;
    private final CallLog client;
    private final Payouts payouts;
    private final UnderWay underWay;

    /**
     * Sets the stage.
     *
     * @param relay what stands between adapter and journal
     */
    Play(Flow flow, Simulator simulator, DataSource dataSource, UnaryOperator<PayoutClient> relay) {
        this.flow = flow;
        this.simulator = simulator;
        simulator.reset();
        clock = simulator.clock();
        network = FaultServer.before(simulator.baseUrl());
        underWay = new UnderWay(network);
        client = new CallLog(
                relay.apply(client(Patience.ENDLESS)),
                relay.apply(client(Patience.OF_A_CALL)),
                () -> network.exchanges().size(),
                this::payments);
        payouts = Payouts.builder(dataSource)
                .provider(flow.provider().provider(), client)
                .time(clock, clock::advance, () -> 0.5)
                .vault(AesGcmVault.builder("matrix", KEY).build())
                .afterAbsence(Absence.RESUBMIT)
                .build();
    }

    private PayoutClient client(Duration patience) {
        return flow.provider().client(simulator.credentials(network.baseUrl()), clock, patience, underWay);
    }

    private int payments() {
        return (int) simulator.ledger().movements().stream()
                .filter(movement -> movement.kind() == Ledger.Kind.PAID)
                .count();
    }

    List<CallLog.Told> calls() {
        return client.calls();
    }

    List<FaultServer.Exchange> exchanges() {
        return network.exchanges();
    }

    /**
     * Plays it with a fault at one exchange.
     *
     * @param exchange from 0
     * @param call which call makes it, from 0
     */
    Rest with(Phase fault, int exchange, int call) {
        client.hasteAt(call);
        fault.layOn(network, exchange);
        return toRest();
    }

    /** Plays it to where nothing happens any more. */
    Rest toRest() {
        PayoutRecord payout = payouts.pay(
                flow.request(reference).build(),
                flow.provider().provider(),
                flow.course().confirmation());
        Duration pause = FIRST_PAUSE;
        for (Duration passed = Duration.ZERO;
                !payout.status().isFinal() && passed.compareTo(LONG_ENOUGH) < 0;
                passed = passed.plus(pause)) {
            underWay.await();
            network.acceptAgain();
            order(payout.status());
            underWay.await();
            pause = longer(pause);
            clock.advance(pause);
            payout = payouts.recoverNow(reference);
        }
        underWay.await();
        return new Rest(payout, simulator.ledger().movements(), client.paidThoughItThrew());
    }

    private static Duration longer(Duration pause) {
        Duration next = pause.multipliedBy(3).dividedBy(2);
        return next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    }

    /** The merchant repeats an order that was not carried out as long as the payout waits for it. */
    private void order(PayoutStatus status) {
        if (status != PayoutStatus.AWAITING_CONFIRMATION) {
            return;
        }
        try {
            switch (flow.course()) {
                case CONFIRMED -> payouts.by(MERCHANT).confirm(reference);
                case CANCELED -> payouts.by(MERCHANT).cancel(reference);
                case PAID, DECLINED -> {} // the journal confirms
            }
        } catch (PayoutException | IllegalStateException notNow) {
            // it waits on, and the next look tells
        }
    }

    @Override
    public void close() {
        payouts.close();
        client.close();
        network.close();
    }
}
