package org.unipayout.simulator.bank131;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.Objects;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/** A client of the bank as a partner could write it: java.net.http and its own signing. */
final class Partner {
    static final String CARD_TOKEN = "759c9852dde2211d7531b3d905c1d513fbfb914bee87fb567d99c7b2f2c2ad44";
    static final String CARD =
            "{\"type\":\"card\",\"card\":{\"type\":\"tokenized_card\",\"tokenized_card\":{\"token\":\"" + CARD_TOKEN
                    + "\"}}}";
    static final String ACCOUNT = "{\"type\":\"bank_account\",\"bank_account\":{\"system_type\":\"ru\",\"ru\":"
            + "{\"bik\":\"044525974\",\"account\":\"40817810400003869535\",\"full_name\":\"Иванов Иван\","
            + "\"description\":\"Выплата\"}}}";
    static final String FPS = "{\"type\":\"bank_account\",\"bank_account\":{\"system_type\":\"faster_payment_system\","
            + "\"faster_payment_system\":{\"phone\":\"79680000000\",\"bank_id\":\"100000000069\","
            + "\"description\":\"Payout\"}}}";
    static final String SENDER =
            "{\"sender\":{\"account\":\"40702810300200000013\",\"beneficiary_id\":\"3316004777\"}}";

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    private final Bank131Simulator bank;

    /** An answer: its HTTP status and its body. */
    record Reply(int status, String text) {
        JsonNode at(String pointer) {
            return Objects.requireNonNull(Json.read(text.getBytes(StandardCharsets.UTF_8)))
                    .at(pointer);
        }

        String textAt(String pointer) {
            return at(pointer).asText();
        }

        String sessionId() {
            return textAt("/session/id");
        }

        String error() {
            return textAt("/error/code");
        }
    }

    Partner(Bank131Simulator bank) {
        this.bank = bank;
    }

    Reply post(String path, String body, String... headers) {
        return send("POST", path, body, sign(bank.partnerPrivateKeyPem(), body), headers);
    }

    Reply send(String method, String path, String body, String signature, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(bank.baseUrl().resolve(path))
                .header("Content-Type", "application/json")
                .header("x-partner-project", bank.projectId())
                .header("x-partner-sign", signature)
                .method(method, HttpRequest.BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        return exchange(request.build());
    }

    static Reply exchange(HttpRequest request) {
        try {
            HttpResponse<String> response = HTTP.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    String create(String version) {
        return post("/api/" + version + "/session/create", "{}").sessionId();
    }

    Reply start(String sessionId, String instrument, long amount) {
        return post("/api/v2/session/start/payout", startBody(sessionId, instrument, amount));
    }

    static String startBody(String sessionId, String instrument, long amount) {
        return "{\"session_id\":\"" + sessionId + "\",\"payout_details\":" + instrument + ",\"amount_details\":"
                + amount(amount) + ",\"metadata\":\"order-1\"}";
    }

    /** Creates and starts a payout; gives the session's id. */
    String started(String instrument, long amount) {
        String sessionId = create("v2");
        start(sessionId, instrument, amount);
        return sessionId;
    }

    /** Creates, starts and confirms a payout; gives the session's id. */
    String confirmed(String instrument, long amount) {
        String sessionId = started(instrument, amount);
        confirm(sessionId);
        return sessionId;
    }

    Reply confirm(String sessionId) {
        return post("/api/v2/session/confirm", session(sessionId));
    }

    Reply cancel(String sessionId) {
        return post("/api/v2/session/cancel", session(sessionId));
    }

    Reply status(String sessionId) {
        return post("/api/v2/session/status", session(sessionId));
    }

    static String session(String sessionId) {
        return "{\"session_id\":\"" + sessionId + "\"}";
    }

    static String amount(long minorUnits) {
        return "{\"amount\":" + minorUnits + ",\"currency\":\"rub\"}";
    }

    static String sign(String pem, String body) {
        try {
            String base64 = pem.replaceAll("-----[A-Z ]+-----", "").replaceAll("\\s", "");
            PrivateKey key = KeyFactory.getInstance("RSA")
                    .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key);
            signature.update(body.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(signature.sign());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
