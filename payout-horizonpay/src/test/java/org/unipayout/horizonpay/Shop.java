package org.unipayout.horizonpay;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.unipayout.CardNumber;
import org.unipayout.Exchange;
import org.unipayout.Money;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.WebhookRequest;
import org.unipayout.http.HttpOptions;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.WebhookOutbox;

/** A merchant's program before the simulator, with a network between them that tests can break. */
final class Shop implements AutoCloseable {
    static final String REFERENCE = "order-1";
    static final long AMOUNT = 15_000;

    final HorizonPaySimulator simulator;
    final FaultServer network;
    final List<Exchange> exchanges = new CopyOnWriteArrayList<>();
    final HorizonPayOptions options;
    final HorizonPayPayoutClient client;

    Shop(HorizonPaySimulator simulator) {
        this(simulator, options -> options);
    }

    Shop(HorizonPaySimulator simulator, UnaryOperator<HorizonPayOptions.Builder> settings) {
        this.simulator = simulator;
        network = FaultServer.before(simulator.baseUrl());
        options = settings.apply(HorizonPayOptions.builder(
                                network.baseUrl(), simulator.shopId(), Secret.of(simulator.secretKey()))
                        .publicKey(simulator.notificationPublicKey()))
                .build();
        client = HorizonPayPayoutClient.open(options, http());
    }

    private HttpOptions http() {
        return HttpOptions.builder()
                .readTimeout(Duration.ofSeconds(20))
                .callDeadline(Duration.ofSeconds(20))
                .readDeadline(Duration.ofSeconds(20))
                .exchangeSink(exchanges::add)
                .time(simulator.clock(), simulator.clock()::advance, () -> 0.5)
                .build();
    }

    static HorizonPayOptions.Builder queued(HorizonPayOptions.Builder options) {
        return options.asynchronous().absenceWindow(Duration.ofDays(1));
    }

    static PayoutRequest.Builder request() {
        return request(AMOUNT);
    }

    static PayoutRequest.Builder request(long minorUnits) {
        return request(REFERENCE, minorUnits);
    }

    static PayoutRequest.Builder request(String reference, long minorUnits) {
        return request(reference, minorUnits, "4200000000000000");
    }

    static PayoutRequest.Builder request(String reference, long minorUnits, String cardNumber) {
        Recipient card = new Recipient.Card(CardNumber.of(cardNumber));
        return PayoutRequest.builder(reference, Money.ofMinor(minorUnits, "KZT"), card)
                .description("Payout to a card")
                .notificationUrl(URI.create("https://shop.example/notifications"));
    }

    /** The gateway answers calls of this method whose path starts so, for as long as the test lasts. */
    void answer(String method, String path, int status, String body) {
        network.on(call -> call.method().equals(method) && call.path().startsWith(path))
                .always()
                .play(Fault.answer(status, Map.of("Content-Type", "application/json"), body));
    }

    long calls(String method, String path) {
        return network.exchanges().stream()
                .filter(call -> call.method().equals(method) && call.path().startsWith(path))
                .count();
    }

    List<WebhookRequest> notifications() {
        return simulator.webhooks().created().stream().map(Shop::received).toList();
    }

    static WebhookRequest received(WebhookOutbox.Notification notification) {
        Map<String, List<String>> headers = notification.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        return new WebhookRequest(notification.body(), headers);
    }

    @Override
    public void close() {
        client.close();
        network.close();
    }
}
