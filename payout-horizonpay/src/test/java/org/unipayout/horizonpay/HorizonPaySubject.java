package org.unipayout.horizonpay;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.unipayout.CardNumber;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.Secret;
import org.unipayout.horizonpay.internal.HorizonPayApi;
import org.unipayout.http.HttpOptions;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.testkit.ContractSettings;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.Simulator;

/** The HorizonPay adapter before its simulator. */
class HorizonPaySubject extends ContractSubject {
    static final String CARD = "4200000000000000";
    private static final String OTHER_CARD = "4000000000000077";
    static final String HOLDER = "JOHN DOE";
    private static final String WRONG_KEY = "not-the-key-of-this-shop";

    private final HorizonPaySimulator simulator;
    private final UnaryOperator<HorizonPayOptions.Builder> flow;

    HorizonPaySubject(HorizonPaySimulator simulator, UnaryOperator<HorizonPayOptions.Builder> flow) {
        this.simulator = simulator;
        this.flow = flow;
    }

    @Override
    public Simulator simulator() {
        return simulator;
    }

    @Override
    public PayoutClient client(URI baseUrl, ContractSettings settings) {
        return client(baseUrl, settings, simulator.secretKey());
    }

    @Override
    public PayoutClient clientWithWrongCredentials(URI baseUrl, ContractSettings settings) {
        return client(baseUrl, settings, WRONG_KEY);
    }

    private PayoutClient client(URI baseUrl, ContractSettings settings, String secretKey) {
        HttpOptions http = HttpOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.readTimeout())
                .callDeadline(settings.callDeadline())
                .maxResponseBytes(settings.maxResponseBytes())
                .exchangeSink(settings.sink())
                .time(settings.clock(), settings.sleeper(), settings.random())
                .build();
        return HorizonPayPayoutClient.open(options(baseUrl, secretKey), http);
    }

    private HorizonPayOptions options(URI baseUrl, String secretKey) {
        return flow.apply(HorizonPayOptions.builder(baseUrl, simulator.shopId(), Secret.of(secretKey))
                        .publicKey(simulator.notificationPublicKey())
                        .balanceOfCurrency("KZT"))
                .build();
    }

    @Override
    public PayoutRequest.Builder request(String reference, long minorUnits) {
        return request(RecipientKind.CARD_NUMBER, reference, minorUnits);
    }

    @Override
    public PayoutRequest.Builder request(RecipientKind kind, String reference, long minorUnits) {
        return request(recipient(kind, CARD, HorizonPaySimulator.SAMPLE_TOKEN), reference, minorUnits);
    }

    @Override
    public PayoutRequest.Builder requestToAnother(RecipientKind kind, String reference, long minorUnits) {
        return request(recipient(kind, OTHER_CARD, HorizonPaySimulator.OTHER_TOKEN), reference, minorUnits);
    }

    private static Recipient recipient(RecipientKind kind, String card, String token) {
        return switch (kind) {
            case CARD_NUMBER -> new Recipient.Card(CardNumber.of(card), new Recipient.CardExpiry(1, 2030), HOLDER);
            case SAVED_CARD -> new Recipient.SavedCard(token);
            default -> throw new IllegalArgumentException("HorizonPay pays no " + kind);
        };
    }

    private static PayoutRequest.Builder request(Recipient recipient, String reference, long minorUnits) {
        return PayoutRequest.builder(reference, Money.ofMinor(minorUnits, "KZT"), recipient)
                .description("Payout to a card")
                .recipientDetails(Participant.builder()
                        .firstName("John")
                        .lastName("Doe")
                        .email("recipient@shop.example")
                        .build())
                .notificationUrl(URI.create("https://shop.example/notifications"));
    }

    /** Answers show digits of the card whether it was paid by number or by token, and no token (published sample). */
    @Override
    public Set<Sign> shows(RecipientKind kind) {
        Set<Sign> shown = EnumSet.of(Sign.NAME, Sign.AMOUNT, Sign.TIME);
        if (kind == RecipientKind.CARD_NUMBER) {
            shown.add(Sign.RECIPIENT);
        }
        return shown;
    }

    @Override
    public boolean prepares(String method, String path) {
        return false;
    }

    @Override
    public boolean submits(String method, String path) {
        return method.equals("POST") && path.endsWith("/transactions/payouts");
    }

    @Override
    public List<String> secrets() {
        return List.of(
                CARD,
                HOLDER,
                HorizonPaySimulator.SAMPLE_TOKEN,
                "recipient@shop.example",
                simulator.secretKey(),
                WRONG_KEY,
                HorizonPayApi.basic(options(simulator.baseUrl(), simulator.secretKey()))
                        .reveal()
                        .substring("Basic ".length()));
    }

    @Override
    public Optional<PayoutWebhooks> webhooks() {
        return Optional.of(HorizonPayWebhooks.of(options(simulator.baseUrl(), simulator.secretKey())));
    }

    @Override
    public boolean refusesReusedReference() {
        return true;
    }
}
