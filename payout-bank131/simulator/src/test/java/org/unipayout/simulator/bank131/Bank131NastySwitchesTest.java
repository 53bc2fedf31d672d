package org.unipayout.simulator.bank131;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.bank131.Partner.ACCOUNT;
import static org.unipayout.simulator.bank131.Partner.CARD;
import static org.unipayout.simulator.bank131.Partner.amount;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.simulator.bank131.Bank131Switches.Flag;
import org.unipayout.simulator.bank131.Partner.Reply;
import org.unipayout.testkit.Scenario;

/** The switches that make the bank as nasty as its documents allow. */
class Bank131NastySwitchesTest {
    @RegisterExtension
    static final Bank131Simulator BANK = Bank131Simulator.start();

    private static final String KEY = "X-PARTNER-IDEMPOTENCY-KEY";
    private static final String START = "/api/v2/session/start/payout";
    private static final String NUMBER =
            "{\"type\":\"card\",\"card\":{\"type\":\"bank_card\",\"bank_card\":{\"number\":\"4242424242424242\"}}}";

    private final Partner partner = new Partner(BANK);
    private final Bank131Switches switches = BANK.switches();

    @Test
    void refusalsUseUpTheKey_on_refusesTheSameKeyAfterARefusal() {
        String refused = "{\"session_id\":\"ps_1\"}";
        partner.post(START, refused, KEY, "key-1");
        assertThat(partner.post(START, refused, KEY, "key-1").error()).isEqualTo("invalid_request");

        switches.turnOn(Flag.REFUSALS_USE_UP_THE_KEY);
        partner.post(START, refused, KEY, "key-2");

        assertThat(partner.post(START, refused, KEY, "key-2").error()).isEqualTo("idempotency_key_already_exists");
    }

    @Test
    void startDelay_set_answersWithAPageAndStartsWhenTheClockSaysSo() {
        switches.startDelay(Duration.ofMinutes(2));
        String sessionId = partner.create("v2");

        Reply queued = partner.start(sessionId, CARD, 10000);

        assertThat(queued.status()).isEqualTo(504);
        assertThat(partner.status(sessionId).textAt("/session/status")).isEqualTo("created");
        BANK.clock().advance(Duration.ofMinutes(2));
        assertThat(partner.status(sessionId).textAt("/session/next_action")).isEqualTo("confirm");
    }

    @Test
    void startDelay_sessionCanceledMeanwhile_startsNothing() {
        switches.startDelay(Duration.ofMinutes(2));
        String sessionId = partner.create("v2");
        partner.start(sessionId, CARD, 10000);
        partner.cancel(sessionId);
        BANK.clock().advance(Duration.ofMinutes(2));

        assertThat(partner.status(sessionId).textAt("/session/status")).isEqualTo("cancelled");
        assertThat(partner.status(sessionId).at("/session/payout_list").isMissingNode())
                .isTrue();
    }

    @Test
    void startDelay_noticedLate_isCarriedOutAsOfItsTime() {
        switches.startDelay(Duration.ofMinutes(2));
        switches.turnOn(Flag.SECOND_START);
        switches.turnOn(Flag.AUTO_CONFIRMATION);
        switches.idempotencyLifetime(Duration.ofHours(1));
        String sessionId = partner.create("v2");
        String body = Partner.startBody(sessionId, CARD, 10000);
        partner.post(START, body, KEY, "key-1");
        BANK.clock().advance(Duration.ofMinutes(1));
        partner.post(START, body, KEY, "key-1");

        BANK.clock().advance(Duration.ofMinutes(1));
        assertThat(partner.status(sessionId).at("/session/payout_list").size()).isEqualTo(1);
        BANK.clock().advance(Duration.ofHours(3));

        assertThat(partner.status(sessionId).at("/session/payout_list").size()).isEqualTo(1);
    }

    @Test
    void internalTransferListed_on_standsForThePayoutUntilItIsFinished() {
        switches.turnOn(Flag.INTERNAL_TRANSFER_LISTED);
        String body = "{\"payment_details\":{\"type\":\"internal_transfer\",\"internal_transfer\":{\"type\":"
                + "\"transfer_from_bank_account\",\"transfer_from_bank_account\":{\"description\":\"Payout\"}}},"
                + "\"payment_method\":" + CARD + ",\"amount_details\":" + amount(10000)
                + ",\"customer\":{\"reference\":\"u\"},\"participant_details\":{\"sender\":{\"full_name\":\"A\"},"
                + "\"recipient\":{\"full_name\":\"B\"}}}";

        String sessionId =
                partner.post("/api/v1/session/multi/init/payment/rko", body).sessionId();
        Reply waiting = partner.post("/api/v1/session/status", Partner.session(sessionId));
        partner.post(
                "/api/v1/session/confirm",
                "{\"session_id\":\"" + sessionId + "\",\"confirm_information\":" + waiting.at("/confirm_information")
                        + "}");
        Reply paid = partner.status(sessionId);

        assertThat(waiting.textAt("/session/acquiring_payments/0/status")).isEqualTo("pending");
        assertThat(waiting.textAt("/session/acquiring_payments/0/payment_details/type"))
                .isEqualTo("internal_transfer");
        assertThat(waiting.at("/session/payments").isMissingNode()).isTrue();
        assertThat(paid.textAt("/session/payment_list/0/status")).isEqualTo("succeeded");
        assertThat(paid.textAt("/session/payout_list/0/status")).isEqualTo("succeeded");
    }

    @Test
    void emptyObjectsAsLists_on_areWrittenAsPhpDoes() {
        switches.turnOn(Flag.EMPTY_OBJECTS_AS_LISTS);

        Reply status = partner.status(partner.started(CARD, 10000));

        assertThat(status.at("/session/error").toString()).isEqualTo("[]");
        assertThat(status.at("/session/payout_list/0/transaction_info").toString())
                .isEqualTo("[]");
    }

    @Test
    void wholeNumberInLast4_on_isShownOnceThePayoutEnded() {
        switches.turnOn(Flag.WHOLE_NUMBER_IN_LAST4);

        Reply status = partner.status(partner.confirmed(NUMBER, 10000));

        assertThat(status.textAt("/session/payout_list/0/payout_details/card/last4"))
                .matches("424242[0-9]{6}4242");
    }

    @Test
    void startShowsCreated_on_startsAllTheSame() {
        switches.turnOn(Flag.START_SHOWS_CREATED);
        String sessionId = partner.create("v2");

        assertThat(partner.start(sessionId, CARD, 10000).textAt("/session/status"))
                .isEqualTo("created");
        assertThat(partner.status(sessionId).textAt("/session/next_action")).isEqualTo("confirm");
    }

    @Test
    void errorBesidePayout_on_standsInTheAnswerToTheStart() {
        switches.turnOn(Flag.ERROR_BESIDE_PAYOUT);

        Reply started = partner.start(partner.create("v2"), CARD, 10000);

        assertThat(started.error()).isEqualTo("authentication_error");
        assertThat(started.textAt("/session/payout_list/0/status")).isEqualTo("in_progress");
    }

    @Test
    void listsDisagree_on_showsOnePayoutInTwoStates() {
        switches.turnOn(Flag.LISTS_DISAGREE);

        Reply status = partner.status(partner.confirmed(CARD, 10000));

        assertThat(status.textAt("/session/payments/0/id")).isEqualTo(status.textAt("/session/payout_list/0/id"));
        assertThat(status.textAt("/session/payments/0/status")).isEqualTo("failed");
        assertThat(status.textAt("/session/payout_list/0/status")).isEqualTo("succeeded");
    }

    @Test
    void errorIsDecidedLater_on_isCancelledAndNotifiedAgain() {
        switches.turnOn(Flag.ERROR_IS_DECIDED_LATER);
        String sessionId = partner.confirmed(CARD, Scenario.UNSURE.amount(100));
        assertThat(partner.status(sessionId).textAt("/session/status")).isEqualTo("error");

        BANK.settle();

        assertThat(partner.status(sessionId).textAt("/session/status")).isEqualTo("cancelled");
        assertThat(Webhooks.types(BANK)).containsExactly("ready_to_confirm", "payment_finished", "payment_finished");
    }

    @Test
    void returnsTakeTime_on_areInProgressFirst() {
        switches.turnOn(Flag.RETURNS_TAKE_TIME);
        String sessionId = partner.confirmed(ACCOUNT, Scenario.RETURNED.amount(100));
        partner.status(sessionId);

        Reply going = partner.status(sessionId);
        Reply done = partner.status(sessionId);

        assertThat(going.textAt("/session/payout_list/0/refunds/0/status")).isEqualTo("in_progress");
        assertThat(done.textAt("/session/payout_list/0/refunds/0/status")).isEqualTo("accepted");
        assertThat(done.at("/session/payout_list/0/refunds").size()).isEqualTo(1);
        assertThat(Webhooks.types(BANK)).endsWith("payment_refunded", "payment_refunded");
    }
}
