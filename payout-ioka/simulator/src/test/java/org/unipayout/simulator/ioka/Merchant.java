package org.unipayout.simulator.ioka;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import wiremock.com.fasterxml.jackson.core.JsonProcessingException;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.ObjectMapper;

/** A merchant's program and a person's browser, as far as the tests need them. */
final class Merchant {
    private static final HttpClient HTTP = HttpClient.newHttpClient();
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final URI baseUrl;
    private final String apiKey;

    Merchant(IokaSimulator ioka) {
        this(ioka.baseUrl(), ioka.apiKey());
    }

    Merchant(URI baseUrl, String apiKey) {
        this.baseUrl = baseUrl;
        this.apiKey = apiKey;
    }

    /** One answer; its JSON is read when asked for. */
    record Answer(HttpResponse<String> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return response.body();
        }

        JsonNode json() {
            return Merchant.json(text());
        }

        /** Member by JSON pointer as text, {@code "null"} for an explicit null, empty if absent. */
        String at(String pointer) {
            return json().at(pointer).asText();
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    static JsonNode json(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }

    Answer get(String path) {
        return send(request(path).GET());
    }

    Answer post(String path, String body, String... headers) {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body.replace('\'', '"')));
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return send(request);
    }

    Answer send(String method, String path, String body) {
        return send(request(path).method(method, BodyPublishers.ofString(body.replace('\'', '"'))));
    }

    /** Creates a transfer order and returns its id. */
    String createOrder(long amount, String externalId) {
        Answer created = post(
                "/v2/transfer-orders",
                "{'amount': %d, 'type': 'PAYOUT', 'external_id': '%s'}".formatted(amount, externalId));
        assertThat(created.status()).as(created.text()).isEqualTo(201);
        return created.at("/order/id");
    }

    Answer payout(String orderId) {
        return payout(orderId, IokaSimulator.SAVED_VISA_ID);
    }

    Answer payout(String orderId, String cardId) {
        return post("/v2/transfer-orders/" + orderId + "/payout", "{'receiver_id': '%s'}".formatted(cardId));
    }

    Answer order(String orderId) {
        return get("/v2/transfer-orders/" + orderId);
    }

    Answer payoutOrder(long amount, String externalId) {
        return post("/v2/payouts/orders", """
                {'amount': %d, 'external_id': '%s', 'recipient': {'type': 'CARD', 'params': {'card_id': 'TESTCARDID'}}}
                """.formatted(amount, externalId));
    }

    /** Submits a form as a browser does, without following the redirect. */
    static Answer submit(String url, String... fields) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(i == 0 ? "" : "&").append(fields[i]).append('=');
            form.append(URLEncoder.encode(fields[i + 1], StandardCharsets.UTF_8));
        }
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form.toString())));
    }

    static Answer browse(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(baseUrl.resolve(path))
                .timeout(Duration.ofSeconds(20))
                .header("API-KEY", apiKey)
                .header("Content-Type", "application/json; charset=utf-8");
    }

    static Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(HTTP.send(request.build(), BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }
}
