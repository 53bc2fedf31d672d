package org.unipayout.journal.internal.run;

import java.util.Optional;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutStatus;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRequest;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.store.Stored;

/**
 * Answers a provider that asks before it pays: per payout exactly one of its transactions is let through, and it is
 * committed before the answer is given. So a second send is declined by ourselves, whatever became of the first.
 */
public final class Fence {
    private static final int ATTEMPTS = 5;

    private final Engine engine;

    public Fence(Engine engine) {
        this.engine = engine;
    }

    public PayoutFence.Answer answer(String provider, PayoutFence fence, WebhookRequest request) {
        PayoutFence.Question question = fence.read(request);
        PayoutFence.Answer acceptance = question.acceptance();
        return acceptance != null && letsThrough(provider, question.payout()) ? acceptance : question.refusal();
    }

    /** A payout that moves on meanwhile is looked at again. */
    private boolean letsThrough(String provider, WebhookEvent asked) {
        String reference = asked.reference().orElse("");
        String id = asked.providerId().orElse("");
        for (int attempt = 0; attempt < ATTEMPTS && !id.isEmpty(); attempt++) {
            Optional<Stored> stored = engine.store()
                    .load(reference)
                    .filter(payout -> payout.provider().equals(provider));
            if (stored.isEmpty() || !mayPass(stored.get(), asked, id)) {
                return false;
            }
            if (engine.store().letThrough(stored.get(), id)) {
                return true;
            }
        }
        return false;
    }

    private boolean mayPass(Stored stored, WebhookEvent asked, String id) {
        if (!stored.holds()) {
            return false;
        }
        if (id.equals(stored.letThrough())) {
            PayoutStatus status = stored.observation().status();
            return !status.isFinal() || status.funds() != PayoutStatus.Funds.NOT_MOVED;
        }
        Held held = new Held(engine, stored);
        Facts facts = held.facts();
        return stored.letThrough() == null
                && asked.against(held.handle().withProviderId(id)).ours() // whichever of its transactions
                && facts.submitUnclear()
                && !facts.endLost() // which one was let through may be lost
                && !held.isOfLostTime()
                && !facts.cancelPending()
                && !held.status().isFinal()
                && !held.rules(true).expired(held.now());
    }
}
