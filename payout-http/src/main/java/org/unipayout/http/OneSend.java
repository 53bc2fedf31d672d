package org.unipayout.http;

import java.io.IOException;
import java.util.Objects;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

/**
 * The gate before the network: runs on a finished connection, directly before the first byte.
 *
 * <p>Whatever repeats a call above it, here it ends. It also hides Retry-After from OkHttp, which would repeat a call
 * without a body by itself after 503 with {@code Retry-After: 0}.
 */
final class OneSend implements Interceptor {
    @Override
    public Response intercept(Chain chain) throws IOException {
        Connection connection = Objects.requireNonNull(chain.connection(), "a network interceptor has a connection");
        sendAtOnce(connection);
        Request request = chain.request();
        Ahead ahead = request.tag(Ahead.class);
        Attempt attempt = ahead == null ? request.tag(Attempt.class) : ahead.awaited(connection);
        if (attempt == null || !attempt.mayLeave()) {
            throw new IOException("the call has left before or was stopped");
        }
        Response response = chain.proceed(ahead == null ? request : attempt.completedLike(request));
        return response.newBuilder().removeHeader("Retry-After").build();
    }

    /** On a new TLS connection a small request would wait for the delayed acknowledgement of the handshake, 40 ms. */
    private static void sendAtOnce(Connection connection) throws IOException {
        connection.socket().setTcpNoDelay(true);
    }
}
