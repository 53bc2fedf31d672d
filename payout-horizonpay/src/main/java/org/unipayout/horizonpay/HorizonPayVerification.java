package org.unipayout.horizonpay;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.PayoutFence;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookEvent.Trust;
import org.unipayout.WebhookRejectedException;
import org.unipayout.WebhookRequest;
import org.unipayout.horizonpay.internal.HorizonPayReadings;
import org.unipayout.horizonpay.internal.HorizonPayTables;
import org.unipayout.horizonpay.internal.wire.Transaction;
import org.unipayout.horizonpay.internal.wire.VerificationAnswer;
import org.unipayout.http.Json;

/**
 * Answers HorizonPay's question before it pays, for shops with {@link HorizonPayOptions.Builder#fence} and for requests
 * with {@link HorizonPayExtras.Builder#verificationUrl}.
 *
 * <pre>{@code
 * HorizonPayVerification verification = HorizonPayVerification.of(options);
 * PayoutFence.Answer answer = verification.answer(
 *         new WebhookRequest(rawBody, headers), payout -> orders.letThrough(payout.reference(), payout.providerId()));
 * }</pre>
 *
 * <p>The question is signed like a notification and checked like one. It is asked while the payout is being made, so the
 * reference must be stored before the submit. HorizonPay pays nothing that is declined. What it does with a question that
 * stays without an answer is not in its pages.
 *
 * <p>Thread-safe if the merchant's decision is. Does no I/O. Source: docs.bepaid.by, "Verification".
 */
public final class HorizonPayVerification implements PayoutFence {
    private static final Logger LOG = LoggerFactory.getLogger(HorizonPayVerification.class);

    private static final int ACCEPT = 0;
    private static final int DECLINE = 1;

    private final Authenticity authenticity;
    private final HorizonPayReadings readings;

    private HorizonPayVerification(HorizonPayOptions options) {
        authenticity = new Authenticity(options);
        readings = HorizonPayReadings.of(HorizonPayTables.errorBook(), options);
    }

    /**
     * Trusts the keys of the options, as {@link HorizonPayWebhooks} does.
     *
     * @param options the merchant's shop
     * @return the handler
     * @throws IllegalArgumentException if there is no key and Basic credentials were not allowed, or a key is not an RSA
     *     public key
     */
    public static HorizonPayVerification of(HorizonPayOptions options) {
        return new HorizonPayVerification(options);
    }

    @Override
    public Question read(WebhookRequest request) {
        Trust trust = authenticity.check(request);
        Authenticity.Message message = Authenticity.message(request);
        return new Question(
                HorizonPayWebhooks.event(message, trust).build(), acceptance(message.transaction()), refusal());
    }

    private @Nullable Answer acceptance(Transaction transaction) {
        boolean complete = HorizonPayReadings.money(transaction).isPresent() && transaction.trackingId() != null;
        return complete && !readings.hasOtherTestMark(transaction)
                ? answer(new VerificationAnswer(
                        ACCEPT, transaction.uid(), transaction.amount(), transaction.createdAt(), null))
                : null;
    }

    private static Answer refusal() {
        return answer(new VerificationAnswer(DECLINE, null, null, null, "declined by the merchant"));
    }

    private static Answer answer(VerificationAnswer body) {
        return new Answer(200, "application/json", Json.write(body));
    }

    /**
     * Checks a question and answers it.
     *
     * @param request raw bytes and headers
     * @param approval whether a payout is one that the merchant wants; asked with the reference, the amount, the provider's
     *     id and what else is shown of it. If it throws, the payout is declined
     * @return what to send
     * @throws WebhookRejectedException if the sender cannot be trusted or the body cannot be read; answer with HTTP 403
     */
    public Answer answer(WebhookRequest request, Predicate<WebhookEvent> approval) {
        Question question = read(request);
        Answer acceptance = question.acceptance();
        return acceptance != null && approves(approval, question.payout()) ? acceptance : question.refusal();
    }

    private static boolean approves(Predicate<WebhookEvent> approval, WebhookEvent payout) {
        try {
            return approval.test(payout);
        } catch (RuntimeException e) {
            LOG.debug("The merchant's decision about a payout failed, so the payout is declined");
            return false;
        }
    }
}
