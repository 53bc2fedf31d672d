package org.unipayout.examples.recipes;

import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.unipayout.PayoutClient;
import org.unipayout.Secret;
import org.unipayout.ioka.IokaOptions;
import org.unipayout.ioka.IokaPayoutClient;
import org.unipayout.ioka.IokaWebhooks;

/** Exchanges keys while clients and journal run. */
final class KeyRotation {
    // snippet: key-rotation
    private final AtomicReference<Secret> apiKey;
    private final AtomicReference<List<Secret>> webhookKeys;

    KeyRotation(Secret apiKey, List<Secret> webhookKeys) {
        this.apiKey = new AtomicReference<>(apiKey);
        this.webhookKeys = new AtomicReference<>(webhookKeys);
    }

    PayoutClient client(URI baseUrl) { // asks once for each call; a source that throws means that nothing was sent
        return IokaPayoutClient.open(
                IokaOptions.builder(baseUrl, Secret.supplied(apiKey::get)).build());
    }

    IokaWebhooks webhooks() { // while both are there, what either of them signed is taken
        return IokaWebhooks.of(webhookKeys::get);
    }

    void rotate(Secret newApiKey, List<Secret> oldAndNewWebhookKeys) {
        apiKey.set(newApiKey);
        webhookKeys.set(oldAndNewWebhookKeys);
    }
    // end
}
