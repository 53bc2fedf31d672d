package org.unipayout.http.rules;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.SimulatedResponse;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.WebhookOutbox;

/**
 * An invented provider with one {@link Rule}.
 *
 * <pre>
 * POST /payouts            pays; under SAME_HANDLE only creates
 * POST /payouts/{id}/pay   pays what was created, once
 * GET  /payouts/{id}, and but for REPLAYS GET /payouts?reference=
 * </pre>
 *
 * <p>Every answer and every signed notification shows id, reference, amount, recipient and time. Nothing is ever
 * returned, and UNSURE stays pending.
 */
final class RulesSimulator extends Simulator {
    static final String CARD = "4242424242424242";
    static final String OTHER_CARD = "5555555555554444";
    static final String TOKEN = "saved-card-token-0017";
    static final String OTHER_TOKEN = "saved-card-token-0018";

    private static final ObjectMapper JSON = new ObjectMapper();

    final Rule rule;
    final String apiKey = UUID.randomUUID().toString();
    final String webhookKey = UUID.randomUUID().toString();
    private final List<ObjectNode> payouts = new ArrayList<>();
    private final Map<ObjectNode, Scenario> open = new LinkedHashMap<>();
    /** The merchant's side of the fence, which a real one keeps in its database. */
    private final Map<String, String> letThrough = new HashMap<>();

    private RulesSimulator(Rule rule) {
        super(0);
        this.rule = rule;
        startServer();
    }

    static RulesSimulator start(Rule rule) {
        return new RulesSimulator(rule);
    }

    @Override
    public String provider() {
        return "rules";
    }

    @Override
    public Map<String, String> credentials() {
        return Map.of("RULES_API_KEY", apiKey);
    }

    @Override
    protected SimulatedResponse handle(ReceivedRequest request) {
        if (!request.header("API-KEY").orElse("").equals(apiKey)) {
            return error(401, "wrong_key");
        }
        if (request.method().equals("GET")) {
            return find(request);
        }
        if (request.path().equals("/payouts")) {
            return order(order(request));
        }
        return byId(request.path().replaceAll("/pay$", ""))
                .map(payout ->
                        payout.path("status").asText().equals("created") ? pay(payout) : error(409, "already_paid"))
                .orElseGet(() -> error(404, "payout_not_found"));
    }

    private ObjectNode order(ReceivedRequest request) {
        try {
            ObjectNode order = (ObjectNode) JSON.readTree(request.body());
            String card = order.path("card").asText();
            if (!card.isEmpty()) {
                order.put("card", card.substring(0, 6) + "******" + card.substring(card.length() - 4));
            }
            return order.put("status", "created")
                    .put("id", UUID.randomUUID().toString())
                    .put("created_at", clock().instant().toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private SimulatedResponse order(ObjectNode order) {
        Optional<ObjectNode> earlier = payouts.stream()
                .filter(payout -> payout.path("reference").equals(order.path("reference")))
                .findFirst();
        if (earlier.isPresent() && (rule == Rule.SAME_HANDLE || rule == Rule.SAME_REFERENCE)) {
            return error(409, "reference_taken");
        }
        if (earlier.isPresent() && rule == Rule.REPLAYS) {
            boolean same = terms(order).equals(terms(earlier.get()));
            return same ? shown(200, earlier.get()) : error(409, "key_reused");
        }
        if (rule == Rule.SAME_HANDLE) {
            payouts.add(order);
            return shown(201, order);
        }
        return pay(order);
    }

    private static List<JsonNode> terms(ObjectNode order) {
        return List.of(order.path("amount"), order.path("currency"), order.path("card"), order.path("token"));
    }

    private SimulatedResponse pay(ObjectNode payout) {
        Scenario scenario = scenario(payout.path("amount").longValue());
        if (scenario == Scenario.RATE_LIMITED) {
            return error(429, "too_many_requests");
        }
        if (scenario == Scenario.SERVER_ERROR_NOT_PAID) {
            return error(500, "internal_error");
        }
        String id = payout.path("id").asText();
        if (rule == Rule.FENCED
                && letThrough.putIfAbsent(payout.path("reference").asText(), id) != null) {
            return error(409, "declined_by_merchant");
        }
        if (rule != Rule.SAME_HANDLE) {
            payouts.add(payout);
        }
        return executed(payout, scenario);
    }

    private SimulatedResponse executed(ObjectNode payout, Scenario scenario) {
        long amount = payout.path("amount").longValue();
        switch (scenario) {
            case DECLINED -> end(payout.put("code", "card_refused"), "declined");
            case INSUFFICIENT_FUNDS -> end(payout.put("code", "insufficient_funds"), "declined");
            case SLOW, UNSURE -> {
                payout.put("status", "pending");
                open.put(payout, scenario);
            }
            case UNDOCUMENTED_STATUS -> end(payout, "on_hold");
            default -> end(payout, "paid");
        }
        return switch (scenario) {
            case SERVER_ERROR_PAID -> error(500, "internal_error");
            case UNDOCUMENTED_CODE -> error(400, "queue_jam");
            case WRONG_ECHO -> shown(200, payout.put("amount", amount + 100));
            default -> shown(200, payout);
        };
    }

    private void end(ObjectNode payout, String status) {
        payout.put("status", status);
        if (!status.equals("declined")) {
            ledger().add(new Ledger.Movement(
                    Ledger.Kind.PAID,
                    payout.path("reference").asText(),
                    payout.path("id").asText(),
                    payout.path("amount").longValue(),
                    payout.path("currency").asText(),
                    "***",
                    clock().instant()));
        }
        byte[] body = payout.toString().getBytes(StandardCharsets.UTF_8);
        webhooks().add(new WebhookOutbox.Notification(Map.of("X-Signature", signature(body, webhookKey)), body));
    }

    private static String signature(byte[] body, String key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA256 is part of every Java", e);
        }
    }

    private SimulatedResponse find(ReceivedRequest request) {
        if (!request.path().equals("/payouts")) {
            return byId(request.path())
                    .map(payout -> shown(200, payout))
                    .orElseGet(() -> error(404, "payout_not_found"));
        }
        if (!rule.findsByReference()) {
            return error(400, "invalid_request");
        }
        ObjectNode page = JSON.createObjectNode();
        payouts.stream()
                .filter(payout -> request.query("reference")
                        .equals(Optional.of(payout.path("reference").asText())))
                .forEach(page.putArray("payouts")::add);
        return shown(200, page);
    }

    private Optional<ObjectNode> byId(String path) {
        return payouts.stream()
                .filter(payout -> path.equals("/payouts/" + payout.path("id").asText()))
                .findFirst();
    }

    @Override
    public synchronized void settle() {
        open.forEach((payout, scenario) -> end(payout, "paid"));
        open.clear();
    }

    @Override
    protected void resetState() {
        payouts.clear();
        open.clear();
        letThrough.clear();
    }

    private static SimulatedResponse shown(int status, ObjectNode body) {
        return SimulatedResponse.json(status, body.toString());
    }

    private static SimulatedResponse error(int status, String code) {
        return shown(status, JSON.createObjectNode().put("code", code));
    }
}
