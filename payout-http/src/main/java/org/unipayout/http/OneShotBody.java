package org.unipayout.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.Request;
import okhttp3.RequestBody;
import okio.BufferedSink;
import org.jspecify.annotations.Nullable;

/** A body that OkHttp must not send a second time. */
final class OneShotBody extends RequestBody {
    /** Without charset: JSON is UTF-8, and some providers compare the header as text. */
    private static final MediaType JSON = MediaType.get("application/json");

    private final byte @Nullable [] bytes;

    OneShotBody(byte @Nullable [] bytes) {
        this.bytes = bytes;
    }

    @Override
    public @Nullable MediaType contentType() {
        return bytes == null ? null : JSON;
    }

    @Override
    public long contentLength() {
        return bytes == null ? 0 : bytes.length;
    }

    /** The headers that OkHttp gives to a request with this body. */
    void describe(Request.Builder request) {
        MediaType type = contentType();
        if (type != null) {
            request.header("Content-Type", type.toString());
        }
        request.header("Content-Length", Long.toString(contentLength()));
    }

    @Override
    public boolean isOneShot() {
        return true;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        if (bytes != null) {
            sink.write(bytes);
        }
    }
}
