package org.unipayout.tinypay;

import java.util.Map;
import java.util.Set;
import org.unipayout.PayoutAdapter;
import org.unipayout.http.Environment;

/** Tinypay, set up by settings: those of {@link TinypayOptions#fromEnv()}. */
public final class TinypayAdapter implements PayoutAdapter {
    private static final Set<String> SETTINGS = Set.of("TINYPAY_BASE_URL", "TINYPAY_API_KEY");

    /** For the service loader. */
    public TinypayAdapter() {}

    @Override
    public String provider() {
        return TinypayPayoutClient.PROVIDER;
    }

    @Override
    public Set<String> settings() {
        return SETTINGS;
    }

    @Override
    public TinypayPayoutClient open(Map<String, String> settings) {
        return TinypayPayoutClient.open(TinypayOptions.fromEnv(Environment.of(settings)));
    }
}
