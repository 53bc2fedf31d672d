package org.unipayout.http.rules;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.unipayout.CardNumber;
import org.unipayout.Money;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.Secret;
import org.unipayout.http.HttpOptions;
import org.unipayout.testkit.ContractSettings;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.Simulator;

/** The adapter of the invented provider; its answers show everything. */
final class RulesSubject extends ContractSubject {
    private final RulesSimulator simulator;
    private final Bug bug;

    RulesSubject(RulesSimulator simulator, Bug bug) {
        this.simulator = simulator;
        this.bug = bug;
    }

    @Override
    public Simulator simulator() {
        return simulator;
    }

    @Override
    public PayoutClient client(URI baseUrl, ContractSettings settings) {
        return client(baseUrl, simulator.apiKey, settings);
    }

    @Override
    public PayoutClient clientWithWrongCredentials(URI baseUrl, ContractSettings settings) {
        return client(baseUrl, "wrong-key", settings);
    }

    private PayoutClient client(URI baseUrl, String apiKey, ContractSettings settings) {
        HttpOptions http = HttpOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.readTimeout())
                .callDeadline(settings.callDeadline())
                .maxResponseBytes(settings.maxResponseBytes())
                .time(settings.clock(), settings.sleeper(), settings.random())
                .exchangeSink(settings.sink())
                .build();
        return new RulesPayoutClient(simulator.rule, bug, baseUrl, Secret.of(apiKey), http);
    }

    @Override
    public PayoutRequest.Builder request(String reference, long minorUnits) {
        return request(RecipientKind.CARD_NUMBER, reference, minorUnits);
    }

    @Override
    public PayoutRequest.Builder request(RecipientKind kind, String reference, long minorUnits) {
        return request(
                kind == RecipientKind.SAVED_CARD
                        ? new Recipient.SavedCard(RulesSimulator.TOKEN)
                        : new Recipient.Card(CardNumber.of(RulesSimulator.CARD)),
                reference,
                minorUnits);
    }

    @Override
    public PayoutRequest.Builder requestToAnother(RecipientKind kind, String reference, long minorUnits) {
        return request(
                kind == RecipientKind.SAVED_CARD
                        ? new Recipient.SavedCard(RulesSimulator.OTHER_TOKEN)
                        : new Recipient.Card(CardNumber.of(RulesSimulator.OTHER_CARD)),
                reference,
                minorUnits);
    }

    private static PayoutRequest.Builder request(Recipient recipient, String reference, long minorUnits) {
        return PayoutRequest.builder(reference, Money.ofMinor(minorUnits, "KZT"), recipient);
    }

    @Override
    public Set<Sign> shows(RecipientKind kind) {
        return bug == Bug.SIGN_NOT_DECLARED ? EnumSet.of(Sign.NAME, Sign.AMOUNT) : super.shows(kind);
    }

    @Override
    public boolean prepares(String method, String path) {
        return simulator.rule == Rule.SAME_HANDLE && method.equals("POST") && path.equals("/payouts");
    }

    @Override
    public boolean submits(String method, String path) {
        return method.equals("POST") && !prepares(method, path);
    }

    @Override
    public boolean refusesReusedReference() {
        return simulator.rule.findsByReference(); // else the provider compares by itself and names no field
    }

    @Override
    public List<String> secrets() {
        return List.of(simulator.apiKey, RulesSimulator.CARD, RulesSimulator.TOKEN);
    }

    @Override
    public Optional<PayoutWebhooks> webhooks() {
        return Optional.of(new RulesReadings(bug).webhooks(simulator.webhookKey));
    }
}
