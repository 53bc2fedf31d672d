package org.unipayout.simulator.horizonpay;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.ObjectMapper;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** The caller's side of the wire, by hand: builds requests and reads answers without any adapter. */
final class Merchant {
    static final String CARD = "4200000000000000";
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final HorizonPaySimulator gateway;

    Merchant(HorizonPaySimulator gateway) {
        this.gateway = gateway;
    }

    /** An answer with its body read as JSON; an object node without fields for anything else. */
    record Answer(int status, String contentType, String requestId, String text, JsonNode json) {
        String at(String pointer) {
            JsonNode node = json.at(pointer);
            return node.isMissingNode() ? "absent" : node.asText();
        }
    }

    static ObjectNode object() {
        return MAPPER.createObjectNode();
    }

    /** The smallest valid payout to a card. */
    static ObjectNode payout(long amount, String trackingId) {
        ObjectNode request = MAPPER.createObjectNode();
        request.put("amount", amount);
        request.put("currency", "KZT");
        request.put("description", "Test transaction ütf");
        request.put("tracking_id", trackingId);
        request.putObject("recipient_credit_card").put("number", CARD);
        return request;
    }

    static ObjectNode payoutToToken(long amount, String trackingId, String token) {
        ObjectNode request = payout(amount, trackingId);
        request.putObject("recipient_credit_card").put("token", token);
        return request;
    }

    /** Every field of the published sample. */
    static ObjectNode fullPayout(long amount, String trackingId) {
        ObjectNode request = payout(amount, trackingId);
        for (String person : new String[] {"recipient", "sender"}) {
            request.putObject(person)
                    .put("ip", "127.0.0.1")
                    .put("email", "someone@example.com")
                    .put("birth_date", "1990-10-20");
            request.putObject(person + "_billing_address")
                    .put("first_name", "John")
                    .put("last_name", "Doe")
                    .put("country", "US")
                    .put("city", "Denver")
                    .put("state", "CO")
                    .put("zip", "96002")
                    .put("address", "1st Street")
                    .put("phone", "375444444444");
        }
        request.putObject("recipient_credit_card")
                .put("number", CARD)
                .put("holder", "John Doe")
                .put("exp_month", "12")
                .put("exp_year", "2027");
        request.putObject("additional_data")
                .putObject("document")
                .put("type", "PASSPORT")
                .put("issuer", "Organization name")
                .put("series", "MP")
                .put("number", "1234567890")
                .put("issued_at", "2010-03-12")
                .put("valid_until", "2025-03-12");
        return request;
    }

    Answer pay(ObjectNode request) {
        return post("/transactions/payouts", "3", request);
    }

    Answer post(String path, String version, ObjectNode request) {
        ObjectNode body = MAPPER.createObjectNode();
        body.set("request", request);
        return postRaw(path, version, body.toString());
    }

    Answer postRaw(String path, String version, String body) {
        return send(request(path, version)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body)));
    }

    Answer get(String path, String version) {
        return send(request(path, version).GET());
    }

    Answer byTrackingId(String trackingId) {
        String encoded = URLEncoder.encode(trackingId, StandardCharsets.UTF_8).replace("+", "%20");
        return get("/v2/transactions/tracking_id/" + encoded, "3");
    }

    HttpRequest.Builder request(String path, String version) {
        String pair = gateway.shopId() + ":" + gateway.secretKey();
        String basic = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        return HttpRequest.newBuilder(URI.create(gateway.baseUrl() + path))
                .header("Accept", "application/json")
                .header("X-API-Version", version)
                .header("Authorization", "Basic " + basic);
    }

    /** A browser's form submission: no credentials. */
    Answer submitForm(String url, String form) {
        return send(HttpRequest.newBuilder(URI.create(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)));
    }

    Answer open(String url) {
        return send(HttpRequest.newBuilder(URI.create(url)).GET());
    }

    static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofString());
            String contentType = response.headers().firstValue("Content-Type").orElse("");
            return new Answer(
                    response.statusCode(),
                    contentType,
                    response.headers().firstValue("X-Request-Id").orElse(""),
                    response.body(),
                    contentType.startsWith("application/json") ? read(response.body()) : MAPPER.createObjectNode());
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    static JsonNode read(String json) {
        try {
            return MAPPER.readTree(json);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
