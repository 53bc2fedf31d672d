package org.unipayout.testkit;

import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The suite that every adapter extends: one concrete subclass per flow, with a {@link ContractSubject}.
 *
 * <p>Row by row it plays what can go wrong, asks the simulator's {@link Ledger} what the money did, and demands that the
 * client said no more and no less. The cases stand in seven groups, by what they are about:
 * {@link FlowContract the flow}, {@link EndingsContract how calls end}, {@link IdentityContract whose payout it is},
 * {@link CapabilitiesContract claims}, {@link SecrecyContract secrecy}, {@link TextsContract texts} and
 * {@link WebhookContract notifications}.
 *
 * <pre>{@code
 * class AcmeContractTest extends PayoutClientContract {
 *     @RegisterExtension
 *     static final AcmeSimulator ACME = AcmeSimulator.start();
 *
 *     @Override
 *     public ContractSubject subject() {
 *         return new AcmeSubject(ACME);
 *     }
 * }
 * }</pre>
 */
@ExtendWith(CaseCounter.class)
public abstract class PayoutClientContract
        implements FlowContract,
                EndingsContract,
                IdentityContract,
                CapabilitiesContract,
                SecrecyContract,
                TextsContract,
                WebhookContract {
    /** For subclasses. */
    protected PayoutClientContract() {}
}
