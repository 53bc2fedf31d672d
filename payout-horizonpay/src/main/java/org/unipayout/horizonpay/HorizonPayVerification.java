package org.unipayout.horizonpay;

import java.util.Objects;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookEvent.Trust;
import org.unipayout.WebhookRejectedException;
import org.unipayout.WebhookRequest;
import org.unipayout.horizonpay.internal.HorizonPayReadings;
import org.unipayout.horizonpay.internal.wire.Transaction;
import org.unipayout.horizonpay.internal.wire.VerificationAnswer;
import org.unipayout.http.Json;

/**
 * Answers HorizonPay's question before it pays, for requests with {@link HorizonPayExtras.Builder#verificationUrl}.
 *
 * <pre>{@code
 * HorizonPayVerification verification = HorizonPayVerification.of(options, payout -> orders.expect(payout.reference(), payout.amount()));
 * byte[] answer = verification.answer(new WebhookRequest(rawBody, headers)); // send with HTTP 200 and application/json
 * }</pre>
 *
 * <p>The question is signed like a notification and checked like one. It is asked while the payout is being made, so the
 * reference must be stored before the submit. Do not call HorizonPay while answering: it waits.
 *
 * <p>Thread-safe if the merchant's decision is. Does no I/O. Source: docs.bepaid.by, "Verification".
 */
public final class HorizonPayVerification {
    private static final Logger LOG = LoggerFactory.getLogger(HorizonPayVerification.class);

    private static final int ACCEPT = 0;
    private static final int DECLINE = 1;

    private final Authenticity authenticity;
    private final boolean testMode;
    private final Predicate<WebhookEvent> approval;

    private HorizonPayVerification(HorizonPayOptions options, Predicate<WebhookEvent> approval) {
        authenticity = new Authenticity(options);
        testMode = options.testMode();
        this.approval = Objects.requireNonNull(approval, "approval");
    }

    /**
     * Decides by the merchant's own records.
     *
     * @param options the merchant's shop, with its public keys
     * @param approval whether a payout, with its reference and amount, is one that the merchant wants; if it throws, the
     *     payout is declined
     * @return the handler
     * @throws IllegalArgumentException if there is no key and Basic credentials were not allowed, or a key is not an RSA
     *     public key
     */
    public static HorizonPayVerification of(HorizonPayOptions options, Predicate<WebhookEvent> approval) {
        return new HorizonPayVerification(options, approval);
    }

    /**
     * Checks a question and answers it.
     *
     * @param request raw bytes and headers
     * @return the JSON to send with HTTP 200
     * @throws WebhookRejectedException if the sender cannot be trusted or the body cannot be read; answer with HTTP 403
     */
    public byte[] answer(WebhookRequest request) {
        Trust trust = authenticity.check(request);
        Transaction transaction = Authenticity.transaction(request);
        boolean accepted = transaction.amount() != null
                && !HorizonPayReadings.hasOtherTestMark(transaction, testMode)
                && approves(HorizonPayWebhooks.event(transaction, trust).build());
        return Json.write(
                accepted
                        ? new VerificationAnswer(
                                ACCEPT, transaction.uid(), transaction.amount(), transaction.createdAt(), null)
                        : new VerificationAnswer(DECLINE, null, null, null, "declined by the merchant"));
    }

    private boolean approves(WebhookEvent question) {
        try {
            return approval.test(question);
        } catch (RuntimeException e) {
            LOG.debug("The merchant's decision about a payout failed, so the payout is declined");
            return false;
        }
    }
}
