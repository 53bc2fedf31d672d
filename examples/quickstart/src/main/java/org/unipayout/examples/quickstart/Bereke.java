package org.unipayout.examples.quickstart;

import java.net.URI;
import org.unipayout.CardNumber;
import org.unipayout.Money;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.bereke.BerekeExtras;
import org.unipayout.bereke.BerekeOptions;
import org.unipayout.bereke.BerekePayoutClient;
import org.unipayout.simulator.bereke.BerekeSimulator;

/** Bereke Bank: the payout by card number from the bank's page. */
final class Bereke implements Provider {
    private final BerekeSimulator bank = BerekeSimulator.start();

    @Override
    public BerekeSimulator simulator() {
        return bank;
    }

    @Override
    public PayoutClient client(URI baseUrl) {
        BerekeOptions options = BerekeOptions.builder(baseUrl, bank.userName(), Secret.of(bank.password()))
                .build();
        return BerekePayoutClient.open(options);
    }

    @Override
    public PayoutRequest request(String reference, long minorUnits) {
        return PayoutRequest.builder(
                        reference,
                        Money.ofMinor(minorUnits, "KZT"),
                        new Recipient.Card(CardNumber.of("4111111111111111")))
                .metadata("paramname1", "paramvalue1")
                .metadata("paramname2", "paramvalue2")
                .extras(BerekeExtras.builder().clientId("client-12345").build())
                .build();
    }

    @Override
    public boolean submits(String path) {
        return path.endsWith("/performPayout.do");
    }
}
