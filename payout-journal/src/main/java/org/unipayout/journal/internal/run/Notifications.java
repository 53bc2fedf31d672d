package org.unipayout.journal.internal.run;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.unipayout.Identity;
import org.unipayout.Payout;
import org.unipayout.PayoutStatus;
import org.unipayout.Resubmission;
import org.unipayout.journal.Attention;
import org.unipayout.journal.internal.decide.Answers;
import org.unipayout.journal.internal.decide.Entry;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.NextStep;
import org.unipayout.journal.internal.store.Inbox;

/**
 * What notifications are good for: a reason to ask. A signed one that names our payout also proves that the provider has
 * it, and brings the id to ask by; if asking stays without an answer that agrees, what it claims is the last word.
 */
final class Notifications {
    private final Held held;

    Notifications(Held held) {
        this.held = held;
    }

    void take(Run run) {
        takeWhatTheFenceLetThrough(run);
        List<Inbox.Pending> hints = new ArrayList<>();
        for (Inbox.Pending notification : held.pendingNotifications()) {
            Identity identity = notification.shown().against(held.handle());
            boolean news = isNews(notification, identity);
            if (!news && !run.isFree()) {
                continue; // it stays until the payout is due
            }
            if (!notification.signed()) {
                hints.add(notification);
                continue;
            }
            Fields proof = notification
                    .proof()
                    .with("about", identity.about())
                    .with("anotherOfOurs", Facts.isAnotherOfOurs(identity) ? "true" : null);
            taken(new Entry(Event.NOTIFIED, proof, named(notification, identity)), List.of(notification), run);
        }
        if (!hints.isEmpty()) {
            takeHints(hints, run);
        }
    }

    /** One question answers all hints, which prove nothing, so one row tells of them. */
    private void takeHints(List<Inbox.Pending> hints, Run run) {
        Inbox.Pending last = hints.get(hints.size() - 1);
        Fields proof = last.proof()
                .with("about", last.shown().against(held.handle()).about())
                .with("hints", hints.size() > 1 ? hints.size() : null);
        taken(new Entry(Event.NOTIFIED, proof, held.observation()), hints, run);
    }

    private void taken(Entry entry, List<Inbox.Pending> notifications, Run run) {
        held.append(entry, notifications);
        held.reached(Checkpoint.WEBHOOK_APPLIED);
        run.notified();
    }

    /** Whether a signed one says something about our payout, or a second one of ours, that is not known yet. */
    private boolean isNews(Inbox.Pending notification, Identity identity) {
        if (!notification.signed()) {
            return false;
        }
        boolean says = identity.ours()
                && notification
                        .reported()
                        .filter(reported -> held.facts().isNews(reported) || isFirstSight(reported))
                        .isPresent();
        return says || identity.collides() || Facts.isAnotherOfOurs(identity);
    }

    /** That the provider has the payout at all is news too: from then on no absence counts. */
    private boolean isFirstSight(PayoutStatus reported) {
        return reported != PayoutStatus.PREPARED
                && held.status() == PayoutStatus.UNKNOWN
                && !held.facts().seen();
    }

    /** The provider asked before paying: it has the payout, under this id. */
    private void takeWhatTheFenceLetThrough(Run run) {
        String id = held.stored().letThrough();
        boolean fenced = held.resubmission() instanceof Resubmission.Fenced;
        if (id == null || !fenced || held.facts().isLetThrough()) {
            return;
        }
        Fields proof = new Fields().with("providerId", id);
        Payout known = held.observation();
        Payout named = known.toBuilder().ref(known.ref().withProviderId(id)).build(); // no other one can be paid
        held.append(new Entry(Event.LET_THROUGH, proof, named), held.now());
        run.notified();
    }

    private static Payout withId(Payout known, String id) {
        return known.ref().providerId().isPresent() && known.ref().queueId().isEmpty()
                ? known
                : known.toBuilder().ref(known.ref().withProviderId(id)).build();
    }

    private Payout named(Inbox.Pending notification, Identity identity) {
        Payout known = held.observation();
        return notification.signed() && identity.ours()
                ? notification.providerId().map(id -> withId(known, id)).orElse(known)
                : known;
    }

    /** Asking has had its time: what the signed notification said then holds, and a person should look. */
    void takeAtTheirWord(Run run) {
        PayoutStatus claim =
                held.facts().openClaim().filter(PayoutStatus::isFinal).orElse(null);
        Instant claimedAt = held.facts().claimedAt();
        if (claim == null || claimedAt == null) {
            return;
        }
        if (!held.status().mayBecome(claim)) {
            run.flags(Attention.CONTRADICTION);
        } else if (held.now().isBefore(claimedAt.plus(held.settings().attentionAfter()))) {
            return;
        } else if (held.status() == PayoutStatus.PROCESSING
                || !NextStep.isBelievable(held.facts(), held.resubmission(), claim, held.now())) {
            run.flags(Attention.CONTRADICTION); // asking has an answer, and it is another one
        } else {
            Payout claimed = Payout.builder(
                            held.handle(), claim, held.observation().providerStatus())
                    .decline(claim == PayoutStatus.FAILED ? Answers.notified() : null)
                    .build();
            held.append(new Entry(Event.TAKEN_AT_ITS_WORD, new Fields().with("reported", claim), claimed), held.now());
        }
    }
}
