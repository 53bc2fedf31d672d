package org.unipayout.simulator.bereke;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.simulator.bereke.Merchant.Answer;

class FieldRulesTest {
    @RegisterExtension
    static final BerekeSimulator bank = BerekeSimulator.start();

    private final Merchant merchant = new Merchant(bank);

    @ParameterizedTest
    @ValueSource(strings = {"orderNumber", "amount", "currency", "target"})
    void performPayout_withoutRequiredField_namesIt(String field) {
        assertMissing(merchant.payout("p", 1234).without(field).perform(), field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"orderNumber", "amount", "currency"})
    void registerPayout_withoutRequiredField_namesIt(String field) {
        assertMissing(merchant.order("p", 1234).without(field).register(), field);
    }

    @Test
    void performPayout_emptyTarget_asksForTheCard() {
        assertMissing(merchant.order("p", 1234).withJson("target", "{}").perform(), "target.pan");
    }

    @Test
    void performPayout_savedCardWithoutClientId_asksForTheClient() {
        assertMissing(merchant.order("p", 1234).with("target.bindingId", "b").perform(), "client.clientId");
    }

    @Test
    void registerPayout_urlsWithoutReturnUrl_asksForIt() {
        assertMissing(
                merchant.order("p", 1234)
                        .with("urls.failUrl", "https://merchant.example/fail")
                        .register(),
                "urls.returnUrl");
    }

    @ParameterizedTest
    @CsvSource({"orderNumber, 32", "description, 598", "client.clientId, 255", "client.email, 30", "client.name, 24"})
    void performPayout_textField_isTakenUpToItsLength(String field, int longest) {
        Answer fits =
                merchant.payout("p", 1234).with(field, "x".repeat(longest)).perform();
        Answer tooLong =
                merchant.payout("q", 1234).with(field, "x".repeat(longest + 1)).perform();

        assertThat(fits.field("orderStatus")).isEqualTo("2");
        assertMismatch(tooLong, field);
        assertThat(bank.ledger().movements()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "client.phone, 9991234567, true",
        "client.phone, +77011234567, true",
        "client.phone, 123456789012345, true",
        "client.phone, 1234567890123456, false",
        "client.phone, 8 701 123, false",
        "client.name, John O'Neil-Smith Jr., true",
        "client.name, Асель, false",
        "language, EN, true",
        "language, eng, false",
        "target.pan, 411111111111, false",
        "target.pan, 41111111111111111111, false"
    })
    void performPayout_formattedField_isTakenOnlyInItsForm(String field, String value, boolean taken) {
        Answer answer = merchant.payout("p", 1234).with(field, value).perform();

        if (taken) {
            assertThat(answer.field("orderStatus")).isEqualTo("2");
        } else {
            assertMismatch(answer, field);
        }
    }

    @ParameterizedTest
    @CsvSource({"userName", "password"})
    void getAmount_credentialOfThirtyOneCharacters_isAMismatch(String field) {
        assertMismatch(merchant.credentials().with(field, "x".repeat(31)).call("getAmount.do"), field);
    }

    @Test
    void performPayout_twelveDigitAmount_isPaid() {
        merchant.payout("p", 999_999_999_999L).perform();

        assertThat(bank.ledger().total("KZT")).isEqualTo(999_999_999_999L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000000000000", "0", "-1", "12.5", "\"1234\"", "true"})
    void performPayout_amountThatIsNoPositiveInteger_isAMismatch(String json) {
        assertMismatch(merchant.payout("p", 1).withJson("amount", json).perform(), "amount");
        assertThat(bank.ledger().movements()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"KZT\"", "\"840\"", "398"})
    void performPayout_currencyOtherThanTheText398_isRefused(String json) {
        Answer answer = merchant.payout("p", 1234).withJson("currency", json).perform();

        assertThat(answer.field("errorMessage")).isEqualTo("Currency does not match required pattern");
    }

    @Test
    void performPayout_jsonParamThatIsNoText_isAMismatch() {
        assertMismatch(
                merchant.payout("p", 1234).withJson("jsonParams", "{\"n\":1}").perform(), "jsonParams");
    }

    @ParameterizedTest
    @ValueSource(strings = {"client", "source", "target", "jsonParams"})
    void performPayout_objectGivenAsText_isInvalid(String field) {
        Answer answer =
                merchant.payout("p", 1234).without("target").with(field, "text").perform();

        assertThat(answer.field("errorMessage")).isEqualTo("Invalid request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"returnUrl", "failUrl"})
    void registerPayout_urlWithoutProtocol_isAMismatch(String field) {
        assertMismatch(
                merchant.order("p", 1234)
                        .with("urls.returnUrl", "https://merchant.example/ok")
                        .with("urls." + field, "merchant.example/ok")
                        .register(),
                "urls." + field);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "\"300\"", "1.5"})
    void registerPayout_timeoutThatIsNoPositiveInteger_isAMismatch(String json) {
        assertMismatch(
                merchant.order("p", 1234).withJson("sessionTimeoutSecs", json).register(), "sessionTimeoutSecs");
    }

    @Test
    void getPayoutStatus_longOrderId_isAMismatch() {
        assertMismatch(merchant.credentials().with("orderId", "x".repeat(37)).call("getPayoutStatus.do"), "orderId");
    }

    @Test
    void performPayout_refusedFields_leaveTheOrderNumberFree() {
        merchant.payout("p", 1234).with("currency", "643").perform();

        assertThat(merchant.payout("p", 1234).perform().field("orderStatus")).isEqualTo("2");
    }

    @Test
    void getAmount_corporateCard_isTakenOnlyIfItIsTheMerchants() {
        Answer own = merchant.credentials()
                .with("source.bindingId", BerekeSimulator.CORPORATE_BINDING)
                .call("getAmount.do");
        Answer foreign =
                merchant.credentials().with("source.bindingId", "not-mine").call("getAmount.do");

        assertThat(own.status()).isEqualTo(200);
        assertThat(foreign.field("errorMessage")).startsWith("Source is not specified");
    }

    private static void assertMissing(Answer answer, String field) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field("errorMessage")).isEqualTo(field + " is а required parameter");
    }

    private static void assertMismatch(Answer answer, String field) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.field("errorCode")).isEqualTo("98");
        assertThat(answer.field("errorMessage")).startsWith(field + " does not match required pattern ^");
    }
}
