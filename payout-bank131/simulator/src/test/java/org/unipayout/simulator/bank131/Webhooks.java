package org.unipayout.simulator.bank131;

import java.util.List;
import java.util.Objects;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/** Reads what a simulated bank has sent. */
final class Webhooks {
    private Webhooks() {}

    static List<JsonNode> bodies(Bank131Simulator bank) {
        return bank.webhooks().created().stream()
                .map(notification -> Objects.requireNonNull(Json.read(notification.body())))
                .toList();
    }

    static List<String> types(Bank131Simulator bank) {
        return bodies(bank).stream().map(body -> body.path("type").asText()).toList();
    }
}
