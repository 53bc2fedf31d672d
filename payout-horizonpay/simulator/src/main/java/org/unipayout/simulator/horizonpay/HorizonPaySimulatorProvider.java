package org.unipayout.simulator.horizonpay;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unipayout.testkit.RsaKeyPair;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.SimulatorProvider;

/** Starts a {@link HorizonPaySimulator} from the command line. */
public final class HorizonPaySimulatorProvider implements SimulatorProvider {
    private static final String SHOP_ID = "HORIZONPAY_SHOP_ID";
    private static final String SECRET_KEY = "HORIZONPAY_SECRET_KEY";
    private static final String PRIVATE_KEY = "HORIZONPAY_PRIVATE_KEY";

    /** For the service loader. */
    public HorizonPaySimulatorProvider() {}

    @Override
    public String provider() {
        return "horizonpay";
    }

    @Override
    public Set<String> settings() {
        return Set.of(SHOP_ID, SECRET_KEY, PRIVATE_KEY);
    }

    @Override
    public Simulator start(int port, Map<String, String> settings) {
        HorizonPaySimulator.Builder builder = HorizonPaySimulator.builder().port(port);
        Optional.ofNullable(settings.get(SHOP_ID)).ifPresent(builder::shopId);
        Optional.ofNullable(settings.get(SECRET_KEY)).ifPresent(builder::secretKey);
        Optional.ofNullable(settings.get(PRIVATE_KEY))
                .map(pem -> RsaKeyPair.of(PRIVATE_KEY, pem))
                .ifPresent(builder::notificationKeys);
        return builder.start();
    }
}
