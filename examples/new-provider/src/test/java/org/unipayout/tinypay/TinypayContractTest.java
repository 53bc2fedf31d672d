package org.unipayout.tinypay;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.simulator.tinypay.TinypaySimulator;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.PayoutClientContract;

/** The contract suite over the whole adapter. */
class TinypayContractTest extends PayoutClientContract {
    @RegisterExtension
    static final TinypaySimulator TINYPAY = TinypaySimulator.start();

    @Override
    public ContractSubject subject() {
        return new TinypaySubject(TINYPAY);
    }
}
