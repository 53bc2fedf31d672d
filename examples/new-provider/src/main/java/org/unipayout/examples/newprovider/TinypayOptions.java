package org.unipayout.examples.newprovider;

import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unipayout.Secret;

/** How one merchant's payouts at Tinypay are reached. Immutable and thread-safe; prints no credential. */
public final class TinypayOptions {
    /** The live host. */
    public static final URI LIVE = URI.create("https://api.tinypay.example");

    private final URI baseUrl;
    private final Secret apiKey;

    private TinypayOptions(URI baseUrl, Secret apiKey) {
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
    }

    /** The merchant's access: {@link #LIVE} or a simulator, and the key. */
    public static TinypayOptions of(URI baseUrl, Secret apiKey) {
        return new TinypayOptions(baseUrl, apiKey);
    }

    /** Reads {@code TINYPAY_API_KEY} and {@code TINYPAY_BASE_URL}, which is {@link #LIVE} if not set. */
    public static TinypayOptions fromEnv() {
        return fromEnv(System.getenv());
    }

    static TinypayOptions fromEnv(Map<String, String> environment) {
        String baseUrl = environment.get("TINYPAY_BASE_URL");
        return of(
                baseUrl == null ? LIVE : uri(baseUrl),
                Secret.of(required(environment.get("TINYPAY_API_KEY"), "TINYPAY_API_KEY")));
    }

    private static URI uri(String value) {
        try {
            return URI.create(value);
        } catch (IllegalArgumentException unprintable) { // may hold credentials
            throw new IllegalArgumentException("TINYPAY_BASE_URL: must be a URL such as " + LIVE);
        }
    }

    private static String required(@Nullable String value, String name) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(name + ": is required and not blank");
        }
        return value;
    }

    /** {@return the host that is called} */
    public URI baseUrl() {
        return baseUrl;
    }

    /** {@return the merchant's key} */
    public Secret apiKey() {
        return apiKey;
    }

    @Override
    public String toString() {
        return "TinypayOptions[" + baseUrl.getHost() + "]";
    }
}
