package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
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
import org.unipayout.horizonpay.VerificationServer;
import org.unipayout.http.HttpOptions;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.ReceivedRequest;

/** The gateway asks before it pays and the journal answers: paid once, without a window and without a decision. */
class FencedHorizonPayTest {
    private final HorizonPaySimulator gateway = HorizonPaySimulator.start();
    private final FaultServer network = FaultServer.before(gateway.baseUrl());
    private final AtomicReference<Payouts> journal = new AtomicReference<>();
    private final VerificationServer merchant = new VerificationServer(this::answer);
    private final HorizonPayOptions options = HorizonPayOptions.builder(
                    network.baseUrl(), gateway.shopId(), Secret.of(gateway.secretKey()))
            .publicKey(gateway.notificationPublicKey())
            .fence(merchant.url())
            .build();
    private final PayoutClient client = HorizonPayPayoutClient.open(
            options,
            HttpOptions.builder()
                    .time(gateway.clock(), gateway.clock()::advance, () -> 1.0)
                    .build());

    private PayoutFence.Answer answer(byte[] body, Map<String, List<String>> headers) {
        return Objects.requireNonNull(journal.get()).verification("horizonpay", body, headers);
    }

    @BeforeEach
    void build() {
        Payouts payouts = Payouts.builder(Databases.H2.fresh())
                .provider("horizonpay", client)
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
        PayoutRequest request = PayoutRequest.builder(
                        "order-1",
                        Money.ofMinor(15_000, "KZT"),
                        new Recipient.SavedCard(HorizonPaySimulator.SAMPLE_TOKEN))
                .description("Payout to a card")
                .recipientDetails(
                        Participant.builder().fullName("CARDHOLDER NAME").build())
                .build();
        Payouts payouts = Objects.requireNonNull(journal.get());
        payouts.pay(request, "horizonpay");
        for (int look = 0; look < 30; look++) {
            gateway.clock().advance(Duration.ofMinutes(1));
            payouts.recoverNow("order-1");
        }
        return payouts.recoverNow("order-1");
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
}
