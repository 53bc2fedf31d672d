package org.unipayout.journal.internal.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.unipayout.Capabilities;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Resubmission;
import org.unipayout.journal.HistoryFault;
import org.unipayout.journal.internal.decide.Entry;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.NextStep;
import org.unipayout.journal.internal.decide.Replacement;
import org.unipayout.journal.internal.decide.Restore;
import org.unipayout.journal.internal.store.Inbox;
import org.unipayout.journal.internal.store.Rates;
import org.unipayout.journal.internal.store.Store;
import org.unipayout.journal.internal.store.Stored;
import org.unipayout.journal.internal.store.StoredRequest;

/**
 * A payout in the hands of one thread: version, observation and facts as they were read at once. They are replaced only
 * by what this thread itself wrote, so every row is added at the version that it was decided from.
 */
final class Held {
    private final Engine engine;
    private final Provider provider;
    private Stored stored;
    private Facts facts;

    Held(Engine engine, String reference) {
        this(engine, engine.load(reference));
    }

    Held(Engine engine, Stored stored) {
        this.engine = engine;
        this.stored = stored;
        provider = engine.provider(stored.provider());
        facts = factsOf(stored);
    }

    /** A history that does not hold proves nothing. */
    private Facts factsOf(Stored from) {
        return Facts.of(from.fault() == null ? from.history() : List.of(), provider.callDeadline());
    }

    /** Whether what is stored fits its history; if not, no call is made. */
    boolean holds() {
        return stored.holds();
    }

    String reference() {
        return stored.reference();
    }

    Provider provider() {
        return provider;
    }

    /** Whether it was asked for at another account than the client pays from now; it is unknown there. */
    boolean isOfAnotherAccount() {
        String asked = stored.history().get(0).facts().get("account");
        return asked != null
                && provider.client()
                        .capabilities()
                        .account()
                        .filter(present -> !present.equals(asked))
                        .isPresent();
    }

    /** Whether the provider can find it by what is known of it; a lost handle leaves the reference alone. */
    boolean canBeAskedAbout() {
        return handle().providerId().isPresent()
                || provider.client().capabilities().has(Capabilities.Feature.LOOKUP_BY_REFERENCE);
    }

    Resubmission resubmission() {
        return provider.client().capabilities().resubmission(handle().recipientKind());
    }

    Stored stored() {
        return stored;
    }

    Facts facts() {
        return facts;
    }

    Payout observation() {
        return stored.observation();
    }

    PayoutRef handle() {
        return stored.observation().ref();
    }

    PayoutStatus status() {
        return stored.observation().status();
    }

    /** By what the next step is decided, beside the facts. */
    NextStep.Rules rules(boolean requestKnown) {
        String expiresAt = stored.request().get("expiresAt");
        return new NextStep.Rules(
                resubmission(),
                settings().absence(),
                stored.confirmation(),
                settings().greatestSubmits(),
                requestKnown,
                expiresAt == null ? null : Instant.parse(expiresAt),
                returnsQuietly(),
                settings().watchedFor());
    }

    /** Whether a paid payout may come back without a notification that proves it. */
    private boolean returnsQuietly() {
        Capabilities capabilities = provider.client().capabilities();
        return capabilities.has(Capabilities.Feature.RETURNS)
                && capabilities.webhooks() != Capabilities.Webhooks.VERIFIED;
    }

    /** Whoever repeats the request, the intent is as old as its first row: a payout created before it is not ours. */
    PayoutRequest asFirstAsked(PayoutRequest request) {
        return request.toBuilder()
                .requestedAt(handle().requestedAt().orElse(stored.requestedAt()))
                .build();
    }

    /** The request without its card number, if that is not stored. */
    Optional<PayoutRequest> request() {
        return stored.startsAnew() ? Optional.empty() : StoredRequest.read(stored.request());
    }

    // ---- what changes it

    void append(Entry entry, Instant at) {
        goOnFrom(engine.database().transaction(connection -> store().append(connection, stored, entry, at)));
    }

    /** Lets the history say that the database went back in time, before anything is decided by it. */
    void takeRestores() {
        for (Restore restore : lostTimes()) {
            stored.entry(restore, settings().watchedFor()).ifPresent(entry -> append(entry, now()));
        }
    }

    /** Whether something is lost that its history does not say yet. */
    boolean isOfLostTime() {
        return lostTimes().stream()
                .anyMatch(restore ->
                        stored.entry(restore, settings().watchedFor()).isPresent());
    }

    /** Whether a replacement may be lost that was made since its end was said. */
    boolean mayBeReplacedByWhatIsLost() {
        return Replacement.mayBeLost(stored.history(), lostTimes());
    }

    /** Whether this stands in for a payout of which something says by now that it was paid. */
    boolean mayBePaidAlready() {
        return engine.paidBefore(stored).isPresent();
    }

    private List<Restore> lostTimes() {
        return stored.lastRestoredAt() == null || !holds()
                ? List.of()
                : engine.restores().all();
    }

    /** Takes a person's word on what does not fit its history. */
    void startAnew(HistoryFault fault, Entry entry) {
        Instant at = now();
        goOnFrom(engine.database().transaction(connection -> store().startAnew(connection, stored, fault, entry, at)));
    }

    /** Adds a row that leaves the observation as it is. */
    void append(Event event, Fields proof) {
        append(new Entry(event, proof, observation()), now());
    }

    /** Takes notifications in, in the transaction in which they count as taken in. */
    void append(Entry entry, List<Inbox.Pending> notifications) {
        Instant at = now();
        goOnFrom(engine.database().transaction(connection -> {
            for (Inbox.Pending notification : notifications) {
                engine.inbox().applied(connection, stored.provider(), notification.dedupeHash(), at);
            }
            return store().append(connection, stored, entry, at);
        }));
    }

    List<Inbox.Pending> pendingNotifications() {
        return engine.database().transaction(connection -> engine.inbox().pending(connection, stored));
    }

    void asked(Instant at) {
        stored = store().asked(stored, at);
    }

    void delivered(long number) {
        stored = store().delivered(stored, number);
    }

    /** Before listeners hear of a call as unclear: its answer may be stored while they do. False if it is stored already. */
    boolean telling(long number) {
        return store().telling(stored, number);
    }

    /** Others may have told listeners of it since it was read. */
    void learnWhatIsTold() {
        stored = store().withTold(stored);
    }

    private void goOnFrom(Stored written) {
        stored = written;
        facts = factsOf(written);
    }

    // ---- where it is

    private Store store() {
        return engine.store();
    }

    Questions questions() {
        return engine.questions();
    }

    Rates rates() {
        return engine.rates();
    }

    Settings settings() {
        return engine.settings();
    }

    Instant now() {
        return engine.settings().now();
    }

    /** When to come again if nothing says otherwise. */
    Instant soon() {
        return now().plus(engine.settings().firstPause());
    }

    /** Keeps the payout for longer; false if another machine had it meanwhile, which may have told the listeners what is not known here. */
    boolean keep() {
        return engine.renew(reference());
    }

    void sleepUntil(Instant instant) {
        Duration pause = Duration.between(now(), instant);
        engine.sleep(pause.isNegative() ? Duration.ZERO : pause);
    }

    void reached(Checkpoint checkpoint) {
        engine.reached(checkpoint, reference());
    }
}
