package org.unipayout.ioka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Secret;
import org.unipayout.WebhookRejectedException;
import org.unipayout.WebhookRequest;
import org.unipayout.simulator.ioka.IokaSimulator;

/** Keys are exchanged while clients are in use. */
@SuppressWarnings("NullAway") // a source may give null
class IokaKeyExchangeTest {
    @RegisterExtension
    static final IokaSimulator IOKA = IokaSimulator.start();

    private final AtomicReference<Secret> key = new AtomicReference<>(Secret.of("yesterdays-key"));
    private final PayoutRequest request = Shop.toSavedCard("order-1", 15000).build();

    @Test
    void apiKey_exchangedBetweenTwoCalls_holdsFromTheNextOn() {
        try (Shop shop = new Shop(IOKA, IokaOptions.builder(IOKA.baseUrl(), Secret.supplied(key::get)))) {
            assertThatThrownBy(() -> shop.transfers.create(request)).isInstanceOf(PayoutRejectedException.class);
            assertThatThrownBy(() -> shop.orders.create(request)).isInstanceOf(PayoutRejectedException.class);

            key.set(Secret.of(IOKA.apiKey()));

            assertThat(shop.transfers.create(request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(shop.orders.create(request).status()).isEqualTo(PayoutStatus.SUCCEEDED);

            key.set(Secret.of("tomorrows-key"));
            assertThatThrownBy(shop.transfers::corpAccounts).isInstanceOf(PayoutReadException.class);
        }
    }

    @Test
    void clientSecret_exchangedBeforeTheFirstKey_isTheOneThatIsExchangedForIt() {
        IOKA.switches().staticApiKey = false;
        try (Shop shop =
                new Shop(IOKA, IokaOptions.builder(IOKA.baseUrl(), IOKA.clientId(), Secret.supplied(key::get)))) {
            assertThatThrownBy(() -> shop.transfers.create(request)).isInstanceOf(PayoutRejectedException.class);

            key.set(Secret.of(IOKA.clientSecret()));

            assertThat(shop.transfers.create(request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        }
    }

    @Test
    void key_sourceGivesNone_nothingIsSent() {
        key.set(null);
        for (IokaOptions.Builder options : List.of(
                IokaOptions.builder(IOKA.baseUrl(), Secret.supplied(key::get)),
                IokaOptions.builder(IOKA.baseUrl(), IOKA.clientId(), Secret.supplied(key::get)))) {
            try (Shop shop = new Shop(IOKA, options)) {
                assertThatThrownBy(() -> shop.transfers.create(request)).isInstanceOf(PayoutNotSentException.class);
                assertThatThrownBy(() -> shop.orders.create(request)).isInstanceOf(PayoutNotSentException.class);
                assertThatThrownBy(shop.transfers::corpAccounts).isInstanceOf(PayoutReadException.class);
            }
        }
        assertThat(IOKA.requests()).isEmpty();
    }

    @Test
    void webhookKeys_exchanged_theNewIsBelievedAndTheDroppedIsNot() {
        AtomicReference<List<Secret>> keys = new AtomicReference<>(List.of(Secret.of("0a".repeat(32))));
        IokaWebhooks webhooks = IokaWebhooks.of(keys::get);
        try (Shop shop = new Shop(IOKA)) {
            shop.transfers.create(request);
        }
        WebhookRequest notification = notification();
        assertThatThrownBy(() -> webhooks.receive(notification)).isInstanceOf(WebhookRejectedException.class);

        keys.set(List.of(Secret.of("0a".repeat(32)), Secret.of(IOKA.webhookKey())));
        assertThat(webhooks.receive(notification).reference()).contains("order-1");

        for (List<Secret> without : Arrays.asList(List.of(Secret.of("0b".repeat(32))), List.<Secret>of(), null)) {
            keys.set(without);
            assertThatThrownBy(() -> webhooks.receive(notification)).isInstanceOf(WebhookRejectedException.class);
        }
    }

    private static WebhookRequest notification() {
        var created = IOKA.webhooks().created().get(0);
        Map<String, List<String>> headers = new HashMap<>();
        created.headers().forEach((name, value) -> headers.put(name, List.of(value)));
        return new WebhookRequest(created.body(), headers);
    }
}
