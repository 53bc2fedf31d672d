package org.unipayout.simulator.bank131;

import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.unipayout.testkit.RsaKeyPair;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.SimulatorProvider;

/** Starts a {@link Bank131Simulator} from the command line. */
public final class Bank131SimulatorProvider implements SimulatorProvider {
    private static final String PROJECT = "BANK131_PROJECT";
    private static final String PRIVATE_KEY = "BANK131_PRIVATE_KEY";
    private static final String PUBLIC_KEY = "BANK131_PUBLIC_KEY";
    private static final String BANK_PRIVATE_KEY = "BANK131_BANK_PRIVATE_KEY";

    /** For the service loader. */
    public Bank131SimulatorProvider() {}

    @Override
    public String provider() {
        return "bank131";
    }

    @Override
    public Set<String> settings() {
        return Set.of(PROJECT, PRIVATE_KEY, PUBLIC_KEY, BANK_PRIVATE_KEY);
    }

    @Override
    public Simulator start(int port, Map<String, String> settings) {
        Bank131Simulator.Builder builder = Bank131Simulator.builder().port(port);
        Optional.ofNullable(settings.get(PROJECT)).ifPresent(builder::projectId);
        Optional.ofNullable(settings.get(PRIVATE_KEY))
                .map(pem -> RsaKeyPair.of(PRIVATE_KEY, pem).getPublic())
                .ifPresent(builder::partnerPublicKey);
        Optional.ofNullable(settings.get(PUBLIC_KEY)).ifPresent(pem -> builder.partnerPublicKey(publicKey(pem)));
        Optional.ofNullable(settings.get(BANK_PRIVATE_KEY))
                .map(pem -> RsaKeyPair.of(BANK_PRIVATE_KEY, pem))
                .ifPresent(builder::webhookSigningKeys);
        return builder.start();
    }

    private static PublicKey publicKey(String pem) {
        try {
            return RsaKeys.publicKey(pem);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(PUBLIC_KEY + ": must be a PEM text with BEGIN PUBLIC KEY", e);
        }
    }
}
