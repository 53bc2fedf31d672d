package org.unipayout.examples.newprovider;

import java.net.URI;
import org.unipayout.Secret;
import org.unipayout.http.Environment;
import org.unipayout.http.Required;

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
        return new TinypayOptions(Required.baseUrl(baseUrl, LIVE), Required.value(apiKey, "apiKey"));
    }

    /** Reads {@code TINYPAY_BASE_URL} and {@code TINYPAY_API_KEY}; both must be set, so that no host is ever guessed. */
    public static TinypayOptions fromEnv() {
        return fromEnv(Environment.system());
    }

    static TinypayOptions fromEnv(Environment environment) {
        return of(environment.url("TINYPAY_BASE_URL", LIVE), environment.secret("TINYPAY_API_KEY"));
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
