package org.unipayout.bank131.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.bank131.Samples.AMOUNT;
import static org.unipayout.bank131.Samples.byToken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.Address;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.IdentityDocument;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.bank131.Bank131Extras;
import org.unipayout.bank131.Bank131Extras.Funding;
import org.unipayout.bank131.Bank131Extras.PayerType;
import org.unipayout.bank131.Bank131Options.Dialect;
import org.unipayout.bank131.Bank131PayoutClient;
import org.unipayout.bank131.Samples;
import org.unipayout.bank131.internal.wire.Session;
import org.unipayout.bank131.internal.wire.SessionAnswer;
import org.unipayout.bank131.internal.wire.SessionRequest;
import org.unipayout.http.Json;
import org.unipayout.http.UnreadableBodyException;

class Bank131MappingTest {
    private static final Duration WINDOW = Duration.ofHours(4);

    private final ErrorBook errorBook =
            ErrorBook.read(Objects.requireNonNull(Bank131PayoutClient.class.getResourceAsStream("error-book.tsv")));
    private final PayoutRef ref =
            PayoutRef.of("bank131", byToken("order-1").build()).withProviderId("ps_3230");

    // ---------------------------------------------------------------- the page about payouts by token

    @Test
    void payout_ofThePage_isTheRequestOfThePage() throws Exception {
        ObjectNode sent = json(Bank131Mapping.payout("ps_3230", byToken("good").build(), Dialect.V1));
        ObjectNode page = (ObjectNode) Json.read(Samples.page("start-request.json"), JsonNode.class);

        assertThat(sent.remove("amount_details").toString()).isEqualTo("{\"amount\":10000,\"currency\":\"rub\"}");
        assertThat(sent.remove("metadata").toString()).isEqualTo("{\"reference\":\"good\"}");
        page.remove("metadata");
        assertThat(sent).isEqualTo(page);
    }

    @Test
    void namingASession_ofThePage_isTheRequestOfConfirmAndCancel() {
        assertThat(text(SessionRequest.of("ps_3230", null))).isEqualTo("{\"session_id\":\"ps_3230\"}");
    }

    @Test
    void payout_createAnswerOfThePage_isPrepared() throws Exception {
        Payout payout = payout("create-answer.json");

        assertThat(payout.status()).isEqualTo(PayoutStatus.PREPARED);
        assertThat(payout.ref().providerId()).contains("ps_3230");
        assertThat(payout.createdAt()).contains(Instant.parse("2018-05-27T02:03:00Z"));
    }

    @Test
    void payout_startAnswerOfThePage_isProcessing() throws Exception {
        Payout payout = payout("start-answer.json");

        assertThat(payout.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(payout.providerStatus()).isEqualTo("in_progress/in_progress");
    }

    @Test
    void payout_webhookOfThePage_awaitsConfirmationForTheWindow() throws Exception {
        Payout payout = payout("ready-to-confirm.json");

        assertThat(payout.status()).isEqualTo(PayoutStatus.AWAITING_CONFIRMATION);
        assertThat(payout.confirmBefore()).contains(Instant.parse("2018-05-27T06:03:00Z"));
    }

    // ---------------------------------------------------------------- statuses

    @ParameterizedTest
    @CsvSource({
        "created,,,PREPARED",
        "in_progress,,,PROCESSING",
        "cancelled,,,CANCELED",
        "accepted,,,UNKNOWN",
        "error,,,UNKNOWN",
        "in_progress,in_progress,,PROCESSING",
        "in_progress,pending,,PROCESSING",
        "in_progress,pending,confirm,AWAITING_CONFIRMATION",
        "in_progress,pending,capture,UNKNOWN",
        "in_progress,pending,ready_to_confirm,UNKNOWN",
        "in_progress,succeeded,,SUCCEEDED",
        "accepted,succeeded,,SUCCEEDED",
        "cancelled,failed,,FAILED",
        "accepted,failed,,FAILED",
        "in_progress,failed,,UNKNOWN",
        "cancelled,succeeded,,UNKNOWN",
        "cancelled,pending,,UNKNOWN",
        "created,in_progress,,UNKNOWN",
        "error,in_progress,,UNKNOWN",
        "error,pending,confirm,UNKNOWN",
        "error,succeeded,,UNKNOWN",
        "error,failed,,UNKNOWN",
        "archived,credited,,UNKNOWN",
        "accepted,credited,,UNKNOWN",
        "canceled,failed,,UNKNOWN",
        "ACCEPTED,succeeded,,UNKNOWN"
    })
    void payout_eachCombinationOfStatuses_isReadByTheTable(
            String session, @Nullable String payout, @Nullable String nextAction, PayoutStatus expected)
            throws Exception {
        assertThat(seen(session(session, payout, nextAction, "")).status()).isEqualTo(expected);
    }

    @Test
    void payout_sessionError_isTheProvidersOwnDoubt() throws Exception {
        Payout payout = seen(session("error", "failed", null, ",\"error\":{\"code\":\"provider_timeout\"}"));

        assertThat(payout.evidence()).map(Evidence::kind).contains(Evidence.Kind.PROVIDER_UNSURE);
        assertThat(payout.providerStatus()).isEqualTo("error/failed");
    }

    @Test
    void payout_unknownWord_keepsItRaw() throws Exception {
        Payout payout = seen(session("accepted", "credited", null, ""));

        assertThat(payout.evidence()).map(Evidence::kind).contains(Evidence.Kind.UNDOCUMENTED_ANSWER);
        assertThat(payout.providerStatus()).isEqualTo("accepted/credited");
    }

    @ParameterizedTest
    @CsvSource({
        "session_cancelled,CANCELED",
        "session_cancelled_by_partner,CANCELED",
        "confirm_timeout,EXPIRED",
        "capture_timeout,EXPIRED",
        "declined_by_issuer_bank,FAILED",
        "a_code_of_tomorrow,FAILED"
    })
    void payout_failedWithACode_endsAsTheCodeSays(String code, PayoutStatus expected) throws Exception {
        Payout payout = seen(session("cancelled", "failed", null, ",\"error\":{\"code\":\"" + code + "\"}"));

        assertThat(payout.status()).isEqualTo(expected);
        assertThat(payout.decline()).map(decline -> decline.code()).contains(code);
    }

    @ParameterizedTest
    @CsvSource({"accepted,RETURNED", "in_progress,SUCCEEDED", "declined,SUCCEEDED", "error,SUCCEEDED"})
    void payout_withARefund_isReturnedOnceTheRefundIsDone(String refund, PayoutStatus expected) throws Exception {
        String refunds = ",\"refunds\":[{\"id\":\"rf_1\",\"status\":\"" + refund
                + "\",\"amount_details\":{\"amount\":4000,\"currency\":\"rub\"}}]";

        assertThat(seen(session("accepted", "succeeded", null, refunds)).status())
                .isEqualTo(expected);
    }

    @Test
    void payout_returnedInTwoParts_addsThemUp() throws Exception {
        String part =
                "{\"id\":\"rf\",\"status\":\"accepted\",\"amount_details\":{\"amount\":4000,\"currency\":\"rub\"}}";

        assertThat(seen(session("accepted", "succeeded", null, ",\"refunds\":[" + part + "," + part + "]"))
                        .returned())
                .contains(Money.ofMinor(8000, "RUB"));
    }

    @Test
    void payout_finished_carriesFeeRrnCodeAndMask() throws Exception {
        Payout payout = seen(session(
                "accepted",
                "succeeded",
                null,
                ",\"finished_at\":\"2026-05-27T05:05:00.000000+03:00\""
                        + ",\"amounts\":{\"fee\":{\"merchant_fee\":{\"amount\":10,\"currency\":\"RUB\"}}}"
                        + ",\"payment_method\":{\"type\":\"card\",\"card\":{\"last4\":\"4940\",\"brand\":\"mir\"}}"
                        + ",\"transaction_info\":{\"rrn\":\"425307614918\",\"auth_code\":\"057441\"}"));

        assertThat(payout.fee()).contains(Money.ofMinor(10, "RUB"));
        assertThat(payout.rrn()).contains("425307614918");
        assertThat(payout.authorizationCode()).contains("057441");
        assertThat(payout.recipientMask()).contains("****4940");
        assertThat(payout.finishedAt()).contains(Instant.parse("2026-05-27T02:05:00Z"));
    }

    // ---------------------------------------------------------------- whose answer it is

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "10001;rub;\"order-1\";ps_3230;amount",
                "10000;usd;\"order-1\";ps_3230;currency",
                "10000;RUB;\"order-2\";ps_3230;reference",
                "10000;rub;\"order-1\";ps_9999;provider id"
            })
    void payout_anotherPayoutsAnswer_contradicts(
            long amount, String currency, String reference, String id, String field) throws Exception {
        String answer = "{\"id\":\"" + id + "\",\"status\":\"accepted\",\"payout_list\":[{\"status\":\"succeeded\","
                + "\"amount_details\":{\"amount\":" + amount + ",\"currency\":\"" + currency + "\"},"
                + "\"metadata\":{\"reference\":" + reference + "}}]}";
        Payout payout = seen(Json.read(bytes(answer), Session.class));

        assertThat(payout.evidence())
                .contains(new Evidence(Evidence.Kind.CONTRADICTING_ANSWER, "The answer has another " + field));
        assertThat(payout.ref()).isEqualTo(ref);
    }

    @Test
    void payout_twoPayoutsInOneSession_contradicts() throws Exception {
        Session session = Json.read(
                bytes("{\"id\":\"ps_3230\",\"status\":\"accepted\",\"payments\":["
                        + "{\"id\":\"po_1\",\"status\":\"succeeded\"},{\"id\":\"po_2\",\"status\":\"succeeded\"}]}"),
                Session.class);

        assertThat(seen(session).evidence()).map(Evidence::kind).contains(Evidence.Kind.CONTRADICTING_ANSWER);
    }

    @Test
    void payout_samePayoutUnderBothNames_countsOnce() throws Exception {
        Session session = Json.read(
                bytes("{\"id\":\"ps_3230\",\"status\":\"accepted\",\"payments\":[{\"id\":\"po_1\","
                        + "\"status\":\"succeeded\"}],\"payout_list\":[{\"id\":\"po_1\",\"status\":\"succeeded\"}]}"),
                Session.class);

        assertThat(seen(session).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"status\":\"accepted\",\"payments\":[{\"status\":\"succeeded\"}]}",
                "{\"id\":\"ps_1\\n\",\"status\":\"created\"}",
                "{\"id\":\"ps_3230\",\"status\":\"accepted\",\"payments\":[{\"status\":\"succeeded\",\"amount_details\":{\"amount\":10000}}]}",
                "{\"id\":\"ps_3230\",\"status\":\"accepted\",\"payments\":[{\"status\":\"succeeded\",\"amount_details\":{\"amount\":10000,\"currency\":\"tonc\"}}]}"
            })
    void payout_sessionWithoutUsableIdOrAmount_isUnreadable(String session) throws Exception {
        assertThat(seen(Json.read(bytes(session), Session.class)).evidence())
                .map(Evidence::kind)
                .contains(Evidence.Kind.UNREADABLE_ANSWER);
    }

    @Test
    void payout_timeInAnotherForm_isLeftOut() throws Exception {
        Session session = Json.read(
                bytes("{\"id\":\"ps_3230\",\"status\":\"created\",\"created_at\":\"yesterday\"}"), Session.class);

        assertThat(seen(session).createdAt()).isEmpty();
    }

    // ---------------------------------------------------------------- instruments

    @Test
    void payout_cardNumber_isABankCard() {
        assertInstrument(
                Samples.card(),
                "{'type':'card','card':{'type':'bank_card','bank_card':{'number':'4242424242424242'}}}");
    }

    @Test
    void payout_cardWithExpiry_hasTwoDigits() {
        assertInstrument(
                new Recipient.Card(Samples.card().number(), new Recipient.CardExpiry(3, 2031), "IVANOV IVAN"),
                "{'type':'card','card':{'type':'bank_card','bank_card':{'number':'4242424242424242',"
                        + "'expiration_month':'03','expiration_year':'31','cardholder_name':'IVANOV IVAN'}}}");
    }

    @Test
    void payout_encryptedCard_isANumberHash() {
        assertInstrument(
                new Recipient.EncryptedCard("hash"),
                "{'type':'card','card':{'type':'encrypted_card','encrypted_card':{'number_hash':'hash'}}}");
    }

    @Test
    void payout_recurringCard_isRecurrent() {
        assertInstrument(new Recipient.RecurringCard("tok"), "{'type':'recurrent','recurrent':{'token':'tok'}}");
    }

    @Test
    void payout_russianAccount_isRu() {
        assertInstrument(
                Recipient.RussianAccount.builder("044525974", "40702810300200000013", "ООО Ромашка")
                        .inn("3316004777")
                        .kpp("331601001")
                        .urgent()
                        .build(),
                "{'type':'bank_account','bank_account':{'system_type':'ru','ru':{'bik':'044525974',"
                        + "'account':'40702810300200000013','full_name':'ООО Ромашка','description':'За услуги',"
                        + "'is_fast':true,'inn':'3316004777','kpp':'331601001'}}}");
    }

    @Test
    void payout_savedAccount_isRuByToken() {
        assertInstrument(
                new Recipient.SavedAccount("tok", "Ivanov Ivan"),
                "{'type':'bank_account','bank_account':{'system_type':'ru','ru':{'token':'tok',"
                        + "'full_name':'Ivanov Ivan','description':'За услуги'}}}");
    }

    @Test
    void payout_phone_isFasterPaymentSystem() {
        assertInstrument(
                new Recipient.Phone("79680000000", "100000000069"),
                "{'type':'bank_account','bank_account':{'system_type':'faster_payment_system',"
                        + "'faster_payment_system':{'phone':'79680000000','bank_id':'100000000069',"
                        + "'description':'За услуги'}}}");
    }

    @Test
    void payout_wallet_isYoomoney() {
        assertInstrument(
                new Recipient.Wallet("yoomoney", "410012411727100"),
                "{'type':'wallet','wallet':{'type':'yoomoney','yoomoney':{'account':'410012411727100',"
                        + "'description':'За услуги'}}}");
    }

    @Test
    void payout_v2_namesTheInstrumentPayoutDetails() {
        ObjectNode sent = json(Bank131Mapping.payout(null, byToken("order-1").build(), Dialect.V2));

        assertThat(sent.has("payout_details")).isTrue();
        assertThat(sent.has("payment_method")).isFalse();
        assertThat(sent.has("session_id")).isFalse();
    }

    // ---------------------------------------------------------------- everything else in a request

    @Test
    void payout_merchantMetadata_standsBesideTheReferenceInOrder() {
        PayoutRequest request =
                byToken("order-1").metadata("shop", "7").metadata("branch", "2").build();

        assertThat(json(Bank131Mapping.payout("ps_1", request, Dialect.V1))
                        .get("metadata")
                        .toString())
                .isEqualTo("{\"reference\":\"order-1\",\"branch\":\"2\",\"shop\":\"7\"}");
    }

    @Test
    void payout_fullParticipant_fillsEveryField() {
        Participant person = Participant.builder()
                .fullName("Ivanov Ivan Ivanovich")
                .firstName("Ivan")
                .lastName("Ivanov")
                .middleName("Ivanovich")
                .companyName("Romashka")
                .reference("user123")
                .taxId("123456789012")
                .registrationNumber("77")
                .beneficiaryId("123456789012")
                .citizenship("RUS")
                .birthDate(LocalDate.of(1990, 1, 2))
                .email("user@gmail.com")
                .phone("79680000000")
                .ipAddress("192.0.2.1")
                .account(Samples.SETTLEMENT_ACCOUNT)
                .address(Address.builder()
                        .country("RU")
                        .city("Moscow")
                        .postalCode("101000")
                        .line("Main 1")
                        .street("Main")
                        .building("1")
                        .flat("2")
                        .state("MOW")
                        .build())
                .document(IdentityDocument.builder()
                        .type("passport")
                        .series("0000")
                        .number("000001")
                        .issuer("office")
                        .divisionCode("000-000")
                        .issuedOn(LocalDate.of(2010, 3, 4))
                        .validUntil(LocalDate.of(2030, 5, 6))
                        .build())
                .build();
        PayoutRequest request = byToken("order-1").recipientDetails(person).build();

        ObjectNode sent = json(Bank131Mapping.payout("ps_1", request, Dialect.V1));

        assertThat(sent.at("/participant_details/recipient").toString())
                .isEqualTo(("{'full_name':'Ivanov Ivan Ivanovich','first_name':'Ivan','last_name':'Ivanov',"
                                + "'middle_name':'Ivanovich','company_name':'Romashka','reference':'user123',"
                                + "'tax_reference':'123456789012','registration_number':'77',"
                                + "'beneficiary_id':'123456789012','country_iso2':'RU','city':'Moscow',"
                                + "'postal_code':'101000','address_line':'Main 1','street':'Main','building':'1',"
                                + "'flat':'2','state':'MOW','ipv4':'192.0.2.1','msisdn':'79680000000',"
                                + "'email':'user@gmail.com','account':'40702810300200000013',"
                                + "'citizenship_country_iso_3':'RUS','date_of_birth':'1990-01-02',"
                                + "'identity_document':{'id_type':'passport','id_number':'0000000001',"
                                + "'id_expiration_date':'2030-05-06','issue_date':'2010-03-04',"
                                + "'division_code':'000-000','issued_by':'office'}}")
                        .replace('\'', '"'));
        assertThat(sent.get("customer").toString())
                .isEqualTo("{\"reference\":\"user123\",\"contacts\":[{\"email\":\"user@gmail.com\","
                        + "\"phone\":\"79680000000\"}]}");
    }

    @ParameterizedTest
    @CsvSource({"SETTLEMENT_ACCOUNT,transfer_from_bank_account", "ESCROW_ACCOUNT,transfer_from_nominal_account"})
    void payout_cardFromAnAccount_addsTheInternalTransfer(Funding funding, String type) {
        PayoutRequest request = byToken("order-1")
                .extras(Bank131Extras.builder()
                        .funding(funding)
                        .transferDescription("За услуги")
                        .build())
                .build();

        assertThat(json(Bank131Mapping.payout("ps_1", request, Dialect.V1))
                        .get("payment_details")
                        .toString())
                .isEqualTo(("{'type':'internal_transfer','internal_transfer':{'type':'" + type + "','" + type
                                + "':{'description':'За услуги'}}}")
                        .replace('\'', '"'));
    }

    @Test
    void payout_withReceipt_addsTheTaxpayer() {
        PayoutRequest request = byToken("order-1")
                .extras(Bank131Extras.builder()
                        .receipt("Доставка", "123456789012", PayerType.LEGAL, "3316004777", "ООО Ромашка")
                        .build())
                .build();

        assertThat(json(Bank131Mapping.payout("ps_1", request, Dialect.V1))
                        .get("fiscalization_details")
                        .toString())
                .isEqualTo(("{'professional_income_taxpayer':{'services':[{'name':'Доставка','amount_details':"
                                + "{'amount':10000,'currency':'rub'},'quantity':1}],'tax_reference':'123456789012',"
                                + "'payer_type':'legal','payer_tax_number':'3316004777','payer_name':'ООО Ромашка'}}")
                        .replace('\'', '"'));
    }

    // ---------------------------------------------------------------- help

    private void assertInstrument(Recipient recipient, String expected) {
        PayoutRequest request = PayoutRequest.builder("order-1", AMOUNT, recipient)
                .description("За услуги")
                .build();

        assertThat(json(Bank131Mapping.payout("ps_1", request, Dialect.V1))
                        .get("payment_method")
                        .toString())
                .isEqualTo(expected.replace('\'', '"'));
    }

    private Payout payout(String page) throws UnreadableBodyException {
        return seen(Objects.requireNonNull(
                Json.read(Samples.page(page), SessionAnswer.class).session()));
    }

    private Payout seen(Session session) {
        return Bank131Mapping.payout(ref, session, errorBook, WINDOW);
    }

    private static Session session(String session, @Nullable String payout, @Nullable String nextAction, String more)
            throws UnreadableBodyException {
        String list = payout == null
                ? ""
                : ",\"payments\":[{\"id\":\"po_2018\",\"status\":\"" + payout
                        + "\",\"amount_details\":{\"amount\":10000,\"currency\":\"rub\"}" + more + "}]";
        String next = nextAction == null ? "" : ",\"next_action\":\"" + nextAction + "\"";
        return Json.read(
                bytes("{\"id\":\"ps_3230\",\"status\":\"" + session + "\"" + next + list + "}"), Session.class);
    }

    private static ObjectNode json(Object value) {
        try {
            return (ObjectNode) Json.read(Json.write(value), JsonNode.class);
        } catch (UnreadableBodyException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String text(Object value) {
        return new String(Json.write(value), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
