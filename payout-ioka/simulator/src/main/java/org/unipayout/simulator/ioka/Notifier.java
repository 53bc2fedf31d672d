package org.unipayout.simulator.ioka;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.SimulatedResponse;
import org.unipayout.testkit.WebhookOutbox;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** Signs notifications and keeps the addresses that asked for them; reference 9. */
final class Notifier {
    private final Map<String, Registration> registrations = new LinkedHashMap<>();
    private final IokaSwitches switches;
    private final WebhookOutbox outbox;
    private final String key;
    private boolean onlyRegistered;

    Notifier(IokaSwitches switches, WebhookOutbox outbox, String key) {
        this.switches = switches;
        this.outbox = outbox;
        this.key = key;
    }

    private static final class Registration {
        private final String id = IokaContext.id("whk_");
        private final String createdAt;
        private String url;
        private List<String> events;
        private boolean active = true;

        private Registration(String createdAt, String url, List<String> events) {
            this.createdAt = createdAt;
            this.url = url;
            this.events = events;
        }
    }

    void routes(Router router, Supplier<String> now) {
        router.on("POST", "/v2/webhooks", (request, ids) -> register(request, now.get()));
        router.on("GET", "/v2/webhooks", (request, ids) -> list());
        router.on("GET", "/v2/webhooks/{id}", (request, ids) -> Json.answer(200, json(find(ids.first()))));
        router.on("PATCH", "/v2/webhooks/{id}", (request, ids) -> change(request, find(ids.first())));
        router.on("DELETE", "/v2/webhooks/{id}", (request, ids) -> {
            registrations.remove(find(ids.first()).id);
            return SimulatedResponse.empty(204);
        });
    }

    void reset() {
        registrations.clear();
        onlyRegistered = false;
    }

    /** Sends {@code {"event": name, ...}} unless addresses are registered and none of them wants it. */
    void send(String event, ObjectNode parts) {
        boolean wanted = registrations.values().stream()
                .anyMatch(registration -> registration.active && registration.events.contains(event));
        if (onlyRegistered && !wanted) {
            return;
        }
        ObjectNode payload = Json.object().put("event", event);
        payload.setAll(parts);
        String signature = sign(key, Json.canonical(payload, switches.signatureForm));
        outbox.add(new WebhookOutbox.Notification(
                headers(signature), Json.wire(payload).getBytes(StandardCharsets.US_ASCII)));
    }

    /** A body that is no JSON object has no canonical form and is signed as it is. */
    WebhookOutbox.Notification signed(byte[] body) {
        String text;
        try {
            text = Json.canonical(Json.readObject(body), switches.signatureForm);
        } catch (Problem notAnObject) {
            text = new String(body, StandardCharsets.UTF_8);
        }
        return new WebhookOutbox.Notification(headers(sign(key, text)), body);
    }

    private static Map<String, String> headers(String signature) {
        return Map.of("X-Signature", signature, "Content-Type", "application/json; charset=utf-8");
    }

    static String sign(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no HMAC-SHA256", e);
        }
    }

    private SimulatedResponse register(ReceivedRequest request, String now) {
        Fields fields = new Fields(Json.readObject(request.body()));
        Registration registration = new Registration(now, fields.requiredUrl("url"), events(fields));
        registrations.put(registration.id, registration);
        onlyRegistered = true;
        outbox.deliverTo(URI.create(registration.url));
        return Json.answer(201, json(registration));
    }

    private SimulatedResponse change(ReceivedRequest request, Registration registration) {
        Fields fields = new Fields(Json.readObject(request.body()));
        if (fields.has("events")) {
            registration.events = events(fields);
        }
        registration.active = fields.flag("active", registration.active);
        if (fields.has("url")) {
            registration.url = fields.requiredUrl("url");
            outbox.deliverTo(URI.create(registration.url));
        }
        return Json.answer(200, json(registration));
    }

    private SimulatedResponse list() {
        var all = Json.array();
        registrations.values().forEach(registration -> all.add(json(registration)));
        return Json.answer(200, all);
    }

    private Registration find(String id) {
        Registration registration = registrations.get(id);
        if (registration == null) {
            throw new Problem(404, "WebhookNotFound", "Вебхук не найден.");
        }
        return registration;
    }

    private List<String> events(Fields fields) {
        List<String> events = new ArrayList<>();
        for (JsonNode event : fields.required("events")) {
            if (!event.isTextual()) {
                throw Fields.wrong("events", "список строк");
            }
            if (switches.transferEventsUnlisted && event.textValue().matches("TRANS?FER_.*")) {
                throw Fields.wrong("events", "событие из списка");
            }
            events.add(event.textValue());
        }
        if (events.isEmpty()) {
            throw Fields.wrong("events", "хотя бы одно событие");
        }
        return events;
    }

    private ObjectNode json(Registration registration) {
        ObjectNode json = Json.object();
        json.put("id", registration.id).put("created_at", registration.createdAt);
        json.put("url", registration.url).put("active", registration.active).put("key", key);
        registration.events.forEach(json.putArray("events")::add);
        return json;
    }
}
