package org.unipayout.bereke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Advice;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.bereke.BerekeOptions.PanField;
import org.unipayout.simulator.bereke.BerekeError;
import org.unipayout.simulator.bereke.BerekeSimulator;
import org.unipayout.simulator.bereke.BerekeSwitches;
import org.unipayout.simulator.bereke.BerekeSwitches.AnswerForm;
import org.unipayout.simulator.bereke.BerekeSwitches.DeclineForm;
import org.unipayout.simulator.bereke.BerekeSwitches.Funding;
import org.unipayout.simulator.bereke.BerekeSwitches.NotFoundForm;
import org.unipayout.simulator.bereke.BerekeSwitches.PanForm;
import org.unipayout.testkit.Scenario;

/** What the bank's page leaves open, with every setting that the adapter must survive. */
class SwitchesTest {
    @RegisterExtension
    static final BerekeSimulator BANK = BerekeSimulator.start();

    private final Merchant merchant = new Merchant(BANK);
    private final BerekePayoutClient client = merchant.client();
    private final BerekeSwitches switches = BANK.switches();

    @AfterEach
    void closeClient() {
        client.close();
    }

    private Payout paid() {
        Payout payout = client.create(Merchant.toCard("payout-1", 1200).build());
        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        BANK.ledger().assertPaidExactlyOnce("payout-1");
        return payout;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void acceptUsername_either_pays(boolean on) {
        switches.acceptUsername = on;

        paid();
    }

    @ParameterizedTest
    @CsvSource({
        "EITHER, TARGET_PAN",
        "EITHER, TARGET_CARD_PAN",
        "TARGET_PAN, TARGET_PAN",
        "TARGET_CARD_PAN, TARGET_CARD_PAN"
    })
    void panForm_matchingField_pays(PanForm form, PanField field) {
        switches.panForm = form;
        try (BerekePayoutClient configured = merchant.client(options -> options.panField(field))) {
            Payout payout = configured.create(Merchant.toCard("payout-1", 1200).build());

            assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        }
    }

    @Test
    void panForm_otherField_isRejectedUnpaid() {
        switches.panForm = PanForm.TARGET_CARD_PAN;

        assertRejected("400/98 required parameter");
    }

    @ParameterizedTest
    @CsvSource({
        "orderStatus, false",
        "orderStatus, true",
        "OrderStatus, false",
        "OrderStatus, true",
        "orderstatus, true"
    })
    void orderStatus_anyCaseTextOrNumber_isRead(String field, boolean integer) {
        switches.statusField = field;
        switches.integerStatus = integer;

        assertThat(client.get(paid().ref()).providerStatus()).isEqualTo("2");
    }

    @ParameterizedTest
    @EnumSource(AnswerForm.class)
    void answerForm_either_tellsTheSame(AnswerForm form) {
        switches.answerForm = form;

        Payout payout = client.get(paid().ref());

        assertThat(payout.rrn()).hasValueSatisfying(rrn -> assertThat(rrn).hasSize(12));
        assertThat(payout.recipientMask()).contains("411111XXXXXX1111");
        assertThat(payout.finishedAt()).isPresent();
        assertThat(payout.ref().providerId().isPresent()).isEqualTo(form == AnswerForm.TABLES);
        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void clientNameRequired_nameIsKnown_pays(boolean required) {
        switches.clientNameRequired = required;

        paid();
    }

    @Test
    void clientNameRequired_nameIsMissing_isRejectedUnpaid() {
        switches.clientNameRequired = true;
        PayoutRequest nameless = Merchant.toSavedCard("payout-1", 1200, "any-token")
                .extras(clientId("c-1"))
                .build();

        assertThatThrownBy(() -> client.create(nameless))
                .isInstanceOf(PayoutRejectedException.class)
                .hasMessageContaining("400/98 required parameter");
        BANK.ledger().assertNotPaid("payout-1");
    }

    @ParameterizedTest
    @ValueSource(ints = {30, 255})
    void clientIdLength_longestIdOfOurs_isTaken(int length) {
        switches.clientIdLength = length;
        PayoutRequest request = Merchant.toCard("payout-1", 1200)
                .extras(clientId("c".repeat(30)))
                .build();

        assertThat(client.create(request).recipientToken()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(ints = {32, 36})
    void orderNumberLength_longestReference_isPaid(int length) {
        switches.orderNumberLength = length;

        assertThat(client.create(Merchant.toCard("r".repeat(32), 1200).build()).status())
                .isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({"false, 49925200", "true, 49925200", "false, -1234", "true, -1234"})
    void balance_objectOrArrayAndEitherSign_isRead(boolean array, long opening) {
        switches.balanceArray = array;
        switches.openingBalance = opening;

        assertThat(client.balance()).singleElement().satisfies(balance -> {
            assertThat(balance.available().minorUnits()).isEqualTo(opening);
            assertThat(balance.available().currency().getCurrencyCode()).isEqualTo("KZT");
        });
    }

    @Test
    void balanceLimits_tooLittleMoney_endsFailed() {
        switches.balanceLimits = true;
        switches.openingBalance = 100;

        Payout payout = client.create(Merchant.toCard("payout-1", 1200).build());

        assertThat(payout.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(payout.decline())
                .hasValueSatisfying(
                        decline -> assertThat(decline.providerText()).isPresent());
        BANK.ledger().assertNotPaid("payout-1");
    }

    @Test
    void requiredHeaders_missing_isRejectedUnpaid() {
        switches.requiredHeaders = Set.of("X-Hash");

        assertRejected("400/98 invalid request");
    }

    @Test
    void requiredHeadersAndSignature_given_areSentOverTheSameBytes() {
        switches.requiredHeaders = Set.of("X-Hash");
        switches.signatureCheck = request -> request.header("X-Hash")
                .filter(hash -> hash.equals(hash(request.body())))
                .isPresent();
        try (BerekePayoutClient signing =
                merchant.client(options -> options.extraHeaders((path, body) -> Map.of("X-Hash", hash(body))))) {
            Payout payout = signing.create(Merchant.toCard("payout-1", 1200).build());

            assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(signing.get(payout.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(signing.balance()).isNotEmpty();
            assertThat(signing.echo()).isNotEmpty();
        }
    }

    @Test
    void signatureCheck_unsigned_isRejectedUnpaid() {
        switches.signatureCheck = request -> false;

        assertRejected("401/90");
    }

    private static String hash(byte[] body) {
        return Integer.toHexString(Arrays.hashCode(body));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 400, 409, 500})
    void duplicateHttpStatus_any_adoptsTheEarlierPayout(int status) {
        switches.duplicateHttpStatus = status;
        PayoutRef ref = paid().ref();

        Payout again = client.submit(ref, Merchant.toCard("payout-1", 1200).build());

        assertThat(again.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        BANK.ledger().assertPaidExactlyOnce("payout-1");
    }

    @ParameterizedTest
    @CsvSource({"DECLINED, ORDER_STATUS", "INSUFFICIENT_FUNDS, ORDER_STATUS"})
    void declineForm_orderStatus_failsAtOnce(Scenario scenario, DeclineForm form) {
        declineForms(form);

        Payout payout =
                client.create(Merchant.toCard("payout-1", scenario.amount(12)).build());

        assertThat(payout.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(payout.decline().orElseThrow().code()).isEqualTo("orderStatus 6");
    }

    @ParameterizedTest
    @CsvSource({"DECLINED, ERROR_CODE", "INSUFFICIENT_FUNDS, ERROR_CODE"})
    void declineForm_errorCodeOfAcquiring_isUnknownUntilTheStatusTells(Scenario scenario, DeclineForm form) {
        declineForms(form);

        Payout payout =
                client.create(Merchant.toCard("payout-1", scenario.amount(12)).build());

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(client.get(payout.ref()).status()).isEqualTo(PayoutStatus.FAILED);
        BANK.ledger().assertNotPaid("payout-1");
    }

    private void declineForms(DeclineForm form) {
        switches.declineForm = form;
        switches.insufficientFundsForm = form;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void interimStatus_beforeTheFinalOne_isProcessing(int status) {
        switches.interimStatus = status;
        switches.interimTime = Duration.ofMinutes(5);

        Payout payout = client.create(Merchant.toCard("payout-1", 1200).build());

        assertThat(payout.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(payout.providerStatus()).isEqualTo(String.valueOf(status));
        BANK.clock().advance(Duration.ofMinutes(6));
        assertThat(client.get(payout.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({"0, AWAITING_RECIPIENT", "3, CANCELED", "6, FAILED"})
    void expiredStatus_ofAForm_isReadAsTheBankShowsIt(int status, PayoutStatus expected) {
        switches.expiredStatus = status;
        Payout form = client.prepare(Merchant.toForm("payout-1", 1200).build());
        assertThat(client.get(form.ref()).status()).isEqualTo(PayoutStatus.AWAITING_RECIPIENT);

        BANK.clock().advance(Duration.ofHours(2));

        assertThat(client.get(form.ref()).status()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(ints = {7, 8, -1})
    void paidStatus_ofRelatedInstances_isUnknownWithTheRawText(int status) {
        switches.paidStatus = status;

        Payout payout = client.create(Merchant.toCard("payout-1", 1200).build());

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.providerStatus()).isEqualTo(String.valueOf(status));
        assertThat(payout.evidence().map(Evidence::kind)).contains(Evidence.Kind.UNDOCUMENTED_STATUS);
    }

    @ParameterizedTest
    @EnumSource(NotFoundForm.class)
    void notFoundForm_any_isAbsenceByNumberAndById(NotFoundForm form) {
        switches.notFoundForm = form;
        PayoutRef ref =
                client.prepare(Merchant.toCard("payout-1", 1200).build()).ref();

        assertThat(client.get(ref).hasEvidence(Evidence.Kind.ABSENT)).isTrue();
        assertThat(client.get(ref.withProviderId("o-1")).hasEvidence(Evidence.Kind.ABSENT))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(NotFoundForm.class)
    void notFoundForm_anyAfterALostRequest_letsThePayoutBeSentAgain(NotFoundForm form) {
        switches.notFoundForm = form;
        PayoutRequest request = Merchant.toCard("payout-1", 1200).build();
        BANK.failNext(BerekeError.GATEWAY_TIMEOUT);
        Payout unclear = client.create(request);
        assertThat(client.get(unclear.ref()).hasEvidence(Evidence.Kind.ABSENT)).isTrue();

        assertThat(client.submit(unclear.ref(), request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        BANK.ledger().assertPaidExactlyOnce("payout-1");
    }

    /** The bank takes a number once, so a send that waited in a queue and its repetition pay once. */
    @Test
    void backlog_sentAgainBeforeTheFirstIsExecuted_isPaidOnce() {
        PayoutRequest request = Merchant.toCard("payout-1", 1200).build();
        switches.backlog = Duration.ofMinutes(30);
        Payout unclear = client.create(request);
        switches.backlog = Duration.ZERO;
        BANK.clock().advance(Duration.ofMinutes(20));
        assertThat(client.get(unclear.ref()).hasEvidence(Evidence.Kind.ABSENT)).isTrue();

        assertThat(client.submit(unclear.ref(), request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        BANK.clock().advance(Duration.ofMinutes(20));
        assertThat(client.get(unclear.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        BANK.ledger().assertPaidExactlyOnce("payout-1");
    }

    @Test
    void orderIdsDoNotLag_hiddenOrder_isFoundByItsId() {
        switches.answerForm = AnswerForm.TABLES;
        switches.orderIdsDoNotLag = true;
        BANK.hideFor(Duration.ofMinutes(3));
        PayoutRequest request = Merchant.toCard("payout-1", 1200).build();
        Payout payout = client.create(request);

        assertThat(client.get(payout.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(client.get(PayoutRef.of(BerekePayoutClient.PROVIDER, request))
                        .hasEvidence(Evidence.Kind.ABSENT))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(AnswerForm.class)
    void junkDetails_any_areDroppedAndTheAnswerIsKept(AnswerForm form) {
        switches.answerForm = form;
        switches.junkDetails = true;

        Payout payout = paid();

        assertThat(payout.fee()).isEmpty();
        assertThat(client.get(payout.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({"PAID", "DECLINED"})
    void contradictingResult_anyStatus_isUnknown(Scenario scenario) {
        switches.contradictingResult = true;
        Payout payout =
                client.create(Merchant.toCard("payout-1", scenario.amount(12)).build());

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.hasEvidence(Evidence.Kind.CONTRADICTING_ANSWER)).isTrue();
        assertThat(client.get(payout.ref()).status()).isEqualTo(PayoutStatus.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void debitLeg_beforeTheCredit_isPassedOver(boolean on) {
        switches.debitLeg = on;

        Payout payout = paid();

        assertThat(payout.rrn()).isPresent();
        assertThat(payout.recipientMask()).contains("411111XXXXXX1111");
    }

    @Test
    void callbacks_on_changeNothing() {
        switches.callbacks = true;

        paid();
    }

    @ParameterizedTest
    @CsvSource({"true, SUCCEEDED", "false, UNKNOWN"})
    void executedBehindError_timeoutOfTheGateway_isUnknownUntilTheStatusTells(boolean executed, PayoutStatus then) {
        switches.executedBehindError = executed;
        BANK.failNext(BerekeError.GATEWAY_TIMEOUT);

        Payout payout = client.create(Merchant.toCard("payout-1", 1200).build());

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.providerStatus()).isEqualTo("504/91");
        assertThat(client.get(payout.ref()).status()).isEqualTo(then);
    }

    @Test
    void rateLimited_everyCall_isRefusedForLater() {
        PayoutRef ref = paid().ref();
        switches.rateLimited = true;

        PayoutRejectedException refused = catchThrowableOfType(
                PayoutRejectedException.class,
                () -> client.create(Merchant.toCard("payout-2", 1200).build()));

        assertThat(refused.advice()).isEqualTo(Advice.SAME_REFERENCE_LATER);
        assertThatThrownBy(() -> client.get(ref)).isInstanceOf(PayoutReadException.class);
    }

    @Test
    void responseDelay_short_isWaitedFor() {
        switches.responseDelay = Duration.ofMillis(30);

        paid();
    }

    @ParameterizedTest
    @CsvSource({
        "EITHER, false",
        "EITHER, true",
        "TRANSIT_ACCOUNT, false",
        "CORPORATE_CARD, true",
    })
    void funding_matchingSource_pays(Funding funding, boolean corporateCard) {
        switches.funding = funding;

        assertThat(client.create(funded(corporateCard)).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({"TRANSIT_ACCOUNT, true", "CORPORATE_CARD, false"})
    void funding_otherSource_isRejectedUnpaid(Funding funding, boolean corporateCard) {
        switches.funding = funding;

        assertThatThrownBy(() -> client.create(funded(corporateCard)))
                .isInstanceOf(PayoutRejectedException.class)
                .hasMessageContaining("400/98 source is not specified");
        BANK.ledger().assertNotPaid("payout-1");
    }

    private static PayoutRequest funded(boolean corporateCard) {
        BerekeExtras.Builder extras = BerekeExtras.builder();
        if (corporateCard) {
            extras.sourceBindingId(BerekeSimulator.CORPORATE_BINDING);
        }
        return Merchant.toCard("payout-1", 1200).extras(extras.build()).build();
    }

    @Test
    void allowedBins_cardOfAnotherCountry_isRejectedForTheRecipientToFix() {
        switches.allowedBins = Set.of("555555");

        PayoutRejectedException refused = assertRejected("400/98 card affiliation");

        assertThat(refused.error().map(ErrorEntry::actor)).contains(ErrorEntry.Actor.RECIPIENT);
        assertThat(refused.advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX);
    }

    private PayoutRejectedException assertRejected(String code) {
        PayoutRejectedException refused = catchThrowableOfType(
                PayoutRejectedException.class,
                () -> client.create(Merchant.toCard("payout-1", 1200).build()));
        assertThat(refused.error().map(ErrorEntry::code)).contains(code);
        BANK.ledger().assertNotPaid("payout-1");
        return refused;
    }

    private static BerekeExtras clientId(String id) {
        return BerekeExtras.builder().clientId(id).build();
    }
}
