package org.unipayout.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Address;
import org.unipayout.CardNumber;
import org.unipayout.Door;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.IdentityDocument;
import org.unipayout.Money;
import org.unipayout.NextAction;
import org.unipayout.Participant;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.horizonpay.internal.HorizonPayReadings;
import org.unipayout.horizonpay.internal.HorizonPayRequests;
import org.unipayout.horizonpay.internal.HorizonPayRules;
import org.unipayout.horizonpay.internal.HorizonPayTables;
import org.unipayout.horizonpay.internal.wire.Envelope;
import org.unipayout.horizonpay.internal.wire.Transaction;
import org.unipayout.http.Json;
import org.unipayout.http.UnreadableBodyException;

/** The published samples, and the tables. */
class HorizonPaySamplesTest {
    private static final Recipient CARD =
            new Recipient.Card(CardNumber.of("5555555555554444"), new Recipient.CardExpiry(12, 2027), "John Doe");
    private static final Recipient TOKEN = new Recipient.SavedCard("b4469f38-cec7-4f55-a86d-2ab2dc300e0b");

    private final ErrorBook errorBook = HorizonPayTables.errorBook();
    private final HorizonPayReadings readings = new HorizonPayReadings(errorBook, true, false);

    static Stream<Arguments> sampleRequests() {
        return Stream.of(Arguments.of("request-card.json", CARD), Arguments.of("request-token.json", TOKEN));
    }

    @ParameterizedTest
    @MethodSource("sampleRequests")
    void payout_publishedSample_isProducedExactlyWithTheCheckForDuplicatesSpelledOut(String file, Recipient recipient)
            throws Exception {
        ObjectNode expected = (ObjectNode) sample(file, JsonNode.class);
        ((ObjectNode) expected.get("request")).put("duplicate_check", true);

        byte[] produced = Json.write(
                new Envelope(HorizonPayRequests.payout(sampleRequest(recipient).build(), shop(false))));

        assertThat(Json.read(produced, JsonNode.class)).isEqualTo(expected);
    }

    @Test
    void payout_everyOtherField_isProducedUnderItsName() throws Exception {
        PayoutRequest request = sampleRequest(TOKEN)
                .language(Locale.forLanguageTag("kk-KZ"))
                .notificationUrl(URI.create("https://shop.example/notifications"))
                .recipientDetails(Participant.builder()
                        .deviceId("device-1")
                        .taxId("000000000000")
                        .build())
                .sender(Participant.builder()
                        .deviceId("device-2")
                        .taxId("111111111111")
                        .build())
                .extras(HorizonPayExtras.builder()
                        .serviceId("service-1")
                        .serviceExtension("extension-1")
                        .allowEqualPayout()
                        .verificationUrl(URI.create("https://shop.example/verify"))
                        .build())
                .build();

        JsonNode produced = Json.read(Json.write(HorizonPayRequests.payout(request, shop(true))), JsonNode.class);

        assertThat(produced).isEqualTo(Json.read("""
                        {"amount":100,"currency":"USD","description":"Test transaction ütf",
                        "tracking_id":"tracking_id_000","duplicate_check":false,"language":"kk",
                        "notification_url":"https://shop.example/notifications",
                        "verification_url":"https://shop.example/verify","test":true,
                        "recipient_credit_card":{"token":"b4469f38-cec7-4f55-a86d-2ab2dc300e0b"},
                        "recipient":{"device_id":"device-1","taxpayer_id":"000000000000"},
                        "sender":{"device_id":"device-2"},
                        "additional_data":{"p2p":{"service_id":"service-1","service_extension":"extension-1"}}}
                        """.getBytes(StandardCharsets.UTF_8), JsonNode.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"response-v3.json", "response-v2.json"})
    void payout_publishedAnswerInEitherEnvelope_isRead(String file) throws Exception {
        Payout payout = read(file);

        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(payout.providerStatus()).isEqualTo("successful");
        assertThat(payout.ref().providerId()).contains("8f2b4e0e-b6e6-41d7-970a-5a506519aa0c");
        assertThat(payout.rrn()).contains("123456789102");
        assertThat(payout.authorizationCode()).contains("654321");
        assertThat(payout.recipientMask()).contains("420000****0000");
        assertThat(payout.recipientToken()).isEmpty();
        assertThat(payout.createdAt()).contains(Instant.parse("2024-04-02T14:57:57.638Z"));
        assertThat(payout.finishedAt()).contains(Instant.parse("2024-04-02T14:58:04.172Z"));
        assertThat(payout.nextAction()).isEmpty();
        assertThat(payout.test()).isTrue();
    }

    @Test
    void payout_incompleteSample_sendsTheRecipientToTheRedirect() throws Exception {
        Payout payout = read("response-incomplete.json");

        assertThat(payout.status()).isEqualTo(PayoutStatus.AWAITING_RECIPIENT);
        assertThat(payout.nextAction().map(NextAction::url))
                .contains(URI.create("https://gw.horizonpay.kz/process/8f2b4e0e-b6e6-41d7-970a-5a506519aa0c"));
    }

    @ParameterizedTest
    @CsvSource({
        "successful, SUCCEEDED",
        "failed, FAILED",
        "expired, EXPIRED",
        "pending, PROCESSING",
        "incomplete, PROCESSING",
        "processing, UNKNOWN",
        "error, UNKNOWN",
        "deleted, UNKNOWN",
        "completed, UNKNOWN",
        "Successful, UNKNOWN",
    })
    void read_status_meansWhatTheTableSays(String status, PayoutStatus expected) throws Exception {
        assertThat(readings.read(transaction(status, "F.0105")).status()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "F.0105, FAILED",
        "F.0002, FAILED",
        "F.0777, FAILED",
        "S.0000, UNKNOWN",
        "E.1999, UNKNOWN",
        "F.0108, UNKNOWN",
        "E.1018, UNKNOWN",
        "F.1900, UNKNOWN",
        "E.1035, UNKNOWN",
    })
    void read_failedWithACode_isADeclineUnlessTheCodeTakesItBack(String code, PayoutStatus expected) throws Exception {
        assertThat(readings.read(transaction("failed", code)).status()).isEqualTo(expected);
    }

    @Test
    void read_failedWithAnUnlistedCode_isADeclineAndIsCounted() throws Exception {
        HorizonPayReadings.Reading reading = readings.read(transaction("failed", "F.0777"));

        assertThat(Objects.requireNonNull(reading.decline()).code()).isEqualTo("F.0777");
        assertThat(errorBook.unlisted()).containsEntry("F.0777", 1L);
    }

    @Test
    void read_acquirerSaysOtherwise_theTransactionsOwnStatusDecides() throws Exception {
        Transaction transaction = Json.read(
                "{\"uid\":\"a\",\"status\":\"pending\",\"transaction\":{\"status\":\"successful\"}}"
                        .getBytes(StandardCharsets.UTF_8),
                Transaction.class);

        assertThat(readings.read(transaction).status()).isEqualTo(PayoutStatus.PROCESSING);
    }

    @ParameterizedTest
    @CsvSource({
        "\"amount\":100, \"amount\":101, CONTRADICTING_ANSWER, amount",
        "\"currency\":\"USD\", \"currency\":\"EUR\", CONTRADICTING_ANSWER, currency",
        "tracking_id_000, tracking_id_001, UNIDENTIFIED_ANSWER, reference",
        "\"type\":\"payout\", \"type\":\"credit\", OTHER_PAYOUT, type",
        "\"test\":true, \"test\":false, OTHER_PAYOUT, test mark",
        "\"last_4\":\"0000\", \"last_4\":\"1111\", OTHER_PAYOUT, card",
    })
    void payout_answerAboutAnotherPayout_isUnknownAndTheFieldIsNamed(
            String ours, String theirs, Evidence.Kind kind, String field) throws Exception {
        String body = new String(Json.write(sample("response-v3.json", JsonNode.class)), StandardCharsets.UTF_8);
        assertThat(body).contains(ours);

        Payout payout = read(Json.read(body.replace(ours, theirs).getBytes(StandardCharsets.UTF_8), Transaction.class));

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.evidence()).hasValueSatisfying(evidence -> {
            assertThat(evidence.kind()).isEqualTo(kind);
            assertThat(evidence.text()).endsWith(field);
        });
    }

    static Stream<Arguments> badRequests() {
        Participant.Builder person = Participant.builder();
        return Stream.of(
                Arguments.of("description", request().description("d".repeat(256))),
                Arguments.of("description", PayoutRequest.builder("r", Money.ofMinor(100, "USD"), CARD)),
                Arguments.of(
                        "recipient.holder",
                        PayoutRequest.builder(
                                        "r",
                                        Money.ofMinor(100, "USD"),
                                        new Recipient.Card(CardNumber.of("5555555555554444"), null, "h".repeat(33)))
                                .description("d")),
                Arguments.of(
                        "recipientDetails.firstName",
                        request()
                                .recipientDetails(
                                        person.firstName("f".repeat(31)).build())),
                Arguments.of(
                        "sender.lastName",
                        request()
                                .sender(Participant.builder()
                                        .lastName("l".repeat(31))
                                        .build())),
                Arguments.of(
                        "sender.phone",
                        request()
                                .sender(Participant.builder()
                                        .phone("1".repeat(101))
                                        .build())),
                Arguments.of(
                        "recipientDetails.address.city", at(Address.builder().city("c".repeat(61)))),
                Arguments.of(
                        "recipientDetails.address.line", at(Address.builder().line("l".repeat(256)))),
                Arguments.of(
                        "recipientDetails.address.state",
                        at(Address.builder().country("KZ").state("AL"))),
                Arguments.of(
                        "recipientDetails.address.state",
                        at(Address.builder().country("US").state("Colorado"))),
                Arguments.of(
                        "recipientDetails.address.postalCode",
                        at(Address.builder().country("US").postalCode("9600"))),
                Arguments.of(
                        "sender.document.type",
                        request()
                                .sender(Participant.builder()
                                        .document(IdentityDocument.builder()
                                                .type("LICENCE")
                                                .build())
                                        .build())));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void check_fieldOutsideTheProvidersRules_isNamedFirst(String field, PayoutRequest.Builder request) {
        assertThatThrownBy(() -> HorizonPayRules.check(request.build(), null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(field + ":");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a;b", "a b", "a/b", "a+b", "..", ".", "order.17", "a.", "заказ", "a%2e", "-a"})
    void referenceRule_referenceThatALookUpCouldMiss_isRefused(String reference) {
        assertThatThrownBy(() -> HorizonPayRules.REFERENCE.check(reference))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("reference:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"order-1", "cbe59142-90af-4aea-b5a5-5bf3f66cf3da", "A", "2026-01:7~x@shop_1"})
    void referenceRule_usualReference_isTaken(String reference) {
        HorizonPayRules.REFERENCE.check(reference);

        assertThat(HorizonPayRules.REFERENCE.allowed().matcher(reference).matches())
                .isTrue();
    }

    private Payout read(String file) throws Exception {
        return read(sample(file, Transaction.class).unwrapped().orElseThrow());
    }

    /** The card of the published answer is not that of the published request. */
    private Payout read(Transaction transaction) {
        Recipient answered = new Recipient.Card(CardNumber.of("4200000000000000"));
        PayoutRef ref = PayoutRef.of(
                HorizonPayPayoutClient.PROVIDER, sampleRequest(answered).build());
        return readings.payout(ref, transaction, Door.PROVIDER_ID);
    }

    private static HorizonPayOptions shop(boolean test) {
        HorizonPayOptions.Builder shop = HorizonPayOptions.builder(HorizonPayOptions.LIVE, "361", Secret.of("secret"));
        return test ? shop.testMode().build() : shop.build();
    }

    private static Transaction transaction(String status, String code) throws UnreadableBodyException {
        String body = "{\"uid\":\"a\",\"code\":\"" + code + "\",\"status\":\"" + status + "\"}";
        return Json.read(body.getBytes(StandardCharsets.UTF_8), Transaction.class);
    }

    private static PayoutRequest.Builder request() {
        return PayoutRequest.builder("r", Money.ofMinor(100, "USD"), CARD).description("d");
    }

    private static PayoutRequest.Builder at(Address.Builder address) {
        return request()
                .recipientDetails(Participant.builder().address(address.build()).build());
    }

    private static PayoutRequest.Builder sampleRequest(Recipient recipient) {
        return PayoutRequest.builder("tracking_id_000", Money.ofMinor(100, "USD"), recipient)
                .description("Test transaction ütf")
                .recipientDetails(samplePerson().build())
                .sender(samplePerson()
                        .document(IdentityDocument.builder()
                                .type("PASSPORT")
                                .issuer("Organization name")
                                .series("MP")
                                .number("1234567890")
                                .issuedOn(LocalDate.of(2010, 3, 12))
                                .validUntil(LocalDate.of(2025, 3, 12))
                                .build())
                        .build());
    }

    private static Participant.Builder samplePerson() {
        return Participant.builder()
                .ipAddress("127.0.0.1")
                .email("recipient@shop.example")
                .birthDate(LocalDate.of(1990, 10, 20))
                .firstName("John")
                .lastName("Doe")
                .phone("375444444444")
                .address(Address.builder()
                        .country("US")
                        .city("Denver")
                        .state("CO")
                        .postalCode("96002")
                        .line("1st Street")
                        .build());
    }

    private static <T> T sample(String file, Class<T> type) throws IOException, UnreadableBodyException {
        try (InputStream body = HorizonPaySamplesTest.class.getResourceAsStream(file)) {
            return Json.read(Objects.requireNonNull(body, file).readAllBytes(), type);
        }
    }
}
