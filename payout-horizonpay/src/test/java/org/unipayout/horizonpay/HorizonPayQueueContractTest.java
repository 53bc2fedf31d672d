package org.unipayout.horizonpay;

import static org.junit.jupiter.api.Assumptions.abort;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.PayoutClientContract;

/**
 * The same suite for payouts that are queued.
 *
 * <p>Four cases are about what the gateway answers to the submit itself. A queue takes every payout and gives these
 * answers later, to the one who asks for its result; {@link HorizonPayQueueTest} holds them.
 */
class HorizonPayQueueContractTest extends PayoutClientContract {
    @RegisterExtension
    static final HorizonPaySimulator HORIZONPAY = HorizonPaySimulator.start();

    @Override
    public ContractSubject subject() {
        HORIZONPAY.switches().asyncTime = Duration.ZERO;
        return new HorizonPaySubject(HORIZONPAY, Shop::queued);
    }

    @Test
    @Override
    public void submit_serverErrorAfterPaying_isUnknownAndFoundPaid() {
        abort("HorizonPayQueueTest.get_serverErrorAfterPaying_findsThePaidOne");
    }

    @Test
    @Override
    public void submit_serverErrorWithoutPaying_isUnknownAndPaidOnceInTheEnd() {
        abort("HorizonPayQueueTest.get_serverErrorWithoutPaying_neverEnds");
    }

    @Test
    @Override
    public void submit_undocumentedCodeAfterPaying_isUnknownAndFoundPaid() {
        abort("HorizonPayQueueTest.get_undocumentedCodeAfterPaying_findsThePaidOne");
    }

    @Test
    @Override
    public void submit_tooManyRequests_throwsRejectedAndCanBeRepeated() {
        abort("HorizonPayQueueTest.get_tooManyRequests_neverEnds");
    }
}
