package org.unipayout.journal.internal.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.Capabilities;
import org.unipayout.PayoutRequest;
import org.unipayout.journal.Actor;
import org.unipayout.journal.JournalException;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Replacement;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.journal.internal.store.Inbox;
import org.unipayout.journal.internal.store.Rates;
import org.unipayout.journal.internal.store.Restores;
import org.unipayout.journal.internal.store.Store;
import org.unipayout.journal.internal.store.Stored;
import org.unipayout.journal.internal.store.Superseded;
import org.unipayout.journal.internal.store.Walks;

/**
 * Carries payouts on, each by one thread at a time: in this process by a set of names, among machines by a lease.
 *
 * <p>The lease only saves double work. What keeps a payout from being paid twice is that every row of its history is
 * written by compare-and-set, and the row that announces a money-moving call before the call.
 */
public final class Engine {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final Database database;
    private final Store store;
    private final Walks walks;
    private final Inbox inbox;
    private final Rates rates;
    private final Restores restores;
    private final Map<String, Provider> providers;
    private final Settings settings;
    private final Duration leaseTime;
    private final Questions questions;
    private final Set<String> inProgress = ConcurrentHashMap.newKeySet();

    public Engine(Database database, Store store, Map<String, Provider> providers, Settings settings) {
        this.database = database;
        this.store = store;
        walks = new Walks(database, settings.pageSize());
        inbox = new Inbox(database, store.hashes());
        rates = new Rates(database);
        restores = new Restores(database);
        this.providers = providers;
        this.settings = settings;
        questions = new Questions(settings.firstPause(), settings.questionsPerHour());
        Duration longestCall = providers.values().stream()
                .map(Provider::callDeadline)
                .max(Duration::compareTo)
                .orElse(Duration.ZERO);
        leaseTime = longestCall.multipliedBy(3);
    }

    public Provider provider(String name) {
        Provider provider = providers.get(name);
        if (provider == null) {
            throw new IllegalArgumentException(
                    "provider: " + name + " was not given to the builder; known are " + providers.keySet());
        }
        return provider;
    }

    public boolean knows(String provider) {
        return providers.containsKey(provider);
    }

    /** Open payouts of providers that were not given to the builder: how many by name. */
    Map<String, Long> stranded() {
        Map<String, Long> open = store.openByProvider();
        open.keySet().removeAll(providers.keySet());
        open.replaceAll((name, count) ->
                store.openAt(name).stream().filter(this::isCarriedOn).count());
        open.values().removeIf(count -> count == 0);
        return open;
    }

    /** What does not fit its history, or cannot be read here, is not carried on here, whatever providers there are. */
    private boolean isCarriedOn(String reference) {
        try {
            return store.load(reference).filter(Stored::holds).isPresent();
        } catch (JournalException e) {
            if (Database.isBehind(e)) {
                throw e;
            }
            return false;
        }
    }

    /** Whoever has changes to deliver has listeners. */
    public boolean delivers() {
        return !settings.listeners().isEmpty();
    }

    /**
     * Carries a payout as far as it goes now.
     *
     * @param given the request as the caller holds it, or null: the only place where a card number may be
     * @return when to come again; empty if nothing remains to be done
     */
    public Optional<Instant> advance(String reference, Trigger trigger, @Nullable PayoutRequest given) {
        return carry(reference, trigger, given)
                .map(carried -> Optional.ofNullable(carried.next()))
                .orElseGet(() -> Optional.of(soon()));
    }

    /**
     * How far a payout was carried.
     *
     * @param payout as it is now
     * @param next when to come again; null if nothing remains to be done
     */
    record Carried(Stored payout, @Nullable Instant next) {}

    /** The same; empty if somebody else works on it. */
    Optional<Carried> carry(String reference, Trigger trigger, @Nullable PayoutRequest given) {
        return exclusively(reference, held -> carried(held, trigger, given));
    }

    /** The same for a payout that was stored just now, and leased in that commit ({@link #leasedUntil}). */
    Optional<Carried> carryNew(Stored intent, @Nullable PayoutRequest given) {
        Lease lease = new Lease(leaseTime, intent.changedAt());
        return alone(intent.reference(), () -> Optional.of(lease), own -> {
            Held held = new Held(this, intent, own);
            held.learnNews();
            held.takeRestores();
            return carried(held, Trigger.TOUCHED, given);
        });
    }

    private static Carried carried(Held held, Trigger trigger, @Nullable PayoutRequest given) {
        Optional<Instant> next = new Pass(held).run(trigger, given);
        return new Carried(held.stored(), next.orElse(null));
    }

    /** What makes the journal look at a payout. */
    public enum Trigger {
        /** Its time has come, or somebody ordered it: the provider is asked. */
        DUE,
        /** Its intent is to be paid in another way: the provider is asked, at whatever end it is and whenever it was asked last. */
        REPLACED,
        /** Somebody looked at it or notified: the provider is asked unless it was just now, or too often ({@link Questions}). */
        TOUCHED
    }

    /** When to come again to what somebody else works on. */
    Instant soon() {
        return settings.now().plus(settings.firstPause());
    }

    /**
     * Works on a payout while nobody else does.
     *
     * @return empty if somebody else does
     */
    <T> Optional<T> exclusively(String reference, Function<Held, T> work) {
        return leased(reference, lease -> {
            Held held = new Held(this, load(reference), lease);
            held.takeRestores();
            return work.apply(held);
        });
    }

    /** The same, whoever its provider is. */
    <T> Optional<T> leased(String reference, Function<Lease, T> work) {
        return alone(reference, () -> lease(reference), work);
    }

    private <T> Optional<T> alone(String reference, Supplier<Optional<Lease>> leasing, Function<Lease, T> work) {
        if (!inProgress.add(reference)) {
            return Optional.empty();
        }
        try {
            Optional<Lease> lease = leasing.get();
            if (lease.isEmpty()) {
                return Optional.empty();
            }
            reached(Checkpoint.LEASED, reference);
            T result;
            try {
                result = work.apply(lease.get());
            } catch (Superseded e) {
                LOG.debug("A payout was carried on by another node meanwhile; nothing was written here");
                return Optional.empty();
            } catch (RuntimeException e) {
                store.release(reference);
                throw e;
            }
            // An Error releases nothing: what the process knows is in doubt then, and the lease runs out by itself.
            reached(Checkpoint.RELEASING, reference);
            if (!lease.get().isOver()) {
                store.release(reference);
            }
            reached(Checkpoint.RELEASED, reference);
            return Optional.of(result);
        } finally {
            inProgress.remove(reference);
        }
    }

    /** Carries an order out, after waiting for whoever works on the payout. */
    public void whenFree(String reference, Actor actor, Consumer<Orders> order) {
        for (int attempt = 0; attempt < 100; attempt++) {
            Optional<Boolean> done = exclusively(reference, held -> {
                order.accept(new Orders(held, actor));
                return true;
            });
            if (done.isPresent()) {
                return;
            }
            sleep(Duration.ofMillis(100));
        }
        throw new IllegalStateException("payout " + reference + ": another machine works on it; call again later");
    }

    public void sleep(Duration duration) {
        try {
            settings.sleeper().sleep(duration);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("payout: interrupted while waiting; what is stored is carried on", e);
        }
    }

    /** Takes the payout, or keeps it for longer. */
    private Optional<Lease> lease(String reference) {
        Instant now = settings.now();
        return store.lease(reference, now, leaseTime) ? Optional.of(new Lease(leaseTime, now)) : Optional.empty();
    }

    /** Until when this machine has what it stores at an instant and carries on itself. */
    public Instant leasedUntil(Instant at) {
        return at.plus(leaseTime);
    }

    boolean renew(String reference) {
        return store.renew(reference, settings.now(), leaseTime);
    }

    public Stored load(String reference) {
        return store.load(reference)
                .orElseThrow(() -> new IllegalArgumentException("payout " + reference + ": is not stored"));
    }

    /** The payouts of the same intent that ended before this one was made instead, the newest first. */
    public List<Stored> predecessors(Stored payout) {
        List<Stored> found = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Optional<Stored> next = Optional.of(payout);
        while (next.isPresent() && names.add(next.get().reference())) {
            next = Optional.ofNullable(Replacement.predecessor(next.get().history()))
                    .flatMap(store::load);
            next.ifPresent(found::add);
        }
        return found;
    }

    /** The one among them of which something says by now that it was paid. */
    public Optional<Stored> paidBefore(Stored payout) {
        return predecessors(payout).stream()
                .filter(earlier -> !earlier.holds()
                        || Replacement.refusal(Facts.of(earlier.history(), Duration.ZERO))
                                .isPresent())
                .findFirst();
    }

    /** Whether a provider is known and can cancel. */
    public boolean cancels(String name) {
        Provider provider = providers.get(name);
        return provider != null && provider.client().capabilities().has(Capabilities.Feature.CANCEL);
    }

    public void reached(Checkpoint checkpoint, String reference) {
        settings.checkpoints().reached(checkpoint, reference);
    }

    public Database database() {
        return database;
    }

    public Store store() {
        return store;
    }

    public Walks walks() {
        return walks;
    }

    public Inbox inbox() {
        return inbox;
    }

    Questions questions() {
        return questions;
    }

    /** Whether a payout may be asked about because somebody notified, and not only because it is due. */
    public boolean mayBeAskedAbout(String reference) {
        return questions.isFree(reference, settings.now());
    }

    Rates rates() {
        return rates;
    }

    Restores restores() {
        return restores;
    }

    public Settings settings() {
        return settings;
    }
}
