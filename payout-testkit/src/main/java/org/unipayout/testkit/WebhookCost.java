package org.unipayout.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.unipayout.PayoutWebhooks;
import org.unipayout.WebhookRejectedException;
import org.unipayout.WebhookRequest;

/** What it costs to refuse a long notification of a stranger, who can see the form of a signature and chooses the body. */
final class WebhookCost {
    static final int BYTES = 10_000_000;
    private static final int TIMES_THE_BODY = 5;
    private static final long NEXT_TO_NOTHING = 1 << 20;
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final PayoutWebhooks webhooks;
    private final Map<String, List<String>> headers;
    private long millis;
    private long allocated;

    private WebhookCost(PayoutWebhooks webhooks, Map<String, List<String>> headers) {
        this.webhooks = webhooks;
        this.headers = headers;
    }

    /**
     * Measures the dearest of some bodies.
     *
     * @param headers of a notification with another body, so that the signature has the right form
     */
    static void print(String provider, PayoutWebhooks webhooks, Map<String, List<String>> headers) {
        WebhookCost cost = new WebhookCost(webhooks, headers);
        bodies().forEach(cost::measure);
        System.out.printf(
                "webhook-cost provider=%s bytes=%d millis=%d allocated=%d%n",
                provider, BYTES, cost.millis, cost.allocated);
        assertThat(cost.allocated).isLessThanOrEqualTo((long) TIMES_THE_BODY * BYTES);
    }

    /** For a provider that sends none. */
    static void printNone(String provider) {
        System.out.printf("webhook-cost provider=%s notifications=none%n", provider);
    }

    /** A signature of no form is refused before anything is done with the body. */
    static void assertNextToNothing(PayoutWebhooks webhooks, Map<String, List<String>> headers) {
        WebhookCost cost = new WebhookCost(webhooks, headers);
        cost.measure(bodies().get(0));
        assertThat(cost.allocated).isLessThan(NEXT_TO_NOTHING);
    }

    private void measure(byte[] body) {
        WebhookRequest request = new WebhookRequest(body, headers, BYTES);
        assertThatThrownBy(() -> webhooks.receive(request)).isInstanceOf(WebhookRejectedException.class); // warm
        long before = THREADS.getCurrentThreadAllocatedBytes();
        long start = System.nanoTime();
        try {
            webhooks.receive(request);
        } catch (WebhookRejectedException refused) {
            millis = Math.max(millis, (System.nanoTime() - start) / 1_000_000);
            allocated = Math.max(allocated, THREADS.getCurrentThreadAllocatedBytes() - before);
        }
    }

    /** One long text, short numbers, keys in falling order, empty keys, escapes, lists in lists. */
    private static List<byte[]> bodies() {
        return List.of(
                filled("{\"event\":\"", n -> "x", "\"}"),
                filled("[", n -> "1,", "1]"),
                filled("{", n -> "\"" + Integer.toString(BYTES - n, 36) + "\":1,", "\"\":1}"),
                filled("{", n -> "\"\":1,", "\"a\":1}"),
                filled("{\"b\":1,\"a\":\"", n -> "\\u0416", "\"}"),
                filled("[".repeat(90), n -> "[{},[]],", "0" + "]".repeat(90)));
    }

    private static byte[] filled(String beginning, IntFunction<String> part, String end) {
        StringBuilder body = new StringBuilder(BYTES).append(beginning);
        for (int n = 0; body.length() < BYTES - end.length() - 16; n++) {
            body.append(part.apply(n));
        }
        byte[] text = body.append(end).toString().getBytes(StandardCharsets.US_ASCII);
        byte[] padded = Arrays.copyOf(text, BYTES);
        Arrays.fill(padded, text.length, BYTES, (byte) ' ');
        return padded;
    }
}
