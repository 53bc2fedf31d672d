package org.unipayout.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ControlDeskTest {
    private final HttpClient http = HttpClient.newHttpClient();
    private final Simulators simulators = Simulators.start("calm=0");
    private final QuietSimulator calm = (QuietSimulator) simulators.running().get(0);

    @AfterEach
    void close() {
        simulators.close();
    }

    @Test
    void root_listsSwitchesWithTheirValues_andOrdersWithWhatTheyTake() throws Exception {
        String all = call("GET", "", "").body().replaceAll("\\s", "");

        assertThat(all)
                .contains("\"provider\":\"calm\"")
                .contains("\"silent\":{\"now\":false,\"takes\":\"trueorfalse\"}")
                .contains("\"delay\":{\"now\":\"PT0S\",\"takes\":\"atimeasPT5M\"}")
                .contains("\"loudness\":{\"now\":null,\"takes\":\"oneofLOUD,LOW,ornull\"}")
                .contains("\"statuses\":{\"now\":{},\"takes\":\"anobject,eachvalueawholenumber\"}")
                .contains("\"patience\":{\"now\":null,\"takes\":\"atimeasPT5M\"}")
                .contains("\"LOUD\":{\"now\":true,\"takes\":\"trueorfalse\"}")
                .contains("\"LOW\":{\"now\":false,")
                .contains("\"refuseNext\":{\"requests\":\"awholenumber\"}")
                .contains("\"errorStatus\":{\"code\":\"text\",\"status\":\"awholenumber\"}")
                .contains("\"advance\":{", "\"settle\":{}", "\"reset\":{}", "\"force\":{\"scenario\":\"oneofPAID,")
                .contains("\"answerNext\":{", "\"hideFor\":{", "\"webhooks/hold\":{}", "\"webhooks/deliverTo\":{")
                .doesNotContain("onlyInJava", "beforeEach", "wireMock", "turnOn", "\"signed\"");
    }

    @Test
    void switches_ofEveryKind_areTurned_andRestoredByReset() throws Exception {
        String values = """
                {"silent": true, "status": 503, "delay": "PT3S", "loudness": "LOW", "statuses": {"x": 7},
                 "LOUD": false, "LOW": true, "patience": "PT1M"}""";

        assertThat(call("PUT", "/switches", values).statusCode()).isEqualTo(204);

        QuietSimulator.Switches switches = calm.switches();
        assertThat(switches.silent).isTrue();
        assertThat(switches.status).isEqualTo(503);
        assertThat(switches.delay).isEqualTo(Duration.ofSeconds(3));
        assertThat(switches.loudness).isEqualTo(QuietSimulator.Loudness.LOW);
        assertThat(switches.statuses).isEqualTo(Map.of("x", 7));
        assertThat(switches.isOn(QuietSimulator.Loudness.LOUD)).isFalse();
        assertThat(switches.isOn(QuietSimulator.Loudness.LOW)).isTrue();
        assertThat(switches.patience()).contains(Duration.ofMinutes(1));
        assertThat(call("PUT", "/switches", "{\"loudness\": null}").statusCode())
                .isEqualTo(204);
        assertThat(switches.loudness).isNull();
        assertThat(call("POST", "/reset", "").statusCode()).isEqualTo(204);
        assertThat(calm.switches().silent).isFalse();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"silend": true}           | silend: no switch of calm, which has [LOUD, LOW, delay, loudness, patience, silent, status, statuses]
                    {"silent": 1}              | silent: takes true or false, not 1
                    {"silent": null}           | silent: takes true or false, not null
                    {"status": "many"}         | status: takes a whole number, not "many"
                    {"status": 1.5}            | status: takes a whole number, not 1.5
                    {"delay": "soon"}          | delay: takes a time as PT5M, not "soon"
                    {"delay": null}            | delay: takes a time as PT5M, not null
                    {"loudness": "loud"}       | loudness: takes one of LOUD, LOW, not "loud"
                    {"statuses": {"x": "y"}}   | statuses: takes an object, each value a whole number, not {"x":"y"}
                    []                         | the body must be a JSON object of switches and their values
                    """)
    void switches_wrongValue_isRefused_withWhatIsRight_andNothingIsTurned(String body, String message)
            throws Exception {
        String withARightOne = body.replace("{\"s", "{\"delay\": \"PT9S\", \"s");

        HttpResponse<String> answer = call("PUT", "/switches", withARightOne);

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).isEqualTo(message);
        assertThat(calm.switches().delay).isZero();
    }

    @Test
    void orders_areCarriedOut_withArgumentsInPathOrBody() throws Exception {
        assertThat(call("POST", "/refuseNext/3", "").statusCode()).isEqualTo(204);
        assertThat(calm.refused()).isEqualTo(3);
        assertThat(call("POST", "/refuseNext", "{\"requests\": 4}").statusCode())
                .isEqualTo(204);
        assertThat(calm.refused()).isEqualTo(4);
        assertThat(call("POST", "/errorStatus", "{\"code\": \"x\", \"status\": 418}")
                        .statusCode())
                .isEqualTo(204);
        assertThat(calm.switches().statuses).isEqualTo(Map.of("x", 418));
        assertThat(call("POST", "/saveCard/4242424242424242", "").body()).isEqualTo("\"token of 16\"");
        assertThat(call("POST", "/hideFor/PT1H", "").body()).isEqualTo("false");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    /refuseNext/few  |                   | 400 | requests: takes a whole number, not "few"
                    /refuseNext/-1   |                   | 400 | refuseNext: must not be negative
                    /refuseNext      |                   | 400 | requests: is missing; the body must be a JSON object: {requests=a whole number}
                    /errorStatus     | {"code": "x"}     | 400 | status: is missing; the body must be a JSON object: {code=text, status=a whole number}
                    /errorStatus/x   |                   | 400 | takes a JSON object: {code=text, status=a whole number}
                    /refuseLast/3    |                   | 404 | POST refuseLast/3: no such order; GET /__simulator lists all
                    /close           |                   | 404 | POST close: no such order; GET /__simulator lists all
                    """)
    void orders_wrongOnes_areRefused_withWhatIsRight(String path, String body, int status, String message)
            throws Exception {
        HttpResponse<String> answer = call("POST", path, body == null ? "" : body);

        assertThat(answer.body()).isEqualTo(message);
        assertThat(answer.statusCode()).isEqualTo(status);
    }

    @Test
    void answerNext_isGivenOnce_andTheProviderIsNotAsked() throws Exception {
        String answer = "{\"path\": \"/orders\", \"response\": {\"status\": 503, \"body\": {\"code\": \"busy\"}}}";
        assertThat(call("POST", "/answerNext", answer).statusCode()).isEqualTo(204);

        HttpResponse<String> first = send("GET", "/orders", "");

        assertThat(first.statusCode()).isEqualTo(503);
        assertThat(first.body()).isEqualTo("{\"code\":\"busy\"}");
        assertThat(send("GET", "/orders", "").statusCode()).isEqualTo(404);
    }

    @Test
    void webhooks_areHeld_told_andReleased() throws Exception {
        assertThat(call("POST", "/webhooks/hold", "").statusCode()).isEqualTo(204);
        calm.webhooks().add(new WebhookOutbox.Notification(Map.of("X-Sign", "s1"), new byte[] {'h', 'i'}));

        assertThat(call("GET", "/webhooks", "").body().replaceAll("\\s", ""))
                .contains("\"body\":\"hi\"")
                .contains("\"X-Sign\":\"s1\"");
        assertThat(call("POST", "/webhooks/release/2", "").body().replaceAll("\\s", ""))
                .isEqualTo("[-1,-1]"); // no address
    }

    private HttpResponse<String> call(String method, String path, String body)
            throws IOException, InterruptedException {
        return send(method, "/__simulator" + path, body);
    }

    private HttpResponse<String> send(String method, String path, String body)
            throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(calm.baseUrl() + path))
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
