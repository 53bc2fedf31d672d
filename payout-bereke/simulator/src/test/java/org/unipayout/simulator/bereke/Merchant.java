package org.unipayout.simulator.bereke;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.ObjectMapper;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** A merchant's side of the wire: builds requests by field name and sends them with the JDK's client. */
final class Merchant {
    static final String CARD = "4111111111111111";
    static final String CLIENT = "12345abc-d67e-8901-23fg-h45i67jk8901";

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private final BerekeSimulator bank;

    Merchant(BerekeSimulator bank) {
        this.bank = bank;
    }

    /** An HTTP answer with its body read as JSON where it is JSON. */
    record Answer(int status, String text, HttpResponse<String> http) {
        JsonNode json() {
            return read(text);
        }

        String field(String name) {
            return json().at("/" + name.replace('.', '/')).asText();
        }
    }

    /** A request body under construction. */
    final class Body {
        private final ObjectNode root = JSON.createObjectNode();

        Body with(String name, String value) {
            parent(name).put(last(name), value);
            return this;
        }

        Body with(String name, long value) {
            parent(name).put(last(name), value);
            return this;
        }

        Body withJson(String name, String json) {
            parent(name).set(last(name), read(json));
            return this;
        }

        Body without(String name) {
            parent(name).remove(last(name));
            return this;
        }

        Answer perform() {
            return call("performPayout.do");
        }

        Answer register() {
            return call("registerPayout.do");
        }

        Answer call(String method) {
            return post(method, root.toString());
        }

        private ObjectNode parent(String name) {
            ObjectNode node = root;
            String[] parts = name.split("\\.", -1);
            for (int i = 0; i < parts.length - 1; i++) {
                node = node.withObject("/" + parts[i]);
            }
            return node;
        }

        private static String last(String name) {
            return name.substring(name.lastIndexOf('.') + 1);
        }

        @Override
        public String toString() {
            return root.toString();
        }
    }

    Body credentials() {
        return new Body().with("userName", bank.userName()).with("password", bank.password());
    }

    /** A valid payout without a recipient: what registerPayout takes. */
    Body order(String number, long amount) {
        return credentials().with("orderNumber", number).with("amount", amount).with("currency", "398");
    }

    /** A valid payout to a card. */
    Body payout(String number, long amount) {
        return order(number, amount).with("target.pan", CARD);
    }

    Answer status(String number) {
        return credentials().with("orderNumber", number).call("getPayoutStatus.do");
    }

    Answer balance() {
        return credentials().call("getAmount.do");
    }

    Answer post(String method, String body) {
        return send(request(method)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build());
    }

    Answer get(String url) {
        return send(HttpRequest.newBuilder(bank.baseUrl().resolve(url)).build());
    }

    Answer submit(String url, String form) {
        return send(HttpRequest.newBuilder(bank.baseUrl().resolve(url))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(form))
                .build());
    }

    HttpRequest.Builder request(String method) {
        return HttpRequest.newBuilder(URI.create(bank.baseUrl() + "/payouts/api/v2/" + method));
    }

    static Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = HTTP.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static JsonNode read(String json) {
        try {
            return JSON.readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
