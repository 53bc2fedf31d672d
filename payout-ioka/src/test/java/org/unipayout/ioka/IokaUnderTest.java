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
import org.unipayout.http.Environment;
import org.unipayout.http.HttpOptions;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.testkit.ProviderUnderTest;

/** ioka: the transfer order to a saved card. */
public final class IokaUnderTest implements ProviderUnderTest {
    /** For the service loader. */
    public IokaUnderTest() {}

    @Override
    public String provider() {
        return IokaPayoutClient.PROVIDER;
    }

    @Override
    public PayoutClient client(Map<String, String> environment, Clock clock, Duration patience, ExchangeSink audit) {
        return IokaPayoutClient.open(options(environment).build(), http(clock, patience, audit));
    }

    static IokaOptions.Builder options(Map<String, String> environment) {
        return IokaOptions.fromEnv(Environment.of(environment));
    }

    static HttpOptions http(Clock clock, Duration patience, ExchangeSink audit) {
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
                        new Recipient.SavedCard(IokaSimulator.SAVED_VISA_ID))
                .description("Payout to a card");
    }

    @Override
    public boolean submits(String method, String path) {
        return method.equals("POST") && path.endsWith("/payout");
    }

    @Override
    public Optional<PayoutWebhooks> webhooks(Map<String, String> environment) {
        return Optional.of(IokaWebhooks.of(options(environment).build().webhookKeys()));
    }
}
