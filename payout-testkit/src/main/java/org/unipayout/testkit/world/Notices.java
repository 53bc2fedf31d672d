package org.unipayout.testkit.world;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.unipayout.Capabilities;
import org.unipayout.MayChange;
import org.unipayout.Money;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Shown;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRequest;

/** The notifications of a {@link NastyProvider} and its questions before a payment: how they are written and read. */
@MayChange
public final class Notices implements PayoutWebhooks, PayoutFence {
    private static final Answer YES = new Answer(200, "text/plain", new byte[] {'y'});
    private static final Answer NO = new Answer(200, "text/plain", new byte[] {'n'});

    private final Capabilities.Webhooks trust;

    Notices(Capabilities.Webhooks trust) {
        this.trust = trust;
    }

    static String written(Transaction transaction, PayoutStatus status, boolean withId, boolean recipient) {
        return String.join(
                " ",
                transaction.id + ":" + status,
                withId ? transaction.id : "-",
                status.name(),
                transaction.shown(recipient).text(),
                Long.toString(transaction.request.amount().minorUnits()),
                transaction.request.amount().currency().getCurrencyCode(),
                transaction.reference());
    }

    /** Whether an answer of the fence lets the transaction through. */
    static boolean accepts(Answer answer) {
        return answer.body().length == 1 && answer.body()[0] == 'y';
    }

    @Override
    public WebhookEvent receive(WebhookRequest request) {
        String[] parts = new String(request.body(), StandardCharsets.UTF_8).split(" ", -1);
        boolean signed = trust == Capabilities.Webhooks.VERIFIED;
        WebhookEvent.Builder event = WebhookEvent.builder(
                        NastyProvider.NAME,
                        "changed",
                        signed ? WebhookEvent.Trust.VERIFIED : WebhookEvent.Trust.HINT,
                        parts[0])
                .reference(parts[6])
                .amount(Money.ofMinor(Long.parseLong(parts[4]), parts[5]));
        if (signed) {
            event.status(PayoutStatus.valueOf(parts[2]), parts[2]);
        }
        if (!parts[1].equals("-")) {
            event.providerId(parts[1]).shown(Shown.parse(parts[3]));
        }
        return event.build();
    }

    @Override
    public Question read(WebhookRequest request) {
        String[] parts = new String(request.body(), StandardCharsets.UTF_8).split(" ", -1);
        WebhookEvent payout = WebhookEvent.builder(
                        NastyProvider.NAME, "verification", WebhookEvent.Trust.VERIFIED, parts[0])
                .reference(parts[6])
                .providerId(parts[1])
                .amount(Money.ofMinor(Long.parseLong(parts[4]), parts[5]))
                .build();
        return new Question(payout, YES, NO);
    }

    /**
     * One notification on its way.
     *
     * @param dueAt when it arrives
     * @param reference of which payout
     * @param id of which transaction
     * @param status what it says
     * @param text as it is sent
     */
    public record Notice(Instant dueAt, String reference, String id, PayoutStatus status, String text) {
        /** {@return the body as it is sent} */
        public byte[] body() {
            return text.getBytes(StandardCharsets.UTF_8);
        }

        /** {@return whether it brings the id; without one, two payments read like one that is told twice} */
        public boolean bringsId() {
            return text.split(" ", 3)[1].equals(id);
        }

        @Override
        public String toString() {
            return id + " is " + status;
        }
    }
}
