package org.unipayout.simulator.tinypay;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.SimulatedResponse;
import org.unipayout.testkit.Simulator;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.ObjectMapper;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/**
 * Tinypay on this machine, written from tinypay-api.md alone.
 *
 * <p>The simulator's own, found on no page: the scenarios and their amounts, the word "on_hold", the code "queue_jam",
 * and that a refused request leaves its reference free. Tinypay knows neither returns nor an "unknown" of its own:
 * RETURNED pays, UNSURE stays "pending" and pays when settled. {@link #hideFor} stays within the page's 30 seconds if the
 * caller does.
 */
public final class TinypaySimulator extends Simulator {
    /** The card that the simulated merchant has saved. */
    public static final String CARD_TOKEN = "card-token-0017";

    /** Another one. */
    public static final String OTHER_CARD_TOKEN = "card-token-0018";

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String apiKey;
    private final Map<String, ObjectNode> byReference = new LinkedHashMap<>();
    private final Map<String, Scenario> open = new LinkedHashMap<>();
    private final Map<String, Instant> hidden = new HashMap<>();
    private Duration lag = Duration.ZERO;

    private TinypaySimulator(int port, String apiKey) {
        super(port);
        this.apiKey = apiKey;
        startServer();
    }

    /**
     * Starts it on any free port.
     *
     * @return a running simulator; close it
     */
    public static TinypaySimulator start() {
        return start(0, UUID.randomUUID().toString());
    }

    static TinypaySimulator start(int port, String apiKey) {
        return new TinypaySimulator(port, apiKey);
    }

    /** {@return the key that it lets in} */
    public String apiKey() {
        return apiKey;
    }

    @Override
    public String provider() {
        return "tinypay";
    }

    @Override
    public Map<String, String> credentials() {
        return Map.of("TINYPAY_BASE_URL", baseUrl().toString(), "TINYPAY_API_KEY", apiKey);
    }

    @Override
    protected SimulatedResponse handle(ReceivedRequest request) {
        if (!request.header("API-KEY").orElse("").equals(apiKey)) {
            return error(401, "wrong_key");
        }
        if (request.method().equals("POST") && request.path().equals("/payouts")) {
            return pay(request);
        }
        return request.method().equals("GET") ? find(request) : error(400, "invalid_request");
    }

    private SimulatedResponse pay(ReceivedRequest request) {
        JsonNode order;
        try {
            order = JSON.readTree(request.body());
        } catch (IOException e) {
            return error(400, "invalid_request");
        }
        if (!isValid(order)) {
            return error(400, "invalid_request");
        }
        String reference = order.path("reference").textValue();
        if (byReference.containsKey(reference)) {
            return error(409, "reference_taken");
        }
        String token = order.path("card_token").textValue();
        if (!token.equals(CARD_TOKEN) && !token.equals(OTHER_CARD_TOKEN)) {
            return error(422, "unknown_card");
        }
        Scenario scenario = scenario(order.path("amount").longValue());
        return switch (scenario) {
            case RATE_LIMITED -> error(429, "too_many_requests");
            case SERVER_ERROR_NOT_PAID -> error(500, "internal_error");
            default -> taken((ObjectNode) order, scenario);
        };
    }

    private static boolean isValid(JsonNode order) {
        long amount = order.path("amount").longValue();
        return order.path("reference").isTextual()
                && order.path("reference").textValue().matches("[A-Za-z0-9_-]{1,40}")
                && order.path("amount").canConvertToLong()
                && order.path("amount").isIntegralNumber()
                && amount >= 1
                && amount <= 100_000_000
                && order.path("currency").asText().equals("KZT")
                && order.path("card_token").isTextual();
    }

    private SimulatedResponse taken(ObjectNode payout, Scenario scenario) {
        String reference = payout.path("reference").textValue();
        payout.retain("reference", "amount", "currency", "card_token");
        payout.put("id", UUID.randomUUID().toString()).put("status", "paid");
        byReference.put(reference, payout);
        hidden.put(reference, clock().instant().plus(lag));
        switch (scenario) {
            case DECLINED -> payout.put("status", "declined").put("code", "card_refused");
            case INSUFFICIENT_FUNDS -> payout.put("status", "declined").put("code", "insufficient_funds");
            case SLOW, UNSURE -> {
                payout.put("status", "pending");
                open.put(reference, scenario);
            }
            case UNDOCUMENTED_STATUS -> payout.put("status", "on_hold");
            default -> {}
        }
        if (scenario != Scenario.UNSURE && !payout.has("code")) {
            moveMoney(payout);
        }
        return switch (scenario) {
            case SERVER_ERROR_PAID -> error(500, "internal_error");
            case UNDOCUMENTED_CODE -> error(400, "queue_jam");
            case WRONG_ECHO ->
                shown(201, payout.put("amount", payout.path("amount").longValue() + 100));
            default -> shown(201, payout);
        };
    }

    private SimulatedResponse find(ReceivedRequest request) {
        return byReference.values().stream()
                .filter(payout ->
                        request.path().equals("/payouts/" + payout.path("id").textValue())
                                || (request.path().equals("/payouts")
                                        && request.query("reference")
                                                .orElse("")
                                                .equals(payout.path("reference").textValue())))
                .filter(payout -> !clock().instant()
                        .isBefore(hidden.get(payout.path("reference").textValue())))
                .findFirst()
                .map(payout -> shown(200, payout))
                .orElseGet(() -> error(404, "payout_not_found"));
    }

    @Override
    public synchronized void settle() {
        byReference.forEach((reference, payout) -> {
            Scenario scenario = open.remove(reference);
            if (scenario == Scenario.UNSURE) {
                moveMoney(payout);
            }
            if (scenario != null) {
                payout.put("status", "paid");
            }
        });
    }

    @Override
    public synchronized boolean hideFor(Duration duration) {
        lag = duration;
        return true;
    }

    @Override
    protected void resetState() {
        lag = Duration.ZERO;
        hidden.clear();
        byReference.clear();
        open.clear();
    }

    private void moveMoney(ObjectNode payout) {
        ledger().add(new Ledger.Movement(
                Ledger.Kind.PAID,
                payout.path("reference").textValue(),
                payout.path("id").textValue(),
                payout.path("amount").longValue(),
                payout.path("currency").textValue(),
                "***",
                clock().instant()));
    }

    private static SimulatedResponse shown(int status, ObjectNode payout) {
        return SimulatedResponse.json(status, payout.toString());
    }

    private static SimulatedResponse error(int status, String code) {
        return shown(status, JSON.createObjectNode().put("code", code).put("text", "see the page"));
    }
}
