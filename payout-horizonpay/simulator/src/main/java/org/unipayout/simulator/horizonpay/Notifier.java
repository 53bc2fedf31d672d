package org.unipayout.simulator.horizonpay;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.unipayout.testkit.WebhookOutbox;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/** What the gateway tells the merchant by itself: notifications, and the question whether to go on with a payout. */
final class Notifier {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    private final Shop shop;
    private final WebhookOutbox outbox;
    private final TransactionBody bodies;
    private final HorizonPaySwitches switches;

    Notifier(Shop shop, WebhookOutbox outbox, TransactionBody bodies, HorizonPaySwitches switches) {
        this.shop = shop;
        this.outbox = outbox;
        this.bodies = bodies;
        this.switches = switches;
    }

    void announce(Transaction transaction) {
        Outcome outcome = transaction.outcome();
        boolean wanted = outcome.awaitsRecipient() ? switches.notifyIncomplete : !transaction.isProcessing();
        boolean addressed = Json.text(transaction.request, "notification_url") != null;
        if (wanted && (addressed || switches.notifyWithoutUrl)) {
            outbox.add(signed(body(transaction)));
        }
    }

    WebhookOutbox.Notification signed(byte[] body) {
        return new WebhookOutbox.Notification(headers(body), body);
    }

    /** Why the merchant says no at its verification_url, null when it says yes. */
    @Nullable String objection(Transaction transaction, String verificationUrl) {
        JsonNode answer = ask(transaction, URI.create(verificationUrl));
        if (answer == null) {
            return switches.verificationFailureDeclines ? "Verification was not answered" : null;
        }
        boolean accepted = answer.path("code").isIntegralNumber()
                && answer.path("code").asInt() == 0
                && answer.path("uid").asText().equals(transaction.uid)
                && answer.path("amount").asLong() == transaction.amount;
        if (accepted) {
            return null;
        }
        String reason = Json.text(answer, "message");
        return reason == null ? "Verification was refused" : reason;
    }

    /** Calls this machine only; any other address counts as not answering. */
    private @Nullable JsonNode ask(Transaction transaction, URI address) {
        if (!"127.0.0.1".equals(address.getHost()) && !"localhost".equals(address.getHost())) {
            return null;
        }
        byte[] body = body(transaction);
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(switches.verificationTimeout)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        headers(body).forEach(request::header);
        try {
            HttpResponse<byte[]> response = HTTP.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            return response.statusCode() == 200 ? Json.read(response.body()) : null;
        } catch (IOException e) {
            return null;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        }
    }

    private byte[] body(Transaction transaction) {
        return Json.write(bodies.whole(transaction, switches.webhookEnvelope)).getBytes(StandardCharsets.UTF_8);
    }

    private Map<String, String> headers(byte[] body) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("Authorization", shop.basic());
        if (switches.notificationsSigned) {
            headers.put("Content-Signature", shop.sign(body));
        }
        return headers;
    }
}
