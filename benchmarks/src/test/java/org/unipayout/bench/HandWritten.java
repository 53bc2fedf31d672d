package org.unipayout.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import okhttp3.Call;
import okhttp3.Connection;
import okhttp3.ConnectionPool;
import okhttp3.EventListener;
import okhttp3.Headers;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * A merchant's own program for one provider: OkHttp, Jackson and a handful of records. It says the same on the wire as the adapter and has its
 * policy of connections (a new one for what may move money, which sends at once and closes without waiting; kept ones for questions), and nothing
 * else of it: no deadline, no proof of how far a call got, no reading of refusals.
 */
abstract class HandWritten implements AutoCloseable {
    private static final MediaType JSON = MediaType.get("application/json");
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .defaultPropertyInclusion(JsonInclude.Value.construct(Include.NON_NULL, Include.NON_NULL))
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    final Map<String, String> credentials;
    private final OkHttpClient fresh;
    private final OkHttpClient pooled;
    private final String userAgent = userAgent();

    HandWritten(Map<String, String> credentials) {
        this.credentials = credentials;
        OkHttpClient client = new OkHttpClient.Builder()
                .retryOnConnectionFailure(false)
                .followRedirects(false)
                .protocols(List.of(Protocol.HTTP_1_1))
                .connectTimeout(Duration.ofSeconds(10))
                .readTimeout(Duration.ofSeconds(60))
                .writeTimeout(Duration.ofSeconds(60))
                .addNetworkInterceptor(chain -> {
                    Objects.requireNonNull(chain.connection()).socket().setTcpNoDelay(true);
                    return chain.proceed(chain.request());
                })
                .eventListener(new ClosesWithoutWaiting())
                .build();
        fresh = client.newBuilder()
                .connectionPool(new ConnectionPool(0, 5, TimeUnit.MINUTES))
                .build();
        pooled = client.newBuilder()
                .connectionPool(new ConnectionPool(64, 5, TimeUnit.SECONDS))
                .build();
    }

    /** For the provider of this name. */
    static HandWritten of(String provider, Map<String, String> credentials) {
        return switch (provider) {
            case "bank131" -> new HandWrittenBank131(credentials);
            case "bereke" -> new HandWrittenBereke(credentials);
            case "horizonpay" -> new HandWrittenHorizonPay(credentials);
            case "ioka" -> new HandWrittenIoka(credentials);
            default -> throw new IllegalArgumentException("nobody wrote a program for " + provider);
        };
    }

    /** Pays, and gives the provider's id of the payout. */
    abstract String create() throws Exception;

    /** Asks how a payout stands. */
    abstract void get(String id) throws Exception;

    static ObjectWriter writer(Class<?> type) {
        return MAPPER.writerFor(type);
    }

    final <T> T send(String path, Headers headers, byte[] body, Class<T> type) throws IOException {
        return call(fresh, request(path, headers).post(RequestBody.create(body, JSON)), type);
    }

    final <T> T ask(String path, Headers headers, byte[] body, Class<T> type) throws IOException {
        return call(pooled, request(path, headers).post(RequestBody.create(body, JSON)), type);
    }

    final <T> T ask(String path, Headers headers, Class<T> type) throws IOException {
        return call(pooled, request(path, headers), type);
    }

    private Request.Builder request(String path, Headers headers) {
        Headers all = new Headers.Builder()
                .add("Accept", "application/json")
                .add("User-Agent", userAgent)
                .addAll(headers)
                .build();
        return new Request.Builder().url(baseUrl() + path).headers(all);
    }

    abstract String baseUrl();

    private static <T> T call(OkHttpClient client, Request.Builder request, Class<T> type) throws IOException {
        try (Response response = client.newCall(request.build()).execute()) {
            if (!response.isSuccessful()) {
                throw new IOException("HTTP " + response.code());
            }
            return MAPPER.readValue(response.body().bytes(), type);
        }
    }

    static void require(boolean good) throws IOException {
        if (!good) {
            throw new IOException("the answer is not about this payout");
        }
    }

    /** The adapters' own, so that both send the same number of bytes. */
    private static String userAgent() {
        try (InputStream version = HandWritten.class.getResourceAsStream("/org/unipayout/http/version.txt")) {
            return "unipayout/"
                    + new String(Objects.requireNonNull(version).readAllBytes(), StandardCharsets.US_ASCII).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        pooled.connectionPool().evictAll();
    }

    /** As decision 0002 has it. */
    private static final class ClosesWithoutWaiting extends EventListener {
        @Override
        public void connectionAcquired(Call call, Connection connection) {
            call.tag(Connection.class, () -> connection);
        }

        @Override
        public void responseBodyEnd(Call call, long byteCount) {
            Connection connection = call.tag(Connection.class);
            try {
                if (connection != null) {
                    connection.socket().setSoTimeout(0);
                }
            } catch (SocketException closed) {
                // there is nothing to wait for
            }
        }
    }
}
