package org.unipayout.simulator.bank131;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.bank131.Partner.ACCOUNT;
import static org.unipayout.simulator.bank131.Partner.CARD;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.simulator.bank131.Partner.Reply;
import org.unipayout.testkit.Scenario;

/** What every scenario looks like on the wire and in the ledger. */
class Bank131ScenariosTest {
    @RegisterExtension
    static final Bank131Simulator BANK = Bank131Simulator.start();

    private static final String SESSION = "/session/status";
    private static final String PAYOUT = "/session/payout_list/0/status";
    private static final String CODE = "/session/payout_list/0/error/code";

    private final Partner partner = new Partner(BANK);

    @Test
    void declined_confirmed_failsWithTheIssuersCode() {
        Reply status = partner.status(partner.confirmed(CARD, Scenario.DECLINED.amount(100)));

        assertThat(status.textAt(SESSION)).isEqualTo("cancelled");
        assertThat(status.textAt(PAYOUT)).isEqualTo("failed");
        assertThat(status.textAt(CODE)).isEqualTo("declined_by_issuer_bank");
        BANK.ledger().assertNotPaid("order-1");
    }

    @Test
    void insufficientFunds_started_failsWithoutConfirmation() {
        Reply status = partner.status(partner.started(CARD, Scenario.INSUFFICIENT_FUNDS.amount(100)));

        assertThat(status.textAt(PAYOUT)).isEqualTo("failed");
        assertThat(status.textAt(CODE)).isEqualTo("insufficient_wallet_balance");
        assertThat(status.at("/session/next_action").isMissingNode()).isTrue();
        BANK.ledger().assertNotPaid("order-1");
    }

    @Test
    void slow_confirmed_staysInProgressUntilSettled() {
        String sessionId = partner.confirmed(CARD, Scenario.SLOW.amount(100));

        assertThat(partner.status(sessionId).textAt(SESSION)).isEqualTo("in_progress");
        assertThat(partner.status(sessionId).textAt(PAYOUT)).isEqualTo("in_progress");
        BANK.ledger().assertPaidExactlyOnce("order-1");
        BANK.settle();
        assertThat(partner.status(sessionId).textAt(SESSION)).isEqualTo("accepted");
        assertThat(partner.status(sessionId).textAt(PAYOUT)).isEqualTo("succeeded");
        BANK.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void slow_waitingForConfirmation_isNotSettled() {
        String sessionId = partner.started(CARD, Scenario.SLOW.amount(100));

        BANK.settle();

        assertThat(partner.status(sessionId).textAt(PAYOUT)).isEqualTo("pending");
        BANK.ledger().assertNotPaid("order-1");
    }

    @Test
    void unsure_confirmed_endsInSessionErrorWithoutMoney() {
        Reply status = partner.status(partner.confirmed(CARD, Scenario.UNSURE.amount(100)));

        assertThat(status.textAt(SESSION)).isEqualTo("error");
        assertThat(status.textAt("/session/error/code")).isEqualTo("provider_timeout");
        assertThat(status.textAt(PAYOUT)).isEqualTo("failed");
        BANK.ledger().assertNotPaid("order-1");
    }

    @Test
    void undocumentedStatus_confirmed_isPaidUnderUnknownWords() {
        Reply status = partner.status(partner.confirmed(CARD, Scenario.UNDOCUMENTED_STATUS.amount(100)));

        assertThat(status.textAt(SESSION)).isEqualTo("archived");
        assertThat(status.textAt(PAYOUT)).isEqualTo("credited");
        BANK.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void wrongEcho_started_showsAnotherAmountThanItPays() {
        long amount = Scenario.WRONG_ECHO.amount(100);
        Reply started = partner.start(partner.create("v2"), CARD, amount);
        partner.confirm(started.sessionId());

        assertThat(started.at("/session/payout_list/0/amount_details/amount").asLong())
                .isEqualTo(amount + 1);
        assertThat(BANK.ledger().total("RUB")).isEqualTo(amount);
    }

    @Test
    void returned_bankAccountAfterItWasSeenPaid_comesBack() {
        String sessionId = partner.confirmed(ACCOUNT, Scenario.RETURNED.amount(100));
        assertThat(BANK.ledger().total("RUB")).isEqualTo(10071);

        Reply paid = partner.status(sessionId);
        Reply returned = partner.status(sessionId);
        partner.status(sessionId);

        assertThat(paid.textAt(PAYOUT)).isEqualTo("succeeded");
        assertThat(paid.at("/session/payout_list/0/refunds").isMissingNode()).isTrue();
        assertThat(returned.textAt(SESSION)).isEqualTo("accepted");
        assertThat(returned.textAt("/session/payout_list/0/refunds/0/status")).isEqualTo("accepted");
        assertThat(returned.at("/session/payout_list/0/refunds/0/amount_details/amount")
                        .asLong())
                .isEqualTo(10071);
        assertThat(returned.at("/session/payout_list/0/refunds").size()).isEqualTo(1);
        BANK.ledger().assertPaidExactlyOnce("order-1");
        assertThat(BANK.ledger().total("RUB")).isZero();
    }

    @Test
    void returned_card_staysPaid() {
        String sessionId = partner.confirmed(CARD, Scenario.RETURNED.amount(100));
        partner.status(sessionId);

        assertThat(partner.status(sessionId)
                        .at("/session/payout_list/0/refunds")
                        .isMissingNode())
                .isTrue();
        assertThat(BANK.ledger().total("RUB")).isEqualTo(10071);
    }

    @Test
    void serverErrorPaid_start_wasExecutedAllTheSame() {
        String sessionId = partner.create("v2");

        Reply failed = partner.start(sessionId, CARD, Scenario.SERVER_ERROR_PAID.amount(100));

        assertThat(failed.status()).isEqualTo(500);
        assertThat(failed.error()).isEqualTo("internal_error");
        assertThat(partner.status(sessionId).textAt(PAYOUT)).isEqualTo("pending");
        partner.confirm(sessionId);
        BANK.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void serverErrorPaid_idempotencyKey_isUsedUp() {
        String body = "{\"payout_details\":" + CARD + ",\"amount_details\":"
                + Partner.amount(Scenario.SERVER_ERROR_PAID.amount(100)) + "}";
        partner.post("/api/v2/session/init/payout", body, "X-PARTNER-IDEMPOTENCY-KEY", "key-1");

        Reply second = partner.post("/api/v2/session/init/payout", body, "X-PARTNER-IDEMPOTENCY-KEY", "key-1");

        assertThat(second.error()).isEqualTo("idempotency_key_already_exists");
    }

    @Test
    void serverErrorNotPaid_start_leavesTheSessionCreated() {
        String sessionId = partner.create("v2");

        Reply failed = partner.start(sessionId, CARD, Scenario.SERVER_ERROR_NOT_PAID.amount(100));

        assertThat(failed.status()).isEqualTo(500);
        assertThat(partner.status(sessionId).textAt(SESSION)).isEqualTo("created");
        BANK.ledger().assertNotPaid("order-1");
    }

    @Test
    void rateLimited_start_leavesTheSessionCreated() {
        String sessionId = partner.create("v2");

        Reply refused = partner.start(sessionId, CARD, Scenario.RATE_LIMITED.amount(100));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(partner.status(sessionId).textAt(SESSION)).isEqualTo("created");
    }

    @Test
    void undocumentedCode_start_wasExecutedAllTheSame() {
        String sessionId = partner.create("v2");

        Reply refused = partner.start(sessionId, CARD, Scenario.UNDOCUMENTED_CODE.amount(100));

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.error()).isEqualTo("limits_engine_postponed");
        assertThat(partner.status(sessionId).textAt(PAYOUT)).isEqualTo("pending");
    }

    @Test
    void force_anyAmount_followsTheForcedScenario() {
        BANK.force(Scenario.DECLINED);

        assertThat(partner.status(partner.confirmed(CARD, 10000)).textAt(PAYOUT))
                .isEqualTo("failed");
    }
}
