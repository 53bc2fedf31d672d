package org.unipayout.bank131;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.bank131.Samples.byToken;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.Advice;
import org.unipayout.Balance;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.Payout;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRequest;
import org.unipayout.bank131.Bank131Extras.Funding;
import org.unipayout.bank131.Bank131Extras.PayerType;
import org.unipayout.bank131.Bank131Options.Dialect;
import org.unipayout.simulator.bank131.Bank131Simulator;
import org.unipayout.simulator.bank131.Bank131Switches.Flag;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.SimulatedResponse;

/** The bank's own ways; what every provider must do is in the contract tests. */
class Bank131PayoutClientTest {
    @RegisterExtension
    static final Bank131Simulator BANK = Bank131Simulator.start();

    private static final String START = "/api/v1/session/start/payout";
    private static final String STATUS = "/api/v1/session/status";
    private static final String CONFIRM = "/api/v1/session/confirm";
    private static final String CANCEL = "/api/v1/session/cancel";

    private final PayoutRequest request = byToken("order-1").build();

    // ---------------------------------------------------------------- the flow on the wire

    @Test
    void create_thenConfirm_callsTheMethodsOfThePageInItsOrder() {
        try (Bank131PayoutClient client = client(options -> options)) {
            Payout created = client.create(request);
            client.confirm(created.ref());

            assertThat(client.get(created.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(paths()).containsExactly("/api/v1/session/create", START, STATUS, CONFIRM, STATUS);
            BANK.ledger().assertPaidExactlyOnce("order-1");
        }
    }

    @Test
    void submit_start_carriesTheReferenceAsIdempotencyKeyAndNoOtherCallHasOne() {
        try (Bank131PayoutClient client = client(options -> options)) {
            client.confirm(client.create(request).ref());

            assertThat(BANK.requests())
                    .filteredOn(call -> call.header("X-PARTNER-IDEMPOTENCY-KEY").isPresent())
                    .singleElement()
                    .satisfies(call -> {
                        assertThat(call.path()).isEqualTo(START);
                        assertThat(call.header("X-PARTNER-IDEMPOTENCY-KEY")).contains("order-1");
                    });
        }
    }

    @Test
    void anyCall_subMerchant_isSentOnlyIfSet() {
        try (Bank131PayoutClient with = client(options -> options.subMerchant("payer-1"));
                Bank131PayoutClient without = client(options -> options)) {
            with.prepare(request);
            without.prepare(request);

            assertThat(BANK.requests())
                    .extracting(call -> call.header("X-PARTNER-SUBMERCHANT").orElse("-"))
                    .containsExactly("payer-1", "-");
        }
    }

    static Stream<Arguments> fundings() {
        Participant sender = Participant.builder()
                .fullName("Romashka")
                .account(Samples.SETTLEMENT_ACCOUNT)
                .beneficiaryId("3316004777")
                .build();
        Participant recipient = Participant.builder()
                .fullName("Ivanov Ivan")
                .reference("user123")
                .beneficiaryId("123456789012")
                .build();
        Recipient token = new Recipient.SavedCard(Samples.TOKEN);
        return Stream.of(
                        Arguments.of(Funding.SETTLEMENT_ACCOUNT, Samples.account(), "/session/start/payout/rko"),
                        Arguments.of(Funding.ESCROW_ACCOUNT, Samples.account(), "/session/start/payout/nominal"),
                        Arguments.of(Funding.SETTLEMENT_ACCOUNT, token, "/session/start/payout/rko"),
                        Arguments.of(Funding.ESCROW_ACCOUNT, token, "/session/start/payout/nominal"),
                        Arguments.of(Funding.SETTLEMENT_ACCOUNT, Samples.card(), "/session/multi/start/payment/rko"),
                        Arguments.of(Funding.ESCROW_ACCOUNT, Samples.card(), "/session/multi/start/payment/nominal"))
                .map(row -> Arguments.of(
                        PayoutRequest.builder("order-1", Samples.AMOUNT, (Recipient) row.get()[1])
                                .description("За услуги")
                                .sender(sender)
                                .recipientDetails(recipient)
                                .extras(Bank131Extras.builder()
                                        .funding((Funding) row.get()[0])
                                        .build())
                                .build(),
                        "/api/v1" + row.get()[2]));
    }

    @ParameterizedTest
    @MethodSource("fundings")
    void create_fromAnAccount_takesItsMethodsAndEchoesTheConfirmInformation(PayoutRequest funded, String start) {
        try (Bank131PayoutClient client = client(options -> options)) {
            Payout created = client.create(funded);
            client.confirm(created.ref());

            assertThat(paths()).contains(start);
            assertThat(client.get(created.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            BANK.ledger().assertPaidExactlyOnce("order-1");
        }
    }

    @Test
    void create_tokenFromAnAccountInOneCall_takesTheMethodOfThePageAboutTokens() {
        try (Bank131PayoutClient client = client(Bank131Options.Builder::directInit)) {
            client.create(fromSettlementAccount(new Recipient.SavedCard(Samples.TOKEN)));

            assertThat(paths()).containsExactly("/api/v1/session/init/payout/rko");
        }
    }

    @Test
    void create_tokenByInternalTransfer_isSwitchedOnByAnOption() {
        try (Bank131PayoutClient client = client(Bank131Options.Builder::cardTokensByInternalTransfer)) {
            client.create(fromSettlementAccount(new Recipient.SavedCard(Samples.TOKEN)));

            assertThat(paths())
                    .containsExactly("/api/v1/session/multi/create/rko", "/api/v1/session/multi/start/payment/rko");
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void confirm_transferListedAsAnIncomingPayment_confirmsAndTellsTheEnd(Dialect dialect) {
        BANK.switches().turnOn(Flag.INTERNAL_TRANSFER_LISTED);
        try (Bank131PayoutClient client = client(options -> options.dialect(dialect))) {
            PayoutRef ref = client.create(fromSettlementAccount(Samples.card())).ref();

            assertThat(client.get(ref).status()).isEqualTo(PayoutStatus.AWAITING_CONFIRMATION);
            client.confirm(ref);
            assertThat(client.get(ref).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            BANK.ledger().assertPaidExactlyOnce("order-1");
        }
    }

    private static PayoutRequest fromSettlementAccount(Recipient recipient) {
        return PayoutRequest.builder("order-1", Samples.AMOUNT, recipient)
                .description("За услуги")
                .sender(Participant.builder()
                        .fullName("Romashka")
                        .account(Samples.SETTLEMENT_ACCOUNT)
                        .build())
                .recipientDetails(Participant.builder()
                        .fullName("Ivanov Ivan")
                        .reference("user123")
                        .build())
                .extras(Bank131Extras.builder()
                        .funding(Funding.SETTLEMENT_ACCOUNT)
                        .build())
                .build();
    }

    @Test
    void cancel_whereTheBankWantsConfirmInformation_sendsItIfSwitchedOn() {
        BANK.switches().turnOn(Flag.CANCEL_NEEDS_CONFIRM_INFORMATION);
        PayoutRequest funded =
                (PayoutRequest) fundings().findFirst().orElseThrow().get()[0];
        try (Bank131PayoutClient client = client(Bank131Options.Builder::confirmInformationOnCancel)) {
            Payout created = client.create(funded);
            client.cancel(created.ref());

            assertThat(client.get(created.ref()).status()).isEqualTo(PayoutStatus.CANCELED);
        }
    }

    @Test
    void create_withReceipt_takesTheFiscalizationMethod() {
        PayoutRequest withReceipt = byToken("order-1")
                .extras(Bank131Extras.builder()
                        .receipt("Доставка", "123456789012", PayerType.LEGAL, "3316004777", "Romashka")
                        .build())
                .build();
        try (Bank131PayoutClient client = client(options -> options)) {
            client.confirm(client.create(withReceipt).ref());

            assertThat(paths()).contains("/api/v1/session/start/payout/fiscalization");
            BANK.ledger().assertPaidExactlyOnce("order-1");
        }
    }

    // ---------------------------------------------------------------- confirm and cancel

    @Test
    void confirm_accepted_isProcessingAtMost() {
        try (Bank131PayoutClient client = client(options -> options)) {
            Payout confirmed = client.confirm(client.create(request).ref());

            assertThat(confirmed.status()).isEqualTo(PayoutStatus.PROCESSING);
            assertThat(confirmed.confirmBefore()).isEmpty();
        }
    }

    @Test
    void confirm_payoutThatWasNotStarted_tellsSoAndConfirmsNothing() {
        try (Bank131PayoutClient client = client(options -> options)) {
            Payout prepared = client.prepare(request);

            assertThat(client.confirm(prepared.ref()).status()).isEqualTo(PayoutStatus.PREPARED);
            assertThat(paths()).doesNotContain(CONFIRM);
        }
    }

    @Test
    void confirm_answerOfAnotherAmount_confirmsNothing() {
        try (Bank131PayoutClient client = client(options -> options)) {
            BANK.force(Scenario.WRONG_ECHO);
            Payout created = client.create(request);

            assertThat(client.confirm(created.ref()).evidence())
                    .map(Evidence::kind)
                    .contains(Evidence.Kind.CONTRADICTING_ANSWER);
            assertThat(paths()).doesNotContain(CONFIRM);
        }
    }

    @Test
    void confirm_stateCannotBeRead_isRejectedAndConfirmsNothing() {
        try (Bank131PayoutClient client = client(options -> options)) {
            Payout created = client.create(request);
            BANK.answerNext(STATUS, SimulatedResponse.json(400, error("authentication_error")));

            assertThatThrownBy(() -> client.confirm(created.ref()))
                    .isInstanceOf(PayoutRejectedException.class)
                    .hasMessageContaining("authentication_error");
            assertThat(paths()).doesNotContain(CONFIRM);
        }
    }

    @Test
    void confirm_stateIsNotClear_throwsNotSentAndConfirmsNothing() {
        try (Bank131PayoutClient client = client(options -> options)) {
            Payout created = client.create(request);
            BANK.answerNext(STATUS, SimulatedResponse.json(400, error("internal_error")));

            assertThatThrownBy(() -> client.confirm(created.ref()))
                    .isInstanceOf(PayoutNotSentException.class)
                    .hasMessageContaining("internal_error");
            assertThat(paths()).doesNotContain(CONFIRM);
        }
    }

    @Test
    void confirm_wrongState_looksAndTellsThePresentState() {
        try (Bank131PayoutClient client = client(options -> options)) {
            Payout created = client.create(request);
            BANK.answerNext(CONFIRM, SimulatedResponse.json(400, error("session_wrong_state")));

            assertThat(client.confirm(created.ref()).evidence())
                    .map(Evidence::kind)
                    .contains(Evidence.Kind.DUPLICATE);
        }
    }

    @Test
    void confirm_answerShowsItPaid_isStillNotTheOutcome() {
        try (Bank131PayoutClient client = client(options -> options)) {
            Payout created = client.create(request);
            String id = created.ref().providerId().orElseThrow();
            BANK.answerNext(
                    CONFIRM,
                    SimulatedResponse.json(
                            200,
                            "{\"status\":\"ok\",\"session\":{\"id\":\"" + id
                                    + "\",\"status\":\"accepted\",\"payments\":[{\"status\":\"succeeded\"}]}}"));

            assertThat(client.confirm(created.ref()).status()).isEqualTo(PayoutStatus.PROCESSING);
        }
    }

    @Test
    void cancel_accepted_isNeverPreparedAgain() {
        try (Bank131PayoutClient client = client(options -> options)) {
            Payout prepared = client.prepare(request);
            String id = prepared.ref().providerId().orElseThrow();
            BANK.answerNext(
                    CANCEL,
                    SimulatedResponse.json(
                            200, "{\"status\":\"ok\",\"session\":{\"id\":\"" + id + "\",\"status\":\"created\"}}"));

            assertThat(client.cancel(prepared.ref()).status()).isEqualTo(PayoutStatus.PROCESSING);
        }
    }

    @Test
    void get_confirmedTooLate_isExpired() {
        BANK.switches().confirmationWindow(Duration.ofHours(4));
        try (Bank131PayoutClient client = client(options -> options)) {
            Payout created = client.create(request);
            BANK.clock().advance(Duration.ofHours(5));
            BANK.settle();

            assertThat(client.get(created.ref()).status()).isEqualTo(PayoutStatus.EXPIRED);
            BANK.ledger().assertNotPaid("order-1");
        }
    }

    @Test
    void create_autoConfirmedProject_paysWithoutConfirm() {
        BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
        try (Bank131PayoutClient client = client(options -> options)) {
            Payout created = client.create(request);

            assertThat(client.get(created.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(client.confirm(created.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            BANK.ledger().assertPaidExactlyOnce("order-1");
        }
    }

    // ---------------------------------------------------------------- twice

    @Test
    void submit_bankThatAllowsASecondStart_paysOnceBecauseOfTheKey() {
        BANK.switches().turnOn(Flag.SECOND_START);
        BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
        try (Bank131PayoutClient client = client(options -> options)) {
            Payout created = client.create(request);

            assertThat(client.submit(created.ref(), request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            BANK.ledger().assertPaidExactlyOnce("order-1");
        }
    }

    @Test
    void create_againUnderTheSameReference_paysOnceThoughThereAreTwoSessions() {
        BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
        try (Bank131PayoutClient client = client(options -> options)) {
            client.create(request);
            Payout second = client.create(request);

            assertThat(second.status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(second.evidence()).map(Evidence::kind).contains(Evidence.Kind.DUPLICATE);
            BANK.ledger().assertPaidExactlyOnce("order-1");
        }
    }

    @Test
    void create_earlierSendCannotBeLookedUp_isUnknown() {
        try (Bank131PayoutClient client = client(options -> options)) {
            client.create(request);
            BANK.answerNext(STATUS, SimulatedResponse.json(400, error("authentication_error")));

            assertThat(client.create(request).evidence()).map(Evidence::kind).contains(Evidence.Kind.DUPLICATE);
        }
    }

    // ---------------------------------------------------------------- codes decide, not numbers

    @ParameterizedTest
    @CsvSource({
        "200,authentication_error,SAME_REFERENCE_LATER",
        "401,authentication_error,SAME_REFERENCE_LATER",
        "403,authorization_error,SAME_REFERENCE_LATER",
        "400,insufficient_wallet_balance,NEW_PAYOUT_AFTER_FIX",
        "400,invalid_request,NEW_PAYOUT_AFTER_FIX"
    })
    void submit_codeThatProvesARefusal_isRejectedWhateverTheNumber(int status, String code, Advice advice) {
        try (Bank131PayoutClient client = client(options -> options)) {
            PayoutRef ref = client.prepare(request).ref();
            BANK.answerNext(START, SimulatedResponse.json(status, error(code)));

            assertThatThrownBy(() -> client.submit(ref, request))
                    .isInstanceOfSatisfying(PayoutRejectedException.class, rejected -> {
                        assertThat(rejected.error()).map(error -> error.code()).contains(code);
                        assertThat(rejected.advice()).isEqualTo(advice);
                    });
        }
    }

    @ParameterizedTest
    @CsvSource({
        "500,invalid_request,SERVER_ERROR",
        "400,internal_error,OPEN_CODE",
        "200,provider_timeout,OPEN_CODE",
        "400,a_code_of_tomorrow,UNDOCUMENTED_ANSWER",
        "401,a_code_of_tomorrow,UNDOCUMENTED_ANSWER"
    })
    void submit_codeThatProvesNothing_isUnknown(int status, String code, Evidence.Kind kind) {
        try (Bank131PayoutClient client = client(options -> options)) {
            PayoutRef ref = client.prepare(request).ref();
            BANK.answerNext(START, SimulatedResponse.json(status, error(code)));

            Payout payout = client.submit(ref, request);

            assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(payout.evidence()).map(Evidence::kind).contains(kind);
        }
    }

    @Test
    void submit_unlistedCode_isCounted() {
        try (Bank131PayoutClient client = client(options -> options)) {
            PayoutRef ref = client.prepare(request).ref();
            BANK.answerNext(START, SimulatedResponse.json(400, error("a_code_of_tomorrow")));
            client.submit(ref, request);

            assertThat(client.errorBook().unlisted()).containsExactlyEntriesOf(Map.of("a_code_of_tomorrow", 1L));
        }
    }

    @ParameterizedTest
    @CsvSource({"declined_by_issuer_bank,FAILED", "session_cancelled,CANCELED", "confirm_timeout,EXPIRED"})
    void submit_businessDecline_isReturned(String code, PayoutStatus expected) {
        try (Bank131PayoutClient client = client(options -> options)) {
            PayoutRef ref = client.prepare(request).ref();
            BANK.answerNext(START, SimulatedResponse.json(400, error(code)));

            Payout payout = client.submit(ref, request);

            assertThat(payout.status()).isEqualTo(expected);
            assertThat(payout.decline()).map(decline -> decline.code()).contains(code);
        }
    }

    @Test
    void submit_tooManyRequests_isRejectedForLater() {
        try (Bank131PayoutClient client = client(options -> options)) {
            PayoutRef ref = client.prepare(request).ref();
            BANK.answerNext(START, SimulatedResponse.text(429, "text/html", "<html></html>"));

            assertThatThrownBy(() -> client.submit(ref, request))
                    .isInstanceOfSatisfying(
                            PayoutRejectedException.class,
                            rejected -> assertThat(rejected.advice()).isEqualTo(Advice.SAME_REFERENCE_LATER));
            BANK.ledger().assertNotPaid("order-1");
        }
    }

    // ---------------------------------------------------------------- reading

    @Test
    void get_sessionThatTheBankDoesNotKnow_isAbsent() {
        try (Bank131PayoutClient client = client(options -> options)) {
            PayoutRef ref = PayoutRef.of("bank131", request).withProviderId("ps_0");

            assertThat(client.get(ref).evidence()).map(Evidence::kind).contains(Evidence.Kind.ABSENT);
        }
    }

    @Test
    void get_handleWithoutASession_saysToWaitForTheWebhook() {
        try (Bank131PayoutClient client = client(options -> options)) {
            assertThatThrownBy(() -> client.get(PayoutRef.of("bank131", request)))
                    .isInstanceOf(PayoutReadException.class)
                    .hasMessageContaining("webhook");
        }
    }

    @ParameterizedTest
    @EnumSource(Dialect.class)
    void balanceAndTools_eitherDialect_areAskedInV1(Dialect dialect) {
        try (Bank131PayoutClient client = client(options -> options.dialect(dialect))) {
            assertThat(client.balance()).extracting(Balance::available).contains(Money.ofMinor(10_000_000_000L, "RUB"));
            assertThat(client.tokenInfo(new Recipient.SavedCard(Samples.TOKEN)).lastFour())
                    .matches("[0-9]{4}");
            assertThat(client.tokenizeAccount(Samples.account()).token()).matches("[0-9a-f]{64}");
            assertThat(client.accountBalance(Samples.SETTLEMENT_ACCOUNT).account())
                    .isEqualTo(Samples.SETTLEMENT_ACCOUNT);
            assertThat(paths()).allMatch(path -> path.startsWith("/api/v1/"));
        }
    }

    @Test
    void fpsBanks_answerOfTheBank_isListed() {
        BANK.answerNext(
                "/api/v1/fps/banks",
                SimulatedResponse.json(
                        200,
                        "{\"status\":\"ok\",\"banks\":[{\"id\":\"100000000069\",\"eng_name\":\"Example Bank\","
                                + "\"ru_name\":\"Банк-пример\"},{\"eng_name\":\"no id\"},null]}"));
        try (Bank131PayoutClient client = client(options -> options)) {
            assertThat(client.fpsBanks())
                    .containsExactly(new Bank131PayoutClient.FpsBank("100000000069", "Example Bank", "Банк-пример"));
            assertThat(BANK.requests()).singleElement().satisfies(call -> {
                assertThat(call.method()).isEqualTo("GET");
                assertThat(call.body()).isEmpty();
            });
        }
    }

    @Test
    void fpsBanks_theSimulatedBank_isAskedWithoutABodyAndAnswers() {
        try (Bank131PayoutClient client = client(options -> options)) {
            assertThat(client.fpsBanks())
                    .isNotEmpty()
                    .allSatisfy(bank -> assertThat(bank.id()).hasSize(12));
        }
    }

    @Test
    void balance_errorWithHttp200_isNotAnAnswer() {
        try (Bank131PayoutClient client = client(options -> options)) {
            BANK.answerNext("/api/v1/wallet/balance", SimulatedResponse.json(200, error("wallet_internal_error")));

            assertThatThrownBy(client::balance)
                    .isInstanceOf(PayoutReadException.class)
                    .hasMessageContaining("wallet_internal_error");
        }
    }

    // ---------------------------------------------------------------- session/init

    @Test
    void create_directInit_makesOneCallAndIsFoundByTheWebhook() {
        try (Bank131PayoutClient client = client(Bank131Options.Builder::directInit)) {
            Payout prepared = client.prepare(request);
            assertThat(paths()).isEmpty();

            client.submit(prepared.ref(), request);

            assertThat(paths()).containsExactly("/api/v1/session/init/payout");
            WebhookEvent event = webhook();
            assertThat(event.reference()).contains("order-1");
            assertThat(client.get(prepared.ref()
                                    .withProviderId(event.providerId().orElseThrow()))
                            .status())
                    .isEqualTo(PayoutStatus.AWAITING_CONFIRMATION);
        }
    }

    @Test
    void submit_directInitTwice_isUnknownBecauseTheSessionIsNotNamed() {
        try (Bank131PayoutClient client = client(Bank131Options.Builder::directInit)) {
            PayoutRef ref = client.prepare(request).ref();
            client.submit(ref, request);

            Payout second = client.submit(ref, request);

            assertThat(second.evidence()).map(Evidence::kind).contains(Evidence.Kind.DUPLICATE);
            assertThat(second.ref().providerId()).isEmpty();
        }
    }

    @Test
    void confirm_handleWithoutASession_isRefused() {
        try (Bank131PayoutClient client = client(Bank131Options.Builder::directInit)) {
            PayoutRef ref = client.prepare(request).ref();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.confirm(ref))
                    .withMessageStartingWith("ref:");
        }
    }

    // ---------------------------------------------------------------- help

    private static Bank131PayoutClient client(UnaryOperator<Bank131Options.Builder> settings) {
        Bank131Options.Builder options =
                Bank131Options.builder(BANK.baseUrl(), BANK.projectId(), Secret.pem(BANK.partnerPrivateKeyPem()));
        return Bank131PayoutClient.open(settings.apply(options).build());
    }

    private static WebhookEvent webhook() {
        var notification = BANK.webhooks().created().get(0);
        Map<String, List<String>> headers = Map.of(
                "X-PARTNER-SIGN",
                notification.headers().entrySet().stream()
                        .filter(header -> header.getKey().equalsIgnoreCase("X-PARTNER-SIGN"))
                        .map(Map.Entry::getValue)
                        .toList());
        return Bank131Webhooks.of(List.of(BANK.bankPublicKeyPem()))
                .receive(new WebhookRequest(notification.body(), headers));
    }

    private static List<String> paths() {
        return BANK.requests().stream().map(ReceivedRequest::path).toList();
    }

    private static String error(String code) {
        return "{\"status\":\"error\",\"error\":{\"code\":\"" + code + "\",\"description\":\"text\"}}";
    }
}
