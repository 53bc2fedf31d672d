package org.unipayout.bank131;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Secret;
import org.unipayout.WebhookRejectedException;
import org.unipayout.WebhookRequest;
import org.unipayout.simulator.bank131.Bank131Simulator;

/** Keys are exchanged while a client is in use; what names the merchant is not. */
@SuppressWarnings("NullAway") // a source may give null
class Bank131KeyExchangeTest {
    @RegisterExtension
    static final Bank131Simulator BANK = Bank131Simulator.start();

    private final AtomicReference<Secret> key = new AtomicReference<>(Secret.pem(Samples.privatePem(Samples.keys())));
    private final PayoutRequest request = Samples.byToken("order-1").build();

    @Test
    void privateKey_exchangedBetweenTwoCalls_holdsFromTheNextOn() {
        try (Bank131PayoutClient client = client()) {
            Optional<String> account = client.capabilities().account();
            assertThatThrownBy(() -> client.prepare(request)).isInstanceOf(PayoutRejectedException.class);

            key.set(Secret.pem(BANK.partnerPrivateKeyPem()));

            assertThat(client.create(request).status()).isEqualTo(PayoutStatus.PROCESSING);
            assertThat(client.capabilities().account()).isPresent().isEqualTo(account);

            key.set(Secret.pem(Samples.privatePem(Samples.keys())));
            assertThatThrownBy(client::balance).isInstanceOf(PayoutReadException.class);
        }
    }

    @Test
    void privateKey_sourceGivesNone_nothingIsSent() {
        try (Bank131PayoutClient client = client()) {
            for (Secret useless : Arrays.asList(null, Secret.of("not-a-key"))) {
                key.set(useless);
                assertThatThrownBy(() -> client.create(request)).isInstanceOf(PayoutNotSentException.class);
                assertThatThrownBy(client::balance).isInstanceOf(PayoutReadException.class);
            }
            assertThat(BANK.requests()).isEmpty();
        }
    }

    @Test
    void bankKeys_exchanged_theNewIsBelievedAndTheDroppedIsNot() {
        AtomicReference<List<String>> keys = new AtomicReference<>(List.of(Samples.publicPem(Samples.keys())));
        PayoutWebhooks webhooks = Bank131Webhooks.of(keys::get);
        key.set(Secret.pem(BANK.partnerPrivateKeyPem()));
        try (Bank131PayoutClient client = client()) {
            client.create(request);
        }
        WebhookRequest notification = notification();
        assertThatThrownBy(() -> webhooks.receive(notification)).isInstanceOf(WebhookRejectedException.class);

        keys.set(List.of(Samples.publicPem(Samples.keys()), BANK.bankPublicKeyPem()));
        assertThat(webhooks.receive(notification).reference()).contains("order-1");

        for (List<String> without :
                Arrays.asList(List.of(Samples.publicPem(Samples.keys())), List.<String>of(), List.of("x"), null)) {
            keys.set(without);
            assertThatThrownBy(() -> webhooks.receive(notification)).isInstanceOf(WebhookRejectedException.class);
        }
    }

    private Bank131PayoutClient client() {
        return Bank131PayoutClient.open(
                Bank131Options.builder(BANK.baseUrl(), BANK.projectId(), Secret.supplied(key::get))
                        .build());
    }

    private static WebhookRequest notification() {
        var created = BANK.webhooks().created().get(0);
        Map<String, List<String>> headers = created.headers().entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        return new WebhookRequest(created.body(), headers);
    }
}
