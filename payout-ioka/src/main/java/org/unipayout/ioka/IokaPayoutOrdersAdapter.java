package org.unipayout.ioka;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unipayout.PayoutAdapter;
import org.unipayout.PayoutWebhooks;

/** ioka's payout orders, of one step, set up by settings: those of {@link IokaOptions#fromEnv()}. */
public final class IokaPayoutOrdersAdapter implements PayoutAdapter {
    /** For the service loader. */
    public IokaPayoutOrdersAdapter() {}

    @Override
    public String provider() {
        return IokaPayoutOrderClient.PROVIDER;
    }

    @Override
    public Set<String> settings() {
        return IokaAdapter.SETTINGS;
    }

    @Override
    public IokaPayoutOrderClient open(Map<String, String> settings) {
        return IokaPayoutOrderClient.open(IokaAdapter.options(settings));
    }

    @Override
    public Optional<PayoutWebhooks> webhooks(Map<String, String> settings) {
        return IokaAdapter.receiver(IokaAdapter.options(settings));
    }
}
