package org.unipayout.ioka;

import java.net.URI;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.unipayout.CardNumber;
import org.unipayout.Door;
import org.unipayout.ErrorEntry;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.Secret;
import org.unipayout.ioka.internal.IokaErrors;
import org.unipayout.ioka.internal.PayoutOrderReadings;
import org.unipayout.ioka.internal.wire.PayoutOrder;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.testkit.ContractSettings;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.Simulator;

/** Payout orders as the contract suite sees them. */
final class IokaPayoutOrderSubject extends ContractSubject {
    private static final String ORDERS = "/v2/payouts/orders";
    private static final String IBAN = "KZ000000000000000000";
    private static final String OTHER_CARD = "4242424242424242";
    private static final String OTHER_IBAN = "KZ000000000000000018";

    private static final String ORDER = """
            {"uuid": "1", "external_id": "r-1", "status": "%s", "amount": 15000, "currency": "KZT",
             "updated_at": "2026-11-25T10:00:30", "payout": {"uuid": "2", "error": {"code": "%s", "message": "text"}}}""";

    private final IokaSimulator ioka;
    private final boolean twoStep;

    IokaPayoutOrderSubject(IokaSimulator ioka, boolean twoStep) {
        this.ioka = ioka;
        this.twoStep = twoStep;
    }

    @Override
    public Simulator simulator() {
        return ioka;
    }

    @Override
    public String provider() {
        return IokaPayoutOrderClient.PROVIDER;
    }

    @Override
    public PayoutClient client(URI baseUrl, ContractSettings settings) {
        return client(IokaOptions.builder(baseUrl, Secret.of(ioka.apiKey())), settings);
    }

    @Override
    public PayoutClient clientWithWrongCredentials(URI baseUrl, ContractSettings settings) {
        return client(IokaOptions.builder(baseUrl, Secret.of("a-key-of-nobody")), settings);
    }

    private PayoutClient client(IokaOptions.Builder options, ContractSettings settings) {
        IokaOptions.Builder chosen = twoStep ? options.twoStep() : options;
        return IokaPayoutOrderClient.open(chosen.build(), IokaSubject.http(settings));
    }

    @Override
    public PayoutRequest.Builder request(String reference, long minorUnits) {
        return request(RecipientKind.SAVED_CARD, reference, minorUnits);
    }

    @Override
    public PayoutRequest.Builder request(RecipientKind kind, String reference, long minorUnits) {
        Recipient recipient = recipient(kind, IokaSimulator.SAVED_VISA_ID, IokaSimulator.RECEIVER_CARD, IBAN);
        return request(recipient, reference, minorUnits);
    }

    @Override
    public PayoutRequest.Builder requestToAnother(RecipientKind kind, String reference, long minorUnits) {
        Recipient recipient = recipient(kind, IokaSimulator.SAVED_MASTERCARD_ID, OTHER_CARD, OTHER_IBAN);
        return request(recipient, reference, minorUnits);
    }

    private static Recipient recipient(RecipientKind kind, String savedCard, String card, String iban) {
        return switch (kind) {
            case SAVED_CARD -> new Recipient.SavedCard(IokaSimulator.CUSTOMER_ID + '/' + savedCard);
            case CARD_NUMBER -> new Recipient.Card(CardNumber.of(card));
            case HOSTED_FORM -> new Recipient.HostedForm(null, null, null);
            case KAZAKH_ACCOUNT ->
                Recipient.KazakhAccount.builder(iban, "000000000000", "Testov Test")
                        .build();
            default -> throw new AssertionError(kind + " is not claimed");
        };
    }

    private static PayoutRequest.Builder request(Recipient recipient, String reference, long minorUnits) {
        return PayoutRequest.builder(reference, Money.ofMinor(minorUnits, "KZT"), recipient)
                .description("Payout for May")
                .metadata("order", "7");
    }

    @Override
    public boolean prepares(String method, String path) {
        return false; // a saved card is not prepared at ioka
    }

    @Override
    public boolean submits(String method, String path) {
        return method.equals("POST") && path.equals(ORDERS);
    }

    /** An order that waits for its card does not tell who will give it. */
    @Override
    public Set<RecipientKind> lookAlikes(RecipientKind kind) {
        return switch (kind) {
            case CARD_NUMBER -> Set.of(RecipientKind.HOSTED_FORM);
            case HOSTED_FORM -> Set.of(RecipientKind.CARD_NUMBER);
            default -> Set.of();
        };
    }

    /** A card number is prepared and then confirmed. */
    @Override
    public boolean submits(RecipientKind kind, String method, String path) {
        return kind == RecipientKind.CARD_NUMBER
                ? method.equals("POST") && path.endsWith("/confirm")
                : submits(method, path);
    }

    @Override
    public boolean confirms(String method, String path) {
        return method.equals("POST") && path.endsWith("/accept");
    }

    @Override
    public boolean cancels(String method, String path) {
        return method.equals("POST") && path.endsWith("/decline");
    }

    @Override
    public boolean refusesReusedReference() {
        return true;
    }

    @Override
    public List<String> secrets() {
        return List.of(
                ioka.apiKey(),
                IokaSimulator.SAVED_VISA_ID,
                IokaSimulator.RECEIVER_CARD,
                IBAN,
                "000000000000",
                "Testov",
                "Payout for May");
    }

    @Override
    public Optional<PayoutWebhooks> webhooks() {
        return Optional.of(IokaWebhooks.of(List.of(Secret.of(ioka.webhookKey()))));
    }

    @Override
    public boolean signatureCoversRawBytes() {
        return false;
    }

    @Override
    public List<Payout> payouts(ErrorEntry row) {
        List<Payout> payouts = new ArrayList<>();
        for (String status : List.of("PENDING", "ON_HOLD", "COMPLETED", "FAILED", "EXPIRED")) {
            PayoutOrder shown = IokaSubject.read(ORDER.formatted(status, row.code()), PayoutOrder.class);
            PayoutRef ref = PayoutRef.of(provider(), request("r-1", 15000).build());
            for (Instant asked : List.of(IokaSubject.FRESH, IokaSubject.SETTLED)) {
                payouts.add(PayoutOrderReadings.payout(ref, shown, Door.PROVIDER_ID, IokaErrors.read(), asked));
            }
        }
        return payouts;
    }

    @Override
    public void completeHostedForm(Payout payout) {
        IokaSubject.typeCard(payout, IokaSimulator.RECEIVER_CARD);
    }
}
