package org.unipayout.http;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.DoubleSupplier;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.unipayout.ExchangeSink;
import org.unipayout.Secret;
import org.unipayout.Sleeper;

/**
 * How a provider is reached: timeouts, limits, proxy, TLS and audit.
 *
 * <p>There is no switch for repeating a call that may move money. Immutable and thread-safe; {@link #toString} shows no
 * credential.
 */
public final class HttpOptions {
    private final Builder settings;

    private HttpOptions(Builder settings) {
        this.settings = settings;
    }

    /** {@return a builder with the defaults} */
    public static Builder builder() {
        return new Builder();
    }

    /** {@return the defaults} */
    public static HttpOptions defaults() {
        return builder().build();
    }

    /** {@return a builder with these settings} */
    public Builder toBuilder() {
        return new Builder(settings);
    }

    Duration connectTimeout() {
        return settings.connectTimeout;
    }

    Duration readTimeout() {
        return settings.readTimeout;
    }

    /** {@return how long one whole call may take, real time; what an adapter's capabilities say} */
    public Duration callDeadline() {
        return settings.callDeadline;
    }

    Duration readDeadline() {
        return settings.readDeadline;
    }

    int maxResponseBytes() {
        return settings.maxResponseBytes;
    }

    @Nullable ProxyAddress proxy() {
        return settings.proxy;
    }

    @Nullable ProxyCredentials proxyCredentials() {
        return settings.proxyCredentials;
    }

    Tls tls() {
        return settings.tls;
    }

    @Nullable OkHttpClient okHttpClient() {
        return settings.okHttpClient;
    }

    ExchangeSink exchangeSink() {
        return settings.exchangeSink;
    }

    /** {@return where times come from; an adapter takes its own from here} */
    public Clock clock() {
        return settings.clock;
    }

    Sleeper sleeper() {
        return settings.sleeper;
    }

    DoubleSupplier random() {
        return settings.random;
    }

    @Override
    public String toString() {
        return "HttpOptions[connectTimeout " + connectTimeout() + ", readTimeout " + readTimeout() + ", callDeadline "
                + callDeadline() + ", readDeadline " + readDeadline() + ", maxResponseBytes " + maxResponseBytes()
                + "]";
    }

    record ProxyAddress(String host, int port) {}

    record ProxyCredentials(String user, Secret password) {}

    /** Collects the settings. Not thread-safe. */
    public static final class Builder {
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration readTimeout = Duration.ofSeconds(60);
        private Duration callDeadline = Duration.ofSeconds(90);
        private Duration readDeadline = Duration.ofSeconds(30);
        private int maxResponseBytes = 1 << 20;
        private @Nullable ProxyAddress proxy;
        private @Nullable ProxyCredentials proxyCredentials;
        private Tls tls = Tls.DEFAULT;
        private @Nullable OkHttpClient okHttpClient;
        private ExchangeSink exchangeSink = ExchangeSink.NONE;
        private Clock clock = Clock.systemUTC();
        private Sleeper sleeper = Sleeper.REAL;
        private DoubleSupplier random = () -> ThreadLocalRandom.current().nextDouble();

        private Builder() {}

        private Builder(Builder other) {
            connectTimeout = other.connectTimeout;
            readTimeout = other.readTimeout;
            callDeadline = other.callDeadline;
            readDeadline = other.readDeadline;
            maxResponseBytes = other.maxResponseBytes;
            proxy = other.proxy;
            proxyCredentials = other.proxyCredentials;
            tls = other.tls;
            okHttpClient = other.okHttpClient;
            exchangeSink = other.exchangeSink;
            clock = other.clock;
            sleeper = other.sleeper;
            random = other.random;
        }

        /**
         * Limits connecting, for each address of the host; 10 seconds unless set.
         *
         * @param value 1 ms to 24 days
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder connectTimeout(Duration value) {
            connectTimeout = positive(value, "connectTimeout");
            return this;
        }

        /**
         * Limits the silence between two packets; 60 seconds unless set.
         *
         * @param value 1 ms to 24 days
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder readTimeout(Duration value) {
            readTimeout = positive(value, "readTimeout");
            return this;
        }

        /**
         * Limits a whole call, from the look-up of the host to the last byte of the answer; 90 seconds unless set.
         *
         * @param value 1 ms to 24 days
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder callDeadline(Duration value) {
            callDeadline = positive(value, "callDeadline");
            return this;
        }

        /**
         * Limits a question with all its repetitions and pauses; 30 seconds unless set.
         *
         * @param value 1 ms to 24 days
         * @return this builder
         * @throws IllegalArgumentException if it is out of range
         */
        public Builder readDeadline(Duration value) {
            readDeadline = positive(value, "readDeadline");
            return this;
        }

        /**
         * Limits an answer's body, after decompression; 1 MiB unless set.
         *
         * @param value bytes, at least 1
         * @return this builder
         * @throws IllegalArgumentException if it is less
         */
        public Builder maxResponseBytes(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("maxResponseBytes: must be at least 1");
            }
            maxResponseBytes = value;
            return this;
        }

        /**
         * Goes through an HTTP proxy; without it the JVM's proxy settings hold.
         *
         * @param host name or address
         * @param port 1 to 65535
         * @return this builder
         * @throws IllegalArgumentException if the host is blank or the port is out of range
         */
        public Builder proxy(String host, int port) {
            if (host.isBlank() || port < 1 || port > 65_535) {
                throw new IllegalArgumentException("proxy: needs a host and a port from 1 to 65535");
            }
            proxy = new ProxyAddress(host, port);
            return this;
        }

        /**
         * Presents Basic credentials to the proxy with the first CONNECT, so that no call is repeated for them.
         *
         * @param user not blank
         * @param password the password
         * @return this builder
         * @throws IllegalArgumentException if the user is blank
         */
        public Builder proxyCredentials(String user, Secret password) {
            if (user.isBlank()) {
                throw new IllegalArgumentException("proxyCredentials: the user must not be blank");
            }
            proxyCredentials = new ProxyCredentials(user, password);
            return this;
        }

        /**
         * Trusts only these certificates, in place of the JDK's trust store.
         *
         * @param pem one or more X.509 certificates in PEM form
         * @return this builder
         * @throws IllegalArgumentException if they cannot be read
         */
        public Builder trustedCertificates(String pem) {
            tls = tls.trusting(pem);
            return this;
        }

        /**
         * Shows a client certificate to servers that ask for one.
         *
         * @param pemKey RSA (PKCS#8 or PKCS#1) or EC (PKCS#8) private key, not encrypted
         * @param pemChain the certificate of that key first, then those that issued it
         * @return this builder
         * @throws IllegalArgumentException if the key or a certificate cannot be read, or they do not belong together
         */
        public Builder clientCertificate(Secret pemKey, String pemChain) {
            tls = tls.presenting(pemKey, pemChain);
            return this;
        }

        /**
         * Reaches the network as this client does: its name look-up, sockets, TLS, certificate pins, proxy and event
         * listeners.
         *
         * <p>Its interceptors, cache, cookies, authenticators, timeouts, redirect and retry settings and its connection
         * pool are not taken over: an interceptor could send a payout twice, answer it without sending, or log a card. It
         * is never closed here.
         *
         * <p>A client whose host name verifier accepts every host, or whose trust manager accepts every certificate, is
         * refused when the transport is opened: both are shown somebody unknown. That finds what accepts all; a verifier
         * that merely accepts too many hosts, or sockets that do not ask the trust manager that the client names, cannot be
         * told from good ones.
         *
         * @param value your client
         * @return this builder
         */
        public Builder okHttpClient(OkHttpClient value) {
            okHttpClient = value;
            return this;
        }

        /**
         * Sends every exchange, redacted, to an audit trail.
         *
         * @param value the sink
         * @return this builder
         */
        public Builder exchangeSink(ExchangeSink value) {
            exchangeSink = value;
            return this;
        }

        /**
         * Brings time in from outside, for tests. Network timeouts and {@link #callDeadline} stay in real time.
         *
         * @param newClock tells the time of retries and exchanges
         * @param newSleeper waits between retries, in a thread of the transport
         * @param newRandom spreads the pauses; from 0 (inclusive) to 1 (exclusive)
         * @return this builder
         */
        public Builder time(Clock newClock, Sleeper newSleeper, DoubleSupplier newRandom) {
            clock = newClock;
            sleeper = newSleeper;
            random = newRandom;
            return this;
        }

        /**
         * Finishes the options.
         *
         * @return the options
         * @throws IllegalArgumentException if proxy credentials have no proxy
         */
        public HttpOptions build() {
            if (proxyCredentials != null && proxy == null) {
                throw new IllegalArgumentException("proxyCredentials: need proxy(host, port)");
            }
            return new HttpOptions(new Builder(this));
        }

        private static Duration positive(Duration value, String field) {
            if (value.toMillis() < 1 || value.toMillis() > Integer.MAX_VALUE) {
                throw new IllegalArgumentException(field + ": must be from 1 ms to 24 days");
            }
            return value;
        }
    }
}
