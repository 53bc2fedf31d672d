package org.unipayout.ioka;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.PayoutClientContract;
import org.unipayout.testkit.ioka.IokaSimulator;

class IokaContractTest extends PayoutClientContract {
    @RegisterExtension
    static final IokaSimulator IOKA = IokaSimulator.start();

    @Override
    public ContractSubject subject() {
        return new IokaSubject(IOKA);
    }
}
