package org.unipayout.examples.quickstart;

import java.net.URI;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.bank131.Bank131Options;
import org.unipayout.bank131.Bank131PayoutClient;
import org.unipayout.simulator.bank131.Bank131Simulator;

/** Bank 131: the payout by token from the bank's page. */
final class Bank131 implements Provider {
    private final Bank131Simulator bank = Bank131Simulator.start();

    @Override
    public Bank131Simulator simulator() {
        return bank;
    }

    @Override
    public PayoutClient client(URI baseUrl) {
        Bank131Options options = Bank131Options.builder(
                        baseUrl, bank.projectId(), Secret.pem(bank.partnerPrivateKeyPem()))
                .build();
        return Bank131PayoutClient.open(options);
    }

    @Override
    public PayoutRequest request(String reference, long minorUnits) {
        return example(reference, minorUnits);
    }

    /**
     * The same payout for the simulator and for the bank's demo host.
     *
     * @param reference the merchant's reference
     * @param minorUnits the amount in kopecks
     * @return the request
     */
    static PayoutRequest example(String reference, long minorUnits) {
        return PayoutRequest.builder(
                        reference,
                        Money.ofMinor(minorUnits, "RUB"),
                        new Recipient.SavedCard("759c9852dde2211d7531b3d905c1d513fbfb914bee87fb567d99c7b2f2c2ad44"))
                .recipientDetails(Participant.builder().fullName("Ivanov Ivan").build())
                .metadata("comment", "good")
                .build();
    }

    @Override
    public boolean submits(String path) {
        return path.endsWith("/session/start/payout");
    }
}
