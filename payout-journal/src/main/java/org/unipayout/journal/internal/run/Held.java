package org.unipayout.journal.internal.run;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Capabilities;
import org.unipayout.Evidence;
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
    private final Lease lease;
    private Stored stored;
    private Facts facts;
    private @Nullable List<Inbox.Pending> readAlready;

    /** Only to look at. */
    Held(Engine engine, Stored stored) {
        this(engine, stored, Lease.none());
    }

    Held(Engine engine, Stored stored, Lease lease) {
        this.engine = engine;
        this.stored = stored;
        this.lease = lease;
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

    /** What may be out is decided without an answer where there is nothing to ask by: waiting for one would never end. */
    boolean isWorthAQuestion() {
        return isWorthAQuestion(facts, stored);
    }

    private boolean isWorthAQuestion(Facts then, Stored written) {
        return then.submitUnclear() ? canBeAskedAbout(written) : then.prepared();
    }

    /** Whether the provider can find it by what is known of it; a lost handle leaves the reference alone. */
    boolean canBeAskedAbout() {
        return canBeAskedAbout(stored);
    }

    private boolean canBeAskedAbout(Stored written) {
        return written.observation().ref().providerId().isPresent()
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
        append(entry, at, List.of());
    }

    /** Takes notifications in, in the transaction in which they count as taken in. */
    private void append(Entry entry, Instant at, List<Inbox.Pending> notifications) {
        Instant now = now();
        Store.Keeping keeping = new Store.Keeping(lease.prolonged(now), written -> isOver(written, now));
        Stored written = engine.database().committed(connection -> {
            for (Inbox.Pending notification : notifications) {
                engine.inbox().applied(connection, stored.provider(), notification.dedupeHash(), at);
            }
            return store().append(connection, stored, entry, at, keeping);
        });
        lease.prolongedBy(now);
        if (isOver(written, now)) {
            lease.ends();
        }
        goOnFrom(written);
    }

    /** Whether nobody has to come for it any more, not even to say that a person should look. */
    private boolean isOver(Stored written, Instant now) {
        return !engine.delivers() && isAtRest(written, now) && !mayHavePassedTheFence(factsOf(written));
    }

    /**
     * Whether nobody has to come for it any more but for listeners who are to hear of it, as it was read after its last row: no end is
     * stored over another transaction that the fence lets through, and none passes after it.
     */
    boolean isAtRest() {
        return isAtRest(stored, now());
    }

    private boolean isAtRest(Stored written, Instant now) {
        if (!written.observation().status().isFinal() || written.attention() != null) {
            return false;
        }
        Facts then = factsOf(written);
        return !then.mayBeAnothers()
                && !then.paidTwice()
                && !written.observation().hasEvidence(Evidence.Kind.PAID_TWICE)
                && then.owed() == null
                && !isStillToBeAskedAbout(then, written)
                && !NextStep.isWatched(then, rules(true), now);
    }

    /** The fence writes beside the history, so what it let through is found only by who reads the payout again. */
    private boolean mayHavePassedTheFence(Facts then) {
        return resubmission() instanceof Resubmission.Fenced && then.submitUnclear() && !then.isLetThrough();
    }

    boolean isNotifiedSinceAsked() {
        return isNotifiedSinceAsked(facts, stored);
    }

    private static boolean isNotifiedSinceAsked(Facts then, Stored written) {
        Instant notifiedAt = then.notifiedAt();
        Instant askedAt = written.askedAt();
        return notifiedAt != null && (askedAt == null || askedAt.isBefore(notifiedAt));
    }

    /** The same at the end, where nothing makes a question possible any more that is not: nobody waits for that one. */
    boolean isStillToBeAskedAbout() {
        return isStillToBeAskedAbout(facts, stored);
    }

    private boolean isStillToBeAskedAbout(Facts then, Stored written) {
        return isNotifiedSinceAsked(then, written) && isWorthAQuestion(then, written) && !isOfAnotherAccount();
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

    /** Whether another payout was made for its intent. */
    boolean isReplaced() {
        return Replacement.successor(stored.history()) != null;
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

    /** They came after the last question, whatever the clock says of the machine that asked it. */
    void append(Entry entry, List<Inbox.Pending> notifications) {
        Instant askedAt = stored.askedAt();
        Instant now = now();
        Instant at = askedAt == null || now.isAfter(askedAt) ? now : askedAt.plus(1, ChronoUnit.MICROS);
        append(entry, at, notifications);
    }

    List<Inbox.Pending> pendingNotifications() {
        List<Inbox.Pending> pending = readAlready;
        readAlready = null;
        return pending == null ? news().pending() : pending;
    }

    /** What came in until after it was stored: whoever told it before has not seen the payout. */
    void learnNews() {
        Inbox.News news = news();
        stored = stored.withLastRestoredAt(news.lastRestoredAt());
        readAlready = news.pending();
    }

    private Inbox.News news() {
        return engine.database().reading(connection -> engine.inbox().news(connection, stored));
    }

    /** A question counts as after the news that it followed, whatever the clock says of the machine that took them in. */
    void asked(Instant at) {
        Instant notifiedAt = facts.notifiedAt();
        stored = store().asked(stored, notifiedAt == null || at.isAfter(notifiedAt) ? at : notifiedAt);
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

    /** Whether this machine still has it; the database is asked only if that may have changed since it was written to. */
    boolean stillHasIt() {
        return !lease.isOver() && (lease.lasts(now()) || keep());
    }

    /**
     * Whether a notification came since the payout was let go of. It is not taken in by this run, because the task went with the last
     * row: if this machine died before it has asked, nobody would come.
     */
    boolean isNotifiedSinceLetGo() {
        return lease.isOver() && !pendingNotifications().isEmpty();
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
