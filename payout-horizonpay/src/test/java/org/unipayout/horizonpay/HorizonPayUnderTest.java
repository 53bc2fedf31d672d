package org.unipayout.horizonpay;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unipayout.ExchangeSink;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Recipient;
import org.unipayout.http.Environment;
import org.unipayout.http.HttpOptions;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.testkit.ProviderUnderTest;

/** HorizonPay: the payout to a saved card. */
public final class HorizonPayUnderTest implements ProviderUnderTest {
    /** What this merchant was told about the queue, with some to spare. */
    private static final Duration LONGEST_IN_THE_QUEUE = Duration.ofHours(1);

    private final boolean queued;
    private final boolean fenced;

    /** For the service loader. */
    public HorizonPayUnderTest() {
        this(false, false);
    }

    private HorizonPayUnderTest(boolean queued, boolean fenced) {
        this.queued = queued;
        this.fenced = fenced;
    }

    @Override
    public List<ProviderUnderTest> variants() {
        return List.of(
                new HorizonPayUnderTest(true, false),
                new HorizonPayUnderTest(false, true),
                new HorizonPayUnderTest(true, true));
    }

    @Override
    public String setting() {
        return ((queued ? "queued " : "") + (fenced ? "fenced" : "")).strip();
    }

    @Override
    public Optional<PayoutFence> fence(Map<String, String> environment) {
        return fenced ? Optional.of(HorizonPayVerification.of(options(environment))) : Optional.empty();
    }

    @Override
    public String provider() {
        return HorizonPayPayoutClient.PROVIDER;
    }

    @Override
    public PayoutClient client(Map<String, String> environment, Clock clock, Duration patience, ExchangeSink audit) {
        return HorizonPayPayoutClient.open(options(environment), http(clock, patience, audit));
    }

    private HorizonPayOptions options(Map<String, String> environment) {
        HorizonPayOptions.Builder options =
                HorizonPayOptions.fromEnv(Environment.of(environment)).balanceOfCurrency("KZT");
        if (queued) {
            options.asynchronous().absenceWindow(LONGEST_IN_THE_QUEUE);
        }
        if (fenced) {
            options.fence(URI.create(environment.getOrDefault(FENCE_URL, "http://127.0.0.1")));
        }
        return options.build();
    }

    private static HttpOptions http(Clock clock, Duration patience, ExchangeSink audit) {
        return HttpOptions.builder()
                .connectTimeout(patience)
                .readTimeout(patience)
                .callDeadline(patience)
                .readDeadline(patience)
                .exchangeSink(audit)
                .time(clock, ProviderUnderTest.sleeper(clock), () -> 0.5)
                .build();
    }

    @Override
    public PayoutRequest.Builder request(String reference, long minorUnits) {
        return PayoutRequest.builder(
                        reference,
                        Money.ofMinor(minorUnits, "KZT"),
                        new Recipient.SavedCard(HorizonPaySimulator.SAMPLE_TOKEN))
                .description("Payout to a card")
                .recipientDetails(
                        Participant.builder().fullName("CARDHOLDER NAME").build())
                .notificationUrl(URI.create("https://shop.example/payouts"));
    }

    @Override
    public boolean submits(String method, String path) {
        return method.equals("POST") && path.endsWith("/transactions/payouts");
    }

    @Override
    public Optional<PayoutWebhooks> webhooks(Map<String, String> environment) {
        return Optional.of(HorizonPayWebhooks.of(options(environment)));
    }
}
