package org.unipayout.simulator.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.horizonpay.Merchant.payout;
import static org.unipayout.simulator.horizonpay.Merchant.payoutToToken;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.simulator.horizonpay.Merchant.Answer;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

class HorizonPaySideServicesTest {
    @RegisterExtension
    static final HorizonPaySimulator gateway = HorizonPaySimulator.start();

    private final Merchant merchant = new Merchant(gateway);

    @ParameterizedTest
    @ValueSource(strings = {"recipient_credit_card", "recipient_card"})
    void tokenize_recipientCard_givesATokenThatPays(String key) {
        Answer answer = merchant.post("/transactions/recipient_tokenizations", "3", card(key));

        assertThat(answer.at("/type")).isEqualTo("recipient_tokenization");
        assertThat(answer.at("/status")).isEqualTo("successful");
        assertThat(answer.json().path("amount").isNull()).isTrue();
        String token = answer.at("/recipient/payment_method/token");
        assertThat(merchant.pay(payoutToToken(100, "order-1", token)).at("/recipient/payment_method/last_4"))
                .isEqualTo("4444");
        gateway.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void tokenize_inV2_isWrappedAndFoundByUid() {
        Answer answer = merchant.post("/transactions/recipient_tokenizations", "2", card("recipient_credit_card"));

        String uid = answer.at("/transaction/uid");
        assertThat(answer.at("/transaction/payment_method_type")).isEqualTo("credit_card");
        assertThat(answer.at("/transaction/recipient_credit_card/token")).isNotEqualTo("absent");
        assertThat(merchant.get("/transactions/" + uid, "2").at("/transaction/type"))
                .isEqualTo("recipient_tokenization");
        assertThat(gateway.ledger().movements()).isEmpty();
    }

    @Test
    void tokenize_shortKeySwitchedOff_isRefused() {
        gateway.switches().recipientCardKeyAccepted = false;

        assertThat(merchant.post("/transactions/recipient_tokenizations", "3", card("recipient_card"))
                        .at("/errors/recipient_credit_card/number/0"))
                .isEqualTo("can't be blank");
    }

    @Test
    void creditCards_saved_givesATokenThatPays() {
        Answer answer = merchant.post("/credit_cards", "3", bareCard());

        assertThat(answer.at("/brand")).isEqualTo("master");
        assertThat(answer.at("/last_4")).isEqualTo("4444");
        assertThat(answer.at("/exp_month")).isEqualTo("12");
        assertThat(merchant.pay(payoutToToken(100, "order-1", answer.at("/token")))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void creditCards_updated_keepsNumberAndToken() {
        String token = merchant.post("/credit_cards", "3", bareCard()).at("/token");

        Answer answer =
                merchant.post("/credit_cards/" + token, "3", Merchant.object().put("exp_year", "2031"));

        assertThat(answer.at("/token")).isEqualTo(token);
        assertThat(answer.at("/exp_year")).isEqualTo("2031");
        assertThat(answer.at("/holder")).isEqualTo("John Doe");
    }

    @Test
    void creditCards_unknownToken_isNotFound() {
        assertThat(merchant.post("/credit_cards/nothing", "3", bareCard()).status())
                .isEqualTo(404);
    }

    @Test
    void creditCards_withoutNumber_isRefused() {
        assertThat(merchant.post("/credit_cards", "3", Merchant.object().put("holder", "John Doe"))
                        .at("/errors/number/0"))
                .isEqualTo("can't be blank");
    }

    @Test
    void balance_afterPayout_isLess() {
        gateway.switches().openingBalance = 1_000;
        merchant.pay(payout(100, "order-1"));

        Answer answer = merchant.post("/balance", "2", Merchant.object().put("currency", "KZT"));

        assertThat(answer.at("/status")).isEqualTo("successful");
        assertThat(answer.at("/result/amount")).isEqualTo("900");
        assertThat(answer.at("/result/currency")).isEqualTo("KZT");
        assertThat(answer.json().path("result").has("bankInfo")).isTrue();
    }

    @Test
    void balance_otherSpelling_isSwitchable() {
        gateway.switches().bankInfoKey = "bank_info";

        assertThat(merchant.post("/balance", "2", Merchant.object().put("gateway_id", 7))
                        .json()
                        .path("result")
                        .has("bank_info"))
                .isTrue();
    }

    @Test
    void balance_ofNothing_isRefused() {
        Answer answer = merchant.post("/balance", "2", Merchant.object());

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/response/errors/base").isArray()).isTrue();
    }

    @Test
    void transferCheck_ordinaryCards_isAllowed() {
        Answer answer = merchant.post("/p2p-restrictions", "3", transfer("4012000000003010", "4012000000003101"));

        assertThat(answer.at("/status")).isEqualTo("successful");
        assertThat(answer.at("/message")).isEqualTo("p2p is allowed");
        assertThat(answer.json().path("required_fields").path("recipient_card")).isEmpty();
    }

    @Test
    void transferCheck_documentedCards_areForbiddenOrNeedAHolder() {
        assertThat(merchant.post("/p2p-restrictions", "3", transfer("4005550000000019", "4012000000003101"))
                        .at("/message"))
                .isEqualTo("Forbidden by bank");
        assertThat(merchant.post("/p2p-restrictions", "3", transfer("4012000000003010", "4012001037484447"))
                        .at("/required_fields/recipient_card/0"))
                .isEqualTo("holder");
    }

    @Test
    void transferCheck_withoutAmount_isRefusedInItsOwnForm() {
        Answer answer =
                merchant.post("/p2p-restrictions", "3", Merchant.object().put("currency", "KZT"));

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/error_code")).isEqualTo("invalid_params");
        assertThat(answer.at("/errors/amount/0")).isEqualTo("can't be blank");
    }

    private static ObjectNode card(String key) {
        ObjectNode request = Merchant.object().put("description", "a card").put("tracking_id", "card-1");
        request.set(key, bareCard());
        return request;
    }

    private static ObjectNode bareCard() {
        return Merchant.object()
                .put("number", "5555555555554444")
                .put("holder", "John Doe")
                .put("exp_month", "12")
                .put("exp_year", "2027");
    }

    private static ObjectNode transfer(String sender, String recipient) {
        ObjectNode request = Merchant.object().put("amount", 100).put("currency", "KZT");
        request.putObject("credit_card").put("number", sender);
        request.putObject("recipient_card").put("number", recipient);
        return request;
    }
}
