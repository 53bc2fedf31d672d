package org.unipayout.horizonpay;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.PayoutClientContract;
import org.unipayout.testkit.horizonpay.HorizonPaySimulator;

class HorizonPayContractTest extends PayoutClientContract {
    @RegisterExtension
    static final HorizonPaySimulator HORIZONPAY = HorizonPaySimulator.start();

    @Override
    public ContractSubject subject() {
        return new HorizonPaySubject(HORIZONPAY, options -> options);
    }
}
