package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntPredicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.unipayout.Decline;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.horizonpay.HorizonPayOptions;
import org.unipayout.horizonpay.HorizonPayPayoutClient;
import org.unipayout.horizonpay.HorizonPayVerification;
import org.unipayout.horizonpay.HorizonPayWebhooks;
import org.unipayout.horizonpay.VerificationServer;
import org.unipayout.http.HttpOptions;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.WebhookOutbox;

/** The gateway asks before it pays and the journal answers: paid once, without a window and without a decision. */
class FencedHorizonPayTest {
    private final HorizonPaySimulator gateway = HorizonPaySimulator.start();
    private final FaultServer network = FaultServer.before(gateway.baseUrl());
    private final AtomicReference<Payouts> journal = new AtomicReference<>();
    private final VerificationServer merchant = new VerificationServer(this::answer);
    private final HorizonPayOptions options = options().build();
    private PayoutClient client = client(options);
    /** Whether a question, counted from 1, reaches the journal. */
    private IntPredicate reached = number -> true;
    /** Whether the gateway gets what the journal answers. */
    private boolean heard = true;

    private int questions;

    private HorizonPayOptions.Builder options() {
        return HorizonPayOptions.builder(network.baseUrl(), gateway.shopId(), Secret.of(gateway.secretKey()))
                .publicKey(gateway.notificationPublicKey())
                .fence(merchant.url());
    }

    private PayoutClient client(HorizonPayOptions of) {
        HttpOptions http = HttpOptions.builder()
                .time(gateway.clock(), gateway.clock()::advance, () -> 1.0)
                .build();
        return HorizonPayPayoutClient.open(of, http);
    }

    private PayoutFence.Answer answer(byte[] body, Map<String, List<String>> headers) {
        PayoutFence.Answer lost = new PayoutFence.Answer(200, "application/json", new byte[0]);
        if (!reached.test(++questions)) {
            return lost;
        }
        PayoutFence.Answer answer = Objects.requireNonNull(journal.get()).verification("horizonpay", body, headers);
        return heard ? answer : lost;
    }

    @BeforeEach
    void build() {
        Payouts payouts = Payouts.builder(Databases.H2.fresh())
                .provider("horizonpay", client, HorizonPayWebhooks.of(options))
                .fence("horizonpay", HorizonPayVerification.of(options))
                .time(gateway.clock(), gateway.clock()::advance, () -> 1.0)
                .build();
        payouts.createSchema();
        journal.set(payouts);
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        merchant.close();
        network.close();
        gateway.close();
    }

    private PayoutRecord payAndLook(Fault fault) {
        network.on(this::isSend).play(fault);
        return payAndLook();
    }

    private PayoutRecord payAndLook() {
        PayoutRequest request = PayoutRequest.builder(
                        "order-1",
                        Money.ofMinor(15_000, "KZT"),
                        new Recipient.SavedCard(HorizonPaySimulator.SAMPLE_TOKEN))
                .description("Payout to a card")
                .notificationUrl(URI.create("https://shop.example/notifications"))
                .recipientDetails(
                        Participant.builder().fullName("CARDHOLDER NAME").build())
                .build();
        Payouts payouts = Objects.requireNonNull(journal.get());
        payouts.pay(request, "horizonpay");
        for (int look = 0; look < 30; look++) {
            gateway.clock().advance(Duration.ofMinutes(1));
            gateway.webhooks().created().forEach(sent -> receive(payouts, sent));
            payouts.recoverNow("order-1");
        }
        return payouts.recoverNow("order-1");
    }

    private static void receive(Payouts payouts, WebhookOutbox.Notification sent) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        sent.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        payouts.webhook("horizonpay", sent.body(), headers);
    }

    private boolean isSend(ReceivedRequest call) {
        return call.method().equals("POST") && call.path().endsWith("/transactions/payouts");
    }

    private long sends() {
        return network.exchanges().stream()
                .filter(exchange ->
                        exchange.method().equals("POST") && exchange.path().endsWith("/transactions/payouts"))
                .count();
    }

    @Test
    void answerLostAndIndexLagsForHours_isPaidOnceAndKnown() {
        gateway.switches().trackingIdLag = Duration.ofHours(20);

        PayoutRecord end = payAndLook(Fault.RESET_AFTER_REQUEST);

        assertThat(end.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(end.attention()).isEmpty();
        assertThat(sends()).isEqualTo(1);
        gateway.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void requestLost_isSentAgainWithoutAWindowOrADecision() {
        PayoutRecord end = payAndLook(Fault.LOSE_REQUEST);

        assertThat(end.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(sends()).isEqualTo(2);
        gateway.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void queued_isLetThroughAndPaidOnce() {
        client.close();
        client = client(options().asynchronous().build());
        build();

        PayoutRecord end = payAndLook();

        assertThat(end.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(end.attention()).isEmpty();
        assertThat(gateway.webhooks().created()).isNotEmpty();
        gateway.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void answerOfTheFenceLost_endsAsNotPaidAndIsNotSentAgain() {
        heard = false;

        PayoutRecord end = payAndLook();

        assertThat(end.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(end.payout().decline().map(Decline::code)).contains("fence-not-heard");
        assertThat(end.attention()).isEmpty();
        assertThat(sends()).isEqualTo(1);
        gateway.ledger().assertNotPaid("order-1");
    }

    @Test
    void answerOfTheFenceAndOfTheSendLost_endsAsNotPaid() {
        heard = false;
        gateway.switches().trackingIdLag = Duration.ofHours(20);

        PayoutRecord end = payAndLook(Fault.RESET_AFTER_REQUEST);

        assertThat(end.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(end.attention()).isEmpty();
        gateway.ledger().assertNotPaid("order-1");
    }

    @Test
    void fenceCannotAnswerForAWhile_isSentAgainAndPaidOnce() {
        reached = number -> number > 1;

        PayoutRecord end = payAndLook();

        assertThat(end.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        gateway.ledger().assertPaidExactlyOnce("order-1");
    }
}
