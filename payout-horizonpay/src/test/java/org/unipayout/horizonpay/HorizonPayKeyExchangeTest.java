package org.unipayout.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.Capabilities;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Secret;
import org.unipayout.WebhookEvent.Trust;
import org.unipayout.WebhookRejectedException;
import org.unipayout.WebhookRequest;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;

/** Keys are exchanged while a client is in use; the shop's number, which names the merchant, is not. */
@SuppressWarnings("NullAway") // a source may give null
class HorizonPayKeyExchangeTest {
    @RegisterExtension
    static final HorizonPaySimulator GATEWAY = HorizonPaySimulator.start();

    private final AtomicReference<Secret> key = new AtomicReference<>(Secret.of("yesterdays-key"));
    private final AtomicReference<List<String>> publicKeys = new AtomicReference<>(List.of());
    private final PayoutRequest request = Shop.request().build();

    @Test
    void secretKey_exchangedBetweenTwoCalls_holdsFromTheNextOn() {
        try (HorizonPayPayoutClient client = client()) {
            Optional<String> account = client.capabilities().account();
            assertThatThrownBy(() -> client.create(request)).isInstanceOf(PayoutRejectedException.class);

            key.set(Secret.of(GATEWAY.secretKey()));

            assertThat(client.create(request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(client.capabilities().account()).isPresent().isEqualTo(account);

            key.set(Secret.of("tomorrows-key"));
            PayoutRef ref = PayoutRef.of(HorizonPayPayoutClient.PROVIDER, request);
            assertThatThrownBy(() -> client.get(ref)).isInstanceOf(PayoutReadException.class);
        }
    }

    @Test
    void secretKey_sourceGivesNone_nothingIsSent() {
        key.set(null);
        try (HorizonPayPayoutClient client = client()) {
            PayoutRef ref = PayoutRef.of(HorizonPayPayoutClient.PROVIDER, request);

            assertThatThrownBy(() -> client.create(request)).isInstanceOf(PayoutNotSentException.class);
            assertThatThrownBy(() -> client.get(ref)).isInstanceOf(PayoutReadException.class);
            assertThat(GATEWAY.requests()).isEmpty();
        }
    }

    @Test
    void publicKeys_exchanged_theNewIsBelievedAndTheDroppedIsNot() {
        key.set(Secret.of(GATEWAY.secretKey()));
        HorizonPayOptions options = options().publicKeys(publicKeys::get).build();
        HorizonPayWebhooks webhooks = HorizonPayWebhooks.of(options);
        try (HorizonPayPayoutClient client = HorizonPayPayoutClient.open(options)) {
            assertThat(client.capabilities().webhooks()).isEqualTo(Capabilities.Webhooks.VERIFIED);
            client.create(request);
        }
        WebhookRequest notification = Shop.received(GATEWAY.webhooks().created().get(0));
        assertThatThrownBy(() -> webhooks.receive(notification)).isInstanceOf(WebhookRejectedException.class);

        publicKeys.set(List.of(GATEWAY.notificationPublicKey()));
        assertThat(webhooks.receive(notification).reference()).contains(request.reference());

        for (List<String> without : Arrays.asList(List.<String>of(), List.of("x"), null)) {
            publicKeys.set(without);
            assertThatThrownBy(() -> webhooks.receive(notification)).isInstanceOf(WebhookRejectedException.class);
        }
    }

    @Test
    void basicNotifications_keyExchanged_theNewIsBelievedAndTheDroppedIsNot() {
        HorizonPayWebhooks webhooks =
                HorizonPayWebhooks.of(options().acceptBasicNotifications().build());
        key.set(Secret.of(GATEWAY.secretKey()));
        try (HorizonPayPayoutClient client = client()) {
            client.create(request);
        }
        byte[] body = GATEWAY.webhooks().created().get(0).body();

        assertThat(webhooks.receive(basic(body, GATEWAY.secretKey())).trust()).isEqualTo(Trust.HINT);
        key.set(Secret.of("tomorrows-key"));
        assertThat(webhooks.receive(basic(body, "tomorrows-key")).trust()).isEqualTo(Trust.HINT);
        assertThatThrownBy(() -> webhooks.receive(basic(body, GATEWAY.secretKey())))
                .isInstanceOf(WebhookRejectedException.class);
        key.set(null);
        assertThatThrownBy(() -> webhooks.receive(basic(body, "tomorrows-key")))
                .isInstanceOf(WebhookRejectedException.class);
    }

    private static WebhookRequest basic(byte[] body, String secretKey) {
        String pair = Base64.getEncoder()
                .encodeToString((GATEWAY.shopId() + ":" + secretKey).getBytes(StandardCharsets.UTF_8));
        return new WebhookRequest(body, Map.of("Authorization", List.of("Basic " + pair)));
    }

    private HorizonPayOptions.Builder options() {
        return HorizonPayOptions.builder(GATEWAY.baseUrl(), GATEWAY.shopId(), Secret.supplied(key::get));
    }

    private HorizonPayPayoutClient client() {
        return HorizonPayPayoutClient.open(options().build());
    }
}
