package org.unipayout.simulator.ioka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.simulator.ioka.Merchant.Answer;

class KeysTest {
    private static final String ORDERS = "/v2/transfer-orders";
    private static final String BODY = "{'amount': 100, 'type': 'PAYOUT'}";

    @RegisterExtension
    static final IokaSimulator ioka = IokaSimulator.start();

    private final Merchant merchant = new Merchant(ioka);

    @Test
    void anyCall_wrongKey_answers401WithTrace() {
        Answer refused = new Merchant(ioka.baseUrl(), "wrong").post(ORDERS, BODY);

        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.at("/code")).isEqualTo("Unauthorized");
        assertThat(refused.header("x-trace-id")).matches("[0-9a-f]{32}");
        assertThat(merchant.get(ORDERS).text()).isEqualTo("[]");
    }

    @Test
    void anyCall_keyWithoutRight_answers403() {
        ioka.switches().forbidden = true;

        assertThat(merchant.post(ORDERS, BODY).status()).isEqualTo(403);
        assertThat(merchant.get(ORDERS).at("/code")).isEqualTo("Forbidden");
    }

    @Test
    void anyCall_unknownAddress_answers404() {
        assertThat(merchant.get("/v2/nothing").status()).isEqualTo(404);
    }

    @Test
    void token_goodSecret_opensUntilItExpires() {
        ioka.switches().staticApiKey = false;
        Answer token = token(ioka.clientSecret());
        Merchant bearer = new Merchant(ioka.baseUrl(), token.at("/api_key"));

        int fresh = bearer.get(ORDERS).status();
        ioka.clock().advance(Duration.ofMinutes(61));

        assertThat(token.status()).isEqualTo(200);
        assertThat(token.at("/expiry_date")).matches("\\d{4}-\\d\\d-\\d\\dT.*\\d");
        assertThat(fresh).isEqualTo(200);
        assertThat(bearer.get(ORDERS).status()).isEqualTo(401);
        assertThat(merchant.get(ORDERS).status()).isEqualTo(401);
    }

    @Test
    void token_lifetimeSwitch_isObeyed() {
        ioka.switches().tokenLifetime = Duration.ofMinutes(1);
        Merchant bearer =
                new Merchant(ioka.baseUrl(), token(ioka.clientSecret()).at("/api_key"));

        ioka.clock().advance(Duration.ofMinutes(2));

        assertThat(bearer.get(ORDERS).status()).isEqualTo(401);
    }

    @Test
    void token_badSecretOrExpiredMerchant_isRefused() {
        assertThat(token("wrong").status()).isEqualTo(401);
        assertThat(merchant.post("/v2/auth/token", "{}").status()).isEqualTo(400);

        ioka.switches().merchantKeyExpired = true;

        assertThat(token(ioka.clientSecret()).status()).isEqualTo(403);
    }

    @Test
    void idempotencyKey_sameRequest_getsTheSameAnswerForAnHour() {
        Answer first = merchant.post(ORDERS, BODY, "idempotency-key", "k-1");
        ioka.clock().advance(Duration.ofMinutes(59));
        Answer second = merchant.post(ORDERS, BODY, "Idempotency-Key", "k-1");
        ioka.clock().advance(Duration.ofMinutes(2));
        Answer third = merchant.post(ORDERS, BODY, "idempotency-key", "k-1");

        assertThat(second.text()).isEqualTo(first.text());
        assertThat(second.status()).isEqualTo(201);
        assertThat(second.header("x-trace-id")).isNotEqualTo(first.header("x-trace-id"));
        assertThat(third.at("/order/id")).isNotEqualTo(first.at("/order/id"));
    }

    @Test
    void idempotencyKey_otherRequest_repeatsTheFirstAnswer() {
        Answer first = merchant.post(ORDERS, BODY, "idempotency-key", "k-2");

        Answer second = merchant.post(ORDERS, "{'amount': 999, 'type': 'PAYOUT'}", "idempotency-key", "k-2");

        assertThat(second.text()).isEqualTo(first.text());
    }

    @Test
    void idempotencyKey_otherRequestWithRejectingSwitch_answers400() {
        ioka.switches().rejectsKeyReuse = true;
        merchant.post(ORDERS, BODY, "idempotency-key", "k-3");

        Answer second = merchant.post(ORDERS, "{'amount': 999, 'type': 'PAYOUT'}", "idempotency-key", "k-3");
        Answer same = merchant.post(ORDERS, BODY, "idempotency-key", "k-3");

        assertThat(second.status()).isEqualTo(400);
        assertThat(same.status()).isEqualTo(201);
    }

    @Test
    void idempotencyKey_afterOutage_isProcessedWhenRepeated() {
        ioka.switches().unavailable = true;
        merchant.post(ORDERS, BODY, "idempotency-key", "k-4");
        ioka.switches().unavailable = false;

        assertThat(merchant.post(ORDERS, BODY, "idempotency-key", "k-4").status())
                .isEqualTo(201);
    }

    @Test
    void idempotencyKey_repeatedPayout_paysOnce() {
        String path = ORDERS + "/" + merchant.createOrder(100, "idem") + "/payout";
        String body = "{'receiver_id': 'TESTCARDID'}";

        Answer first = merchant.post(path, body, "idempotency-key", "k-5");
        Answer second = merchant.post(path, body, "idempotency-key", "k-5");

        assertThat(second.text()).isEqualTo(first.text());
        ioka.ledger().assertPaidExactlyOnce("idem");
    }

    private Answer token(String secret) {
        return merchant.post(
                "/v2/auth/token", "{'client_id': '%s', 'client_secret': '%s'}".formatted(ioka.clientId(), secret));
    }
}
