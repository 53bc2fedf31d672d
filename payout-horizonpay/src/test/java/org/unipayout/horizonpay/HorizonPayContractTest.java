package org.unipayout.horizonpay;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.PayoutClientContract;

class HorizonPayContractTest extends PayoutClientContract {
    @RegisterExtension
    static final HorizonPaySimulator HORIZONPAY = HorizonPaySimulator.start();

    @Override
    public ContractSubject subject() {
        return new HorizonPaySubject(HORIZONPAY, options -> options);
    }
}
