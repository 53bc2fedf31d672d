package org.unipayout.ioka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
import org.unipayout.http.HttpOptions;
import org.unipayout.http.Json;
import org.unipayout.http.UnreadableBodyException;
import org.unipayout.ioka.internal.IokaErrors;
import org.unipayout.ioka.internal.TransferReadings;
import org.unipayout.ioka.internal.wire.TransferOrder;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.testkit.ContractSettings;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.Simulator;

/** Transfer orders as the contract suite sees them. */
final class IokaSubject extends ContractSubject {
    /** Just after the answers that {@link #payouts} makes up, and long after. */
    static final Instant FRESH = Instant.parse("2026-11-25T10:01:00Z");

    static final Instant SETTLED = Instant.parse("2026-11-26T10:00:00Z");

    private static final String ORDER = """
            {"id": "tro_1", "external_id": "r-1", "status": "%s", "amount": 15000, "currency": "KZT",
             "created_at": "2026-11-25T10:00:00", "due_date": "2026-11-25T11:00:00", "checkout_url": "https://ioka.example/f",
             "transfers": [{"id": "trn_1", "order_id": "tro_1", "status": "%s", "created_at": "2026-11-25T10:00:30",
              "error": {"code": "%s", "message": "text"}}]}""";

    private final IokaSimulator ioka;

    IokaSubject(IokaSimulator ioka) {
        this.ioka = ioka;
    }

    @Override
    public Simulator simulator() {
        return ioka;
    }

    @Override
    public PayoutClient client(URI baseUrl, ContractSettings settings) {
        return client(IokaOptions.builder(baseUrl, Secret.of(ioka.apiKey())).build(), settings);
    }

    @Override
    public PayoutClient clientWithWrongCredentials(URI baseUrl, ContractSettings settings) {
        return client(IokaOptions.builder(baseUrl, Secret.of("a-key-of-nobody")).build(), settings);
    }

    private static PayoutClient client(IokaOptions options, ContractSettings settings) {
        return IokaPayoutClient.open(options, http(settings));
    }

    static HttpOptions http(ContractSettings settings) {
        return HttpOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.readTimeout())
                .callDeadline(settings.callDeadline())
                .maxResponseBytes(settings.maxResponseBytes())
                .exchangeSink(settings.sink())
                .time(settings.clock(), settings.sleeper(), settings.random())
                .build();
    }

    @Override
    public PayoutRequest.Builder request(String reference, long minorUnits) {
        return request(RecipientKind.SAVED_CARD, reference, minorUnits);
    }

    @Override
    public PayoutRequest.Builder request(RecipientKind kind, String reference, long minorUnits) {
        Recipient recipient = switch (kind) {
            case SAVED_CARD -> new Recipient.SavedCard(IokaSimulator.SAVED_VISA_ID);
            case HOSTED_FORM -> new Recipient.HostedForm(URI.create("https://back.kz"));
            default -> throw new AssertionError(kind + " is not claimed");
        };
        return request(recipient, reference, minorUnits);
    }

    @Override
    public PayoutRequest.Builder requestToAnother(RecipientKind kind, String reference, long minorUnits) {
        return request(new Recipient.SavedCard(IokaSimulator.SAVED_MASTERCARD_ID), reference, minorUnits);
    }

    private static PayoutRequest.Builder request(Recipient recipient, String reference, long minorUnits) {
        return PayoutRequest.builder(reference, Money.ofMinor(minorUnits, "KZT"), recipient)
                .description("Payout for May")
                .metadata("order", "7");
    }

    @Override
    public boolean prepares(String method, String path) {
        return method.equals("POST") && path.equals("/v2/transfer-orders");
    }

    @Override
    public boolean submits(String method, String path) {
        return method.equals("POST") && path.endsWith("/payout");
    }

    @Override
    public boolean refusesReusedReference() {
        return true;
    }

    @Override
    public List<String> secrets() {
        return List.of(ioka.apiKey(), IokaSimulator.SAVED_VISA_ID, IokaSimulator.RECEIVER_CARD, "Payout for May");
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
    public void completeHostedForm(Payout payout) {
        typeCard(payout, IokaSimulator.RECEIVER_CARD);
    }

    @Override
    public List<Payout> payouts(ErrorEntry row) {
        List<Payout> payouts = new ArrayList<>();
        for (String order : List.of("TRANSFERRED", "NOT_TRANSFERRED", "REGISTERED")) {
            for (String attempt : List.of("APPROVED", "DECLINED", "PENDING", "REQUIRES_ACTION")) {
                for (RecipientKind kind : List.of(RecipientKind.SAVED_CARD, RecipientKind.HOSTED_FORM)) {
                    TransferOrder shown = read(ORDER.formatted(order, attempt, row.code()), TransferOrder.class);
                    PayoutRef ref = PayoutRef.of(
                            IokaPayoutClient.PROVIDER,
                            request(kind, "r-1", 15000).build());
                    for (Instant asked : List.of(FRESH, SETTLED)) {
                        payouts.add(TransferReadings.payout(ref, shown, Door.PROVIDER_ID, IokaErrors.read(), asked));
                    }
                }
            }
        }
        return payouts;
    }

    static <T> T read(String json, Class<T> type) {
        try {
            return Json.read(json.getBytes(StandardCharsets.UTF_8), type);
        } catch (UnreadableBodyException e) {
            throw new AssertionError(e);
        }
    }

    /** Plays the recipient's browser. */
    static void typeCard(Payout payout, String pan) {
        typeCard(payout.nextAction().orElseThrow().url(), "pan=" + pan);
    }

    static void typeCard(URI form, String fields) {
        try {
            HttpURLConnection browser = (HttpURLConnection) form.toURL().openConnection();
            browser.setInstanceFollowRedirects(false);
            browser.setDoOutput(true);
            browser.setRequestProperty("Content-Type", "application/x-www-form-urlencoded");
            try (OutputStream body = browser.getOutputStream()) {
                body.write(fields.getBytes(StandardCharsets.UTF_8));
            }
            assertThat(browser.getResponseCode()).isLessThan(500);
            browser.disconnect();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
