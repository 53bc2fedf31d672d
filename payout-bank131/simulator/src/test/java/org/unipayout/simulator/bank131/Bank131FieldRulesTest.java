package org.unipayout.simulator.bank131;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.bank131.Partner.ACCOUNT;
import static org.unipayout.simulator.bank131.Partner.CARD;
import static org.unipayout.simulator.bank131.Partner.FPS;
import static org.unipayout.simulator.bank131.Partner.SENDER;
import static org.unipayout.simulator.bank131.Partner.amount;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.simulator.bank131.Partner.Reply;

/** The field rules of the reference: what is refused, with which field named, and what is taken. */
class Bank131FieldRulesTest {
    @RegisterExtension
    static final Bank131Simulator BANK = Bank131Simulator.start();

    private static final String LEGAL = ",\"inn\":\"3316004777\",\"kpp\":\"331601001\"";

    private final Partner partner = new Partner(BANK);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "bank_card        | {\"number\":\"4242424242424\"}                                   | number",
                "bank_card        | {\"number\":\"42424242424242424242\"}                            | number",
                "bank_card        | {\"number\":4242424242424242}                                    | number",
                "bank_card        | {\"number\":\"4242424242424242\",\"expiration_month\":\"1\"}     | expiration_month",
                "bank_card        | {\"number\":\"4242424242424242\",\"expiration_year\":\"2030\"}   | expiration_year",
                "bank_card        | {\"number\":\"4242424242424242\",\"security_code\":\"12\"}       | security_code",
                "tokenized_card   | {\"token\":\"abc\"}                                              | token",
                "tokenized_card   | []                                                               | token",
                "encrypted_card   | {}                                                               | number_hash",
                "unheard_of_card  | {}                                                               | type"
            })
    void card_ruleBroken_isRefused(String type, String details, String field) {
        refused("{\"type\":\"card\",\"card\":{\"type\":\"" + type + "\",\"" + type + "\":" + details + "}}", field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"bik\":\"044525974\"                | \"bic\":\"044525974\"                          | bik",
                "\"bik\":\"044525974\"                | \"bik\":\"04452597\"                           | bik",
                "40817810400003869535                 | 4081781040000386953                            | account",
                "40817810400003869535                 | 40702810400003869535                           | inn",
                "40817810400003869535\"               | 40702810400003869535\",\"inn\":\"3316004777\"  | kpp",
                "40817810400003869535\"               | 40802810400003869535\",\"inn\":\"331600477712\" | full_name",
                "\"full_name\":\"Иванов Иван\",       | \"inn\":\"331600477712\",                      | full_name",
                "Выплата                              | Выплата?                                       | description",
                "Выплата                              | Выплата!                                       | description",
                "\"bik\"                              | \"is_fast\":\"yes\",\"bik\"                    | is_fast",
                "\"bik\"                              | \"kpp\":\"1\",\"bik\"                          | kpp"
            })
    void account_ruleBroken_isRefused(String part, String replacement, String field) {
        assertThat(ACCOUNT).contains(part);
        refused(ACCOUNT.replace(part, replacement), field);
    }

    @ParameterizedTest
    @CsvSource({"211,invalid_request", "210,''"})
    void accountDescription_length_isAtMost210(int length, String error) {
        Reply reply = partner.start(partner.create("v2"), ACCOUNT.replace("Выплата", "я".repeat(length)), 10000);

        assertThat(reply.error()).isEqualTo(error);
    }

    @Test
    void account_legalEntityWithInnAndKpp_isTaken() {
        String legal = ACCOUNT.replace("40817810400003869535\"", "40702810400003869535\"" + LEGAL);

        assertThat(partner.start(partner.create("v2"), legal, 10000).status()).isEqualTo(200);
    }

    @Test
    void account_soleProprietor_isTaken() {
        String proprietor = ACCOUNT.replace("40817810400003869535\"", "40802810400003869535\",\"inn\":\"331600477712\"")
                .replace("Иванов Иван", "ИП Иванов Иван");

        assertThat(partner.start(partner.create("v2"), proprietor, 10000).status())
                .isEqualTo(200);
    }

    @Test
    void account_ofAnotherKind_failsThePayout() {
        String other = ACCOUNT.replace("40817810400003869535", "40101810400003869535");

        Reply status = partner.status(partner.started(other, 10000));

        assertThat(status.textAt("/session/payout_list/0/status")).isEqualTo("failed");
        assertThat(status.textAt("/session/payout_list/0/error/code")).isEqualTo("account_not_found");
    }

    @ParameterizedTest
    @CsvSource({
        "40701810400003869535,pending",
        "40502810400003869535,pending",
        "40820810400003869535,failed",
        "42307810400003869535,pending",
        "42308810400003869535,failed"
    })
    void account_paidFromSettlement_hasItsOwnListOfKinds(String account, String payoutStatus) {
        String sessionId = partner.post(
                        "/api/v2/session/init/payout/rko",
                        "{\"payout_details\":" + ACCOUNT.replace("40817810400003869535", account)
                                + ",\"amount_details\":" + amount(10000) + ",\"participant_details\":" + SENDER + "}")
                .sessionId();

        assertThat(partner.status(sessionId).textAt("/session/payout_list/0/status"))
                .isEqualTo(payoutStatus);
    }

    @ParameterizedTest
    @CsvSource({
        "79680000000,+79680000000,phone",
        "79680000000,9680000000,phone",
        "100000000069,69,bank_id",
        "Payout,,description"
    })
    void fps_ruleBroken_isRefused(String part, String replacement, String field) {
        refused(FPS.replace(part, replacement == null ? "" : replacement), field);
    }

    @Test
    void fpsDescription_over140_isRefused() {
        refused(FPS.replace("Payout", "x".repeat(141)), "description");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1234567890", "123456789012345678901", "41001241172710x"})
    void yoomoney_accountNotDigits11To20_isRefused(String account) {
        refused(yoomoney(account), "account");
    }

    @Test
    void yoomoney_account_isTakenAndPaid() {
        partner.confirmed(yoomoney("410012411727100"), 10000);

        BANK.ledger().assertPaidExactlyOnce("order-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{}", "{\"type\":\"card\"}", "{\"type\":\"tax\",\"tax\":{}}", "{\"type\":\"card\",\"card\":7}"})
    void instrument_incomplete_isRefused(String instrument) {
        refused(instrument, "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"amount\":0,\"currency\":\"rub\"}       | amount_details.amount",
                "{\"amount\":-1,\"currency\":\"rub\"}      | amount_details.amount",
                "{\"amount\":10.5,\"currency\":\"rub\"}    | amount_details.amount",
                "{\"amount\":\"100\",\"currency\":\"rub\"} | amount_details.amount",
                "{\"currency\":\"rub\"}                    | amount_details.amount",
                "{\"amount\":100}                          | amount_details.currency",
                "{\"amount\":100,\"currency\":\"643\"}     | amount_details.currency",
                "7                                         | amount_details"
            })
    void amount_ruleBroken_isRefused(String amount, String field) {
        Reply refused = init("", "\"amount_details\":" + amount + ",\"payout_details\":" + CARD);

        assertThat(refused.error()).isEqualTo("invalid_request");
        assertThat(refused.textAt("/error/description")).contains(field);
    }

    @Test
    void currency_upperCase_isTakenAndEchoed() {
        Reply started =
                init("", "\"amount_details\":{\"amount\":100,\"currency\":\"RUB\"},\"payout_details\":" + ACCOUNT);

        assertThat(started.textAt("/session/payout_list/0/amount_details/currency"))
                .isEqualTo("RUB");
    }

    @Test
    void currency_notRublesForAnAccount_isRefused() {
        Reply refused =
                init("", "\"amount_details\":{\"amount\":100,\"currency\":\"usd\"},\"payout_details\":" + ACCOUNT);

        assertThat(refused.textAt("/error/description")).contains("currency");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"customer\":{}                                                              | customer.reference",
                "\"customer\":{\"reference\":\"u\",\"contacts\":{\"email\":\"a\"}}            | customer.contacts",
                "\"customer\":{\"reference\":\"u\",\"contacts\":[{\"email\":5}]}              | email",
                "\"participant_details\":{\"recipient\":{\"full_name\":5}}                    | full_name",
                "\"participant_details\":{\"recipient\":{\"date_of_birth\":\"31.01.1990\"}}   | date_of_birth",
                "\"participant_details\":{\"sender\":{\"identity_document\":\"x\"}}           | identity_document",
                "\"participant_details\":\"x\"                                                | participant_details"
            })
    void person_ruleBroken_isRefused(String member, String field) {
        Reply refused = init("", member + ",\"amount_details\":" + amount(100) + ",\"payout_details\":" + CARD);

        assertThat(refused.error()).isEqualTo("invalid_request");
        assertThat(refused.textAt("/error/description")).contains(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "rko           | {}                                                            | account",
                "rko           | {\"sender\":{\"account\":\"407\"}}                            | account",
                "nominal       | {\"sender\":{\"account\":\"40702810300200000013\"}}           | beneficiary_id",
                "fiscalization | {}                                                            | fiscalization_details"
            })
    void kind_fieldMissing_isRefused(String kind, String participants, String field) {
        Reply refused = init(
                "/" + kind,
                "\"participant_details\":" + participants + ",\"amount_details\":" + amount(100)
                        + ",\"payout_details\":" + ACCOUNT);

        assertThat(refused.error()).isEqualTo("invalid_request");
        assertThat(refused.textAt("/error/description")).contains(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"tax_reference\":\"123456789012\" | \"tax_reference\":\"1\"       | tax_reference",
                "\"payer_type\":\"legal\"           | \"payer_type\":\"company\"    | payer_type",
                "\"quantity\":1                     | \"quantity\":0                | quantity",
                "\"name\":\"Work\",                 | \"title\":\"Work\",           | name",
                "\"amount\":100                     | \"amount\":0                  | amount"
            })
    void fiscalization_ruleBroken_isRefused(String part, String replacement, String field) {
        String details = "{\"professional_income_taxpayer\":{\"services\":[{\"name\":\"Work\",\"amount_details\":"
                + amount(100) + ",\"quantity\":1}],\"tax_reference\":\"123456789012\",\"payer_type\":\"legal\"}}";
        assertThat(details).contains(part);

        Reply refused = init(
                "/fiscalization",
                "\"fiscalization_details\":" + details.replace(part, replacement) + ",\"amount_details\":" + amount(200)
                        + ",\"payout_details\":" + CARD);

        assertThat(refused.error()).isEqualTo("invalid_request");
        assertThat(refused.textAt("/error/description")).contains(field);
    }

    @Test
    void internalTransfer_toAnAccount_isRefused() {
        Reply refused = partner.post(
                "/api/v1/session/multi/init/payment/rko",
                "{\"payment_method\":" + ACCOUNT + ",\"amount_details\":" + amount(100) + "}");

        assertThat(refused.textAt("/error/description")).contains("cards");
    }

    @Test
    void refusal_anyField_neverShowsTheValue() {
        Reply refused = partner.start(
                partner.create("v2"), ACCOUNT.replace("40817810400003869535", "4081781040000386953"), 10000);

        assertThat(refused.text()).doesNotContain("4081781040000386953");
    }

    private Reply init(String kind, String members) {
        return partner.post("/api/v2/session/init/payout" + kind, "{" + members + "}");
    }

    private void refused(String instrument, String field) {
        Reply refused = partner.start(partner.create("v2"), instrument, 10000);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("invalid_request");
        assertThat(refused.textAt("/error/description")).contains(field);
    }

    private static String yoomoney(String account) {
        return "{\"type\":\"wallet\",\"wallet\":{\"type\":\"yoomoney\",\"yoomoney\":{\"account\":\"" + account
                + "\"}}}";
    }
}
