package org.unipayout.simulator.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.horizonpay.Merchant.fullPayout;
import static org.unipayout.simulator.horizonpay.Merchant.payout;
import static org.unipayout.simulator.horizonpay.Merchant.payoutToToken;

import java.net.http.HttpRequest;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.simulator.horizonpay.Merchant.Answer;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

class HorizonPayFieldRulesTest {
    @RegisterExtension
    static final HorizonPaySimulator gateway = HorizonPaySimulator.start();

    private final Merchant merchant = new Merchant(gateway);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/amount|null|can't be blank",
                "/amount|0|must be greater than 0",
                "/amount|-5|must be greater than 0",
                "/amount|\"100\"|must be an integer",
                "/amount|1.5|must be an integer",
                "/currency|null|can't be blank",
                "/currency|\"\"|can't be blank",
                "/currency|\"kzt\"|is invalid",
                "/currency|398|must be a string",
                "/description|null|can't be blank",
                "/duplicate_check|\"yes\"|must be a boolean",
                "/test|1|must be a boolean",
                "/language|7|must be a string",
                "/notification_url|\"not a url\"|is invalid",
                "/verification_url|\"ftp://127.0.0.1/x\"|is invalid",
                "/notification_url|\"/relative\"|is invalid",
                "/recipient_credit_card|\"4200\"|must be an object",
                "/recipient_credit_card/number|null|can't be blank",
                "/recipient_credit_card/number|\"4200 0000 0000 0000\"|is invalid",
                "/recipient_credit_card/number|4200000000000000|must be a string",
                "/recipient_credit_card/exp_month|\"1\"|is invalid",
                "/recipient_credit_card/exp_month|\"13\"|is invalid",
                "/recipient_credit_card/exp_month|12|must be a string",
                "/recipient_credit_card/exp_year|\"27\"|is invalid",
                "/recipient_credit_card/token|\"unheard of\"|does not exist",
                "/recipient|[]|must be an object",
                "/recipient/ip|1|must be a string",
                "/recipient/email|true|must be a string",
                "/recipient/taxpayer_id|1|must be a string",
                "/recipient/birth_date|\"20.10.1990\"|is invalid",
                "/sender/birth_date|\"1990-02-30\"|is invalid",
                "/sender/device_id|1|must be a string",
                "/recipient_billing_address/country|\"KAZ\"|is invalid",
                "/sender_billing_address/country|\"ZZ\"|is invalid",
                "/recipient_billing_address/state|\"Colorado\"|is invalid",
                "/recipient_billing_address/zip|\"9600\"|is invalid",
                "/sender_billing_address/zip|\"96002-12\"|is invalid",
                "/additional_data/document/type|\"DRIVER\"|is invalid",
                "/additional_data/document/issued_at|\"2010\"|is invalid",
                "/additional_data/document/valid_until|\"2025-13-01\"|is invalid",
                "/additional_data/document/number|5|must be a string"
            })
    void pay_wrongField_isRefusedByName(String pointer, String value, String complaint) {
        ObjectNode request = fullPayout(100, "order-1");
        set(request, pointer, Merchant.read(value));

        assertRefused(merchant.pay(request), pointer, complaint);
    }

    @ParameterizedTest
    @CsvSource({
        "/description,255",
        "/tracking_id,255",
        "/recipient_credit_card/holder,32",
        "/recipient_billing_address/first_name,30",
        "/recipient_billing_address/last_name,30",
        "/recipient_billing_address/city,60",
        "/recipient_billing_address/address,255",
        "/recipient_billing_address/phone,100",
        "/sender_billing_address/first_name,30",
        "/sender_billing_address/address,255"
    })
    void pay_textOneCharacterTooLong_isRefusedAndAtTheLimitPaid(String pointer, int limit) {
        ObjectNode request = fullPayout(100, "order-1");
        set(request, pointer, textOf(limit + 1));
        assertRefused(merchant.pay(request), pointer, "is too long (maximum is " + limit + " characters)");

        set(request, pointer, textOf(limit));
        assertThat(merchant.pay(request).status()).isEqualTo(200);
    }

    @Test
    void pay_cardNumberOfTwentyDigits_isTooLong() {
        ObjectNode request = payout(100, "order-1");
        set(request, "/recipient_credit_card/number", Merchant.read("\"42000000000000000000\""));

        assertRefused(merchant.pay(request), "/recipient_credit_card/number", "is too long (maximum is 19 characters)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"KZ", "GB"})
    void pay_addressOutsideStates_takesAnyStateAndZip(String country) {
        ObjectNode request = fullPayout(100, "order-1");
        ((ObjectNode) request.path("recipient_billing_address"))
                .put("country", country)
                .put("state", "Somewhere")
                .put("zip", "A15");

        assertThat(merchant.pay(request).status()).isEqualTo(200);
    }

    @Test
    void pay_documentBelowP2p_isCheckedToo() {
        ObjectNode request = payout(100, "order-1");
        request.putObject("additional_data")
                .putObject("p2p")
                .put("service_id", "1")
                .putObject("document")
                .put("type", "NONE");

        assertRefused(merchant.pay(request), "/additional_data/p2p/document/type", "is invalid");
    }

    @Test
    void pay_unknownFields_areIgnored() {
        assertThat(merchant.pay(payout(100, "order-1").put("expired_at", "whenever"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void pay_requiredFieldsOfTheAcquirer_areDemanded() {
        gateway.switches().requiredFields = Set.of("recipient.taxpayer_id", "recipient_credit_card.holder");

        Answer answer = merchant.pay(payout(100, "order-1"));

        assertRefused(answer, "/recipient/taxpayer_id", "can't be blank");
        assertThat(answer.at("/errors/recipient_credit_card/holder/0")).isEqualTo("can't be blank");
    }

    @Test
    void pay_severalErrors_areToldTogether() {
        ObjectNode request = payout(0, "order-1");
        request.remove("currency");

        Answer answer = merchant.pay(request);

        assertThat(answer.at("/message")).isEqualTo("Amount must be greater than 0. Currency can't be blank.");
    }

    @Test
    void pay_wrongFieldInV2_isRefusedAsRecorded() {
        Answer answer = merchant.post("/transactions/payouts", "2", payoutToToken(100, "order-1", "unheard of"));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.at("/response/errors/recipient_credit_card/token/0")).isEqualTo("does not exist");
        assertThat(answer.json().path("response").has("code")).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"{\"amount\":1}|E.1017", "[]|E.1017", "{\"request\":[]}|E.1017", "{|E.1026", "{} {}|E.1026"})
    void pay_bodyWithoutRequest_isRefused(String body, String code) {
        Answer answer = merchant.postRaw("/transactions/payouts", "3", body);

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/code")).isEqualTo(code);
    }

    @Test
    void pay_emptyBody_isRefused() {
        assertThat(merchant.postRaw("/transactions/payouts", "3", "").at("/code"))
                .isEqualTo("E.1026");
    }

    @Test
    void pay_otherContentType_isRefused() {
        Answer answer = Merchant.send(merchant.request("/transactions/payouts", "3")
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(answer.at("/code")).isEqualTo("E.1024");
    }

    private static void assertRefused(Answer answer, String pointer, String complaint) {
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.at("/code")).isEqualTo("E.1025");
        assertThat(answer.at("/errors" + pointer + "/0")).isEqualTo(complaint);
        assertThat(answer.at("/message")).contains(complaint);
        assertThat(gateway.ledger().movements()).isEmpty();
    }

    private static void set(ObjectNode request, String pointer, JsonNode value) {
        int last = pointer.lastIndexOf('/');
        ObjectNode section = last == 0 ? request : (ObjectNode) request.at(pointer.substring(0, last));
        section.set(pointer.substring(last + 1), value);
    }

    private static JsonNode textOf(int length) {
        return Merchant.read("\"" + "ü".repeat(length) + "\"");
    }
}
