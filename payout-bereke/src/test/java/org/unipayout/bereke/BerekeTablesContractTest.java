package org.unipayout.bereke;

import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.simulator.bereke.BerekeSimulator;
import org.unipayout.simulator.bereke.BerekeSwitches;
import org.unipayout.simulator.bereke.BerekeSwitches.AnswerForm;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.PayoutClientContract;

/** The contract suite once more, with a bank that answers as the tables of its page say and not as the examples do. */
class BerekeTablesContractTest extends PayoutClientContract {
    @RegisterExtension
    static final BerekeSimulator BANK = BerekeSimulator.start();

    @Override
    public ContractSubject subject() {
        BerekeSwitches switches = BANK.switches();
        switches.answerForm = AnswerForm.TABLES;
        switches.statusField = "OrderStatus";
        switches.integerStatus = true;
        switches.clientNameRequired = true;
        switches.clientIdLength = 30;
        switches.balanceArray = true;
        switches.debitLeg = true;
        switches.duplicateHttpStatus = 409;
        return new BerekeSubject(BANK);
    }
}
