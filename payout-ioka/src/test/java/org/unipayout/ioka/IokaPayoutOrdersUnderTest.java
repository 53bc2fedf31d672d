package org.unipayout.ioka;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.unipayout.ExchangeSink;
import org.unipayout.Money;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Recipient;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.testkit.ProviderUnderTest;

/** ioka's other flow: the payout order to a saved card, which waits for the merchant. */
public final class IokaPayoutOrdersUnderTest implements ProviderUnderTest {
    /** For the service loader. */
    public IokaPayoutOrdersUnderTest() {}

    @Override
    public String provider() {
        return IokaPayoutOrderClient.PROVIDER;
    }

    @Override
    public String simulator() {
        return IokaPayoutClient.PROVIDER;
    }

    @Override
    public PayoutClient client(Map<String, String> environment, Clock clock, Duration patience, ExchangeSink audit) {
        return IokaPayoutOrderClient.open(
                IokaUnderTest.options(environment).twoStep().build(), IokaUnderTest.http(clock, patience, audit));
    }

    @Override
    public PayoutRequest.Builder request(String reference, long minorUnits) {
        String card = IokaSimulator.CUSTOMER_ID + '/' + IokaSimulator.SAVED_VISA_ID;
        return PayoutRequest.builder(reference, Money.ofMinor(minorUnits, "KZT"), new Recipient.SavedCard(card))
                .description("Payout to a card");
    }

    @Override
    public boolean submits(String method, String path) {
        return method.equals("POST") && path.equals("/v2/payouts/orders");
    }

    @Override
    public boolean waitsForMerchant() {
        return true;
    }

    @Override
    public Optional<PayoutWebhooks> webhooks(Map<String, String> environment) {
        return Optional.of(
                IokaWebhooks.of(IokaUnderTest.options(environment).build().webhookKeys()));
    }
}
