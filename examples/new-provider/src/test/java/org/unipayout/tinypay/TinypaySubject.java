package org.unipayout.tinypay;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.unipayout.Money;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.Secret;
import org.unipayout.http.HttpOptions;
import org.unipayout.simulator.tinypay.TinypaySimulator;
import org.unipayout.testkit.ContractSettings;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.Simulator;

/** What the contract suite must know about this adapter. */
final class TinypaySubject extends ContractSubject {
    private static final String WRONG_KEY = "wrong-key";

    private final TinypaySimulator tinypay;

    TinypaySubject(TinypaySimulator tinypay) {
        this.tinypay = tinypay;
    }

    @Override
    public Simulator simulator() {
        return tinypay;
    }

    @Override
    public TinypayPayoutClient client(URI baseUrl, ContractSettings settings) {
        return client(baseUrl, tinypay.apiKey(), settings);
    }

    @Override
    public TinypayPayoutClient clientWithWrongCredentials(URI baseUrl, ContractSettings settings) {
        return client(baseUrl, WRONG_KEY, settings);
    }

    private static TinypayPayoutClient client(URI baseUrl, String apiKey, ContractSettings settings) {
        HttpOptions http = HttpOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.readTimeout())
                .callDeadline(settings.callDeadline())
                .maxResponseBytes(settings.maxResponseBytes())
                .time(settings.clock(), settings.sleeper(), settings.random())
                .exchangeSink(settings.sink())
                .build();
        return TinypayPayoutClient.open(TinypayOptions.of(baseUrl, Secret.of(apiKey)), http);
    }

    @Override
    public PayoutRequest.Builder request(String reference, long minorUnits) {
        return request(RecipientKind.SAVED_CARD, reference, minorUnits);
    }

    @Override
    public PayoutRequest.Builder request(RecipientKind kind, String reference, long minorUnits) {
        return toCard(TinypaySimulator.CARD_TOKEN, reference, minorUnits);
    }

    @Override
    public PayoutRequest.Builder requestToAnother(RecipientKind kind, String reference, long minorUnits) {
        return toCard(TinypaySimulator.OTHER_CARD_TOKEN, reference, minorUnits);
    }

    private static PayoutRequest.Builder toCard(String token, String reference, long minorUnits) {
        return PayoutRequest.builder(reference, Money.ofMinor(minorUnits, "KZT"), new Recipient.SavedCard(token));
    }

    /** The page shows a payout's id, reference, amount and card in every answer, and no time. */
    @Override
    public Set<Sign> shows(RecipientKind kind) {
        return EnumSet.of(Sign.NAME, Sign.AMOUNT, Sign.RECIPIENT);
    }

    @Override
    public boolean prepares(String method, String path) {
        return false;
    }

    @Override
    public boolean submits(String method, String path) {
        return method.equals("POST") && path.equals("/payouts");
    }

    @Override
    public List<String> secrets() {
        return List.of(tinypay.apiKey(), WRONG_KEY, TinypaySimulator.CARD_TOKEN);
    }

    @Override
    public boolean refusesReusedReference() {
        return true;
    }
}
