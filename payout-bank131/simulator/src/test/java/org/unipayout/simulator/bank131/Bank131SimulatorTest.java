package org.unipayout.simulator.bank131;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.bank131.Partner.ACCOUNT;
import static org.unipayout.simulator.bank131.Partner.CARD;
import static org.unipayout.simulator.bank131.Partner.SENDER;
import static org.unipayout.simulator.bank131.Partner.amount;
import static org.unipayout.simulator.bank131.Partner.session;
import static org.unipayout.simulator.bank131.Partner.startBody;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.simulator.bank131.Partner.Reply;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.SimulatedResponse;

/** The ordinary life of a session, the two versions, idempotency. */
class Bank131SimulatorTest {
    @RegisterExtension
    static final Bank131Simulator BANK = Bank131Simulator.start();

    private final Partner partner = new Partner(BANK);

    @Test
    void create_emptyBody_answersACreatedSession() {
        Reply created = partner.post("/api/v1/session/create", "{}");

        assertThat(created.status()).isEqualTo(200);
        assertThat(created.textAt("/status")).isEqualTo("ok");
        assertThat(created.sessionId()).isEqualTo("ps_3230");
        assertThat(created.textAt("/session/status")).isEqualTo("created");
        assertThat(created.textAt("/session/created_at"))
                .matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{6}Z")
                .isEqualTo(created.textAt("/session/updated_at"));
        assertThat(created.text()).doesNotContain("null");
    }

    @Test
    void start_cardToken_answersInProgressAndThenWaitsForConfirmation() {
        Reply started = partner.start(partner.create("v2"), CARD, 10000);

        assertThat(started.textAt("/session/status")).isEqualTo("in_progress");
        assertThat(started.textAt("/session/payout_list/0/status")).isEqualTo("in_progress");
        assertThat(started.at("/session/next_action").isMissingNode()).isTrue();
        assertThat(started.textAt("/session/updated_at")).isGreaterThan(started.textAt("/session/created_at"));
        Reply status = partner.status(started.sessionId());
        assertThat(status.textAt("/session/next_action")).isEqualTo("confirm");
        assertThat(status.textAt("/session/payout_list/0/status")).isEqualTo("pending");
        assertThat(status.textAt("/session/payout_list/0/payout_details/card/tokenized_card/token"))
                .isEqualTo(Partner.CARD_TOKEN);
        BANK.ledger().assertNotPaid("order-1");
    }

    @Test
    void confirm_pendingPayout_answersPendingAndThenPays() {
        String sessionId = partner.started(CARD, 10000);

        Reply confirmed = partner.confirm(sessionId);

        assertThat(confirmed.textAt("/session/status")).isEqualTo("in_progress");
        assertThat(confirmed.textAt("/session/payout_list/0/status")).isEqualTo("pending");
        assertThat(confirmed.at("/session/next_action").isMissingNode()).isTrue();
        Reply status = partner.status(sessionId);
        assertThat(status.textAt("/session/status")).isEqualTo("accepted");
        assertThat(status.textAt("/session/payout_list/0/status")).isEqualTo("succeeded");
        assertThat(status.textAt("/session/payout_list/0/payout_details/card/last4"))
                .isEqualTo("8801");
        assertThat(status.textAt("/session/payout_list/0/transaction_info/rrn")).hasSize(12);
        assertThat(status.textAt("/session/payout_list/0/amounts/fee/merchant_fee/currency"))
                .isEqualTo("RUB");
        BANK.ledger().assertPaidExactlyOnce("order-1");
        Ledger.Movement paid = BANK.ledger().movements().get(0);
        assertThat(paid.minorUnits()).isEqualTo(10000);
        assertThat(paid.currency()).isEqualTo("RUB");
        assertThat(paid.providerId()).isEqualTo("po_2018");
        assertThat(paid.recipient()).isEqualTo("420080******8801");
    }

    @Test
    void confirm_twice_isRefusedAndPaysOnce() {
        String sessionId = partner.confirmed(CARD, 10000);

        assertThat(partner.confirm(sessionId).error()).isEqualTo("session_wrong_state");
        BANK.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void start_twice_isRefused() {
        String sessionId = partner.started(CARD, 10000);

        Reply second = partner.start(sessionId, CARD, 10000);

        assertThat(second.status()).isEqualTo(400);
        assertThat(second.textAt("/status")).isEqualTo("error");
        assertThat(second.error()).isEqualTo("session_wrong_state");
    }

    @Test
    void cancel_pendingPayout_endsCancelledWithoutMoney() {
        String sessionId = partner.started(CARD, 10000);

        Reply cancelled = partner.cancel(sessionId);

        assertThat(cancelled.textAt("/session/payout_list/0/status")).isEqualTo("pending");
        Reply status = partner.status(sessionId);
        assertThat(status.textAt("/session/status")).isEqualTo("cancelled");
        assertThat(status.textAt("/session/payout_list/0/error/code")).isEqualTo("session_cancelled_by_partner");
        BANK.ledger().assertNotPaid("order-1");
    }

    @Test
    void cancel_createdSession_cannotBeStartedAnyMore() {
        String sessionId = partner.create("v2");

        assertThat(partner.cancel(sessionId).textAt("/session/status")).isEqualTo("cancelled");
        assertThat(partner.start(sessionId, CARD, 10000).error()).isEqualTo("session_wrong_state");
    }

    @Test
    void start_withPartsGivenAtCreate_usesThemAndLetsStartChangeThem() {
        String sessionId = partner.post(
                        "/api/v2/session/create",
                        "{\"payout_details\":" + CARD + ",\"amount_details\":" + amount(5000)
                                + ",\"metadata\":{\"reference\":\"order-2\"}}")
                .sessionId();

        Reply started = partner.post(
                "/api/v2/session/start/payout",
                "{\"session_id\":\"" + sessionId + "\",\"amount_details\":" + amount(7000) + "}");
        partner.confirm(sessionId);

        assertThat(started.at("/session/payout_list/0/amount_details/amount").asLong())
                .isEqualTo(7000);
        assertThat(started.textAt("/session/payout_list/0/metadata/reference")).isEqualTo("order-2");
        BANK.ledger().assertPaidExactlyOnce("order-2");
    }

    @Test
    void init_withoutMetadata_isBookedUnderTheSessionId() {
        String sessionId = partner.post(
                        "/api/v1/session/init/payout",
                        "{\"payment_method\":" + CARD + ",\"amount_details\":" + amount(10000) + "}")
                .sessionId();
        partner.confirm(sessionId);

        BANK.ledger().assertPaidExactlyOnce(sessionId);
    }

    @Test
    void status_unknownSession_isRefused() {
        assertThat(partner.status("ps_1").error()).isEqualTo("invalid_request");
    }

    @Test
    void confirmationWindow_passed_cancelsWithTimeout() {
        String sessionId = partner.started(CARD, 10000);
        BANK.clock().advance(Duration.ofHours(4));

        assertThat(partner.confirm(sessionId).error()).isEqualTo("session_wrong_state");
        Reply status = partner.status(sessionId);
        assertThat(status.textAt("/session/status")).isEqualTo("cancelled");
        assertThat(status.textAt("/session/payout_list/0/error/code")).isEqualTo("confirm_timeout");
        BANK.ledger().assertNotPaid("order-1");
    }

    @Test
    void versions_eachPath_speaksItsOwnNames() {
        String sessionId = partner.started(CARD, 10000);

        Reply v1 = partner.post("/api/v1/session/status", session(sessionId));
        Reply v2 = partner.status(sessionId);

        assertThat(v1.at("/session/payments/0/payment_method").isObject()).isTrue();
        assertThat(v1.text()).doesNotContain("payout_");
        assertThat(v2.at("/session/payout_list/0/payout_details").isObject()).isTrue();
        assertThat(v2.text()).doesNotContain("payment");
    }

    @ParameterizedTest
    @CsvSource({"v1,payout_details", "v2,payment_method"})
    void start_nameOfTheOtherVersion_isRefused(String version, String name) {
        String body = "{\"session_id\":\"" + partner.create(version) + "\",\"" + name + "\":" + CARD
                + ",\"amount_details\":" + amount(10000) + "}";

        Reply refused = partner.post("/api/" + version + "/session/start/payout", body);

        assertThat(refused.error()).isEqualTo("invalid_request");
        assertThat(refused.textAt("/error/description")).contains(name);
    }

    @Test
    void metadata_anyJson_comesBackVerbatim() {
        String metadata = "{\"a\":[1.50,true,\"x\"],\"b\":{\"c\":\"/\"}}";
        Reply started = partner.post(
                "/api/v2/session/init/payout",
                "{\"payout_details\":" + CARD + ",\"amount_details\":" + amount(10000) + ",\"metadata\":" + metadata
                        + "}");

        assertThat(started.text()).contains("\"metadata\":" + metadata);
    }

    @Test
    void cardNumber_started_isNeverEchoed() {
        String number = "4242424242424242";
        String card =
                "{\"type\":\"card\",\"card\":{\"type\":\"bank_card\",\"bank_card\":{\"number\":\"" + number + "\"}}}";

        Reply started = partner.start(partner.create("v2"), card, 10000);

        assertThat(started.text()).doesNotContain(number).contains("\"last4\":\"4242\"");
    }

    @Test
    void idempotencyKey_repeated_isRefusedAndPaysOnce() {
        String body = "{\"payout_details\":" + CARD + ",\"amount_details\":" + amount(10000) + "}";
        partner.post("/api/v2/session/init/payout", body, "X-PARTNER-IDEMPOTENCY-KEY", "key-1");

        Reply second = partner.post("/api/v2/session/init/payout", body, "x-partner-idempotency-key", "key-1");

        assertThat(second.status()).isEqualTo(400);
        assertThat(second.error()).isEqualTo("idempotency_key_already_exists");
        assertThat(partner.status("ps_3231").error()).isEqualTo("invalid_request");
    }

    @Test
    void idempotencyKey_ofARefusedRequest_isNotUsedUp() {
        String path = "/api/v2/session/create";
        partner.post(path, "{\"customer\":{}}", "X-PARTNER-IDEMPOTENCY-KEY", "key-1");

        assertThat(partner.post(path, "{}", "X-PARTNER-IDEMPOTENCY-KEY", "key-1")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void settlementPayout_confirmInformationEchoed_isPaid() {
        String sessionId = partner.post(
                        "/api/v2/session/init/payout/rko",
                        "{\"payout_details\":" + ACCOUNT + ",\"amount_details\":" + amount(10000)
                                + ",\"participant_details\":" + SENDER + ",\"metadata\":\"order-1\"}")
                .sessionId();
        String information =
                partner.status(sessionId).at("/confirm_information").toString();

        assertThat(partner.confirm(sessionId).error()).isEqualTo("invalid_request");
        assertThat(confirmWith(sessionId, information.replace("044525974", "044525975"))
                        .error())
                .isEqualTo("invalid_request");
        assertThat(confirmWith(sessionId, information).status()).isEqualTo(200);
        BANK.ledger().assertPaidExactlyOnce("order-1");
        Reply balance = partner.post("/api/v1/report/account_balance", "{\"account_number\":\"40702810300200000013\"}");
        assertThat(balance.at("/balance/current_balance").asLong()).isEqualTo(100_000_000_00L - 10010);
    }

    @ParameterizedTest
    @CsvSource({
        "v1,rko,payment_method,transfer_from_bank_account",
        "v1,nominal,payment_method,transfer_from_nominal_account",
        "v2,nominal,payout_details,transfer_from_nominal_account"
    })
    void internalTransfer_toCard_isPaid(String version, String source, String name, String transfer) {
        String body = "{\"" + name + "\":" + CARD + ",\"payment_details\":{\"type\":\"internal_transfer\","
                + "\"internal_transfer\":{\"type\":\"" + transfer + "\",\"" + transfer
                + "\":{\"description\":\"Payout\"}}},\"amount_details\":" + amount(10000)
                + ",\"customer\":{\"reference\":\"user123\"},\"participant_details\":{\"sender\":{\"full_name\":\"Firm\","
                + "\"beneficiary_id\":\"3316004777\"},\"recipient\":{\"full_name\":\"Ivanov Ivan\"}},"
                + "\"metadata\":\"order-1\"}";

        Reply started = partner.post("/api/" + version + "/session/multi/init/payment/" + source, body);
        Reply status = partner.post("/api/" + version + "/session/status", session(started.sessionId()));
        confirmWith(started.sessionId(), status.at("/confirm_information").toString());

        assertThat(status.at("/confirm_information/transfer_details/" + name).isObject())
                .isTrue();
        BANK.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void settlementPayout_createdAndStartedInSteps_waitsWithConfirmInformation() {
        String sessionId = partner.post("/api/v1/session/create/rko", "{\"participant_details\":" + SENDER + "}")
                .sessionId();

        Reply started = partner.post(
                "/api/v1/session/start/payout/rko",
                "{\"session_id\":\"" + sessionId + "\",\"payment_method\":" + ACCOUNT + ",\"amount_details\":"
                        + amount(10000) + "}");

        assertThat(started.textAt("/session/payments/0/status")).isEqualTo("in_progress");
        assertThat(partner.status(sessionId)
                        .at("/confirm_information/account_details")
                        .isObject())
                .isTrue();
    }

    @Test
    void start_ofAnotherKindThanCreated_isRefused() {
        String sessionId = partner.post("/api/v1/session/create/nominal", "{}").sessionId();

        assertThat(partner.start(sessionId, ACCOUNT, 10000).error()).isEqualTo("session_wrong_state");
    }

    @Test
    void fiscalization_paid_showsAReceipt() {
        String sessionId = partner.post(
                        "/api/v2/session/init/payout/fiscalization",
                        "{\"payout_details\":" + CARD + ",\"amount_details\":" + amount(10000)
                                + ",\"fiscalization_details\":{\"professional_income_taxpayer\":{\"services\":[{"
                                + "\"name\":\"Work\",\"amount_details\":" + amount(10000) + ",\"quantity\":1}],"
                                + "\"tax_reference\":\"123456789012\",\"payer_type\":\"legal\","
                                + "\"payer_tax_number\":\"3316004777\",\"payer_name\":\"Firm\"}}}")
                .sessionId();
        String receipt = "/session/payout_list/0/fiscalization_details/professional_income_taxpayer/receipt";
        assertThat(partner.status(sessionId).at(receipt).isMissingNode()).isTrue();

        partner.confirm(sessionId);

        assertThat(partner.status(sessionId).textAt(receipt + "/link")).startsWith("https://");
    }

    @Test
    void collateralBalance_tooLow_failsThePayoutBeforeConfirmation() {
        BANK.collateralBalance(10009);

        Reply status = partner.status(partner.started(CARD, 10000));

        assertThat(status.textAt("/session/payout_list/0/error/code")).isEqualTo("insufficient_wallet_balance");
    }

    @Test
    void answerNext_onePath_answersOnceWithoutExecuting() {
        BANK.answerNext("/api/v2/session/confirm", SimulatedResponse.json(502, "{}"));
        String sessionId = partner.started(CARD, 10000);

        assertThat(partner.confirm(sessionId).status()).isEqualTo(502);
        BANK.ledger().assertNotPaid("order-1");
        assertThat(partner.confirm(sessionId).status()).isEqualTo(200);
        BANK.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void reset_afterPayouts_forgetsEverything() {
        partner.confirmed(CARD, 10000);

        BANK.reset();

        assertThat(BANK.ledger().movements()).isEmpty();
        assertThat(BANK.webhooks().created()).isEmpty();
        assertThat(partner.create("v1")).isEqualTo("ps_3230");
    }

    @Test
    void start_unknownSession_isRefused() {
        assertThat(partner.post("/api/v2/session/start/payout", startBody("ps_9", CARD, 100))
                        .error())
                .isEqualTo("invalid_request");
    }

    private Reply confirmWith(String sessionId, String information) {
        return partner.post(
                "/api/v2/session/confirm",
                "{\"confirm_information\":" + information + ",\"session_id\":\"" + sessionId + "\"}");
    }
}
