package org.unipayout.simulator.ioka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.simulator.ioka.Merchant.Answer;
import org.unipayout.testkit.Scenario;

class CustomersAndFormsTest {
    @RegisterExtension
    static final IokaSimulator ioka = IokaSimulator.start();

    private final Merchant merchant = new Merchant(ioka);

    @Test
    void checkout_goodCard_paysAndLeadsToTheSuccessPage() {
        String id = orderWithReturnPages(100);
        String url = merchant.order(id).at("/checkout_url");

        Answer form = Merchant.browse(url);
        Answer submitted = Merchant.submit(url, "pan", "5522 0427 0506 6736");
        Answer result = Merchant.browse(url);
        Answer back = Merchant.browse(url + "/return");

        assertThat(form.header("Content-Type")).startsWith("text/html");
        assertThat(form.text()).contains("<form method=\"post\">", "name=\"pan\"");
        assertThat(submitted.status()).isEqualTo(303);
        assertThat(submitted.header("Location")).isEqualTo(URI.create(url).getPath());
        assertThat(result.text()).doesNotContain("<form").contains("/transfer-orders/" + id + "/return");
        assertThat(back.status()).isEqualTo(303);
        assertThat(back.header("Location")).isEqualTo("https://success.kz");
        assertThat(merchant.order(id).at("/transfers/0/receiver_pan_masked")).isEqualTo("552204******6736");
        ioka.ledger().assertPaidExactlyOnce("hosted");
    }

    @Test
    void checkout_decliningCard_showsTheReasonAndAllowsAnotherTry() {
        String id = orderWithReturnPages(100);
        String url = merchant.order(id).at("/checkout_url");

        Merchant.submit(url, "pan", IokaSimulator.CARD_WITHOUT_MONEY);
        Answer declined = Merchant.browse(url);
        Answer back = Merchant.browse(url + "/return");
        Merchant.submit(url, "pan", IokaSimulator.RECEIVER_CARD);

        assertThat(declined.text()).contains("role=\"alert\"", "<form").contains("Недостаточно средств");
        assertThat(back.header("Location")).isEqualTo("https://failure.kz");
        assertThat(merchant.order(id).json().findValuesAsText("status"))
                .containsExactly("TRANSFERRED", "DECLINED", "APPROVED");
        ioka.ledger().assertPaidExactlyOnce("hosted");
    }

    @Test
    void checkout_beforeAnyTry_leadsBackToTheShop() {
        String id = orderWithReturnPages(100);

        assertThat(Merchant.browse(ioka.baseUrl() + "/transfer-orders/" + id + "/return")
                        .header("Location"))
                .isEqualTo("https://back.kz");
    }

    @Test
    void checkout_withoutReturnPages_offersNoWayBack() {
        String url = merchant.order(merchant.createOrder(100, "hosted")).at("/checkout_url");

        assertThat(Merchant.browse(url).text()).doesNotContain("<a ");
        assertThat(Merchant.browse(url + "/return").status()).isEqualTo(404);
    }

    @Test
    void checkout_slowPayout_saysInProgressAndOffersNoForm() {
        String url = merchant.order(merchant.createOrder(Scenario.SLOW.amount(1), "hosted"))
                .at("/checkout_url");

        Merchant.submit(url, "pan", IokaSimulator.RECEIVER_CARD);

        assertThat(Merchant.browse(url).text()).contains("обрабатывается").doesNotContain("<form");
        assertThat(Merchant.submit(url, "pan", IokaSimulator.RECEIVER_CARD).status())
                .isEqualTo(409);
        ioka.ledger().assertPaidExactlyOnce("hosted");
    }

    @Test
    void checkout_noCardNumber_saysSoOnAPage() {
        String url = merchant.order(merchant.createOrder(100, "hosted")).at("/checkout_url");

        Answer refused = Merchant.submit(url, "pan", "12");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.header("Content-Type")).startsWith("text/html");
        ioka.ledger().assertNotPaid("hosted");
    }

    @Test
    void checkout_expiredOrder_offersNoForm() {
        String id = merchant.post(
                        "/v2/transfer-orders",
                        "{'amount': 100, 'type': 'PAYOUT', 'due_date': '%s'}"
                                .formatted(ioka.clock().instant()))
                .at("/order/id");
        ioka.clock().advance(Duration.ofSeconds(1));

        Answer page = Merchant.browse(ioka.baseUrl() + "/transfer-orders/" + id);

        assertThat(page.text()).contains("истёк").doesNotContain("<form");
    }

    @Test
    void checkout_unknownOrder_answers404() {
        assertThat(Merchant.browse(ioka.baseUrl() + "/transfer-orders/tro_unknown")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void customer_savesACardThroughTheForm_andBecomesReady() {
        Answer created = merchant.post(
                "/v2/customers", "{'external_id': 'c-1', 'email': 'a@example.com', 'back_url': 'https://back.kz'}");
        String id = created.at("/customer/id");
        String url = created.at("/customer/checkout_url");

        Answer form = Merchant.browse(url);
        Merchant.submit(url, "pan", "4111111111111111", "exp", "12/26", "cvc", "123", "holder", "TEST");
        Answer cards = merchant.get("/v2/customers/" + id + "/cards");

        assertThat(created.status()).isEqualTo(201);
        assertThat(created.at("/customer/status")).isEqualTo("PENDING");
        assertThat(created.at("/customer_access_token")).startsWith(id + "_secret_");
        assertThat(form.text()).contains("name=\"pan\"", "name=\"exp\"", "name=\"cvc\"", "https://back.kz");
        assertThat(merchant.get("/v2/customers/" + id).at("/status")).isEqualTo("READY");
        assertThat(cards.at("/0/pan_masked")).isEqualTo("411111******1111");
        assertThat(cards.at("/0/expiry_date")).isEqualTo("12/26");
        assertThat(cards.at("/0/payment_system")).isEqualTo("VISA");
        assertThat(merchant.payout(merchant.createOrder(100, "to-new-card"), cards.at("/0/id"))
                        .at("/status"))
                .isEqualTo("APPROVED");
    }

    @Test
    void customer_decliningCard_isNotSaved() {
        Answer created = merchant.post("/v2/customers", "{}");
        String url = created.at("/customer/checkout_url");

        Merchant.submit(url, "pan", IokaSimulator.CARD_OVER_LIMIT, "exp", "12/26", "cvc", "123");

        assertThat(Merchant.browse(url).text()).contains("Превышен лимит");
        assertThat(merchant.get("/v2/customers/" + created.at("/customer/id") + "/cards")
                        .text())
                .isEqualTo("[]");
    }

    @Test
    void customer_formWithoutItsToken_isClosed() {
        assertThat(Merchant.browse(ioka.baseUrl() + "/customers/" + IokaSimulator.CUSTOMER_ID + "?access_token=x")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void customer_knownExternalId_answers409() {
        merchant.post("/v2/customers", "{'external_id': 'c-2'}");

        Answer second = merchant.post("/v2/customers", "{'external_id': 'c-2'}");

        assertThat(second.status()).isEqualTo(409);
        assertThat(second.at("/code")).isEqualTo("CustomerExists");
    }

    @Test
    void binding_withTheCustomersToken_savesACard() {
        Answer created = merchant.post("/v2/customers", "{}");
        String path = "/v2/customers/" + created.at("/customer/id") + "/bindings";
        String body = "{'pan': '5555555555555599', 'exp': '12/26', 'cvc': '123'}";

        Answer refused = merchant.post(path, body);
        Answer bound = merchant.post(path, body, "X-Customer-Access-Token", created.at("/customer_access_token"));

        assertThat(refused.status()).isEqualTo(401);
        assertThat(bound.status()).isEqualTo(201);
        assertThat(bound.at("/payment_system")).isEqualTo("MASTERCARD");
    }

    @ParameterizedTest
    @CsvSource({"4111, 12/26, 123", "4111111111111111, 13/26, 123", "4111111111111111, 12/26, 1"})
    void customer_formWithBrokenRule_answers400(String pan, String expiry, String code) {
        String url = merchant.post("/v2/customers", "{}").at("/customer/checkout_url");

        assertThat(Merchant.submit(url, "pan", pan, "exp", expiry, "cvc", code).status())
                .isEqualTo(400);
    }

    @Test
    void card_deleted_canNoLongerBePaidTo() {
        String cards = "/v2/customers/" + IokaSimulator.CUSTOMER_ID + "/cards/";
        String id = ioka.addSavedCard("4111111111111111");
        assertThat(merchant.get(cards + id).at("/pan_masked")).isEqualTo("411111******1111");

        assertThat(merchant.send("DELETE", cards + id, "").status()).isEqualTo(204);

        assertThat(merchant.get(cards + id).at("/code")).isEqualTo("CardNotFound");
        assertThat(merchant.payout(merchant.createOrder(100, "gone"), id).status())
                .isEqualTo(404);
    }

    @Test
    void card_ofAnotherCustomer_isNotFound() {
        String other = merchant.post("/v2/customers", "{}").at("/customer/id");

        assertThat(merchant.get("/v2/customers/" + other + "/cards/TESTCARDID").status())
                .isEqualTo(404);
        assertThat(merchant.get("/v2/customers/unknown/cards").at("/code")).isEqualTo("CustomerNotFound");
    }

    @Test
    void addSavedCard_noCardNumber_isRefused() {
        assertThatThrownBy(() -> ioka.addSavedCard("12"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("pan");
    }

    private String orderWithReturnPages(long amount) {
        return merchant.post("/v2/transfer-orders", """
                        {'amount': %d, 'type': 'PAYOUT', 'external_id': 'hosted', 'back_url': 'https://back.kz',
                         'success_url': 'https://success.kz', 'failure_url': 'https://failure.kz'}
                        """.formatted(amount)).at("/order/id");
    }
}
