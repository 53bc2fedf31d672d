package org.unipayout.bereke;

import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.unipayout.CardNumber;
import org.unipayout.Exchange;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.http.HttpOptions;
import org.unipayout.simulator.bereke.BerekeSimulator;

/** A merchant of the simulated bank: clients whose pauses only move the bank's clock, and good requests. */
final class Merchant {
    static final String CARD = "4111111111111111";

    private final BerekeSimulator bank;
    private final List<Exchange> exchanges = new CopyOnWriteArrayList<>();

    Merchant(BerekeSimulator bank) {
        this.bank = bank;
    }

    BerekePayoutClient client() {
        return client(options -> options);
    }

    BerekePayoutClient client(UnaryOperator<BerekeOptions.Builder> settings) {
        return client(bank.baseUrl(), settings);
    }

    BerekePayoutClient client(URI baseUrl, UnaryOperator<BerekeOptions.Builder> settings) {
        BerekeOptions.Builder options = BerekeOptions.builder(baseUrl, bank.userName(), Secret.of(bank.password()));
        HttpOptions http = HttpOptions.builder()
                .time(bank.clock(), bank.clock()::advance, () -> 0.5)
                .exchangeSink(exchanges::add)
                .build();
        return BerekePayoutClient.open(settings.apply(options).build(), http);
    }

    List<Exchange> exchanges() {
        return exchanges;
    }

    static PayoutRequest.Builder toCard(String reference, long minorUnits) {
        return toCard(reference, minorUnits, CARD);
    }

    static PayoutRequest.Builder toCard(String reference, long minorUnits, String card) {
        return PayoutRequest.builder(reference, tenge(minorUnits), new Recipient.Card(CardNumber.of(card)))
                .recipientDetails(
                        Participant.builder().fullName("CARDHOLDER NAME").build());
    }

    static PayoutRequest.Builder toSavedCard(String reference, long minorUnits, String token) {
        return PayoutRequest.builder(reference, tenge(minorUnits), new Recipient.SavedCard(token));
    }

    static PayoutRequest.Builder toForm(String reference, long minorUnits) {
        return PayoutRequest.builder(
                reference, tenge(minorUnits), new Recipient.HostedForm(URI.create("https://shop.example/back")));
    }

    private static Money tenge(long minorUnits) {
        return Money.ofMinor(minorUnits, "KZT");
    }
}
