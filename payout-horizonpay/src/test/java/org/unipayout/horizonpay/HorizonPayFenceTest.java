package org.unipayout.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.Decline;
import org.unipayout.Evidence;
import org.unipayout.Identity;
import org.unipayout.Payout;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Secret;
import org.unipayout.WebhookEvent;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.testkit.Fault;

/** The fence: HorizonPay asks before it pays, and one transaction per payout is let through. */
class HorizonPayFenceTest {
    @RegisterExtension
    static final HorizonPaySimulator HORIZONPAY = HorizonPaySimulator.start();

    private final Map<String, String> letThrough = new ConcurrentHashMap<>();
    private VerificationServer merchant;
    private Shop shop;

    @BeforeEach
    void open() {
        HorizonPayOptions keys = HorizonPayOptions.builder(
                        HORIZONPAY.baseUrl(), HORIZONPAY.shopId(), Secret.of(HORIZONPAY.secretKey()))
                .publicKey(HORIZONPAY.notificationPublicKey())
                .build();
        merchant = new VerificationServer(HorizonPayVerification.of(keys), this::isFirst);
        shop = new Shop(HORIZONPAY, options -> options.submitWithoutLooking().fence(merchant.url()));
    }

    @AfterEach
    void close() throws IOException {
        shop.close();
        merchant.close();
    }

    /** What a journal stores before it answers. */
    private boolean isFirst(WebhookEvent payout) {
        String uid = payout.providerId().orElseThrow();
        return uid.equals(letThrough.computeIfAbsent(payout.reference().orElseThrow(), reference -> uid));
    }

    @Test
    void submit_againWhileTheFirstIsNotVisible_isNotLetThroughAndPaidOnce() {
        HORIZONPAY.switches().trackingIdLag = Duration.ofHours(2);
        PayoutRef ref = loseTheAnswer();
        HORIZONPAY.clock().advance(Duration.ofMinutes(1));

        Payout again = shop.client.submit(ref, request());

        assertThat(again.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(again.evidence().map(Evidence::kind)).contains(Evidence.Kind.NOT_LET_THROUGH);
        assertThat(again.ref()).isEqualTo(ref);
        HORIZONPAY.ledger().assertPaidExactlyOnce(Shop.REFERENCE);
        PayoutRef first = ref.withProviderId(String.valueOf(letThrough.get(Shop.REFERENCE)));
        assertThat(shop.client.get(first).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void get_oneWasPaidAndOneNotLetThrough_isPaid() {
        PayoutRef ref = loseTheAnswer();
        HORIZONPAY.clock().advance(Duration.ofMinutes(1));
        Payout again = shop.client.submit(ref, request());

        assertThat(again.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(again.ref().providerId()).contains(String.valueOf(letThrough.get(Shop.REFERENCE)));
        assertThat(shop.client.get(ref).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(shop.client.get(ref).evidence()).isEmpty();
        HORIZONPAY.ledger().assertPaidExactlyOnce(Shop.REFERENCE);
    }

    @Test
    void get_theOneThatWasLetThroughWasDeclined_isFailed() {
        PayoutRequest declined = Shop.request(15_051).build();
        PayoutRef ref = shop.client.prepare(declined).ref();
        shop.network.on(call -> call.method().equals("POST")).play(Fault.RESET_AFTER_REQUEST);
        shop.client.submit(ref, declined);
        HORIZONPAY.clock().advance(Duration.ofMinutes(1));

        Payout again = shop.client.submit(ref, declined);

        assertThat(again.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(again.decline().map(Decline::code)).contains("F.0105");
    }

    @Test
    void submit_theMerchantDoesNotAnswer_isNotPaidAndMayBeSentAgain() throws IOException {
        merchant.close();
        PayoutRef ref = shop.client.prepare(request()).ref();
        Payout stopped = shop.client.submit(ref, request());
        assertThat(stopped.hasEvidence(Evidence.Kind.NOT_LET_THROUGH)).isTrue();
        HORIZONPAY.ledger().assertNotPaid(Shop.REFERENCE);

        try (VerificationServer back = new VerificationServer(HorizonPayVerification.of(shop.options), this::isFirst);
                Shop looking = new Shop(HORIZONPAY, options -> options.fence(back.url()))) {
            HORIZONPAY.clock().advance(Duration.ofMinutes(1));

            assertThat(looking.client.submit(stopped.ref(), request()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            HORIZONPAY.ledger().assertPaidExactlyOnce(Shop.REFERENCE);
        }
    }

    @Test
    void get_byAnIdThatDoesNotShow_saysNothingOfOnesThatWereNotLetThrough() throws IOException {
        merchant.close();
        PayoutRef ref = shop.client.prepare(request()).ref();
        shop.client.submit(ref, request());

        Payout asked = shop.client.get(ref.withProviderId("1-aaaaaaaaaa"));

        assertThat(asked.hasEvidence(Evidence.Kind.ABSENT)).isTrue();
        assertThat(shop.client.get(ref).hasEvidence(Evidence.Kind.NOT_LET_THROUGH))
                .isTrue();
    }

    @Test
    void get_tenThatWereNotLetThrough_stillSayOnlyThat() throws IOException {
        merchant.close();
        PayoutRef ref = shop.client.prepare(request()).ref();
        for (int send = 0; send < 10; send++) {
            shop.client.submit(ref, request());
            HORIZONPAY.clock().advance(Duration.ofMinutes(1));
        }

        assertThat(shop.client.get(ref).hasEvidence(Evidence.Kind.NOT_LET_THROUGH))
                .isTrue();
        HORIZONPAY.ledger().assertNotPaid(Shop.REFERENCE);
    }

    @Test
    void submit_fortyAtOnceWithoutTheGatewaysOwnCheck_paysOnce() {
        PayoutRequest request = Shop.request()
                .extras(HorizonPayExtras.builder().allowEqualPayout().build())
                .build();
        PayoutRef ref = shop.client.prepare(request).ref();

        IntStream.range(0, 40).parallel().forEach(n -> shop.client.submit(ref, request));

        HORIZONPAY.ledger().assertPaidExactlyOnce(Shop.REFERENCE);
    }

    @Test
    void read_question_tellsWhichPayoutAndBothAnswers() {
        HorizonPayVerification verification = HorizonPayVerification.of(shop.options);
        shop.client.submit(shop.client.prepare(request()).ref(), request());
        PayoutRef ref = PayoutRef.of("horizonpay", request());
        PayoutRef other = PayoutRef.of(
                "horizonpay",
                Shop.request(Shop.REFERENCE, Shop.AMOUNT, "5555555555554444").build());

        PayoutFence.Question question = verification.read(shop.notifications().get(0));

        assertThat(question.payout().against(ref).about()).isEqualTo(Identity.About.OURS);
        assertThat(question.payout().against(other).about()).isEqualTo(Identity.About.COLLISION);
        assertThat(question.payout().status()).isEmpty();
        assertThat(question.acceptance())
                .isNotNull()
                .satisfies(answer -> assertThat(text(answer))
                        .contains("\"code\":0", String.valueOf(letThrough.get(Shop.REFERENCE))));
        assertThat(text(question.refusal())).contains("\"code\":1").doesNotContain("uid");
        assertThat(question.refusal())
                .hasToString("Answer[200, " + question.refusal().body().length + " bytes]");
    }

    private static String text(PayoutFence.Answer answer) {
        return new String(answer.body(), StandardCharsets.UTF_8);
    }

    private PayoutRef loseTheAnswer() {
        PayoutRef ref = shop.client.prepare(request()).ref();
        shop.network.on(call -> call.method().equals("POST")).play(Fault.RESET_AFTER_REQUEST);
        Payout unclear = shop.client.submit(ref, request());
        assertThat(unclear.hasEvidence(Evidence.Kind.NO_ANSWER)).isTrue();
        return unclear.ref();
    }

    private static PayoutRequest request() {
        return Shop.request().build();
    }
}
