package org.unipayout.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulatorsTest {
    private final HttpClient http = HttpClient.newHttpClient();

    @Test
    void start_withoutWords_startsAllProviders() {
        try (Simulators simulators = Simulators.start()) {
            assertThat(simulators.running()).extracting(Simulator::provider).containsExactly("calm", "still");
            assertThat(simulators.running())
                    .allSatisfy(simulator -> assertThat(simulator.credentials()).isNotEmpty());
        }
    }

    @Test
    void environment_valueOfSeveralLines_isOneLineThatAShellCanSource() {
        try (Simulators simulators = Simulators.start("calm=0")) {
            Simulator calm = simulators.running().get(0);

            assertThat(simulators.environment(calm))
                    .containsExactly(
                            "# calm " + calm.baseUrl(), "CALM_KEY='key of calm'", "URL='" + calm.baseUrl() + "/api'");
        }
    }

    @Test
    void start_keyOfOnesOwn_isTaken_andNotPrinted() {
        try (Simulators simulators = Simulators.start("calm=0", "CALM_KEY=mine")) {
            Simulator calm = simulators.running().get(0);

            assertThat(calm.credentials()).containsEntry("CALM_KEY", "mine");
            assertThat(simulators.environment(calm)).noneMatch(line -> line.contains("mine"));
        }
    }

    @Test
    void start_keyInTheEnvironment_isTaken_unlessAWordSaysOtherwise() {
        Map<String, String> environment = Map.of("CALM_KEY", "of the environment", "PATH", "/bin");
        try (Simulators simulators = Simulators.start(environment, "calm=0");
                Simulators worded = Simulators.start(environment, "calm=0", "CALM_KEY=of a word")) {
            assertThat(simulators.running().get(0).credentials()).containsEntry("CALM_KEY", "of the environment");
            assertThat(worded.running().get(0).credentials()).containsEntry("CALM_KEY", "of a word");
        }
    }

    @Test
    void start_unknownSetting_isRefusedByName_withTheRightOnes_andItsValueIsNotTold() {
        assertThatThrownBy(() -> Simulators.start("CALM_KEI=secret-1"))
                .hasMessageStartingWith("CALM_KEI: must be")
                .hasMessageContaining("[calm, still]")
                .hasMessageContaining("[CALM_KEY]")
                .hasMessageNotContaining("secret-1");
    }

    @Test
    void credentials_seenElsewhere_moveTheAddress() {
        try (Simulators simulators = Simulators.start("still=0")) {
            Simulator still = simulators.running().get(0);

            assertThat(still.credentials(URI.create("http://127.0.0.1:1")))
                    .containsEntry("URL", "http://127.0.0.1:1/api")
                    .containsEntry("CALM_KEY", "key of\n still");
        }
    }

    @Test
    void start_namedProvider_startsItAloneOnAFreePort() {
        try (Simulators simulators = Simulators.start("still=0", "still.webhooks=http://127.0.0.1:1/hook")) {
            assertThat(simulators.running()).extracting(Simulator::provider).containsExactly("still");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"calm", "nobody=1", "calm=x", "calm=70000", "nobody.webhooks=http://127.0.0.1"})
    void start_wrongWord_isRefusedByName(String word) {
        assertThatThrownBy(() -> Simulators.start(word))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(word.replaceFirst("=.*", "") + ":");
    }

    @Test
    void controlDesk_ordersOverHttp_areCarriedOut() throws Exception {
        try (Simulators simulators = Simulators.start("calm=0")) {
            Simulator simulator = simulators.running().get(0);
            assertThat(call(simulator, "GET", "ledger").body()).isEqualToIgnoringWhitespace("[]");
            var before = simulator.clock().instant();

            assertThat(call(simulator, "POST", "force/DECLINED").statusCode()).isEqualTo(204);
            assertThat(call(simulator, "POST", "advance/PT1H").statusCode()).isEqualTo(204);
            assertThat(call(simulator, "POST", "settle").statusCode()).isEqualTo(204);

            assertThat(simulator.scenario(15000)).isEqualTo(Scenario.DECLINED);
            assertThat(simulator.clock().instant()).isAfter(before.plusSeconds(3599));
            assertThat(call(simulator, "POST", "reset").statusCode()).isEqualTo(204);
            assertThat(simulator.scenario(15000)).isEqualTo(Scenario.PAID);
            assertThat(simulator.requests()).isEmpty();
        }
    }

    @Test
    void controlDesk_requests_tellsAllThatReachedTheProvider_andNoOrders() throws Exception {
        try (Simulators simulators = Simulators.start("calm=0")) {
            Simulator simulator = simulators.running().get(0);
            http.send(
                    HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/orders?page=2"))
                            .header("X-Key", "k1")
                            .POST(HttpRequest.BodyPublishers.ofString("{\"amount\":150}"))
                            .build(),
                    HttpResponse.BodyHandlers.discarding());
            call(simulator, "GET", "ledger");

            String told = call(simulator, "GET", "requests").body().replaceAll("\\s", "");

            assertThat(told)
                    .startsWith("[{\"method\":\"POST\",\"path\":\"/orders\",\"query\":{\"page\":[\"2\"]},")
                    .contains("\"x-key\":[\"k1\"]")
                    .endsWith("\"body\":\"{\\\"amount\\\":150}\"}]");
        }
    }

    @Test
    void controlDesk_wrongOrder_isRefused() throws Exception {
        try (Simulators simulators = Simulators.start("calm=0")) {
            Simulator simulator = simulators.running().get(0);

            assertThat(call(simulator, "POST", "force/MAYBE").statusCode()).isEqualTo(400);
            assertThat(call(simulator, "POST", "advance/later").statusCode()).isEqualTo(400);
            assertThat(call(simulator, "GET", "settle").statusCode()).isEqualTo(404);
        }
    }

    private HttpResponse<String> call(Simulator simulator, String method, String order) throws Exception {
        return http.send(
                HttpRequest.newBuilder(URI.create(simulator.baseUrl() + "/__simulator/" + order))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
