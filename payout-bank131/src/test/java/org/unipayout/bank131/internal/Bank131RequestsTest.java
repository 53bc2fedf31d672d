package org.unipayout.bank131.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.bank131.Samples.AMOUNT;
import static org.unipayout.bank131.Samples.byToken;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.Address;
import org.unipayout.IdentityDocument;
import org.unipayout.Participant;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.bank131.Bank131Extras;
import org.unipayout.bank131.Bank131Extras.Funding;
import org.unipayout.bank131.Bank131Extras.PayerType;
import org.unipayout.bank131.Bank131Options;
import org.unipayout.bank131.Bank131Options.Dialect;
import org.unipayout.bank131.Samples;
import org.unipayout.bank131.internal.wire.SessionRequest;
import org.unipayout.http.Json;
import org.unipayout.http.UnreadableBodyException;

class Bank131RequestsTest {
    // ---------------------------------------------------------------- the page about payouts by token

    @Test
    void payout_ofThePage_isTheRequestOfThePage() throws Exception {
        ObjectNode sent = json(Bank131Requests.payout(
                "ps_3230",
                byToken("good").build(),
                Samples.options().dialect(Dialect.V1).build()));
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
        ObjectNode sent = json(Bank131Requests.payout(
                null,
                byToken("order-1").build(),
                Samples.options().dialect(Dialect.V2).build()));

        assertThat(sent.has("payout_details")).isTrue();
        assertThat(sent.has("payment_method")).isFalse();
        assertThat(sent.has("session_id")).isFalse();
    }

    // ---------------------------------------------------------------- everything else in a request

    @Test
    void payout_merchantMetadata_standsBesideTheReferenceInOrder() {
        PayoutRequest request =
                byToken("order-1").metadata("shop", "7").metadata("branch", "2").build();

        assertThat(json(Bank131Requests.payout(
                                "ps_1",
                                request,
                                Samples.options().dialect(Dialect.V1).build()))
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

        ObjectNode sent = json(Bank131Requests.payout(
                "ps_1", request, Samples.options().dialect(Dialect.V1).build()));

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
    void payout_cardFromAnAccount_addsTheInternalTransferForNumbersAndForTokensIfSwitchedOn(
            Funding funding, String type) {
        Bank131Extras extras = Bank131Extras.builder()
                .funding(funding)
                .transferDescription("За услуги")
                .build();
        PayoutRequest byToken = byToken("order-1").extras(extras).build();
        PayoutRequest byNumber = PayoutRequest.builder("order-1", AMOUNT, Samples.card())
                .extras(extras)
                .build();
        String expected = ("{'type':'internal_transfer','internal_transfer':{'type':'" + type + "','" + type
                        + "':{'description':'За услуги'}}}")
                .replace('\'', '"');
        Bank131Options plain = Samples.options().build();
        Bank131Options switched =
                Samples.options().cardTokensByInternalTransfer().build();

        assertThat(transfer(byNumber, plain)).isEqualTo(expected);
        assertThat(transfer(byToken, switched)).isEqualTo(expected);
        assertThat(transfer(byToken, plain)).isEqualTo("null");
    }

    private static String transfer(PayoutRequest request, Bank131Options options) {
        return String.valueOf(
                json(Bank131Requests.payout("ps_1", request, options)).get("payment_details"));
    }

    @Test
    void payout_withReceipt_addsTheTaxpayer() {
        PayoutRequest request = byToken("order-1")
                .extras(Bank131Extras.builder()
                        .receipt("Доставка", "123456789012", PayerType.LEGAL, "3316004777", "ООО Ромашка")
                        .build())
                .build();

        assertThat(json(Bank131Requests.payout(
                                "ps_1",
                                request,
                                Samples.options().dialect(Dialect.V1).build()))
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

        assertThat(json(Bank131Requests.payout(
                                "ps_1",
                                request,
                                Samples.options().dialect(Dialect.V1).build()))
                        .get("payment_method")
                        .toString())
                .isEqualTo(expected.replace('\'', '"'));
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
}
