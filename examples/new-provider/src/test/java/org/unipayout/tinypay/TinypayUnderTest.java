package org.unipayout.tinypay;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.unipayout.ExchangeSink;
import org.unipayout.Money;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.Sleeper;
import org.unipayout.http.Environment;
import org.unipayout.http.HttpOptions;
import org.unipayout.simulator.tinypay.TinypaySimulator;
import org.unipayout.testkit.ProviderUnderTest;

/** Tinypay: the payout to a saved card. */
public final class TinypayUnderTest implements ProviderUnderTest {
    /** For the service loader. */
    public TinypayUnderTest() {}

    @Override
    public String provider() {
        return TinypayPayoutClient.PROVIDER;
    }

    @Override
    public PayoutClient client(Map<String, String> environment, Clock clock, Duration patience, ExchangeSink audit) {
        HttpOptions http = HttpOptions.builder()
                .connectTimeout(patience)
                .readTimeout(patience)
                .callDeadline(patience)
                .readDeadline(patience)
                .exchangeSink(audit)
                .time(clock, Sleeper.REAL, () -> 0.5)
                .build();
        return TinypayPayoutClient.open(TinypayOptions.fromEnv(Environment.of(environment)), http);
    }

    @Override
    public PayoutRequest.Builder request(String reference, long minorUnits) {
        return PayoutRequest.builder(
                reference, Money.ofMinor(minorUnits, "KZT"), new Recipient.SavedCard(TinypaySimulator.CARD_TOKEN));
    }

    @Override
    public boolean submits(String method, String path) {
        return method.equals("POST") && path.equals("/payouts");
    }
}
