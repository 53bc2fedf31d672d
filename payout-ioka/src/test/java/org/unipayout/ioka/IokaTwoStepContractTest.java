package org.unipayout.ioka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutStatus;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.PayoutClientContract;
import org.unipayout.testkit.Scenario;

/**
 * The contract for a two-step client. Money moves when it confirms and not when it submits, so the cases in which ioka
 * spoils the answer of the money-moving call are played there.
 */
class IokaTwoStepContractTest extends PayoutClientContract {
    @RegisterExtension
    static final IokaSimulator IOKA = IokaSimulator.start();

    @BeforeAll
    static void warmUp() {
        Shop.warmUp(IOKA);
    }

    @Override
    public ContractSubject subject() {
        return new IokaPayoutOrderSubject(IOKA, true);
    }

    @Test
    @Override
    public void submit_serverErrorAfterPaying_isUnknownAndFoundPaid() {
        confirmWithoutClearAnswer(Scenario.SERVER_ERROR_PAID);
    }

    @Test
    @Override
    public void submit_serverErrorWithoutPaying_isUnknownAndPaidOnceInTheEnd() {
        confirmWithoutClearAnswer(Scenario.SERVER_ERROR_NOT_PAID);
    }

    @Test
    @Override
    public void submit_undocumentedCodeAfterPaying_isUnknownAndFoundPaid() {
        confirmWithoutClearAnswer(Scenario.UNDOCUMENTED_CODE);
    }

    private static void confirmWithoutClearAnswer(Scenario scenario) {
        try (Shop shop = new Shop(IOKA)) {
            Payout waiting =
                    shop.twoStep.create(Shop.toSavedCard("step-1", 15000).build());
            IOKA.force(scenario);

            assertThat(shop.twoStep.confirm(waiting.ref()).status()).isEqualTo(PayoutStatus.UNKNOWN);

            IOKA.force(Scenario.PAID);
            Payout found = shop.twoStep.get(waiting.ref());
            Payout end =
                    found.status() == PayoutStatus.AWAITING_CONFIRMATION ? shop.twoStep.confirm(waiting.ref()) : found;
            assertThat(end.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            IOKA.ledger().assertPaidExactlyOnce("step-1");
        }
    }

    @Test
    @Override
    public void submit_answerAboutAnotherAmount_isUnknown() {
        try (Shop shop = new Shop(IOKA)) {
            Payout waiting = shop.twoStep.create(
                    Shop.toSavedCard("step-1", Scenario.WRONG_ECHO.amount(150)).build());

            assertThat(shop.twoStep.confirm(waiting.ref()).evidence()).hasValueSatisfying(evidence -> {
                assertThat(evidence.kind()).isEqualTo(Evidence.Kind.CONTRADICTING_ANSWER);
                assertThat(evidence.text()).contains("amount");
            });
        }
    }

    @Test
    @Override
    public void submit_tooManyRequests_throwsRejectedAndCanBeRepeated() {
        try (Shop shop = new Shop(IOKA)) {
            Payout waiting =
                    shop.twoStep.create(Shop.toSavedCard("step-1", 15000).build());
            IOKA.force(Scenario.RATE_LIMITED);

            assertThatThrownBy(() -> shop.twoStep.confirm(waiting.ref())).isInstanceOf(PayoutRejectedException.class);

            IOKA.ledger().assertNotPaid("step-1");
            IOKA.force(Scenario.PAID);
            assertThat(shop.twoStep.confirm(waiting.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            IOKA.ledger().assertPaidExactlyOnce("step-1");
        }
    }
}
