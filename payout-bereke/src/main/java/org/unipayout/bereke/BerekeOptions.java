package org.unipayout.bereke;

import java.net.URI;
import java.util.Map;
import java.util.Objects;
import org.unipayout.Secret;
import org.unipayout.http.Environment;
import org.unipayout.http.Required;

/**
 * How one merchant's payouts at Bereke Bank are reached. Immutable and thread-safe; prints no credential.
 *
 * <p>Source: sandbox.berekebank.kz, "payouts".
 */
public final class BerekeOptions {
    /** The bank's test host; pays nobody. */
    public static final URI TEST = URI.create("https://3dsec.berekebank.kz");

    /** The bank's live host. */
    public static final URI LIVE = URI.create("https://securepayments.berekebank.kz");

    private final URI baseUrl;
    private final String userName;
    private final Secret password;
    private final PanField panField;
    private final ExtraHeaders extraHeaders;

    /** Where a card number stands in a request; table and example on the bank's page disagree. */
    public enum PanField {
        /** {@code target.pan}, as in the example. */
        TARGET_PAN,
        /** {@code target.card.pan}, as in the table. */
        TARGET_CARD_PAN
    }

    /**
     * Headers that one merchant's agreement with the bank demands, such as a signature; the bank's page names none.
     *
     * <p>Called once for each call, in a thread of the client and within the call's deadline, before anything is sent. If it
     * throws or takes too long, nothing was sent ({@link org.unipayout.PayoutNotSentException}; of a question {@link
     * org.unipayout.PayoutReadException}). Must be thread-safe.
     */
    @FunctionalInterface
    public interface ExtraHeaders {
        /** Adds none. */
        ExtraHeaders NONE = (path, body) -> Map.of();

        /**
         * The headers of one call.
         *
         * @param path path of the URL
         * @param body the bytes that will be sent; empty if the call has no body
         * @return header values by name, printable ASCII
         */
        Map<String, String> of(String path, byte[] body);
    }

    private BerekeOptions(Builder builder) {
        baseUrl = builder.baseUrl;
        userName = builder.userName;
        password = builder.password;
        panField = builder.panField;
        extraHeaders = builder.extraHeaders;
    }

    /**
     * Starts the settings.
     *
     * @param baseUrl {@link #TEST}, {@link #LIVE} or a simulator; only scheme, host and port
     * @param userName the merchant's login
     * @param password the merchant's password; a {@linkplain Secret#supplied supplied} one may be exchanged
     * @return a builder
     * @throws IllegalArgumentException if a value is missing or blank
     */
    public static Builder builder(URI baseUrl, String userName, Secret password) {
        return new Builder(baseUrl, userName, password);
    }

    /**
     * Reads the settings from the environment.
     *
     * <ul>
     *   <li>{@code BEREKE_USER_NAME}: the merchant's login
     *   <li>{@code BEREKE_PASSWORD}: the merchant's password
     *   <li>{@code BEREKE_BASE_URL}: {@link #TEST} or {@link #LIVE}
     * </ul>
     *
     * @return a builder with what was found
     * @throws IllegalArgumentException if a variable is missing or unusable; the message names it
     */
    public static Builder fromEnv() {
        return fromEnv(Environment.system());
    }

    static Builder fromEnv(Environment environment) {
        return builder(
                environment.url("BEREKE_BASE_URL", TEST),
                environment.required("BEREKE_USER_NAME"),
                environment.secret("BEREKE_PASSWORD"));
    }

    /** {@return the host that is called} */
    public URI baseUrl() {
        return baseUrl;
    }

    /** {@return the merchant's login} */
    public String userName() {
        return userName;
    }

    /** {@return the merchant's password} */
    public Secret password() {
        return password;
    }

    /** {@return where a card number stands in a request} */
    public PanField panField() {
        return panField;
    }

    /** {@return what adds headers to each call} */
    public ExtraHeaders extraHeaders() {
        return extraHeaders;
    }

    @Override
    public String toString() {
        return "BerekeOptions[" + baseUrl.getHost() + ", " + panField + "]";
    }

    /** Collects the optional settings. Not thread-safe. */
    public static final class Builder {
        private final URI baseUrl;
        private final String userName;
        private final Secret password;
        private PanField panField = PanField.TARGET_PAN;
        private ExtraHeaders extraHeaders = ExtraHeaders.NONE;

        private Builder(URI baseUrl, String userName, Secret password) {
            this.baseUrl = Required.baseUrl(baseUrl, TEST);
            this.userName = Required.text(userName, "userName");
            this.password = Required.value(password, "password");
        }

        /**
         * Says where the bank expects a card number.
         *
         * @param value {@link PanField#TARGET_PAN} if not set
         * @return this builder
         */
        public Builder panField(PanField value) {
            panField = Objects.requireNonNull(value, "panField");
            return this;
        }

        /**
         * Adds headers to each call, for example a signature over its body.
         *
         * @param value {@link ExtraHeaders#NONE} if not set
         * @return this builder
         */
        public Builder extraHeaders(ExtraHeaders value) {
            extraHeaders = Objects.requireNonNull(value, "extraHeaders");
            return this;
        }

        /** {@return the settings} */
        public BerekeOptions build() {
            return new BerekeOptions(this);
        }
    }
}
