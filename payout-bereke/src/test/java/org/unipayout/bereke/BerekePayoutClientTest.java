package org.unipayout.bereke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Advice;
import org.unipayout.Evidence;
import org.unipayout.NextAction;
import org.unipayout.Payout;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.simulator.bereke.BerekeSimulator;
import org.unipayout.simulator.bereke.BerekeSwitches.AnswerForm;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.Scenario;

/** The bank's own ways: forms whose address comes once, order numbers that are taken once, absence that needs proof. */
class BerekePayoutClientTest {
    @RegisterExtension
    static final BerekeSimulator BANK = BerekeSimulator.start();

    private final Merchant merchant = new Merchant(BANK);
    private final BerekePayoutClient client = merchant.client();
    private final FaultServer network = FaultServer.before(BANK.baseUrl());
    private final BerekePayoutClient shaken = merchant.client(network.baseUrl(), options -> options);

    @AfterEach
    void close() {
        client.close();
        shaken.close();
        network.close();
    }

    private void answer(String method, int status, String body) {
        network.on(call -> call.path().endsWith(method))
                .always()
                .play(Fault.answer(status, Map.of("Content-Type", "application/json"), body));
    }

    // ---------------------------------------------------------------- hosted form

    @Test
    void prepare_form_givesTheAddressAndItsEnd() {
        PayoutRequest request = Merchant.toForm("payout-1", 1200)
                .extras(BerekeExtras.builder()
                        .sessionTimeout(Duration.ofMinutes(5))
                        .build())
                .build();

        Payout form = client.prepare(request);

        assertThat(form.status()).isEqualTo(PayoutStatus.AWAITING_RECIPIENT);
        assertThat(form.ref().providerId()).isPresent();
        NextAction action = form.nextAction().orElseThrow();
        assertThat(action.url().toString()).contains("mdOrder=");
        assertThat(action.expiresAt().orElseThrow())
                .isBetween(
                        BANK.clock().instant().plusSeconds(240),
                        BANK.clock().instant().plusSeconds(300));
    }

    @Test
    void submit_form_makesNoCallAndWaitsForTheRecipient() {
        PayoutRequest request = Merchant.toForm("payout-1", 1200).build();
        PayoutRef ref = client.prepare(request).ref();
        int before = BANK.requests().size();

        Payout submitted = client.submit(ref, request);

        assertThat(submitted.status()).isEqualTo(PayoutStatus.AWAITING_RECIPIENT);
        assertThat(BANK.requests()).hasSize(before);
    }

    @Test
    void prepare_formAgain_isRejectedBecauseItsAddressIsLost() {
        PayoutRequest request = Merchant.toForm("payout-1", 1200).build();
        network.on(call -> call.path().endsWith("/registerPayout.do")).play(Fault.RESET_AFTER_REQUEST);
        assertThatThrownBy(() -> shaken.prepare(request)).isInstanceOf(PayoutNotPreparedException.class);

        PayoutRejectedException refused =
                catchThrowableOfType(PayoutRejectedException.class, () -> shaken.prepare(request));

        assertThat(refused.advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX);
        assertThat(refused).hasMessageContaining("does not tell the form's address again");
        assertThat(client.get(PayoutRef.of(BerekePayoutClient.PROVIDER, request))
                        .status())
                .isEqualTo(PayoutStatus.AWAITING_RECIPIENT);
        BANK.ledger().assertNotPaid("payout-1");
    }

    @Test
    void prepare_formThatWasPaid_givesBackThePayout() {
        PayoutRequest request = Merchant.toForm("payout-1", 1200).build();
        HostedPage.payTo(
                Merchant.CARD,
                client.prepare(request).nextAction().orElseThrow().url());

        Payout again = client.prepare(request);

        assertThat(again.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        BANK.ledger().assertPaidExactlyOnce("payout-1");
    }

    @Test
    void prepare_formOfAnotherAmount_namesTheCollision() {
        client.prepare(Merchant.toForm("payout-1", 1200).build());

        assertThatThrownBy(
                        () -> client.prepare(Merchant.toForm("payout-1", 1300).build()))
                .isInstanceOf(PayoutRejectedException.class)
                .hasMessageContaining("another amount");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"errorCode\":\"0\"}",
                "{\"errorCode\":\"0\",\"orderId\":\"o-1\",\"formUrl\":\"not an address\"}",
                "{\"errorCode\":\"0\",\"orderId\":\"o-1\",\"orderNumber\":\"payout-1\",\"formUrl\":\"javascript://bank.example/x\"}",
                "{\"errorCode\":\"0\",\"orderId\":\"\\u0007\",\"formUrl\":\"https://bank.example/form\"}",
                "{\"errorCode\":\"0\",\"orderId\":\"o-1\",\"formUrl\":\"https://bank.example/form\"}",
                "{\"errorCode\":\"0\",\"orderId\":\"o-1\",\"orderNumber\":\"x\",\"formUrl\":\"https://bank.example/form\"}",
                "{\"errorCode\":\"777\"}",
                "<html></html>"
            })
    void prepare_formWithoutUsableAnswer_isNotPrepared(String body) {
        answer("/registerPayout.do", 200, body);

        assertThatThrownBy(
                        () -> shaken.prepare(Merchant.toForm("payout-1", 1200).build()))
                .isInstanceOf(PayoutNotPreparedException.class);
    }

    @Test
    void get_formAfterADeclinedCard_endsFailed() {
        Payout form = client.prepare(Merchant.toForm("payout-1", 1200).build());

        HostedPage.payTo(
                BerekeSimulator.DECLINED_CARD, form.nextAction().orElseThrow().url());

        assertThat(client.get(form.ref()).status()).isEqualTo(PayoutStatus.FAILED);
    }

    @Test
    void get_formAfterARefusedAttempt_keepsWaitingAndTellsWhy() {
        PayoutRef ref =
                client.prepare(Merchant.toForm("payout-1", 1200).build()).ref();
        answer(
                "/getPayoutStatus.do",
                200,
                "{\"errorCode\":\"0\",\"orderNumber\":\"payout-1\",\"orderStatus\":\"0\",\"operationList\":[{\"resultCode\":1,"
                        + "\"resultCodeDescription\":\"declined\"}]}");

        Payout waiting = shaken.get(ref);

        assertThat(waiting.status()).isEqualTo(PayoutStatus.AWAITING_RECIPIENT);
        assertThat(waiting.lastDecline().orElseThrow().providerText()).contains("declined");
    }

    // ---------------------------------------------------------------- duplicates

    @Test
    void submit_referenceOfAnotherCard_namesTheCollision() {
        client.create(Merchant.toCard("payout-1", 1200).build());

        PayoutRejectedException refused = catchThrowableOfType(
                PayoutRejectedException.class,
                () -> client.create(
                        Merchant.toCard("payout-1", 1200, "4444555511113333").build()));

        assertThat(refused).hasMessageContaining("another card");
        assertThat(refused.advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX);
        assertThat(BANK.ledger().movements()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Order number is duplicated, order with given order number is processed already",
                "Заказ с таким номером уже обработан",
                "Order number is duplicated"
            })
    void submit_textAboutADuplicateUnderAnyCode_isLookedUpOnce(String text) {
        PayoutRequest request = Merchant.toCard("payout-1", 1200).build();
        PayoutRef ref = client.create(request).ref();
        answer("/performPayout.do", 400, "{\"errorCode\":\"98\",\"errorMessage\":\"" + text + "\"}");

        assertThat(shaken.submit(ref, request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void submit_duplicateThatCannotBeLookedUp_isUnknown() {
        answer("/performPayout.do", 200, "{\"errorCode\":\"1\",\"errorMessage\":\"duplicated\"}");

        Payout payout = shaken.create(Merchant.toCard("payout-1", 1200).build());

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.evidence().map(Evidence::kind)).contains(Evidence.Kind.DUPLICATE);
    }

    // ---------------------------------------------------------------- questions

    @Test
    void get_byOrderIdThatIsNotKnown_asksByOrderNumberBeforeItSaysAbsent() {
        PayoutRequest request = Merchant.toCard("payout-1", 1200).build();
        client.create(request);

        Payout found =
                client.get(PayoutRef.of(BerekePayoutClient.PROVIDER, request).withProviderId("no-such-order"));

        assertThat(found.status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void get_byOrderId_findsThePayout() {
        BANK.switches().answerForm = AnswerForm.TABLES;
        PayoutRef ref = client.create(Merchant.toCard("payout-1", 1200).build()).ref();
        assertThat(ref.providerId()).isPresent();

        Payout found = client.get(ref);

        assertThat(found.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(BANK.requests().get(BANK.requests().size() - 1).text())
                .contains("\"orderId\"")
                .doesNotContain("\"orderNumber\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Order not found in payout proxy. Check orderId or orderNumber",
                "Order\u2423not\u2423found\u2423in\u2423payout\u2423proxy.",
                "\u041Erder n\u043Et f\u043Eund in p\u0430y\u043Eut pr\u043E\u0445y"
            })
    void get_orderNotFoundInAnyLetters_isAbsent(String text) {
        answer("/getPayoutStatus.do", 400, "{\"errorCode\":\"98\",\"errorMessage\":\"" + text + "\"}");

        Payout payout = shaken.get(ref());

        assertThat(payout.evidence().map(Evidence::kind)).contains(Evidence.Kind.ABSENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"Заказ не найден", "Not found", ""})
    void get_otherTextUnderTheSameCode_isNoProofOfAbsence(String text) {
        answer("/getPayoutStatus.do", 400, "{\"errorCode\":\"98\",\"errorMessage\":\"" + text + "\"}");

        assertThatThrownBy(() -> shaken.get(ref())).isInstanceOf(PayoutReadException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 401, 404, 500})
    void get_orderNotFoundUnderAnotherHttpStatus_isNoProofOfAbsence(int status) {
        answer(
                "/getPayoutStatus.do",
                status,
                "{\"errorCode\":\"98\",\"errorMessage\":\"Order not found in payout proxy. Check orderId\"}");

        assertThatThrownBy(() -> shaken.get(ref())).isInstanceOf(PayoutReadException.class);
    }

    @Test
    void submit_orderNotFoundOnAPayout_isUnknownAndNotAbsent() {
        answer(
                "/performPayout.do",
                400,
                "{\"errorCode\":\"98\",\"errorMessage\":\"Order not found in payout proxy. Check orderId\"}");

        Payout payout = shaken.create(Merchant.toCard("payout-1", 1200).build());

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.evidence().map(Evidence::kind)).contains(Evidence.Kind.OPEN_CODE);
    }

    @Test
    void get_hiddenOrder_isAbsentThenFound() {
        BANK.hideFor(Duration.ofMinutes(3));
        Payout payout = client.create(Merchant.toCard("payout-1", 1200).build());
        assertThat(client.get(payout.ref()).evidence().map(Evidence::kind)).contains(Evidence.Kind.ABSENT);

        BANK.clock().advance(Duration.ofMinutes(4));

        assertThat(client.get(payout.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void get_returnedPayout_saysReturned() {
        Payout paid = client.create(
                Merchant.toCard("payout-1", Scenario.RETURNED.amount(12)).build());
        Payout stillPaid = paid.update(client.get(paid.ref()));
        Payout returned = stillPaid.update(client.get(paid.ref()));

        assertThat(stillPaid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(returned.status()).isEqualTo(PayoutStatus.RETURNED);
    }

    @Test
    void create_savedCardOfAClient_isPaidFromACorporateCard() {
        BerekeExtras extras = BerekeExtras.builder()
                .clientId("client-1")
                .sourceBindingId(BerekeSimulator.CORPORATE_BINDING)
                .build();
        String token = client.create(
                        Merchant.toCard("payout-1", 1200).extras(extras).build())
                .recipientToken()
                .orElseThrow();

        Payout payout = client.create(
                Merchant.toSavedCard("payout-2", 1200, token).extras(extras).build());

        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void balance_ofACorporateCard_namesIt() {
        assertThat(client.balance(BerekeSimulator.CORPORATE_BINDING)).hasSize(1);
        assertThat(BANK.requests().get(BANK.requests().size() - 1).text())
                .contains("\"source\":{\"bindingId\":\"" + BerekeSimulator.CORPORATE_BINDING + "\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"errorCode\":\"0\"}",
                "{\"errorCode\":\"0\",\"balanceDescriptionList\":{\"balanceAmount\":1,\"balanceCurrency\":\"398\"}}",
                "{\"errorCode\":\"0\",\"balanceDescriptionList\":{\"balanceAmount\":1,\"balanceSign\":\"C\"}}",
                "{\"errorCode\":\"0\",\"balanceDescriptionList\":{\"balanceAmount\":1,\"balanceSign\":\"C\","
                        + "\"balanceCurrency\":\"643\"}}",
                "{\"errorCode\":\"0\",\"balanceDescriptionList\":[null]}",
                "[]"
            })
    void balance_incompleteAnswer_throwsRead(String body) {
        answer("/getAmount.do", 200, body);

        assertThatThrownBy(shaken::balance).isInstanceOf(PayoutReadException.class);
    }

    @Test
    void echo_tellsTheVersionInTheBanksWords() {
        assertThat(client.echo()).startsWith("Payout v2.3 is online");
    }

    @Test
    void echo_unavailable_throwsRead() {
        answer("/echo", 404, "");

        assertThatThrownBy(shaken::echo).isInstanceOf(PayoutReadException.class);
    }

    // ---------------------------------------------------------------- secrecy

    @Test
    void exchanges_ofEachCall_showOnlyWhatIsListed() {
        PayoutRequest request = Merchant.toCard("payout-1", 1200)
                .description("Winnings of a person")
                .metadata("shop", "north-gate-12")
                .extras(BerekeExtras.builder().clientId("client-1").build())
                .build();
        client.get(client.create(request).ref());
        client.prepare(Merchant.toForm("payout-2", 1200).build());
        client.balance(BerekeSimulator.CORPORATE_BINDING);

        assertThat(merchant.exchanges())
                .hasSize(4)
                .allSatisfy(exchange -> assertThat(exchange.requestBody() + exchange.responseBody())
                        .contains("\"***\":\"***\"", "\"errorCode\":\"0\"")
                        .doesNotContain(
                                BANK.userName(),
                                BANK.password(),
                                Merchant.CARD,
                                "411111",
                                "CARDHOLDER",
                                "Winnings",
                                "north-gate",
                                "client-1",
                                BerekeSimulator.CORPORATE_BINDING,
                                "shop.example",
                                "payment_ru"));
    }

    @Test
    void builder_addressThatIsNotTheBanks_isRefused() {
        assertThatThrownBy(() -> merchant.client(URI.create("http://bank.example"), options -> options))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static PayoutRef ref() {
        return PayoutRef.of(
                BerekePayoutClient.PROVIDER, Merchant.toCard("payout-1", 1200).build());
    }
}
