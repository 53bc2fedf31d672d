package org.unipayout.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import okhttp3.Authenticator;
import okhttp3.Challenge;
import okhttp3.ConnectionPool;
import okhttp3.CookieJar;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.Exchange.Progress;
import org.unipayout.Operation;

/** The end of the line: one call on one connection through OkHttp, which repeats nothing by itself. Thread-safe. */
final class Wire implements Channel, AutoCloseable {
    private static final String USER_AGENT = "unipayout/" + version();
    private static final Logger LOG = LoggerFactory.getLogger(HttpTransport.class);
    private static final String NO_LISTENER = "an event listener could not be made";
    private static final URI EXAMPLE = URI.create("https://api.provider.example");

    /** So that a merchant who prepares thousands at once has neither as many threads nor as many connections for it. */
    private static final int MOST_AHEAD = 64;

    private final String provider;
    private final String requestIdHeader;
    private final HttpUrl baseUrl;
    private final OkHttpClient client;
    private final CallRunner runner;
    private final int maxResponseBytes;
    private final Map<String, Ahead> ahead = new ConcurrentHashMap<>();

    Wire(
            String provider,
            URI baseUrl,
            String requestIdHeader,
            HttpOptions options,
            ConnectionPool connections,
            CallRunner runner) {
        this.provider = provider;
        this.requestIdHeader = requestIdHeader;
        this.baseUrl = parsed(baseUrl);
        this.client = client(options, connections);
        this.runner = runner;
        this.maxResponseBytes = options.maxResponseBytes();
    }

    /**
     * A new connection for every call: an idle one may be closed by the server in the moment we write to it. The pool
     * keeps none, so it drops each at once; its duration is only how often OkHttp looks after connections in use, and a
     * short one would keep a processor busy while the provider thinks.
     */
    static ConnectionPool freshConnections() {
        return new ConnectionPool(0, 5, TimeUnit.MINUTES);
    }

    /**
     * Kept no longer than impatient servers do (Apache: 5 seconds); a question that meets a dead one is asked again. As many as may be
     * under way at once, or many callers would greet the provider anew with nearly each question.
     */
    static ConnectionPool pooledConnections() {
        return new ConnectionPool(64, 5, TimeUnit.SECONDS);
    }

    /** Everything that could send a call twice, lead it elsewhere or show it to others is off, also in a client of the user. */
    private static OkHttpClient client(HttpOptions options, ConnectionPool connections) {
        OkHttpClient own = options.okHttpClient();
        OkHttpClient.Builder client = own == null ? new OkHttpClient.Builder() : own.newBuilder();
        client.interceptors().clear();
        client.networkInterceptors().clear();
        client.addNetworkInterceptor(new OneSend())
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .followSslRedirects(false)
                .authenticator(Authenticator.NONE)
                .proxyAuthenticator(Authenticator.NONE)
                .protocols(List.of(Protocol.HTTP_1_1))
                .cookieJar(CookieJar.NO_COOKIES)
                .cache(null)
                .connectionPool(connections)
                .connectTimeout(options.connectTimeout())
                .readTimeout(options.readTimeout())
                .writeTimeout(options.readTimeout())
                .callTimeout(Duration.ZERO); // the attempt has a deadline, which also holds while a name is looked up
        options.tls().applyTo(client);
        goThroughProxy(client, options.proxy(), options.proxyCredentials());
        OkHttpClient built = client.build();
        if (own != null) {
            Stranger.mustBeRefusedBy(built);
        }
        return built;
    }

    private static void goThroughProxy(
            OkHttpClient.Builder client,
            HttpOptions.@Nullable ProxyAddress proxy,
            HttpOptions.@Nullable ProxyCredentials credentials) {
        if (proxy == null) {
            return;
        }
        client.proxy(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved(proxy.host(), proxy.port())));
        if (credentials != null) {
            client.proxyAuthenticator((route, response) -> isPreemptive(response.challenges())
                    ? response.request()
                            .newBuilder()
                            .header(
                                    "Proxy-Authorization",
                                    Credentials.basic(
                                            credentials.user(),
                                            credentials.password().reveal()))
                            .build()
                    : null);
        }
    }

    /** OkHttp asks before its first CONNECT; a proxy's own refusal is not answered again. */
    private static boolean isPreemptive(List<Challenge> challenges) {
        return challenges.stream().anyMatch(challenge -> challenge.scheme().equalsIgnoreCase("OkHttp-Preemptive"));
    }

    private static HttpUrl parsed(URI baseUrl) {
        HttpUrl url = HttpUrl.parse(Required.baseUrl(baseUrl, EXAMPLE).toString());
        if (url == null) {
            throw new IllegalArgumentException("baseUrl: is not an HTTP URL");
        }
        return url;
    }

    @Override
    public Reply send(HttpCall call, Duration limit) {
        Origin origin = new Origin(provider, call.operation(), call.reference(), requestIdHeader);
        if (Thread.currentThread().isInterrupted()) {
            return Reply.NoAnswer.of(origin, Progress.NOTHING_WRITTEN, 0, "the thread was interrupted before the call");
        }
        Request request = request(call);
        Attempt attempt;
        try {
            attempt = new Attempt(client, request, origin, maxResponseBytes, limit);
        } catch (Throwable thrown) { // what makes event listeners of the user may throw anything
            return Reply.NoAnswer.of(origin, Progress.NOTHING_WRITTEN, 0, NO_LISTENER);
        }
        return runner.run(attempt, ahead(call, request));
    }

    /** Opens a connection for the call that will be sent under this reference; what goes wrong shows there, if it lasts. */
    void connectAhead(String reference) {
        if (ahead.size() >= MOST_AHEAD
                || ahead.containsKey(reference)
                || Thread.currentThread().isInterrupted()) {
            return;
        }
        try {
            connectAhead(reference, new Ahead(client, placeholder(), runner::start, System::nanoTime));
        } catch (Throwable thrown) { // what makes event listeners of the user may throw anything
            LOG.debug("No connection is opened ahead: {}", NO_LISTENER);
        }
    }

    /** Others may have come at the same time; one that a call has taken meanwhile goes on. */
    private void connectAhead(String reference, Ahead opened) {
        if (ahead.putIfAbsent(reference, opened) != null) {
            return;
        }
        if (ahead.size() <= MOST_AHEAD || !ahead.remove(reference, opened)) {
            runner.start(opened, () -> ahead.remove(reference, opened));
        }
    }

    /** A call that prepares leaves it to the one that follows. The headers are those that OkHttp has an answer unpacked by. */
    private @Nullable Ahead ahead(HttpCall call, Request request) {
        boolean fits = call.reference() != null
                && call.operation() != Operation.PREPARE
                && request.header("Accept-Encoding") == null
                && request.header("Range") == null;
        return fits ? ahead.remove(call.reference()) : null;
    }

    private Request placeholder() {
        return new Request.Builder()
                .url(baseUrl)
                .header("User-Agent", USER_AGENT)
                .post(new OneShotBody(null))
                .build();
    }

    private Request request(HttpCall call) {
        HttpUrl.Builder url = baseUrl.newBuilder();
        String path = baseUrl.encodedPath();
        url.encodedPath((path.endsWith("/") ? path.substring(0, path.length() - 1) : path) + call.path());
        for (Map.Entry<String, String> parameter : call.query()) {
            url.addQueryParameter(parameter.getKey(), parameter.getValue());
        }
        Request.Builder request = new Request.Builder()
                .url(url.build())
                .header("Accept", "application/json")
                .header("User-Agent", USER_AGENT);
        call.headers().forEach(request::header);
        boolean withoutBody = call.method().equals("GET");
        return request.method(call.method(), withoutBody ? null : new OneShotBody(call.body()))
                .build();
    }

    /** Written by the build: a jar's manifest cannot be asked on the module path. */
    private static String version() {
        try (InputStream written = Wire.class.getResourceAsStream("version.txt")) {
            Objects.requireNonNull(written, "version.txt is part of this module");
            return new String(written.readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public void close() {
        client.connectionPool().evictAll();
    }
}
