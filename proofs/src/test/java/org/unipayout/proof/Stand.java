package org.unipayout.proof;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.unipayout.ExchangeSink;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.testkit.ProviderUnderTest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.Simulator;

/** A provider that plays its flow, and what it notified of: one payout paid, one declined, one canceled. */
final class Stand implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    final ProviderUnderTest provider;
    final Simulator simulator;
    final Map<String, String> environment;
    final PayoutClient client;
    final PayoutWebhooks receiver;

    private Stand(ProviderUnderTest provider, PayoutWebhooks receiver, Simulator simulator) {
        this.provider = provider;
        this.simulator = simulator;
        this.receiver = receiver;
        environment = simulator.credentials();
        client = provider.client(environment, simulator.clock(), PATIENCE, ExchangeSink.NONE);
    }

    /** {@return one of each provider that sends notifications; close them} */
    static List<Stand> all() {
        List<Stand> all = new ArrayList<>();
        for (ProviderUnderTest provider : ProviderUnderTest.all()) {
            Simulator simulator = provider.start();
            provider.webhooks(simulator.credentials())
                    .ifPresentOrElse(receiver -> all.add(new Stand(provider, receiver, simulator)), simulator::close);
        }
        return all;
    }

    /** Pays, is declined and, where the merchant may, cancels. */
    List<Notice> notices() {
        finish(client.create(request("order-paid", Scenario.PAID.amount(150))), false);
        finish(client.create(request("order-declined", Scenario.DECLINED.amount(70))), false);
        if (provider.waitsForMerchant()) {
            finish(client.create(request("order-canceled", Scenario.PAID.amount(90))), true);
        }
        return sent();
    }

    /** {@return all notifications so far} */
    List<Notice> sent() {
        return simulator.webhooks().created().stream()
                .map(sent -> Notice.of(sent, receiver))
                .toList();
    }

    PayoutRequest request(String reference, long minorUnits) {
        return provider.request(reference, minorUnits)
                .requestedAt(simulator.clock().instant())
                .build();
    }

    private void finish(Payout payout, boolean cancel) {
        Payout known = payout;
        for (int looks = 0; looks < 20 && !known.status().isFinal(); looks++) {
            known = known.update(looked(known, cancel));
        }
        if (!known.status().isFinal()) {
            throw new IllegalStateException("this payout has no end: " + known);
        }
    }

    private Payout looked(Payout known, boolean cancel) {
        if (known.status() != PayoutStatus.AWAITING_CONFIRMATION) {
            return client.get(known.ref());
        }
        return cancel ? client.cancel(known.ref()) : client.confirm(known.ref());
    }

    @Override
    public void close() {
        client.close();
        simulator.close();
    }

    @Override
    public String toString() {
        return provider.provider();
    }
}
