package org.unipayout.ioka;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unipayout.CardNumber;
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
    private final boolean twoStep;
    private final boolean cardNumber;

    /** For the service loader. */
    public IokaPayoutOrdersUnderTest() {
        this(true, false);
    }

    private IokaPayoutOrdersUnderTest(boolean twoStep, boolean cardNumber) {
        this.twoStep = twoStep;
        this.cardNumber = cardNumber;
    }

    @Override
    public List<ProviderUnderTest> variants() {
        return List.of(
                new IokaPayoutOrdersUnderTest(false, false),
                new IokaPayoutOrdersUnderTest(false, true),
                new IokaPayoutOrdersUnderTest(true, true));
    }

    @Override
    public String setting() {
        String steps = twoStep ? "" : "one step";
        return cardNumber ? (steps + " card number").strip() : steps;
    }

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
        IokaOptions.Builder options = IokaUnderTest.options(environment);
        return IokaPayoutOrderClient.open(
                twoStep ? options.twoStep().build() : options.build(), IokaUnderTest.http(clock, patience, audit));
    }

    @Override
    public PayoutRequest.Builder request(String reference, long minorUnits) {
        Recipient recipient = cardNumber
                ? new Recipient.Card(CardNumber.of(IokaSimulator.RECEIVER_CARD))
                : new Recipient.SavedCard(IokaSimulator.CUSTOMER_ID + '/' + IokaSimulator.SAVED_VISA_ID);
        return PayoutRequest.builder(reference, Money.ofMinor(minorUnits, "KZT"), recipient)
                .description("Payout to a card");
    }

    @Override
    public boolean submits(String method, String path) {
        return method.equals("POST") && (cardNumber ? path.endsWith("/confirm") : path.equals("/v2/payouts/orders"));
    }

    @Override
    public boolean waitsForMerchant() {
        return twoStep;
    }

    @Override
    public Optional<PayoutWebhooks> webhooks(Map<String, String> environment) {
        return Optional.of(
                IokaWebhooks.of(IokaUnderTest.options(environment).build().webhookKeys()));
    }
}
