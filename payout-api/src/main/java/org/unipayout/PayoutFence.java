package org.unipayout;

import org.jspecify.annotations.Nullable;

/**
 * Reads the question of a provider that asks the merchant before it pays, and writes both answers to it.
 *
 * <p>Whoever lets exactly one provider id per payout through, and stores it before the answer is sent, has a fence: a
 * second send is then declined by the merchant, whatever became of the first ({@link Resubmission.Fenced}).
 *
 * <pre>{@code
 * PayoutFence.Question question = fence.read(request);
 * boolean first = question.acceptance() != null && intents.letThrough(question.payout()); // stored, one id per payout
 * PayoutFence.Answer answer = first ? question.acceptance() : question.refusal();
 * }</pre>
 *
 * <p>Implementations are thread-safe and do no I/O. Do not call the provider before the answer is sent: it waits.
 */
@MayChange
public interface PayoutFence {

    /**
     * Checks who asks, and reads what.
     *
     * @param request raw bytes and headers
     * @return the question
     * @throws WebhookRejectedException if the sender cannot be trusted or the body cannot be read; answer with HTTP 403
     */
    Question read(WebhookRequest request);

    /**
     * May this payout be paid? The same question may be asked again.
     *
     * @param payout which one: provider id, reference, amount and what else is shown of it; compare it with the stored
     *     handle ({@link WebhookEvent#against}) before it is let through. Never carries a status
     * @param acceptance the answer that lets it through; null if it must not be let through, because it is a test among
     *     real payouts or does not say how much
     * @param refusal the answer that stops it
     */
    record Question(WebhookEvent payout, @Nullable Answer acceptance, Answer refusal) {}

    /** An HTTP answer. Immutable; prints no body. */
    final class Answer {
        private final int status;
        private final String contentType;
        private final byte[] body;

        /**
         * An answer; adapters make it.
         *
         * @param status the HTTP status
         * @param contentType the value of {@code Content-Type}
         * @param body the bytes; copied
         */
        public Answer(int status, String contentType, byte[] body) {
            this.status = status;
            this.contentType = Checks.text(contentType, "contentType");
            this.body = body.clone();
        }

        /** {@return the HTTP status} */
        public int status() {
            return status;
        }

        /** {@return the value of {@code Content-Type}} */
        public String contentType() {
            return contentType;
        }

        /** {@return a copy of the bytes} */
        public byte[] body() {
            return body.clone();
        }

        @Override
        public String toString() {
            return "Answer[" + status + ", " + body.length + " bytes]";
        }
    }
}
