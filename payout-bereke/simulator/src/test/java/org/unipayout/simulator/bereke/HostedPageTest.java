package org.unipayout.simulator.bereke;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.simulator.bereke.Merchant.Answer;
import org.unipayout.testkit.Scenario;

class HostedPageTest {
    private static final String RETURN_URL = "https://merchant.example/done?order=1&result=ok";
    private static final String FAIL_URL = "https://merchant.example/failed";
    private static final String CARD_FORM = "pan=4111+1111+1111+1111&cardholder=Cardholder+Name";

    @RegisterExtension
    static final BerekeSimulator bank = BerekeSimulator.start();

    private final Merchant merchant = new Merchant(bank);

    @Test
    void registerPayout_validOrder_answersALinkToTheForm() {
        Answer answer = register(1234);

        assertThat(answer.field("errorCode")).isEqualTo("0");
        assertThat(answer.field("orderNumber")).isEqualTo("payout_1");
        assertThat(answer.field("orderId")).matches("[0-9a-f-]{36}");
        assertThat(answer.field("formUrl"))
                .startsWith(bank.baseUrl().toString())
                .endsWith("payment_ru.html?mdOrder=" + answer.field("orderId"));
        bank.ledger().assertNotPaid("payout_1");
    }

    @Test
    void registerPayout_repeatedOrderNumber_saysDuplicateWithoutALink() {
        register(1234);

        Answer repeat = register(1234);

        assertThat(repeat.field("errorCode")).isEqualTo("1");
        assertThat(repeat.json().has("formUrl")).isFalse();
    }

    @Test
    void form_opened_asksForTheCardAndChangesNothing() {
        Answer page = merchant.get(register(1234).field("formUrl"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.http().headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
        assertThat(page.text()).contains("12.34 KZT", "<form method=\"post\"", "name=\"pan\"");
        assertThat(status()).isEqualTo("0");
    }

    @Test
    void form_submitted_paysAndLeadsBackToTheMerchant() {
        Answer result = fillIn(register(1234), CARD_FORM);

        assertThat(result.status()).isEqualTo(200);
        assertThat(result.text())
                .contains("<p id=\"result\">paid</p>", "http-equiv=\"refresh\"")
                .contains("href=\"" + RETURN_URL.replace("&", "&amp;") + "\"");
        Answer status = merchant.status("payout_1");
        assertThat(status.field("orderStatus")).isEqualTo("2");
        assertThat(status.field("operationList.0.cardholderName")).isEqualTo("CARDHOLDER NAME");
        assertThat(status.field("target.maskedPan")).isEqualTo("411111XXXXXX1111");
        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @Test
    void form_submittedTwice_paysOnce() {
        Answer registered = register(1234);
        fillIn(registered, CARD_FORM);

        Answer again = fillInKnownForm(registered.field("orderId"), CARD_FORM);

        assertThat(again.text()).contains("<p id=\"result\">paid</p>");
        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @Test
    void form_openedAfterItsEnd_leadsToTheResult() {
        Answer registered = register(1234);
        fillIn(registered, CARD_FORM);

        Answer redirect = merchant.get(registered.field("formUrl"));

        assertThat(redirect.status()).isEqualTo(303);
    }

    @Test
    void form_declinedCard_leadsToTheFailUrl() {
        Answer result = fillIn(register(1234), "pan=" + BerekeSimulator.DECLINED_CARD);

        assertThat(result.text()).contains("<p id=\"result\">declined</p>", "href=\"" + FAIL_URL + "\"");
        assertThat(status()).isEqualTo("6");
        bank.ledger().assertNotPaid("payout_1");
    }

    @Test
    void form_badCard_showsTheProblemAndMayBeTriedAgain() {
        Answer registered = register(1234);

        Answer problem = fillIn(registered, "pan=4111111111111112");
        assertThat(problem.text()).contains("Mrbin", "name=\"pan\"");
        assertThat(status()).isEqualTo("0");
        fillIn(registered, CARD_FORM);

        bank.ledger().assertPaidExactlyOnce("payout_1");
    }

    @Test
    void form_withoutUrls_showsTheResultOnly() {
        Answer result = fillIn(merchant.order("payout_1", 1234).register(), CARD_FORM);

        assertThat(result.text()).contains("<p id=\"result\">paid</p>").doesNotContain("refresh");
    }

    @Test
    void form_withClientId_savesTheCard() {
        Answer registered = merchant.order("payout_1", 1234)
                .with("client.clientId", Merchant.CLIENT)
                .register();
        fillIn(registered, CARD_FORM);
        String binding = merchant.status("payout_1").field("target.bindingId");

        merchant.order("payout_2", 1234)
                .with("client.clientId", Merchant.CLIENT)
                .with("target.bindingId", binding)
                .perform();

        bank.ledger().assertPaidExactlyOnce("payout_2");
    }

    @Test
    void form_unknownOrder_isNotFound() {
        assertThat(merchant.get(HostedPage.FORM + "?mdOrder=unknown").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({"300, 240, 200", "300, 300, 410", ", 1140, 200", ", 1200, 410"})
    void form_afterSomeSeconds_isOpenUntilItsTimeout(Long timeout, int passed, int http) {
        var order = merchant.order("payout_1", 1234);
        Answer registered = (timeout == null ? order : order.with("sessionTimeoutSecs", timeout)).register();
        bank.clock().advance(Duration.ofSeconds(passed));

        assertThat(merchant.get(registered.field("formUrl")).status()).isEqualTo(http);
    }

    @Test
    void form_submittedAfterItsTimeout_paysNothing() {
        Answer registered = register(1234);
        String orderId = registered.field("orderId");
        bank.clock().advance(Duration.ofHours(1));

        Answer answer = merchant.submit(HostedPage.FORM, "mdOrder=" + orderId + "&" + CARD_FORM);

        assertThat(answer.status()).isEqualTo(410);
        assertThat(status()).isEqualTo("0");
        bank.ledger().assertNotPaid("payout_1");
    }

    @ParameterizedTest
    @CsvSource({
        "SERVER_ERROR_PAID, 504, 2, 1",
        "SERVER_ERROR_NOT_PAID, 502, 0, 0",
        "RATE_LIMITED, 429, 0, 0",
        "UNDOCUMENTED_CODE, 400, 2, 1"
    })
    void form_failingScenario_showsAnErrorPage(Scenario scenario, int http, String status, int timesPaid) {
        Answer registered = register(scenario.amount(100));
        assertThat(registered.field("errorCode")).isEqualTo("0");

        Answer page = fillIn(registered, CARD_FORM);

        assertThat(page.status()).isEqualTo(http);
        assertThat(status()).isEqualTo(status);
        assertThat(bank.ledger().timesPaid("payout_1")).isEqualTo(timesPaid);
    }

    @Test
    void form_slowScenario_showsThatItIsProcessing() {
        Answer result = fillIn(register(Scenario.SLOW.amount(100)), CARD_FORM);

        assertThat(result.text()).contains("<p id=\"result\">processing</p>");
        assertThat(status()).isEqualTo("1");
    }

    private Answer register(long amount) {
        return merchant.order("payout_1", amount)
                .with("urls.returnUrl", RETURN_URL)
                .with("urls.failUrl", FAIL_URL)
                .register();
    }

    /** Does what a browser does: reads the form's address and hidden field, posts, follows one redirect. */
    private Answer fillIn(Answer registered, String card) {
        String page = merchant.get(registered.field("formUrl")).text();
        String orderId = find("name=\"mdOrder\" value=\"([^\"]+)\"", page);
        return follow(merchant.submit(find("action=\"([^\"]+)\"", page), "mdOrder=" + orderId + "&" + card));
    }

    private Answer fillInKnownForm(String orderId, String card) {
        return follow(merchant.submit(HostedPage.FORM, "mdOrder=" + orderId + "&" + card));
    }

    private Answer follow(Answer answer) {
        return answer.http().headers().firstValue("Location").map(merchant::get).orElse(answer);
    }

    private String status() {
        return merchant.status("payout_1").field("orderStatus");
    }

    private static String find(String pattern, String page) {
        Matcher matcher = Pattern.compile(pattern).matcher(page);
        assertThat(matcher.find()).as(pattern).isTrue();
        return matcher.group(1);
    }
}
