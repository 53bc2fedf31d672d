package org.unipayout.simulator.bank131;

import java.nio.charset.StandardCharsets;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.unipayout.simulator.bank131.Bank131Switches.Flag;
import org.unipayout.testkit.WebhookOutbox;
import org.unipayout.testkit.WebhookOutbox.Notification;

/** Signs webhooks over their raw bytes and puts them in the outbox (reference, sections 2.4 and 7). */
final class Notifier {
    private final WebhookOutbox outbox;
    private final PrivateKey key;
    private final Clock clock;
    private final Bank131Switches switches;
    private final Rendering rendering;
    private final List<Repeat> repeats = new ArrayList<>();

    private record Repeat(Instant due, Notification notification) {}

    Notifier(WebhookOutbox outbox, PrivateKey key, Clock clock, Bank131Switches switches, Rendering rendering) {
        this.outbox = outbox;
        this.key = key;
        this.clock = clock;
        this.switches = switches;
        this.rendering = rendering;
    }

    void send(String type, Session session) {
        if (!switches.isOn(Flag.WEBHOOKS)) {
            return;
        }
        byte[] body = Json.write(rendering.webhook(type, session)).getBytes(StandardCharsets.UTF_8);
        Notification notification = signed(body);
        outbox.add(notification);
        Instant now = clock.instant();
        for (Duration delay : switches.webhookRepeats()) {
            repeats.add(new Repeat(now.plus(delay), notification));
        }
    }

    Notification signed(byte[] body) {
        return new Notification(
                Map.of("Content-Type", "application/json", "X-PARTNER-SIGN", RsaKeys.sign(key, body)), body);
    }

    /** Sends again what is due again. */
    void repeatDue() {
        Instant now = clock.instant();
        List<Repeat> due = repeats.stream()
                .filter(repeat -> !repeat.due().isAfter(now))
                .sorted(Comparator.comparing(Repeat::due))
                .toList();
        repeats.removeAll(due);
        due.forEach(repeat -> outbox.add(repeat.notification()));
    }

    void clear() {
        repeats.clear();
    }
}
