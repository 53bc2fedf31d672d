package org.unipayout.http;

import java.io.IOException;
import okhttp3.Connection;
import okhttp3.Interceptor;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/**
 * The gate before the network: runs on a finished connection, directly before the first byte.
 *
 * <p>Whatever repeats a call above it, here it ends. It also hides Retry-After from OkHttp, which would repeat a call
 * without a body by itself after 503 with {@code Retry-After: 0}.
 */
final class OneSend implements Interceptor {
    @Override
    public Response intercept(Chain chain) throws IOException {
        sendAtOnce(chain.connection());
        Attempt attempt = chain.request().tag(Attempt.class);
        if (attempt == null || !attempt.mayLeave()) {
            throw new IOException("the call has left before or was stopped");
        }
        Response response = chain.proceed(chain.request());
        return response.newBuilder().removeHeader("Retry-After").build();
    }

    /** On a new TLS connection a small request would wait for the delayed acknowledgement of the handshake, 40 ms. */
    private static void sendAtOnce(@Nullable Connection connection) throws IOException {
        if (connection != null) {
            connection.socket().setTcpNoDelay(true);
        }
    }
}
