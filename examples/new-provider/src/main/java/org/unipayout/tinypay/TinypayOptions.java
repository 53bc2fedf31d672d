package org.unipayout.tinypay;

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

    /**
     * The merchant's access.
     *
     * @param baseUrl {@link #LIVE} or a simulator; only scheme, host and port
     * @param apiKey the merchant's key; a {@linkplain Secret#supplied supplied} one may be exchanged
     * @return the settings
     * @throws IllegalArgumentException if a value is missing or blank, or the address is neither https nor on this machine
     */
    public static TinypayOptions of(URI baseUrl, Secret apiKey) {
        return new TinypayOptions(Required.baseUrl(baseUrl, LIVE), Required.value(apiKey, "apiKey"));
    }

    /**
     * Reads the settings from the environment. Both variables must be set: no host is ever guessed.
     *
     * <ul>
     *   <li>{@code TINYPAY_BASE_URL}: {@link #LIVE} or a simulator
     *   <li>{@code TINYPAY_API_KEY}: the merchant's key
     * </ul>
     *
     * @return the settings
     * @throws IllegalArgumentException if a variable is missing or unusable; the message names it
     */
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
