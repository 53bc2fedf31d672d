package org.unipayout.proof;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.unipayout.PayoutWebhooks;
import org.unipayout.WebhookRequest;
import org.unipayout.testkit.WebhookOutbox.Notification;

/** A notification as a simulator signed it, and what the adapter read in it. Its body is nobody's to change. */
final class Notice {
    private final byte[] body;
    private final Map<String, List<String>> headers;
    private final Reading reading;

    Notice(byte[] body, Map<String, List<String>> headers, Reading reading) {
        this.body = body;
        this.headers = headers;
        this.reading = reading;
    }

    static Notice of(Notification sent, PayoutWebhooks receiver) {
        Map<String, List<String>> headers = sent.headers().entrySet().stream()
                .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        return new Notice(sent.body(), headers, Reading.of(receiver.receive(new WebhookRequest(sent.body(), headers))));
    }

    byte[] body() {
        return body;
    }

    Map<String, List<String>> headers() {
        return headers;
    }

    Reading reading() {
        return reading;
    }
}
