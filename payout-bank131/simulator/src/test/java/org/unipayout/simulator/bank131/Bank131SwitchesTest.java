package org.unipayout.simulator.bank131;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.bank131.Partner.ACCOUNT;
import static org.unipayout.simulator.bank131.Partner.CARD;
import static org.unipayout.simulator.bank131.Partner.FPS;
import static org.unipayout.simulator.bank131.Partner.SENDER;
import static org.unipayout.simulator.bank131.Partner.amount;
import static org.unipayout.simulator.bank131.Partner.session;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.simulator.bank131.Bank131Switches.Flag;
import org.unipayout.simulator.bank131.Bank131Switches.IdempotencyRepeat;
import org.unipayout.simulator.bank131.Bank131Switches.IdempotencyScope;
import org.unipayout.simulator.bank131.Bank131Switches.SessionOutcome;
import org.unipayout.simulator.bank131.Partner.Reply;
import org.unipayout.testkit.Scenario;

/** Every switch turned once; the defaults are covered by the other tests. */
class Bank131SwitchesTest {
    @RegisterExtension
    static final Bank131Simulator BANK = Bank131Simulator.start();

    private static final String KEY = "X-PARTNER-IDEMPOTENCY-KEY";
    private static final String INIT = "/api/v2/session/init/payout";
    private static final String INIT_BODY =
            "{\"payout_details\":" + CARD + ",\"amount_details\":" + amount(10000) + ",\"metadata\":\"order-1\"}";

    private final Partner partner = new Partner(BANK);
    private final Bank131Switches switches = BANK.switches();

    @Test
    void autoConfirmation_on_paysWithoutConfirm() {
        switches.turnOn(Flag.AUTO_CONFIRMATION);

        String sessionId = partner.started(CARD, 10000);

        assertThat(partner.status(sessionId).textAt("/session/payout_list/0/status"))
                .isEqualTo("succeeded");
        assertThat(BANK.webhooks().created()).hasSize(1);
        BANK.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void webhooks_off_sendsNone() {
        switches.turnOff(Flag.WEBHOOKS);

        partner.confirmed(CARD, 10000);

        assertThat(BANK.webhooks().created()).isEmpty();
    }

    @Test
    void confirmationPayoutWebhook_on_followsAPaidAccount() {
        switches.turnOn(Flag.CONFIRMATION_PAYOUT_WEBHOOK);

        partner.confirmed(ACCOUNT, 10000);

        assertThat(Webhooks.types(BANK)).containsExactly("ready_to_confirm", "payment_finished", "confirmation_payout");
    }

    @ParameterizedTest
    @CsvSource({"CANCELLED,cancelled", "ACCEPTED,accepted", "ERROR,error"})
    void declinedSession_eachOutcome_isShown(SessionOutcome outcome, String word) {
        switches.declinedSession(outcome);

        Reply status = partner.status(partner.confirmed(CARD, Scenario.DECLINED.amount(100)));

        assertThat(status.textAt("/session/status")).isEqualTo(word);
        assertThat(status.textAt("/session/payout_list/0/status")).isEqualTo("failed");
    }

    @Test
    void cancelSendsWebhook_off_cancelsSilently() {
        switches.turnOff(Flag.CANCEL_SENDS_WEBHOOK);

        partner.cancel(partner.started(CARD, 10000));

        assertThat(Webhooks.types(BANK)).containsExactly("ready_to_confirm");
    }

    @Test
    void errorStatus_set_isUsedForTheCode() {
        switches.errorStatus("session_wrong_state", 409);
        switches.errorStatus("unknown_session", 200);
        switches.unknownSessionCode("unknown_session");

        assertThat(partner.confirm(partner.create("v2")).status()).isEqualTo(409);
        Reply unknown = partner.status("ps_1");
        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.error()).isEqualTo("unknown_session");
    }

    @Test
    void unknownMethodStatus_set_isUsed() {
        switches.unknownMethodStatus(400);

        assertThat(partner.post("/api/v2/session/multi/init", "{}").status()).isEqualTo(400);
    }

    @Test
    void idempotencyScope_method_letsAKeyServeTwoMethods() {
        switches.idempotencyScope(IdempotencyScope.METHOD);
        partner.post("/api/v2/session/create", "{}", KEY, "key-1");

        assertThat(partner.post(INIT, INIT_BODY, KEY, "key-1").status()).isEqualTo(200);
        assertThat(partner.post(INIT, INIT_BODY, KEY, "key-1").error()).isEqualTo("idempotency_key_already_exists");
    }

    @Test
    void idempotencyScope_project_refusesTheKeyForAnotherMethod() {
        partner.post("/api/v2/session/create", "{}", KEY, "key-1");

        assertThat(partner.post(INIT, INIT_BODY, KEY, "key-1").error()).isEqualTo("idempotency_key_already_exists");
    }

    @Test
    void idempotencyRepeat_replayed_givesTheFirstAnswerForTheSameBodyOnly() {
        switches.idempotencyRepeat(IdempotencyRepeat.REPLAYED_FOR_SAME_BODY);
        Reply first = partner.post(INIT, INIT_BODY, KEY, "key-1");

        assertThat(partner.post(INIT, INIT_BODY, KEY, "key-1")).isEqualTo(first);
        assertThat(partner.post(INIT, INIT_BODY + " ", KEY, "key-1").error())
                .isEqualTo("idempotency_key_already_exists");
    }

    @Test
    void idempotencyLifetime_over_forgetsTheKey() {
        switches.idempotencyLifetime(Duration.ofHours(1));
        partner.post(INIT, INIT_BODY, KEY, "key-1");
        BANK.clock().advance(Duration.ofHours(1));

        assertThat(partner.post(INIT, INIT_BODY, KEY, "key-1").status()).isEqualTo(200);
    }

    @Test
    void webhookRepeats_due_sendsTheSameBytesAgain() {
        switches.webhookRepeats(List.of(Duration.ofMinutes(1), Duration.ofMinutes(5)));
        partner.started(CARD, 10000);

        BANK.clock().advance(Duration.ofMinutes(2));
        BANK.settle();

        assertThat(BANK.webhooks().created()).hasSize(2);
        assertThat(BANK.webhooks().created().get(1).body())
                .isEqualTo(BANK.webhooks().created().get(0).body());
        BANK.clock().advance(Duration.ofMinutes(4));
        BANK.settle();
        BANK.settle();
        assertThat(BANK.webhooks().created()).hasSize(3);
    }

    @Test
    void confirmationWindow_shortened_expiresEarlier() {
        switches.confirmationWindow(Duration.ofMinutes(10));
        String sessionId = partner.started(CARD, 10000);
        BANK.clock().advance(Duration.ofMinutes(10));

        assertThat(partner.status(sessionId).textAt("/session/status")).isEqualTo("cancelled");
    }

    @ParameterizedTest
    @CsvSource({"v1,payout_details,payments", "v2,payment_method,payout_list"})
    void lenientNames_on_understandsTheOtherVersion(String version, String name, String list) {
        switches.turnOn(Flag.LENIENT_NAMES);

        Reply started = partner.post(
                "/api/" + version + "/session/init/payout",
                "{\"" + name + "\":" + CARD + ",\"amount_details\":" + amount(10000) + "}");

        assertThat(started.textAt("/session/" + list + "/0/status")).isEqualTo("in_progress");
    }

    @Test
    void v2AnswersWithPayments_on_carriesBothLists() {
        switches.turnOn(Flag.V2_ANSWERS_WITH_PAYMENTS);

        Reply started = partner.post(INIT, INIT_BODY);

        assertThat(started.textAt("/session/payments/0/payment_method/type")).isEqualTo("card");
        assertThat(started.textAt("/session/payout_list/0/payout_details/type")).isEqualTo("card");
    }

    @Test
    void emptyArrayAsBody_off_isRefused() {
        switches.turnOff(Flag.EMPTY_ARRAY_AS_BODY);

        assertThat(partner.post("/api/v1/session/create", "[]").error()).isEqualTo("invalid_request");
    }

    @Test
    void secondStart_on_addsAPayoutToAnEndedSession() {
        switches.turnOn(Flag.SECOND_START);
        String sessionId = partner.confirmed(CARD, 10000);

        Reply second = partner.start(sessionId, CARD, 20000);
        partner.confirm(sessionId);

        assertThat(second.at("/session/payout_list").size()).isEqualTo(2);
        assertThat(partner.status(sessionId).textAt("/session/status")).isEqualTo("accepted");
        assertThat(BANK.ledger().total("RUB")).isEqualTo(30000);
    }

    @Test
    void secondStart_onButNeverStarted_isRefused() {
        switches.turnOn(Flag.SECOND_START);
        switches.emptySessionLifetime(Duration.ofMinutes(10));
        String sessionId = partner.create("v2");
        BANK.clock().advance(Duration.ofMinutes(10));

        assertThat(partner.start(sessionId, CARD, 10000).error()).isEqualTo("session_wrong_state");
        assertThat(BANK.ledger().movements()).isEmpty();
    }

    @Test
    void emptySessionLifetime_shorterThanItWaits_isCancelled() {
        switches.emptySessionLifetime(Duration.ofMinutes(10));
        String empty = partner.create("v2");
        String started = partner.started(CARD, 10000);
        BANK.clock().advance(Duration.ofMinutes(9));
        assertThat(partner.status(empty).textAt("/session/status")).isEqualTo("created");

        BANK.clock().advance(Duration.ofMinutes(1));

        assertThat(partner.status(empty).textAt("/session/status")).isEqualTo("cancelled");
        assertThat(partner.status(started).textAt("/session/status")).isEqualTo("in_progress");
    }

    @Test
    void secondStart_onWhileWaiting_isRefused() {
        switches.turnOn(Flag.SECOND_START);
        String sessionId = partner.started(CARD, 10000);

        assertThat(partner.start(sessionId, CARD, 20000).error()).isEqualTo("session_wrong_state");
    }

    @Test
    void longFpsPhone_off_isRefused() {
        String longPhone = FPS.replace("79680000000", "0070009210197");
        assertThat(partner.start(partner.create("v2"), longPhone, 10000).status())
                .isEqualTo(200);

        switches.turnOff(Flag.LONG_FPS_PHONE);

        assertThat(partner.start(partner.create("v2"), longPhone, 10000).error())
                .isEqualTo("invalid_request");
    }

    @Test
    void accountBalance_byGetInRubles_isAnswered() {
        String body = "{\"account_number\":\"40702810300200000013\"}";
        String signature = Partner.sign(BANK.partnerPrivateKeyPem(), body);
        String path = "/api/v1/report/account_balance";
        assertThat(partner.send("GET", path, body, signature).status()).isEqualTo(404);

        switches.turnOn(Flag.ACCOUNT_BALANCE_BY_GET);
        switches.turnOn(Flag.ACCOUNT_BALANCE_IN_RUBLES);

        assertThat(partner.send("GET", path, body, signature)
                        .at("/balance/current_balance")
                        .asLong())
                .isEqualTo(100_000_000);
    }

    @Test
    void minimumKeyBits_raised_refusesTheKey() {
        switches.minimumKeyBits(4096);

        assertThat(partner.post("/api/v1/session/create", "{}").error()).isEqualTo("authentication_error");
    }

    @Test
    void fpsFromCollateral_off_isRefused() {
        switches.turnOff(Flag.FPS_FROM_COLLATERAL);

        assertThat(partner.start(partner.create("v2"), FPS, 10000).error()).isEqualTo("invalid_request");
    }

    @Test
    void cancelNeedsConfirmInformation_on_refusesCancelWithout() {
        String body = "{\"payout_details\":" + ACCOUNT + ",\"amount_details\":" + amount(10000)
                + ",\"participant_details\":" + SENDER + "}";
        String first = partner.post(INIT + "/rko", body).sessionId();
        assertThat(partner.cancel(first).status()).isEqualTo(200);
        String second = partner.post(INIT + "/rko", body).sessionId();

        switches.turnOn(Flag.CANCEL_NEEDS_CONFIRM_INFORMATION);

        assertThat(partner.cancel(second).error()).isEqualTo("invalid_request");
        String information = partner.status(second).at("/confirm_information").toString();
        assertThat(partner.post(
                                "/api/v2/session/cancel",
                                "{\"session_id\":\"" + second + "\",\"confirm_information\":" + information + "}")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void amountMayBeMissing_on_takesAHundredRubles() {
        String body = "{\"payout_details\":" + CARD + "}";
        assertThat(partner.post(INIT, body).error()).isEqualTo("invalid_request");

        switches.turnOn(Flag.AMOUNT_MAY_BE_MISSING);

        assertThat(partner.post(INIT, body)
                        .at("/session/payout_list/0/amount_details/amount")
                        .asLong())
                .isEqualTo(10000);
    }

    @Test
    void reset_turnedSwitches_areDefaultsAgain() {
        switches.turnOn(Flag.AUTO_CONFIRMATION);
        switches.errorStatus("session_wrong_state", 409);

        BANK.reset();

        assertThat(switches.isOn(Flag.AUTO_CONFIRMATION)).isFalse();
        assertThat(partner.post("/api/v2/session/confirm", session(partner.create("v2")))
                        .status())
                .isEqualTo(400);
    }
}
