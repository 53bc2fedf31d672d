package org.unipayout.bereke;

import java.util.Map;
import java.util.Set;
import org.unipayout.PayoutAdapter;
import org.unipayout.http.Environment;

/** Bereke Bank, set up by settings: those of {@link BerekeOptions#fromEnv()}. */
public final class BerekeAdapter implements PayoutAdapter {
    private static final Set<String> SETTINGS = Set.of("BEREKE_BASE_URL", "BEREKE_USER_NAME", "BEREKE_PASSWORD");

    /** For the service loader. */
    public BerekeAdapter() {}

    @Override
    public String provider() {
        return BerekePayoutClient.PROVIDER;
    }

    @Override
    public Set<String> settings() {
        return SETTINGS;
    }

    @Override
    public BerekePayoutClient open(Map<String, String> settings) {
        return BerekePayoutClient.open(
                BerekeOptions.fromEnv(Environment.of(settings)).build());
    }
}
