package org.unipayout.bereke;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.unipayout.CardNumber;
import org.unipayout.ExchangeSink;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.http.Environment;
import org.unipayout.http.HttpOptions;
import org.unipayout.testkit.ProviderUnderTest;

/** Bereke Bank: the payout by card number from the bank's page. */
public final class BerekeUnderTest implements ProviderUnderTest {
    /** For the service loader. */
    public BerekeUnderTest() {}

    @Override
    public String provider() {
        return BerekePayoutClient.PROVIDER;
    }

    @Override
    public PayoutClient client(Map<String, String> environment, Clock clock, Duration patience, ExchangeSink audit) {
        BerekeOptions options =
                BerekeOptions.fromEnv(Environment.of(environment)).build();
        return BerekePayoutClient.open(options, http(clock, patience, audit));
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
                        new Recipient.Card(CardNumber.of(BerekeSubject.CARD)))
                .description("Payout to a card")
                .recipientDetails(
                        Participant.builder().fullName("CARDHOLDER NAME").build());
    }

    @Override
    public boolean submits(String method, String path) {
        return path.endsWith("/performPayout.do");
    }
}
