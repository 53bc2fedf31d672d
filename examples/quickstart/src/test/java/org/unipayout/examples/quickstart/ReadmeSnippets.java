package org.unipayout.examples.quickstart;

import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.github.tomakehurst.wiremock.WireMockServer;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRequest;
import org.unipayout.bank131.Bank131Options;
import org.unipayout.bank131.Bank131PayoutClient;
import org.unipayout.bank131.Bank131Webhooks;

/** The README's Java snippets, so that they compile; {@link ReadmeTest} holds the two together. */
abstract class ReadmeSnippets {
    void pay(String cardToken, String name, Instant orderedAt) {
        // snippet: pay
        try (PayoutClient client =
                Bank131PayoutClient.open(Bank131Options.fromEnv().build())) {
            PayoutRequest request = PayoutRequest.builder(
                            "order-2026-000017", // your own unique id of this intent, stored before the call
                            Money.ofMajor(new BigDecimal("1500.00"), "RUB"),
                            new Recipient.SavedCard(cardToken))
                    .requestedAt(orderedAt) // when you first asked for it, the same in every repetition
                    .recipientDetails(Participant.builder().fullName(name).build())
                    .build();

            Payout prepared = client.prepare(request); // moves no money
            store(prepared.ref().toString()); // from here on a crash leaves something to ask about
            Payout payout = client.submit(prepared.ref(), request); // may move money, at most once

            switch (payout.status()) {
                case SUCCEEDED -> markPaid(payout);
                case FAILED -> tellCashier(payout.decline().orElseThrow().text(Locale.forLanguageTag("ru")));
                case AWAITING_CONFIRMATION -> client.confirm(payout.ref());
                default -> askLater(payout.ref()); // PROCESSING, UNKNOWN: ask again, never pay again
            }
        }
        // end
    }

    void webhook(PayoutClient client, List<String> bankPublicKeys, byte[] rawBody, Map<String, List<String>> headers) {
        // snippet: webhook
        PayoutWebhooks webhooks = Bank131Webhooks.of(bankPublicKeys); // several keys while the bank rotates them

        WebhookEvent event = webhooks.receive(new WebhookRequest(rawBody, headers)); // throws WebhookRejectedException
        PayoutRef stored = findStored(event.providerId(), event.reference());
        if (event.against(stored).ours()) { // reference, amount, recipient: it may speak of another payout
            PayoutRef ref =
                    event.providerId().map(stored::withProviderId).orElse(stored); // finds it before an index does
            Payout now = client.get(ref); // the provider's own word is the truth
            record(now); // ask again while it does not agree with the notification yet
        }
        // end
    }

    void stubs(Secret testKey, PayoutRequest request) {
        // snippet: stubs
        WireMockServer bank = new WireMockServer(options()
                .bindAddress("127.0.0.1") // WireMock listens to the whole network otherwise
                .dynamicPort()
                .usingFilesUnderClasspath("org/unipayout/simulator/bank131/wiremock"));
        bank.start();

        Bank131Options options = Bank131Options.builder(URI.create(bank.baseUrl()), "project", testKey)
                .build();
        try (PayoutClient client = Bank131PayoutClient.open(options)) {
            Payout payout = yourCode(client, request); // confirm and get bring it to its end
            assertEquals(PayoutStatus.SUCCEEDED, payout.status()); // an amount that ends in 51 is declined
        }
        bank.stop();
        // end
    }

    abstract Payout yourCode(PayoutClient client, PayoutRequest request);

    abstract void store(String ref);

    abstract void markPaid(Payout payout);

    abstract void tellCashier(String text);

    abstract void askLater(PayoutRef ref);

    abstract PayoutRef findStored(Optional<String> providerId, Optional<String> reference);

    abstract void record(Payout payout);
}
