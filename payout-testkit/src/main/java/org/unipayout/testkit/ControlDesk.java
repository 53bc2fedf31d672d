package org.unipayout.testkit;

import com.github.tomakehurst.wiremock.common.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What Java tests do by method calls, over HTTP, for teams in other languages: paths under {@code /__simulator/}.
 *
 * <p>{@code GET ledger}, {@code GET requests}; {@code POST settle}, {@code POST reset}, {@code POST force/DECLINED},
 * {@code POST advance/PT10M}. No provider uses such paths.
 */
final class ControlDesk {
    private static final String PREFIX = "/__simulator/";

    private final Simulator simulator;

    ControlDesk(Simulator simulator) {
        this.simulator = simulator;
    }

    /** The answer, if the request is for the desk and not for the provider. */
    Optional<SimulatedResponse> answer(ReceivedRequest request) {
        if (!request.path().startsWith(PREFIX)) {
            return Optional.empty();
        }
        String[] words = request.path().substring(PREFIX.length()).split("/", -1);
        String argument = words.length == 2 ? words[1] : "";
        try {
            return Optional.of(
                    switch (request.method() + " " + words[0]) {
                        case "GET ledger" -> SimulatedResponse.json(200, Json.write(ledger()));
                        case "GET requests" -> SimulatedResponse.json(200, Json.write(requests()));
                        case "POST settle" -> done(simulator::settle);
                        case "POST reset" -> done(simulator::reset);
                        case "POST force" -> done(() -> simulator.force(Scenario.valueOf(argument)));
                        case "POST advance" -> done(() -> simulator.clock().advance(Duration.parse(argument)));
                        default -> SimulatedResponse.text(404, "text/plain", "unknown control: " + words[0]);
                    });
        } catch (IllegalArgumentException | DateTimeException e) {
            return Optional.of(SimulatedResponse.text(400, "text/plain", String.valueOf(e.getMessage())));
        }
    }

    private static SimulatedResponse done(Runnable action) {
        action.run();
        return SimulatedResponse.empty(204);
    }

    private List<Map<String, Object>> requests() {
        return simulator.requests().stream().map(ReceivedRequest::shown).toList();
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
