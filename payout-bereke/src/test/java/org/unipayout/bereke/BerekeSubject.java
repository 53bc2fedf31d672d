package org.unipayout.bereke;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.unipayout.CardNumber;
import org.unipayout.ErrorEntry;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.Secret;
import org.unipayout.bereke.internal.BerekeReadings;
import org.unipayout.bereke.internal.wire.Order;
import org.unipayout.http.HttpOptions;
import org.unipayout.http.Json;
import org.unipayout.http.UnreadableBodyException;
import org.unipayout.simulator.bereke.BerekeSimulator;
import org.unipayout.testkit.ContractSettings;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.Simulator;

/** What the contract suite must know about this adapter. */
final class BerekeSubject extends ContractSubject {
    static final String CARD = "4111111111111111";
    private static final String OTHER_CARD = "5555555555554444";
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
            case SAVED_CARD -> new Recipient.SavedCard(savedCard(CARD));
            case HOSTED_FORM -> new Recipient.HostedForm(URI.create("https://shop.example/back"));
            default -> throw new AssertionError("the capabilities do not claim " + kind);
        };
        return builder(reference, minorUnits, recipient);
    }

    @Override
    public PayoutRequest.Builder requestToAnother(RecipientKind kind, String reference, long minorUnits) {
        return builder(
                reference,
                minorUnits,
                kind == RecipientKind.SAVED_CARD
                        ? new Recipient.SavedCard(savedCard(OTHER_CARD))
                        : new Recipient.Card(CardNumber.of(OTHER_CARD)));
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
    private String savedCard(String number) {
        PayoutRequest request = builder(
                        "saver-of-" + number.substring(0, 6),
                        Scenario.PAID.amount(10),
                        new Recipient.Card(CardNumber.of(number)))
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

    /** The bank gives no code beside a status: of its book only the row of a decline stands there. */
    @Override
    public List<Payout> payouts(ErrorEntry row) {
        if (!row.code().equals("orderStatus 6")) {
            return List.of();
        }
        try (BerekePayoutClient client = BerekePayoutClient.open(options(bank.baseUrl(), bank.password()))) {
            return Stream.of(RecipientKind.CARD_NUMBER, RecipientKind.HOSTED_FORM)
                    .map(kind -> PayoutRef.of(
                            BerekePayoutClient.PROVIDER,
                            request(kind, "order-1", 1200).build()))
                    .flatMap(ref -> IntStream.rangeClosed(-1, 8)
                            .mapToObj(status -> BerekeReadings.payout(ref, order(status), client.errorBook())))
                    .toList();
        }
    }

    private static Order order(int status) {
        String body = "{\"errorCode\":\"0\",\"orderNumber\":\"order-1\",\"orderStatus\":" + status + "}";
        try {
            return Json.read(body.getBytes(StandardCharsets.UTF_8), Order.class);
        } catch (UnreadableBodyException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public Optional<RecipientKind> reportsReturnsFrom() {
        return Optional.of(RecipientKind.CARD_NUMBER);
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
