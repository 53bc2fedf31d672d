package org.unipayout.bereke;

import java.net.URI;
import java.util.List;
import org.unipayout.CardNumber;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.Payout;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.Secret;
import org.unipayout.http.HttpOptions;
import org.unipayout.simulator.bereke.BerekeSimulator;
import org.unipayout.testkit.ContractSettings;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.Simulator;

/** What the contract suite must know about this adapter. */
final class BerekeSubject extends ContractSubject {
    static final String CARD = "4111111111111111";
    private static final String CLIENT_ID = "customer-0017";
    private static final String WRONG_PASSWORD = "wrong-password";

    private final BerekeSimulator bank;

    BerekeSubject(BerekeSimulator bank) {
        this.bank = bank;
    }

    @Override
    public Simulator simulator() {
        return bank;
    }

    @Override
    public BerekePayoutClient client(URI baseUrl, ContractSettings settings) {
        return client(baseUrl, bank.password(), settings);
    }

    @Override
    public BerekePayoutClient clientWithWrongCredentials(URI baseUrl, ContractSettings settings) {
        return client(baseUrl, WRONG_PASSWORD, settings);
    }

    private BerekePayoutClient client(URI baseUrl, String password, ContractSettings settings) {
        HttpOptions http = HttpOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.readTimeout())
                .callDeadline(settings.callDeadline())
                .maxResponseBytes(settings.maxResponseBytes())
                .time(settings.clock(), settings.sleeper(), settings.random())
                .exchangeSink(settings.sink())
                .build();
        return BerekePayoutClient.open(options(baseUrl, password), http);
    }

    private BerekeOptions options(URI baseUrl, String password) {
        return BerekeOptions.builder(baseUrl, bank.userName(), Secret.of(password))
                .build();
    }

    @Override
    public PayoutRequest.Builder request(String reference, long minorUnits) {
        return request(RecipientKind.CARD_NUMBER, reference, minorUnits);
    }

    @Override
    public PayoutRequest.Builder request(RecipientKind kind, String reference, long minorUnits) {
        Recipient recipient = switch (kind) {
            case CARD_NUMBER -> new Recipient.Card(CardNumber.of(CARD));
            case SAVED_CARD -> new Recipient.SavedCard(savedCard());
            case HOSTED_FORM -> new Recipient.HostedForm(URI.create("https://shop.example/back"));
            default -> throw new AssertionError("the capabilities do not claim " + kind);
        };
        return builder(reference, minorUnits, recipient);
    }

    private static PayoutRequest.Builder builder(String reference, long minorUnits, Recipient recipient) {
        return PayoutRequest.builder(reference, Money.ofMinor(minorUnits, "KZT"), recipient)
                .description("Winnings")
                .recipientDetails(Participant.builder()
                        .fullName("CARDHOLDER NAME")
                        .email("payee@mail.com")
                        .phone("79991234567")
                        .build())
                .metadata("shop", "north-gate-12")
                .extras(BerekeExtras.builder().clientId(CLIENT_ID).build());
    }

    /** The bank saves the card of a payout that names the client. */
    private String savedCard() {
        PayoutRequest request = builder("card-saver", Scenario.PAID.amount(10), new Recipient.Card(CardNumber.of(CARD)))
                .build();
        try (BerekePayoutClient client = BerekePayoutClient.open(options(bank.baseUrl(), bank.password()))) {
            return client.create(request).recipientToken().orElseThrow();
        }
    }

    @Override
    public boolean prepares(String method, String path) {
        return path.endsWith("/registerPayout.do");
    }

    @Override
    public boolean submits(String method, String path) {
        return path.endsWith("/performPayout.do");
    }

    @Override
    public List<String> secrets() {
        return List.of(
                bank.userName(),
                bank.password(),
                WRONG_PASSWORD,
                CARD,
                CLIENT_ID,
                "CARDHOLDER",
                "payee@mail.com",
                "79991234567",
                "north-gate-12");
    }

    @Override
    public boolean refusesReusedReference() {
        return true;
    }

    @Override
    public void completeHostedForm(Payout payout) {
        HostedPage.payTo(CARD, payout.nextAction().orElseThrow().url());
    }
}
