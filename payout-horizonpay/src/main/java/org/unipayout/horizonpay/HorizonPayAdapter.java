package org.unipayout.horizonpay;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unipayout.PayoutAdapter;
import org.unipayout.PayoutWebhooks;
import org.unipayout.http.Environment;

/** HorizonPay, set up by settings: those of {@link HorizonPayOptions#fromEnv()}. */
public final class HorizonPayAdapter implements PayoutAdapter {
    private static final Set<String> SETTINGS =
            Set.of("HORIZONPAY_BASE_URL", "HORIZONPAY_SHOP_ID", "HORIZONPAY_SECRET_KEY", "HORIZONPAY_PUBLIC_KEY");

    /** For the service loader. */
    public HorizonPayAdapter() {}

    @Override
    public String provider() {
        return HorizonPayPayoutClient.PROVIDER;
    }

    @Override
    public Set<String> settings() {
        return SETTINGS;
    }

    @Override
    public HorizonPayPayoutClient open(Map<String, String> settings) {
        return HorizonPayPayoutClient.open(options(settings));
    }

    @Override
    public Optional<PayoutWebhooks> webhooks(Map<String, String> settings) {
        HorizonPayOptions options = options(settings);
        return options.publicKeys().isEmpty() ? Optional.empty() : Optional.of(HorizonPayWebhooks.of(options));
    }

    private static HorizonPayOptions options(Map<String, String> settings) {
        return HorizonPayOptions.fromEnv(Environment.of(settings)).build();
    }
}
