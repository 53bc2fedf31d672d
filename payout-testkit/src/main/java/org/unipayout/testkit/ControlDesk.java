package org.unipayout.testkit;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/**
 * What Java tests do by method calls, over HTTP, for teams in other languages: paths under {@code /__simulator}.
 *
 * <p>{@code GET /__simulator} lists all; {@code GET ledger}, {@code GET requests}, {@code GET webhooks}; {@code PUT switches}
 * with a JSON object; {@code POST} of every order of the {@link Switchboard}, for example {@code settle}, {@code
 * force/DECLINED} and {@code advance/PT10M}. No provider uses such paths.
 */
final class ControlDesk {
    private static final String ROOT = "/__simulator";

    private final Simulator simulator;

    ControlDesk(Simulator simulator) {
        this.simulator = simulator;
    }

    /** The answer, if the request is for the desk and not for the provider. */
    Optional<SimulatedResponse> answer(ReceivedRequest request) {
        if (!request.path().equals(ROOT) && !request.path().startsWith(ROOT + "/")) {
            return Optional.empty();
        }
        String path = request.path().substring(ROOT.length()).replaceFirst("^/", "");
        try {
            return Optional.of(answer(request.method() + " " + path, path, request.body()));
        } catch (IllegalArgumentException e) {
            return Optional.of(SimulatedResponse.text(400, "text/plain", String.valueOf(e.getMessage())));
        }
    }

    private SimulatedResponse answer(String call, String path, byte[] body) {
        return switch (call) {
            case "GET " -> told(everything());
            case "GET ledger" -> told(ledger());
            case "GET requests" -> told(requests());
            case "GET webhooks" -> told(webhooks());
            case "PUT switches" -> turned(Words.json(body));
            default -> call.startsWith("POST ") ? order(path, body) : unknown(call);
        };
    }

    private SimulatedResponse order(String path, byte[] body) {
        @Nullable JsonNode arguments = body.length == 0 ? null : Words.json(body);
        return new Switchboard(simulator).order(path, arguments).orElseGet(() -> unknown("POST " + path));
    }

    private static SimulatedResponse unknown(String call) {
        return SimulatedResponse.text(404, "text/plain", call + ": no such order; GET " + ROOT + " lists all");
    }

    private SimulatedResponse turned(JsonNode values) {
        new Switchboard(simulator).turn(values);
        return SimulatedResponse.empty(204);
    }

    private static SimulatedResponse told(Object value) {
        return SimulatedResponse.json(200, Words.write(value));
    }

    private Map<String, Object> everything() {
        Switchboard board = new Switchboard(simulator);
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("provider", simulator.provider());
        all.put("GET", List.of("ledger", "requests", "webhooks"));
        all.put("POST", board.orders());
        all.put("PUT switches", board.switches());
        return all;
    }

    private List<Map<String, Object>> requests() {
        return simulator.requests().stream().map(ReceivedRequest::shown).toList();
    }

    private List<Map<String, Object>> webhooks() {
        return simulator.webhooks().created().stream()
                .map(one -> Map.<String, Object>of(
                        "headers", one.headers(), "body", new String(one.body(), StandardCharsets.UTF_8)))
                .toList();
    }

    private List<Map<String, Object>> ledger() {
        return simulator.ledger().movements().stream()
                .map(movement -> {
                    Map<String, Object> row = new LinkedHashMap<>();
                    row.put("kind", movement.kind().name());
                    row.put("reference", movement.reference());
                    row.put("provider_id", movement.providerId());
                    row.put("minor_units", movement.minorUnits());
                    row.put("currency", movement.currency());
                    row.put("recipient", movement.recipient());
                    row.put("at", movement.at().toString());
                    return row;
                })
                .toList();
    }
}
