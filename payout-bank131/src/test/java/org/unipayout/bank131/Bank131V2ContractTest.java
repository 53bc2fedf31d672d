package org.unipayout.bank131;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.bank131.Bank131Options.Dialect;
import org.unipayout.simulator.bank131.Bank131Simulator;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.PayoutClientContract;

/** The contract suite over the v2 dialect. */
class Bank131V2ContractTest extends PayoutClientContract {
    @RegisterExtension
    static final Bank131Simulator BANK = Bank131Simulator.start();

    @Override
    public ContractSubject subject() {
        return new Bank131Subject(BANK, Dialect.V2);
    }
}
