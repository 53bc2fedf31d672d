package org.unipayout.bank131;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unipayout.PayoutAdapter;
import org.unipayout.PayoutWebhooks;
import org.unipayout.http.Environment;

/** Bank 131, set up by settings: those of {@link Bank131Options#fromEnv()}. */
public final class Bank131Adapter implements PayoutAdapter {
    private static final Set<String> SETTINGS = Set.of(
            "BANK131_BASE_URL",
            "BANK131_PROJECT",
            "BANK131_PRIVATE_KEY",
            "BANK131_PRIVATE_KEY_FILE",
            "BANK131_BANK_PUBLIC_KEY",
            "BANK131_BANK_PUBLIC_KEY_FILE",
            "BANK131_SUBMERCHANT");

    /** For the service loader. */
    public Bank131Adapter() {}

    @Override
    public String provider() {
        return Bank131PayoutClient.PROVIDER;
    }

    @Override
    public Set<String> settings() {
        return SETTINGS;
    }

    @Override
    public Bank131PayoutClient open(Map<String, String> settings) {
        return Bank131PayoutClient.open(options(settings));
    }

    @Override
    public Optional<PayoutWebhooks> webhooks(Map<String, String> settings) {
        List<String> keys = options(settings).bankPublicKeys();
        return keys.isEmpty() ? Optional.empty() : Optional.of(Bank131Webhooks.of(keys));
    }

    private static Bank131Options options(Map<String, String> settings) {
        return Bank131Options.fromEnv(Environment.of(settings)).build();
    }
}
