package org.unipayout.bank131;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Secret;
import org.unipayout.http.Environment;
import org.unipayout.http.Required;

/**
 * How one merchant project at Bank 131 is reached. Immutable and thread-safe; prints no key.
 *
 * <p>Source: developer.131.ru, "Format".
 */
public final class Bank131Options {
    /** The bank's demo host; pays nobody. */
    public static final URI DEMO = URI.create("https://demo.bank131.ru");

    /** The bank's live host. */
    public static final URI LIVE = URI.create("https://proxy.bank131.ru");

    private final URI baseUrl;
    private final String project;
    private final Bank131Signer signer;
    private final List<String> bankPublicKeys;
    private final @Nullable String subMerchant;
    private final Dialect dialect;
    private final Duration confirmationWindow;
    private final boolean directInit;
    private final boolean confirmInformationOnCancel;
    private final boolean cardTokensByInternalTransfer;
    private final boolean sessionErrorIsFinal;
    private final Duration settlingTime;

    /** The two generations of names in the bank's JSON. Answers are read in both, whichever is set. */
    public enum Dialect {
        /** {@code payment_method}, {@code payments}; has every method. */
        V1("/api/v1"),
        /** {@code payout_details}, {@code payout_list}; lacks some methods of settlement and escrow accounts. */
        V2("/api/v2");

        private final String prefix;

        Dialect(String prefix) {
            this.prefix = prefix;
        }

        /** {@return what every path of this generation starts with} */
        public String prefix() {
            return prefix;
        }
    }

    private Bank131Options(Builder builder) {
        baseUrl = builder.baseUrl;
        project = builder.project;
        signer = builder.signer;
        bankPublicKeys = List.copyOf(builder.bankPublicKeys);
        subMerchant = builder.subMerchant;
        dialect = builder.dialect;
        confirmationWindow = builder.confirmationWindow;
        directInit = builder.directInit;
        confirmInformationOnCancel = builder.confirmInformationOnCancel;
        cardTokensByInternalTransfer = builder.cardTokensByInternalTransfer;
        sessionErrorIsFinal = builder.sessionErrorIsFinal;
        settlingTime = builder.settlingTime;
    }

    /**
     * Starts the settings.
     *
     * @param baseUrl {@link #DEMO}, {@link #LIVE} or a simulator; only scheme, host and port
     * @param project the project id that the bank's manager gave ({@code X-PARTNER-PROJECT})
     * @param privateKey the merchant's RSA key, PEM in PKCS#8 or PKCS#1, made with {@link Secret#pem}; the bank holds
     *     its public half; a {@linkplain Secret#supplied supplied} one may be exchanged
     * @return a builder
     * @throws IllegalArgumentException if a value is missing or blank, or the key is not an RSA key of at least 2048 bits
     */
    public static Builder builder(URI baseUrl, String project, Secret privateKey) {
        return builder(baseUrl, project, Bank131Signer.of(Required.value(privateKey, "privateKey")));
    }

    /**
     * Starts the settings of a merchant whose key is in a token or a key management service.
     *
     * @param baseUrl {@link #DEMO}, {@link #LIVE} or a simulator; only scheme, host and port
     * @param project the project id that the bank's manager gave ({@code X-PARTNER-PROJECT})
     * @param signer signs each call; the bank holds the public half of its key
     * @return a builder
     * @throws IllegalArgumentException if a value is missing or blank
     */
    public static Builder builder(URI baseUrl, String project, Bank131Signer signer) {
        return new Builder(baseUrl, project, signer);
    }

    /**
     * Reads the settings from the environment.
     *
     * <ul>
     *   <li>{@code BANK131_PROJECT}: the project id
     *   <li>{@code BANK131_PRIVATE_KEY} (PEM text) or {@code BANK131_PRIVATE_KEY_FILE}
     *   <li>{@code BANK131_BANK_PUBLIC_KEY} (PEM text) or {@code BANK131_BANK_PUBLIC_KEY_FILE}: optional, for webhooks
     *   <li>{@code BANK131_BASE_URL}: {@link #DEMO} or {@link #LIVE}
     *   <li>{@code BANK131_SUBMERCHANT}: optional
     * </ul>
     *
     * @return a builder with what was found
     * @throws IllegalArgumentException if a variable is missing or unusable; the message names it
     */
    public static Builder fromEnv() {
        return fromEnv(Environment.system());
    }

    static Builder fromEnv(Environment environment) {
        Builder builder = builder(
                environment.url("BANK131_BASE_URL", DEMO),
                environment.required("BANK131_PROJECT"),
                environment.pem("BANK131_PRIVATE_KEY"));
        environment.textOrFile("BANK131_BANK_PUBLIC_KEY").ifPresent(builder::bankPublicKey);
        environment.text("BANK131_SUBMERCHANT").ifPresent(builder::subMerchant);
        return builder;
    }

    /** {@return the host that is called} */
    public URI baseUrl() {
        return baseUrl;
    }

    /** {@return the project id} */
    public String project() {
        return project;
    }

    /** {@return what signs each call} */
    public Bank131Signer signer() {
        return signer;
    }

    /** {@return the bank's public keys for {@link Bank131Webhooks}; unmodifiable, may be empty} */
    public List<String> bankPublicKeys() {
        return bankPublicKeys;
    }

    /** {@return the payer id of a non-resident financial institution} */
    public Optional<String> subMerchant() {
        return Optional.ofNullable(subMerchant);
    }

    /** {@return which names requests use} */
    public Dialect dialect() {
        return dialect;
    }

    /** {@return how long a payout waits for its confirmation} */
    public Duration confirmationWindow() {
        return confirmationWindow;
    }

    /** {@return whether {@code session/init} is used in place of create and start} */
    public boolean directInit() {
        return directInit;
    }

    /** {@return whether a cancel sends the confirm information too} */
    public boolean confirmInformationOnCancel() {
        return confirmInformationOnCancel;
    }

    /** {@return whether a card token is paid from a settlement or escrow account by an internal transfer} */
    public boolean cardTokensByInternalTransfer() {
        return cardTokensByInternalTransfer;
    }

    /** {@return whether a session in error is over} */
    public boolean sessionErrorIsFinal() {
        return sessionErrorIsFinal;
    }

    /** {@return how long a failure whose code leaves the outcome open is watched} */
    public Duration settlingTime() {
        return settlingTime;
    }

    @Override
    public String toString() {
        return "Bank131Options[" + baseUrl.getHost() + ", " + project + ", " + dialect + "]";
    }

    /** Collects the optional settings. Not thread-safe. */
    public static final class Builder {
        private final URI baseUrl;
        private final String project;
        private final Bank131Signer signer;
        private final List<String> bankPublicKeys = new ArrayList<>();
        private @Nullable String subMerchant;
        private Dialect dialect = Dialect.V1;
        private Duration confirmationWindow = Duration.ofHours(4);
        private boolean directInit;
        private boolean confirmInformationOnCancel;
        private boolean cardTokensByInternalTransfer;
        private boolean sessionErrorIsFinal;
        private Duration settlingTime = Duration.ofHours(24);

        private Builder(URI baseUrl, String project, Bank131Signer signer) {
            this.baseUrl = Required.baseUrl(baseUrl, DEMO);
            this.project = Required.text(project, "project");
            this.signer = Required.value(signer, "signer");
        }

        /**
         * Adds a public key of the bank, by which its webhooks are verified; add the new one beside the old one while
         * the bank rotates.
         *
         * @param pem PEM text
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder bankPublicKey(String pem) {
            bankPublicKeys.add(Required.text(pem, "bankPublicKey"));
            return this;
        }

        /**
         * Sets the payer id that a non-resident financial institution must send ({@code X-PARTNER-SUBMERCHANT}).
         *
         * @param value not blank
         * @return this builder
         * @throws IllegalArgumentException if it is blank
         */
        public Builder subMerchant(String value) {
            subMerchant = Required.text(value, "subMerchant");
            return this;
        }

        /**
         * Sets the generation of names.
         *
         * @param value {@link Dialect#V1} if not set
         * @return this builder
         */
        public Builder dialect(Dialect value) {
            dialect = value;
            return this;
        }

        /**
         * Sets how long the bank waits for a confirmation, which gives {@link org.unipayout.Payout#confirmBefore}.
         *
         * @param value more than zero; 240 minutes if not set (known from Smart Glocal's pages only)
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder confirmationWindow(Duration value) {
            confirmationWindow = positive(value, "confirmationWindow");
            return this;
        }

        /**
         * Sets how long a payout that failed by a code which leaves the outcome open, such as {@code provider_timeout},
         * stays {@link org.unipayout.PayoutStatus#UNKNOWN} before it is taken for failed.
         *
         * @param value more than zero; 24 hours if not set, because the bank's report of the day tells of it by then
         * @return this builder
         * @throws IllegalArgumentException if it is not positive
         */
        public Builder settlingTime(Duration value) {
            settlingTime = positive(value, "settlingTime");
            return this;
        }

        private static Duration positive(Duration value, String field) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException(field + ": must be more than zero");
            }
            return value;
        }

        /**
         * Takes a session in {@code error} for the end of a payout that was not made. The bank's pages say that such a
         * session is not final, its own client that it is: set this only if the bank confirmed it to you in writing.
         *
         * @return this builder
         */
        public Builder sessionErrorIsFinal() {
            sessionErrorIsFinal = true;
            return this;
        }

        /**
         * Pays card tokens from settlement and escrow accounts by an internal transfer ({@code session/multi/…}), as card
         * numbers are; needs both full names, the recipient's reference and a purpose. Unless set, the methods of the page
         * about tokens are taken ({@code …/payout/rko}, {@code …/payout/nominal}), which need the sender's account.
         *
         * @return this builder
         */
        public Builder cardTokensByInternalTransfer() {
            cardTokensByInternalTransfer = true;
            return this;
        }

        /**
         * Creates and starts in one call ({@code session/init/payout}); the bank advises against it, and so do we.
         *
         * <p>There is no handle to store before money can move: {@code prepare} makes no call, and when the answer of
         * {@code submit} is lost the session id is unknown. Such a payout is found by its webhook, which carries the
         * reference, and {@code get} refuses until the handle has the session id.
         *
         * @return this builder
         */
        public Builder directInit() {
            directInit = true;
            return this;
        }

        /**
         * Echoes the confirm information on a cancel too. The bank's text asks for it, its list of fields does not.
         *
         * @return this builder
         */
        public Builder confirmInformationOnCancel() {
            confirmInformationOnCancel = true;
            return this;
        }

        /** {@return the settings} */
        public Bank131Options build() {
            return new Bank131Options(this);
        }
    }
}
