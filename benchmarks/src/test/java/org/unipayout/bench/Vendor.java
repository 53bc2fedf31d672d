package org.unipayout.bench;

import com.adyen.Client;
import com.adyen.enums.Environment;
import com.adyen.model.RequestOptions;
import com.adyen.model.transfers.Amount;
import com.adyen.model.transfers.Card;
import com.adyen.model.transfers.CardIdentification;
import com.adyen.model.transfers.CounterpartyInfoV3;
import com.adyen.model.transfers.PartyIdentification;
import com.adyen.model.transfers.TransferInfo;
import com.adyen.service.transfers.TransfersApi;
import com.stripe.Stripe;
import com.stripe.StripeClient;
import com.stripe.param.PayoutCreateParams;
import com.stripe.service.PayoutService;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A vendor whose own SDK pays and asks, each by one call. What the server answers is the sample of the vendor's documents with values that are made
 * up, the same to both calls.
 */
enum Vendor {
    STRIPE("/v1/payouts") {
        @Override
        Sdk open(String at) {
            Stripe.enableTelemetry = false; // else it keeps a file in the home directory
            PayoutService payouts = StripeClient.builder()
                    .setApiKey(KEY)
                    .setApiBase(at)
                    .build()
                    .v1()
                    .payouts();
            PayoutCreateParams request = PayoutCreateParams.builder()
                    .setAmount(15000L)
                    .setCurrency("kzt")
                    .setDescription(DESCRIPTION)
                    .putMetadata("reference", Recording.REFERENCE)
                    .build();
            return new Sdk(
                    () -> require(payouts.create(request).getId()),
                    () -> require(payouts.retrieve(ID).getId()),
                    () -> {});
        }
    },
    ADYEN("/transfers") {
        @Override
        Sdk open(String at) {
            Client client = new Client(KEY, Environment.TEST);
            TransfersApi transfers = new TransfersApi(client, at);
            Card card = new Card()
                    .cardHolder(new PartyIdentification().fullName("CARDHOLDER NAME"))
                    .cardIdentification(new CardIdentification().number("4111111111111111"));
            TransferInfo request = new TransferInfo()
                    .amount(new Amount().value(15000L).currency("KZT"))
                    .category(TransferInfo.CategoryEnum.CARD)
                    .counterparty(new CounterpartyInfoV3().card(card))
                    .description(DESCRIPTION)
                    .reference(Recording.REFERENCE);
            RequestOptions once = new RequestOptions().idempotencyKey(Recording.REFERENCE);
            return new Sdk(
                    () -> require(transfers.transferFunds(request, once).getId()),
                    () -> require(transfers.getTransfer(ID).getId()),
                    client);
        }
    };

    private static final String KEY = "test-key";
    private static final String ID = "made-up-1";
    private static final String DESCRIPTION = "Payout to a card";

    private final String path;

    /** Opened, with all that is set by default. Close it. */
    record Sdk(Turns.Work create, Turns.Work get, Closeable client) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            client.close();
        }
    }

    Vendor(String path) {
        this.path = path;
    }

    abstract Sdk open(String at);

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What its server is asked by both calls. */
    List<String> questions() {
        String at = " /" + label() + path;
        return List.of("POST" + at, "GET" + at + '/' + ID);
    }

    /** The answer to each. */
    byte[] sample() throws IOException {
        try (InputStream sample = Vendor.class.getResourceAsStream(label() + ".json")) {
            return Objects.requireNonNull(sample).readAllBytes();
        }
    }

    private static void require(String id) throws IOException {
        HandWritten.require(ID.equals(id));
    }
}
