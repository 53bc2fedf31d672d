package org.unipayout.bank131;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.unipayout.ExchangeSink;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Recipient;
import org.unipayout.http.Environment;
import org.unipayout.http.HttpOptions;
import org.unipayout.testkit.ProviderUnderTest;

/** Bank 131: the payout by token from the bank's page. */
public final class Bank131UnderTest implements ProviderUnderTest {
    private final boolean directInit;

    /** For the service loader. */
    public Bank131UnderTest() {
        this(false);
    }

    private Bank131UnderTest(boolean directInit) {
        this.directInit = directInit;
    }

    @Override
    public List<ProviderUnderTest> variants() {
        return List.of(new Bank131UnderTest(true));
    }

    @Override
    public String setting() {
        return directInit ? "in one call" : "";
    }

    @Override
    public String provider() {
        return Bank131PayoutClient.PROVIDER;
    }

    @Override
    public PayoutClient client(Map<String, String> environment, Clock clock, Duration patience, ExchangeSink audit) {
        return Bank131PayoutClient.open(options(environment), http(clock, patience, audit));
    }

    private Bank131Options options(Map<String, String> environment) {
        Bank131Options.Builder options = Bank131Options.fromEnv(Environment.of(environment));
        return directInit ? options.directInit().build() : options.build();
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
                        reference, Money.ofMinor(minorUnits, "RUB"), new Recipient.SavedCard(Samples.TOKEN))
                .recipientDetails(Participant.builder().fullName("Ivanov Ivan").build())
                .metadata("comment", "good");
    }

    @Override
    public boolean submits(String method, String path) {
        return path.endsWith(directInit ? "/session/init/payout" : "/session/start/payout");
    }

    @Override
    public boolean waitsForMerchant() {
        return true;
    }

    @Override
    public Optional<PayoutWebhooks> webhooks(Map<String, String> environment) {
        return Optional.of(Bank131Webhooks.of(options(environment).bankPublicKeys()));
    }
}
