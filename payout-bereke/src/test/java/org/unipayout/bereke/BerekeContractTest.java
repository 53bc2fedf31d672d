package org.unipayout.bereke;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.simulator.bereke.BerekeSimulator;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.PayoutClientContract;

/** The contract suite over the whole adapter. */
class BerekeContractTest extends PayoutClientContract {
    @RegisterExtension
    static final BerekeSimulator BANK = BerekeSimulator.start();

    @Override
    public ContractSubject subject() {
        return new BerekeSubject(BANK);
    }
}
