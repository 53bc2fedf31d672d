package org.unipayout.ioka;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.PayoutClientContract;

class IokaContractTest extends PayoutClientContract {
    @RegisterExtension
    static final IokaSimulator IOKA = IokaSimulator.start();

    @BeforeAll
    static void warmUp() {
        Shop.warmUp(IOKA);
    }

    @Override
    public ContractSubject subject() {
        return new IokaSubject(IOKA);
    }
}
