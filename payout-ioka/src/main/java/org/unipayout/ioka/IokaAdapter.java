package org.unipayout.ioka;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unipayout.PayoutAdapter;
import org.unipayout.PayoutWebhooks;
import org.unipayout.http.Environment;

/** ioka's transfer orders, set up by settings: those of {@link IokaOptions#fromEnv()}. */
public final class IokaAdapter implements PayoutAdapter {
    static final Set<String> SETTINGS = Set.of(
            "IOKA_BASE_URL",
            "IOKA_API_KEY",
            "IOKA_CLIENT_ID",
            "IOKA_CLIENT_SECRET",
            "IOKA_WEBHOOK_KEY",
            "IOKA_CORP_ACCOUNT_ID");

    /** For the service loader. */
    public IokaAdapter() {}

    @Override
    public String provider() {
        return IokaPayoutClient.PROVIDER;
    }

    @Override
    public Set<String> settings() {
        return SETTINGS;
    }

    @Override
    public IokaPayoutClient open(Map<String, String> settings) {
        return IokaPayoutClient.open(options(settings));
    }

    @Override
    public Optional<PayoutWebhooks> webhooks(Map<String, String> settings) {
        return receiver(options(settings));
    }

    static IokaOptions options(Map<String, String> settings) {
        return IokaOptions.fromEnv(Environment.of(settings)).build();
    }

    static Optional<PayoutWebhooks> receiver(IokaOptions options) {
        return options.webhookKeys().isEmpty() ? Optional.empty() : Optional.of(IokaWebhooks.of(options.webhookKeys()));
    }
}
