package org.unipayout.ioka;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Advice;
import org.unipayout.Decline;
import org.unipayout.Door;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.NextAction;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.http.Json;
import org.unipayout.http.UnreadableBodyException;
import org.unipayout.ioka.internal.IokaErrors;
import org.unipayout.ioka.internal.IokaRequests;
import org.unipayout.ioka.internal.IokaTime;
import org.unipayout.ioka.internal.TransferReadings;
import org.unipayout.ioka.internal.wire.Transfer;
import org.unipayout.ioka.internal.wire.TransferOrder;
import org.unipayout.ioka.internal.wire.TransferRequest;

/** The samples of ioka's payout page, with a reference of ours, and the table of what its words mean. */
class IokaSamplesTest {
    private static final Instant ASKED = Instant.parse("2023-08-01T12:00:00Z");

    private static final String CREATED = """
            {"order": {"id": "tro_1234567890", "status": "NOT_TRANSFERRED", "created_at": "2023-01-01T12:00:00.000000",
             "shop_id": "shp_test", "type": "PAYOUT", "amount": 15000, "currency": "KZT", "external_id": "r-1",
             "description": null, "extra_info": null, "due_date": null, "corp_card_id": null,
             "receiver_id": "TESTCARDID", "back_url": "https://back.kz", "success_url": "https://success.kz",
             "failure_url": "https://failure.kz", "template": null,
             "checkout_url": "https://stage-api.ioka.kz/transfer-orders/tro_1234567890"},
             "order_access_token": "tro_1234567890_secret_a564b..."}""";

    private static final String DECLINED_TRANSFER = """
            {"id": "trn_Q7X6ZLDDZF", "order_id": "tro_1234567890", "status": "DECLINED",
             "created_at": "2023-08-01T09:47:30.217477", "transferred_amount": null, "processing_fee": 0.0,
             "sender": {"id": null, "pan_masked": "440563******5096", "expiry_date": "12/24", "holder": null,
             "payment_system": "VISA", "emitter": "halykbank", "email": null, "phone": null},
             "acquirer": null, "tds": null, "action": null,
             "error": {"code": "WRONG_CARD_DATA", "message": "Проверьте введённые данные карты и повторите еще раз."},
             "receiver_pan_masked": "440563******0013"}""";

    private static final String APPROVED_TRANSFER = """
            {"id": "trn_44DHXUAJRU", "order_id": "tro_1234567890", "status": "APPROVED",
             "created_at": "2023-08-01T09:48:00.501788", "transferred_amount": null, "processing_fee": 0.0,
             "sender": {"id": "pyr_TESTCARDID"}, "acquirer": {"name": "epay_v2", "reference": "321352483756"},
             "tds": null, "action": null, "error": null, "receiver_pan_masked": "440563******0013"}""";

    private static final String PAID = """
            {"id": "trn_0EL3ODJLBJ", "order_id": "tro_SBPVLX6HSI", "status": "APPROVED",
             "created_at": "2023-08-01T11:59:59.815460", "transferred_amount": 15000, "processing_fee": 0.0,
             "acquirer": {"name": "epay_v2", "reference": "321356018766"}, "tds": false,
             "receiver_pan_masked": "440563******0013"}""";

    private final ErrorBook errorBook = IokaErrors.read();

    @Test
    void order_hostedForm_isTheSampleRequestWithReferenceAndCurrency() {
        PayoutRequest request = PayoutRequest.builder(
                        "r-1",
                        Shop.tenge(15000),
                        new Recipient.HostedForm(
                                URI.create("https://back.kz"),
                                URI.create("https://success.kz"),
                                URI.create("https://failure.kz")))
                .build();

        assertThat(json(IokaRequests.transferOrder(request, options())))
                .isEqualTo("{\"amount\":15000,\"type\":\"PAYOUT\",\"currency\":\"KZT\",\"external_id\":\"r-1\","
                        + "\"back_url\":\"https://back.kz\",\"success_url\":\"https://success.kz\","
                        + "\"failure_url\":\"https://failure.kz\"}");
    }

    @Test
    void order_everyField_isSentInIokasWords() {
        PayoutRequest request = Shop.toSavedCard("r-1", 15000)
                .description("Payout for May")
                .metadata("order", "7")
                .expiresAt(Instant.parse("2019-08-24T14:15:22.999Z"))
                .extras(IokaExtras.builder()
                        .template("dark")
                        .corpAccountId("act_1")
                        .build())
                .build();

        assertThat(json(IokaRequests.transferOrder(request, options())))
                .isEqualTo("{\"amount\":15000,\"type\":\"PAYOUT\",\"corp_account_id\":\"act_1\",\"currency\":\"KZT\","
                        + "\"external_id\":\"r-1\",\"description\":\"Payout for May\",\"extra_info\":{\"order\":\"7\"},"
                        + "\"due_date\":\"2019-08-24T14:15:22\",\"receiver_id\":\"TESTCARDID\",\"template\":\"dark\"}");
    }

    @Test
    void transferRequest_savedCard_isTheSampleRequest() {
        assertThat(json(new TransferRequest("TESTCARDID"))).isEqualTo("{\"receiver_id\":\"TESTCARDID\"}");
    }

    @Test
    void payout_createdHosted_awaitsTheRecipientAtTheForm() throws Exception {
        Payout payout = read(hosted(), CREATED);

        assertThat(payout.status()).isEqualTo(PayoutStatus.AWAITING_RECIPIENT);
        assertThat(payout.ref().providerId()).contains("tro_1234567890");
        assertThat(payout.nextAction().map(NextAction::url))
                .contains(URI.create("https://stage-api.ioka.kz/transfer-orders/tro_1234567890"));
        assertThat(payout.createdAt()).contains(Instant.parse("2023-01-01T12:00:00Z"));
    }

    @Test
    void payout_createdForSavedCard_isPrepared() throws Exception {
        assertThat(read(saved(), CREATED).status()).isEqualTo(PayoutStatus.PREPARED);
    }

    @Test
    void payout_secondAttemptApproved_isSucceededWithItsDetails() throws Exception {
        Payout payout = read(saved(), order("TRANSFERRED", DECLINED_TRANSFER + ", " + APPROVED_TRANSFER));

        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(payout.rrn()).contains("321352483756");
        assertThat(payout.recipientMask()).contains("440563******0013");
        assertThat(payout.providerStatus()).isEqualTo("TRANSFERRED/APPROVED");
    }

    @Test
    void payout_declinedOnTheForm_stillAwaitsTheRecipient() throws Exception {
        Payout payout = read(hosted(), order("NOT_TRANSFERRED", DECLINED_TRANSFER));

        assertThat(payout.status()).isEqualTo(PayoutStatus.AWAITING_RECIPIENT);
        assertThat(payout.lastDecline().map(Decline::code)).contains("WRONG_CARD_DATA");
    }

    @Test
    void payout_declinedSavedCard_isFailed() throws Exception {
        Payout payout = read(saved(), order("NOT_TRANSFERRED", DECLINED_TRANSFER));

        assertThat(payout.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(payout.decline().map(Decline::code)).contains("WRONG_CARD_DATA");
        assertThat(payout.decline().flatMap(Decline::providerText)).isPresent();
    }

    @Test
    void payout_answerOfThePayoutCall_isSucceeded() throws Exception {
        PayoutRef ref = saved().withProviderId("tro_SBPVLX6HSI");
        Transfer transfer = Json.read(PAID.getBytes(StandardCharsets.UTF_8), Transfer.class);

        Payout payout = TransferReadings.payout(ref, transfer, errorBook, ASKED);

        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(payout.rrn()).contains("321356018766");
    }

    @Test
    void payout_answerAboutAnotherOrder_isUnknown() throws Exception {
        Transfer transfer = Json.read(PAID.getBytes(StandardCharsets.UTF_8), Transfer.class);

        Payout payout = TransferReadings.payout(saved().withProviderId("tro_1234567890"), transfer, errorBook, ASKED);

        assertThat(payout.evidence().map(Evidence::kind)).contains(Evidence.Kind.UNIDENTIFIED_ANSWER);
    }

    @ParameterizedTest
    @CsvSource({
        "TRANSFERRED, APPROVED, SUCCEEDED, SUCCEEDED",
        "NOT_TRANSFERRED, '', PREPARED, AWAITING_RECIPIENT",
        "NOT_TRANSFERRED, DECLINED, FAILED, AWAITING_RECIPIENT",
        "NOT_TRANSFERRED, PENDING, PROCESSING, PROCESSING",
        "NOT_TRANSFERRED, REQUIRES_ACTION, PROCESSING, PROCESSING",
        "NOT_TRANSFERRED, APPROVED, UNKNOWN, UNKNOWN",
        "NOT_TRANSFERRED, ROUTED, UNKNOWN, UNKNOWN",
        "REGISTERED, '', UNKNOWN, UNKNOWN",
        "REGISTERED, APPROVED, UNKNOWN, UNKNOWN",
        "EXPIRED, '', UNKNOWN, UNKNOWN"
    })
    void payout_statuses_meanWhatTheTableSays(
            String order, String transfer, PayoutStatus savedCard, PayoutStatus hostedForm) throws Exception {
        String attempts = transfer.isEmpty() ? "" : APPROVED_TRANSFER.replace("APPROVED", transfer);

        assertThat(read(saved(), order(order, attempts)).status()).isEqualTo(savedCard);
        assertThat(read(hosted(), order(order, attempts)).status()).isEqualTo(hostedForm);
    }

    @Test
    void payout_earlierAttemptStillPending_isProcessing() throws Exception {
        String attempts = APPROVED_TRANSFER.replace("APPROVED", "PENDING") + ", " + DECLINED_TRANSFER;

        assertThat(read(saved(), order("NOT_TRANSFERRED", attempts)).status()).isEqualTo(PayoutStatus.PROCESSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "TRANSACTION_ERROR",
                "ACQUIRER_SYSTEM_ERROR",
                "BANK_CONNECTION_ERROR",
                "DATA_INPUT_TIMEOUT",
                "NEVER_HEARD_OF"
            })
    void payout_technicalDecline_isFailedOnlyOnceSettled(String code) throws Exception {
        String order = order("NOT_TRANSFERRED", DECLINED_TRANSFER.replace("WRONG_CARD_DATA", code));
        Instant attempted = Instant.parse("2023-08-01T09:47:30.217477Z");

        Payout early = read(saved(), order, Door.PROVIDER_ID, attempted.plusSeconds(15 * 60 - 1));
        Payout late = read(saved(), order, Door.PROVIDER_ID, attempted.plusSeconds(15 * 60));

        assertThat(early.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(early.evidence().map(Evidence::kind)).contains(Evidence.Kind.PROVIDER_UNSURE);
        assertThat(late.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(late.decline()).hasValueSatisfying(decline -> {
            assertThat(decline.code()).isEqualTo(code);
            assertThat(decline.advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX);
            assertThat(decline.text(Locale.ENGLISH)).contains("Nothing was paid");
        });
    }

    @ParameterizedTest
    @CsvSource({
        "2023-08-01T11:44:59, EXPIRED",
        "2023-08-01T11:45:00, AWAITING_RECIPIENT",
        "2023-08-01 11:44:59.12345, EXPIRED",
        "no date, AWAITING_RECIPIENT"
    })
    void payout_hostedPastItsDueDate_isExpiredAfterTheMargin(String dueDate, PayoutStatus status) throws Exception {
        String order = order("NOT_TRANSFERRED", "").replace("\"due_date\": null", "\"due_date\": \"" + dueDate + "\"");

        assertThat(read(hosted(), order).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"amount\": 15000; \"amount\": 15001; PROVIDER_ID; CONTRADICTING_ANSWER; amount",
                "\"amount\": 15000; \"amount\": 15001; REFERENCE; OTHER_PAYOUT; amount",
                "\"currency\": \"KZT\"; \"currency\": \"USD\"; PROVIDER_ID; CONTRADICTING_ANSWER; currency",
                "\"due_date\": null; \"transferred_amount\": 5; PROVIDER_ID; CONTRADICTING_ANSWER; amount",
                "\"external_id\": \"r-1\"; \"external_id\": \"r-2\"; PROVIDER_ID; UNIDENTIFIED_ANSWER; reference",
                "\"external_id\": \"r-1\"; \"external_id\": null; PROVIDER_ID; UNIDENTIFIED_ANSWER; reference",
                "TESTCARDID; e5KLDQmQTQ; PROVIDER_ID; OTHER_PAYOUT; recipient",
                "\"TESTCARDID\"; null; REFERENCE; OTHER_PAYOUT; kind of recipient",
                "\"PAYOUT\"; \"TOPUP\"; REFERENCE; OTHER_PAYOUT; kind of recipient",
                "2023-01-01T12:00; 2022-12-31T12:00; REFERENCE; OTHER_PAYOUT; time of creation"
            })
    void payout_answerAboutAnotherPayout_isUnknownAndNamesTheField(
            String from, String to, Door door, Evidence.Kind kind, String field) throws Exception {
        PayoutRef ref = PayoutRef.of(
                IokaPayoutClient.PROVIDER,
                Shop.toSavedCard("r-1", 15000)
                        .requestedAt(Instant.parse("2023-01-01T12:01:00Z"))
                        .build());

        assertThat(read(ref, CREATED, door, ASKED).status()).isEqualTo(PayoutStatus.PREPARED);
        assertThat(read(ref, CREATED.replace(from, to), door, ASKED).evidence()).hasValueSatisfying(evidence -> {
            assertThat(evidence.kind()).isEqualTo(kind);
            assertThat(evidence.text()).contains(field);
        });
    }

    @Test
    void payout_orderThatDoesNotSayForWhomItIs_isAdopted() throws Exception {
        String silent = CREATED.replace("\"receiver_id\": \"TESTCARDID\",", "");

        assertThat(read(saved(), silent, Door.REFERENCE, ASKED).status()).isEqualTo(PayoutStatus.PREPARED);
        assertThat(read(hosted(), silent, Door.REFERENCE, ASKED).status()).isEqualTo(PayoutStatus.AWAITING_RECIPIENT);
    }

    @Test
    void payout_formUnderTheReferenceOfASavedCard_isAnotherPayout() throws Exception {
        assertThat(read(hosted(), CREATED, Door.REFERENCE, ASKED).hasEvidence(Evidence.Kind.OTHER_PAYOUT))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "TRANSFERRED, APPROVED, APPROVED, SUCCEEDED, PAID_TWICE",
        "TRANSFERRED, DECLINED, DECLINED, UNKNOWN, CONTRADICTING_ANSWER",
        "NOT_TRANSFERRED, DECLINED, APPROVED, UNKNOWN, CONTRADICTING_ANSWER"
    })
    void payout_attemptsThatDisagreeWithTheOrder_areSaid(
            String order, String first, String second, PayoutStatus status, Evidence.Kind kind) throws Exception {
        String attempts =
                APPROVED_TRANSFER.replace("APPROVED", first) + ", " + APPROVED_TRANSFER.replace("APPROVED", second);

        Payout payout = read(saved(), order(order, attempts));

        assertThat(payout.status()).isEqualTo(status);
        assertThat(payout.hasEvidence(kind)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"transferred_amount\": 5", "\"transferred_amount\": null, \"amount\": 5"})
    void payout_attemptOfAnotherAmount_isNotBelieved(String amount) throws Exception {
        String attempt = APPROVED_TRANSFER.replace("\"transferred_amount\": null", amount);

        assertThat(read(saved(), order("TRANSFERRED", attempt)).hasEvidence(Evidence.Kind.CONTRADICTING_ANSWER))
                .isTrue();
    }

    @Test
    void payout_declinedAttemptThatMovedNothing_isFailed() throws Exception {
        String attempt = DECLINED_TRANSFER.replace("\"transferred_amount\": null", "\"transferred_amount\": 0");

        assertThat(read(saved(), order("NOT_TRANSFERRED", attempt)).status()).isEqualTo(PayoutStatus.FAILED);
    }

    @ParameterizedTest
    @CsvSource({
        "2019-08-24T14:15:22, 2019-08-24T14:15:22Z",
        "2023-08-01T09:46:09.06633, 2023-08-01T09:46:09.066330Z",
        "2023-08-01T09:46:09.066330, 2023-08-01T09:46:09.066330Z",
        "2023-08-01T09:46:09.123456789, 2023-08-01T09:46:09.123456789Z",
        "2023-08-01T15:46:09+06:00, 2023-08-01T09:46:09Z"
    })
    void time_withoutZone_isUtcWithAnyFraction(String text, Instant expected) {
        assertThat(IokaTime.read(text)).isEqualTo(expected);
    }

    private static String order(String status, String attempts) {
        return CREATED.replace("NOT_TRANSFERRED", status)
                .replace("{\"order\": ", "")
                .replace(
                        "},\n \"order_access_token\": \"tro_1234567890_secret_a564b...\"}",
                        ", \"transfers\": [" + attempts + "]}");
    }

    private Payout read(PayoutRef ref, String json) throws UnreadableBodyException {
        return read(ref, json, Door.PROVIDER_ID, ASKED);
    }

    private Payout read(PayoutRef ref, String json, Door door, Instant asked) throws UnreadableBodyException {
        TransferOrder order = Json.read(json.getBytes(StandardCharsets.UTF_8), TransferOrder.class);
        return TransferReadings.payout(ref, order.unwrapped(), door, errorBook, asked);
    }

    private static PayoutRef saved() {
        return PayoutRef.of(
                IokaPayoutClient.PROVIDER, Shop.toSavedCard("r-1", 15000).build());
    }

    private static PayoutRef hosted() {
        return PayoutRef.of(IokaPayoutClient.PROVIDER, Shop.toForm("r-1", 15000).build());
    }

    private static IokaOptions options() {
        return IokaOptions.builder(IokaOptions.STAGE, Secret.of("test-key")).build();
    }

    private static String json(Object body) {
        return new String(Json.write(body), StandardCharsets.UTF_8);
    }
}
