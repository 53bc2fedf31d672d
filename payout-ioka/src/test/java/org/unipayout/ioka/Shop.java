package org.unipayout.ioka;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.unipayout.Exchange;
import org.unipayout.Money;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.http.HttpOptions;
import org.unipayout.simulator.ioka.IokaSimulator;

/** A merchant's two clients before a simulated ioka; times are the simulator's. */
final class Shop implements AutoCloseable {
    final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    final IokaPayoutClient transfers;
    final IokaPayoutOrderClient orders;
    final IokaPayoutOrderClient twoStep;

    Shop(IokaSimulator ioka) {
        this(ioka, IokaOptions.builder(ioka.baseUrl(), Secret.of(ioka.apiKey())));
    }

    Shop(IokaSimulator ioka, IokaOptions.Builder options) {
        this(ioka, options, ioka.clock());
    }

    Shop(IokaSimulator ioka, IokaOptions.Builder options, Clock clock) {
        HttpOptions http = HttpOptions.builder()
                .readTimeout(Duration.ofSeconds(30))
                .exchangeSink(exchanges::add)
                .time(clock, ioka.clock()::advance, () -> 0.5)
                .build();
        transfers = IokaPayoutClient.open(options.build(), http);
        orders = IokaPayoutOrderClient.open(options.build(), http);
        twoStep = IokaPayoutOrderClient.open(options.twoStep().build(), http);
    }

    /** Lets both sides load their classes, so that the suite's short timeouts measure the network only. */
    static void warmUp(IokaSimulator ioka) {
        try (Shop shop = new Shop(ioka)) {
            shop.transfers.create(toSavedCard("warm-up", 15000).build());
            shop.orders.create(toSavedCard("warm-up", 15000).build());
        }
    }

    static PayoutRequest.Builder toSavedCard(String reference, long minorUnits) {
        return PayoutRequest.builder(
                reference, tenge(minorUnits), new Recipient.SavedCard(IokaSimulator.SAVED_VISA_ID));
    }

    static PayoutRequest.Builder toForm(String reference, long minorUnits) {
        return PayoutRequest.builder(
                reference, tenge(minorUnits), new Recipient.HostedForm(URI.create("https://back.kz")));
    }

    static Money tenge(long minorUnits) {
        return Money.ofMinor(minorUnits, "KZT");
    }

    @Override
    public void close() {
        transfers.close();
        orders.close();
        twoStep.close();
    }
}
