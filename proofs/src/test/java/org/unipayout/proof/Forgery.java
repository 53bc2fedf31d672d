package org.unipayout.proof;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unipayout.WebhookRequest;

/** Something that the provider did not send. */
final class Forgery {
    private final String how;
    private final byte[] body;
    private final Map<String, List<String>> headers;
    private final @Nullable Notice signed;

    /**
     * Takes it.
     *
     * @param how what was done, for the report
     * @param body the raw body
     * @param headers header values by name
     * @param signed the notification whose signature it carries: to be read as that one, word for word, is no success. Null if
     *     it carries none, so that to be read at all is one
     */
    Forgery(String how, byte[] body, Map<String, List<String>> headers, @Nullable Notice signed) {
        this.how = how;
        this.body = body;
        this.headers = headers;
        this.signed = signed;
    }

    static Forgery ofBody(String how, byte[] body, Notice signed) {
        return new Forgery(how, body, signed.headers(), signed);
    }

    String how() {
        return how;
    }

    byte[] body() {
        return body;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    @Nullable Notice signed() {
        return signed;
    }

    /** {@return it as it arrives} */
    WebhookRequest arrived() {
        return new WebhookRequest(body, headers);
    }
}
