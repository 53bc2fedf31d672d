package org.unipayout.simulator.bereke;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.unipayout.testkit.WebhookOutbox;
import org.unipayout.testkit.WebhookOutbox.Notification;

/**
 * Callbacks in the style of the same engine's acquiring module, off by default: the payouts page documents none.
 *
 * <p>Each is a form-encoded POST with a symmetric checksum over its parameters.
 */
final class Callbacks {
    private final Clock clock;
    private final BerekeSwitches switches;
    private final WebhookOutbox outbox;
    private final String secret;

    Callbacks(Clock clock, BerekeSwitches switches, WebhookOutbox outbox, String secret) {
        this.clock = clock;
        this.switches = switches;
        this.outbox = outbox;
        this.secret = secret;
    }

    void announce(BerekeOrder order, String operation, boolean success) {
        if (!switches.callbacks) {
            return;
        }
        Map<String, String> parameters = new TreeMap<>(Map.of(
                "mdOrder",
                order.orderId,
                "orderNumber",
                order.orderNumber,
                "operation",
                operation,
                "status",
                success ? "1" : "0",
                "amount",
                Long.toString(order.amount),
                "callbackCreationDate",
                Long.toString(clock.millis())));
        parameters.put("checksum", checksum(parameters));
        String form = parameters.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        outbox.add(new Notification(
                Map.of("Content-Type", "application/x-www-form-urlencoded"), form.getBytes(StandardCharsets.UTF_8)));
    }

    /** HMAC-SHA256 over {@code name;value;} pairs in the order of their names, in upper-case hexadecimal digits. */
    private String checksum(Map<String, String> sorted) {
        String text = sorted.entrySet().stream()
                .map(entry -> entry.getKey() + ";" + entry.getValue() + ";")
                .collect(Collectors.joining());
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().withUpperCase().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java platform", e);
        }
    }
}
