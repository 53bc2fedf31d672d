package org.unipayout.examples.quickstart;

import java.net.URI;
import org.unipayout.Money;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.ioka.IokaOptions;
import org.unipayout.ioka.IokaPayoutClient;
import org.unipayout.simulator.ioka.IokaSimulator;

/** ioka: the transfer order to a saved card from the provider's page. */
final class Ioka implements Provider {
    private final IokaSimulator gateway = IokaSimulator.start();

    @Override
    public IokaSimulator simulator() {
        return gateway;
    }

    @Override
    public PayoutClient client(URI baseUrl) {
        IokaOptions options =
                IokaOptions.builder(baseUrl, Secret.of(gateway.apiKey())).build();
        return IokaPayoutClient.builder(options).build();
    }

    @Override
    public PayoutRequest request(String reference, long minorUnits) {
        return PayoutRequest.builder(
                        reference,
                        Money.ofMinor(minorUnits, "KZT"),
                        new Recipient.SavedCard(IokaSimulator.SAVED_VISA_ID))
                .build();
    }

    @Override
    public boolean submits(String path) {
        return path.endsWith("/payout");
    }
}
