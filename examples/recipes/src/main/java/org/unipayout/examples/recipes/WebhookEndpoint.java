package org.unipayout.examples.recipes;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.unipayout.WebhookRejectedException;
import org.unipayout.WebhookRequest;
import org.unipayout.journal.JournalException;
import org.unipayout.journal.Payouts;

/** Takes notifications with the JDK's own server: raw bytes in, and 200 once the journal has stored them. */
final class WebhookEndpoint {
    private final Payouts payouts;

    WebhookEndpoint(Payouts payouts) {
        this.payouts = payouts;
    }

    // snippet: webhook-endpoint
    HttpServer open(InetSocketAddress where) throws IOException {
        HttpServer server = HttpServer.create(where, 0);
        server.createContext("/webhooks/ioka", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(take("ioka", exchange), -1);
            }
        });
        server.start();
        return server;
    }

    private int take(String provider, HttpExchange exchange) throws IOException {
        byte[] body = exchange.getRequestBody().readNBytes(WebhookRequest.MAX_BYTES + 1); // the bytes as they came
        try {
            payouts.webhook(provider, body, exchange.getRequestHeaders());
            return 200; // stored; a repetition is recognised
        } catch (WebhookRejectedException e) {
            return 403; // forged, damaged, too big: nothing was stored
        } catch (JournalException e) {
            return 503; // not stored: the provider sends it again, and the journal asks by itself anyway
        }
    }
    // end
}
