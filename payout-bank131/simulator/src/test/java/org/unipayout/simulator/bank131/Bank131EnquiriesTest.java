package org.unipayout.simulator.bank131;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.bank131.Partner.CARD;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.simulator.bank131.Partner.Reply;

/** Tokens, balances, banks: everything that moves no money. */
class Bank131EnquiriesTest {
    @RegisterExtension
    static final Bank131Simulator BANK = Bank131Simulator.start();

    private final Partner partner = new Partner(BANK);

    @Test
    void tokenInfo_cardNumber_isRefused() {
        Reply refused = partner.post(
                "/api/v1/token/info",
                "{\"type\":\"card\",\"card\":{\"type\":\"bank_card\",\"bank_card\":{\"number\":\"4242424242424242\"}}}");

        assertThat(refused.textAt("/error/description")).startsWith("card.type");
    }

    @ParameterizedTest
    @CsvSource({"79680000000,accepted", "79680000404,cancelled"})
    void customerVerification_telephoneNumber_isFoundOrNot(String phone, String outcome) {
        Reply asked = partner.post(
                "/api/v2/fps/customer_verification",
                "{\"payout_details\":{\"type\":\"bank_account\",\"bank_account\":{\"system_type\":"
                        + "\"faster_payment_system_verification\",\"faster_payment_system_verification\":{\"phone\":\""
                        + phone + "\",\"bank_id\":\"100000000069\"}}},\"participant_details\":{\"recipient\":"
                        + "{\"first_name\":\"Ivan\",\"last_name\":\"Ivanov\"}}}");

        assertThat(asked.textAt("/session/status")).isEqualTo("in_progress");
        assertThat(partner.status(asked.sessionId()).textAt("/session/status")).isEqualTo(outcome);
        assertThat(BANK.ledger().movements()).isEmpty();
    }

    @Test
    void tokenInfo_documentedCardToken_showsItsCard() {
        Reply info = partner.post("/api/v1/token/info", CARD);

        assertThat(info.textAt("/info/token")).isEqualTo(Partner.CARD_TOKEN);
        assertThat(info.textAt("/info/brand")).isEqualTo("visa");
        assertThat(info.textAt("/info/last4")).isEqualTo("8801");
    }

    @Test
    void tokenize_account_givesATokenThatCanBePaidTo() {
        Reply tokenized = partner.post(
                "/api/v1/tokenize",
                "{\"type\":\"bank_account_ru\",\"bank_account_ru\":{\"bik\":\"044525974\","
                        + "\"account\":\"40817810400003869535\"}}");
        String byToken = "{\"type\":\"bank_account\",\"bank_account\":{\"system_type\":\"ru\",\"ru\":{\"token\":\""
                + tokenized.textAt("/token") + "\",\"full_name\":\"Ivanov Ivan\",\"description\":\"Payout\"}}}";
        partner.confirmed(byToken, 10000);

        assertThat(tokenized.textAt("/data/masked_account")).isEqualTo("40817***9535");
        assertThat(BANK.ledger().movements().get(0).recipient()).isEqualTo("40817***9535");
    }

    @Test
    void walletBalance_afterAPayout_isLessByAmountAndFee() {
        partner.confirmed(CARD, 10000);

        Reply balance =
                partner.post("/api/v1/wallet/balance", "{\"request_datetime\":\"2026-05-27T02:03:00.000000+03:00\"}");

        assertThat(balance.at("/wallets/0/amount_details/amount").asLong()).isEqualTo(100_000_000_00L - 10010);
    }

    @Test
    void walletBalance_timeWithoutOffset_isRefused() {
        assertThat(partner.post("/api/v1/wallet/balance", "{\"request_datetime\":\"2026-05-27 02:03\"}")
                        .error())
                .isEqualTo("invalid_request");
    }

    @Test
    void fpsBanks_getWithSignedBody_listsBanks() {
        Reply banks = partner.send("GET", "/api/v1/fps/banks", "[]", Partner.sign(BANK.partnerPrivateKeyPem(), "[]"));

        assertThat(banks.textAt("/banks/0/id")).isEqualTo("100000000069");
        assertThat(banks.at("/banks").size()).isGreaterThan(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/api/v2/wallet/balance", "/api/v2/session/create/rko", "/api/v2/session/multi/init"})
    void path_notListed_answers404(String path) {
        Reply refused = partner.post(path, "{}");

        assertThat(refused.status()).isEqualTo(404);
        assertThat(refused.textAt("/status")).isEqualTo("error");
    }
}
