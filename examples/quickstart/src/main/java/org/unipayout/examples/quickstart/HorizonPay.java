package org.unipayout.examples.quickstart;

import java.net.URI;
import org.unipayout.Address;
import org.unipayout.CardNumber;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.horizonpay.HorizonPayOptions;
import org.unipayout.horizonpay.HorizonPayPayoutClient;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;

/** HorizonPay: the payout by card number from the provider's page. */
final class HorizonPay implements Provider {
    private final HorizonPaySimulator gateway = HorizonPaySimulator.start();

    @Override
    public HorizonPaySimulator simulator() {
        return gateway;
    }

    @Override
    public PayoutClient client(URI baseUrl) {
        HorizonPayOptions options = HorizonPayOptions.builder(baseUrl, gateway.shopId(), Secret.of(gateway.secretKey()))
                .publicKey(gateway.notificationPublicKey())
                .balanceOfCurrency("KZT")
                .build();
        return HorizonPayPayoutClient.open(options);
    }

    @Override
    public PayoutRequest request(String reference, long minorUnits) {
        return PayoutRequest.builder(
                        reference,
                        Money.ofMinor(minorUnits, "KZT"),
                        new Recipient.Card(
                                CardNumber.of("5555555555554444"), new Recipient.CardExpiry(12, 2027), "John Doe"))
                .description("Test transaction")
                .recipientDetails(Participant.builder()
                        .firstName("John")
                        .lastName("Doe")
                        .address(Address.builder().country("KZ").city("Almaty").build())
                        .build())
                .build();
    }

    @Override
    public boolean submits(String path) {
        return path.equals("/transactions/payouts");
    }
}
