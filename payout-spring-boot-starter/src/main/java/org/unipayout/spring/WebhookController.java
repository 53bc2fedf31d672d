package org.unipayout.spring;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;
import org.unipayout.PayoutFence;
import org.unipayout.WebhookRejectedException;
import org.unipayout.journal.JournalException;
import org.unipayout.journal.Payouts;

/**
 * Takes notifications, and the questions of a provider that asks before it pays. Every provider takes HTTP 200 for an answer, and
 * repeats what is answered otherwise.
 */
@RestController
final class WebhookController {
    private static final Logger LOG = LoggerFactory.getLogger(WebhookController.class);
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int TOO_LARGE = 413;
    private static final int UNAVAILABLE = 503;

    private final Payouts payouts;
    private final int maxBytes;
    private final Refusals refusals;

    WebhookController(Payouts payouts, int maxBytes, Refusals refusals) {
        this.payouts = payouts;
        this.maxBytes = maxBytes;
        this.refusals = refusals;
    }

    /** What a method of the journal takes. */
    @FunctionalInterface
    private interface Taker {
        ResponseEntity<byte[]> take(byte[] body, Map<String, List<String>> headers);
    }

    @PostMapping("${unipayout.webhooks.path:/unipayout/webhooks}/{account}")
    ResponseEntity<byte[]> notified(@PathVariable("account") String account, HttpServletRequest request)
            throws IOException {
        return answer(account, request, (body, headers) -> {
            payouts.webhook(account, body, headers);
            return ResponseEntity.ok().build();
        });
    }

    @PostMapping("${unipayout.webhooks.path:/unipayout/webhooks}/{account}/verification")
    ResponseEntity<byte[]> asked(@PathVariable("account") String account, HttpServletRequest request)
            throws IOException {
        return answer(account, request, (body, headers) -> {
            PayoutFence.Answer answer = payouts.verification(account, body, headers);
            return ResponseEntity.status(answer.status())
                    .header("Content-Type", answer.contentType())
                    .body(answer.body());
        });
    }

    private ResponseEntity<byte[]> answer(String account, HttpServletRequest request, Taker taker) throws IOException {
        byte[] body = request.getInputStream().readNBytes(maxBytes + 1);
        if (body.length > maxBytes) {
            return refused(account, TOO_LARGE);
        }
        try {
            return taker.take(body, headers(request));
        } catch (WebhookRejectedException e) {
            LOG.debug("A notification was refused", e);
            return refused(account, FORBIDDEN);
        } catch (IllegalArgumentException e) {
            LOG.debug("A notification came to an account that takes none", e);
            return ResponseEntity.status(NOT_FOUND).build();
        } catch (JournalException e) {
            LOG.debug("A notification could not be stored; the provider repeats it", e);
            return ResponseEntity.status(UNAVAILABLE).build();
        }
    }

    private ResponseEntity<byte[]> refused(String account, int status) {
        refusals.refused(account);
        return ResponseEntity.status(status).build();
    }

    private static Map<String, List<String>> headers(HttpServletRequest request) {
        Map<String, List<String>> headers = new HashMap<>();
        Collections.list(request.getHeaderNames())
                .forEach(name -> headers.put(name, Collections.list(request.getHeaders(name))));
        return headers;
    }
}
