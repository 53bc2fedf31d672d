package org.unipayout.journal;

import java.sql.Connection;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRequest;
import org.unipayout.journal.internal.decide.Restore;
import org.unipayout.journal.internal.decide.RowHashes;
import org.unipayout.journal.internal.run.Checkpoint;
import org.unipayout.journal.internal.run.Engine;
import org.unipayout.journal.internal.run.Fence;
import org.unipayout.journal.internal.run.Orders;
import org.unipayout.journal.internal.run.Resealing;
import org.unipayout.journal.internal.run.Restoring;
import org.unipayout.journal.internal.run.Retiring;
import org.unipayout.journal.internal.run.Settings;
import org.unipayout.journal.internal.run.Upkeep;
import org.unipayout.journal.internal.run.Worker;
import org.unipayout.journal.internal.store.Changes;
import org.unipayout.journal.internal.store.Counts;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.journal.internal.store.Listings;
import org.unipayout.journal.internal.store.Place;
import org.unipayout.journal.internal.store.Renewal;
import org.unipayout.journal.internal.store.Retirement;
import org.unipayout.journal.internal.store.Schema;
import org.unipayout.journal.internal.store.Sealer;
import org.unipayout.journal.internal.store.Store;
import org.unipayout.journal.internal.store.Stored;
import org.unipayout.journal.internal.store.Walks;

/**
 * Durable payouts: what is asked for once is carried to a final answer, even if the process dies between any two
 * instructions, on one machine or on many that share a database.
 *
 * <p>Every money-moving call is stored before its first byte leaves, what to do next is computed from what is stored, and
 * nothing is sent again unless the provider's own rule ({@link org.unipayout.Capabilities#resubmission}) proves that it
 * was not executed. A deadline only flags a payout ({@link PayoutRecord#attention}); nothing is ever failed because it
 * takes long.
 *
 * <p>Each provider needs a name that stays the same for ever, because it is stored. Thread-safe. Closing it stops the
 * worker; the data source and the clients belong to the caller and stay open.
 */
public final class Payouts implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Payouts.class);
    private static final int HEADS_AT_ONCE = 500;
    private static final Duration LONGEST_REPEATED = Duration.ofDays(3660);

    private final Database database;
    private final Store store;
    private final Renewal renewal;
    private final Listings listings;
    private final Retirement retirement;
    private final Engine engine;
    private final Upkeep upkeep;
    private final Intents intents;
    private final Settings settings;
    private final String node;
    private final int threads;
    private final Duration pollingInterval;
    private @Nullable Worker worker;

    Payouts(PayoutsBuilder builder) {
        database = new Database(builder.dataSource);
        Sealer sealer = new Sealer(builder.vault, builder.acceptsEarlierForms);
        RowHashes hashes = builder.hashes();
        node = builder.node;
        threads = builder.threads;
        pollingInterval = builder.pollingInterval;
        settings = builder.settings();
        store = new Store(database, sealer, hashes, node);
        renewal = new Renewal(database, sealer, hashes, node);
        listings = new Listings(database);
        retirement = new Retirement(sealer, hashes, node);
        engine = new Engine(database, store, builder.providers(), settings);
        upkeep = new Upkeep(engine);
        intents = new Intents(engine, upkeep, sealer);
    }

    /**
     * Starts a journal.
     *
     * @param dataSource PostgreSQL or H2, best with a connection pool; stays open
     * @return a builder
     */
    public static PayoutsBuilder builder(DataSource dataSource) {
        return new PayoutsBuilder(dataSource);
    }

    /**
     * Creates the tables if they are not there. With a migration tool use
     * {@code org/unipayout/journal/db/migration} on the class path instead.
     *
     * @throws JournalException if the database refuses
     */
    public void createSchema() {
        Schema.create(database);
    }

    /**
     * {@link #pay(PayoutRequest, String, Confirmation)} with {@link Confirmation#AUTOMATIC}.
     *
     * @param request what to pay
     * @param provider the provider's name
     * @return the payout as it is now
     * @throws IllegalArgumentException if the provider is not known or would not take the request; nothing was stored
     * @throws org.unipayout.UnsupportedPayoutException if the provider does not do this; nothing was stored
     * @throws PayoutConflictException if the reference is stored with other content
     * @throws JournalException if the database or the vault fails
     */
    public PayoutRecord pay(PayoutRequest request, String provider) {
        return pay(request, provider, Confirmation.AUTOMATIC);
    }

    /**
     * Stores the intent and carries it as far as it goes at once, in the caller's thread.
     *
     * <p>The same request under the same reference gives back the stored payout. Language, notification URL and the
     * participants' IP addresses and device ids may differ; everything else must be equal. Without a vault a card number
     * is compared by its last four digits, because it is not stored.
     *
     * @param request what to pay
     * @param provider the provider's name
     * @param confirmation who confirms, where the provider waits for it
     * @return the payout as it is now; look at its status
     * @throws IllegalStateException if the data source gives out a connection that is inside a transaction of the caller's, or has
     *     auto-commit off; nothing was stored
     * @throws IllegalArgumentException if the provider is not known or would not take the request; nothing was stored
     * @throws org.unipayout.UnsupportedPayoutException if the provider does not do this; nothing was stored
     * @throws PayoutConflictException if the reference is stored with other content
     * @throws JournalException if the database or the vault fails
     */
    public PayoutRecord pay(PayoutRequest request, String provider, Confirmation confirmation) {
        return pay(request, provider, confirmation, null);
    }

    PayoutRecord pay(PayoutRequest request, String provider, Confirmation confirmation, @Nullable Actor actor) {
        return record(intents.pay(request, provider, confirmation, actor));
    }

    /**
     * {@link #pay(Connection, PayoutRequest, String, Confirmation)} with {@link Confirmation#AUTOMATIC}.
     *
     * @param connection the caller's own, with auto-commit off
     * @param request what to pay
     * @param provider the provider's name
     * @return the payout as it is stored
     * @throws IllegalArgumentException as {@link #pay(Connection, PayoutRequest, String, Confirmation)} says
     * @throws org.unipayout.UnsupportedPayoutException if the provider does not do this; nothing was stored
     * @throws PayoutConflictException if the reference is stored with other content
     * @throws JournalException if the database or the vault fails
     */
    public PayoutRecord pay(Connection connection, PayoutRequest request, String provider) {
        return pay(connection, request, provider, Confirmation.AUTOMATIC);
    }

    /**
     * Stores the intent within the caller's transaction. If the caller commits, a worker carries it on; if the caller
     * rolls back, neither payout nor task was ever there. No provider is called here.
     *
     * @param connection the caller's own, with auto-commit off; is neither committed nor closed
     * @param request what to pay
     * @param provider the provider's name
     * @param confirmation who confirms, where the provider waits for it
     * @return the payout as it is stored
     * @throws IllegalArgumentException if the connection commits by itself, the provider is not known or would not take
     *     the request, or the recipient is a card number and there is no vault to store it in
     * @throws org.unipayout.UnsupportedPayoutException if the provider does not do this; nothing was stored
     * @throws PayoutConflictException if the reference is stored with other content
     * @throws JournalException if the database or the vault fails
     */
    public PayoutRecord pay(Connection connection, PayoutRequest request, String provider, Confirmation confirmation) {
        return pay(connection, request, provider, confirmation, null);
    }

    PayoutRecord pay(
            Connection connection,
            PayoutRequest request,
            String provider,
            Confirmation confirmation,
            @Nullable Actor actor) {
        return record(intents.pay(connection, request, provider, confirmation, actor));
    }

    PayoutRecord takeOver(PayoutRef ref, PayoutRequest request, String provider, Actor actor) {
        return record(intents.takeOver(ref, request, provider, actor));
    }

    PayoutRecord instead(
            String reference, PayoutRequest request, String provider, Confirmation confirmation, Actor actor) {
        return record(intents.instead(reference, request, provider, confirmation, actor));
    }

    private PayoutRecord record(Stored stored) {
        return PayoutRecord.of(stored, engine.cancels(stored.provider()));
    }

    private PayoutRecord carryOn(String reference, Engine.Trigger trigger, @Nullable PayoutRequest given) {
        return record(upkeep.carryOn(reference, trigger, given));
    }

    /**
     * Finds a payout. An open one is asked about at its provider first, unless that was just done, or the builder was not given
     * the provider.
     *
     * @param reference the merchant's reference
     * @return the payout; empty if none is stored under the reference
     * @throws JournalException if the database or the vault fails
     */
    public Optional<PayoutRecord> find(String reference) {
        Optional<PayoutRecord> known = stored(reference);
        return known.filter(record -> !record.status().isFinal() && engine.knows(record.provider()))
                        .isPresent()
                ? Optional.of(carryOn(reference, Engine.Trigger.TOUCHED, null))
                : known;
    }

    /**
     * What is stored of a payout. Asks nobody, so it answers at once whatever the provider does.
     *
     * @param reference the merchant's reference
     * @return the payout; empty if none is stored under the reference
     * @throws JournalException if the database or the vault fails
     */
    public Optional<PayoutRecord> stored(String reference) {
        return store.load(reference).map(this::record);
    }

    /**
     * The orders of one person or program: to pay, confirm, cancel, send again, settle. Each is kept in the history with the name.
     *
     * @param actor who orders
     * @return the orders, over this journal
     */
    public PayoutOrders by(Actor actor) {
        return new PayoutOrders(this, actor);
    }

    /** Carries an order out, and then the payout on. */
    PayoutRecord ordered(String reference, Actor actor, Consumer<Orders> order) {
        engine.whenFree(reference, actor, order);
        return carryOn(reference, Engine.Trigger.TOUCHED, null);
    }

    int restored(Instant keptUntil, Instant repeatedUntil, Actor actor) {
        Instant now = settings.now();
        if (!keptUntil.isBefore(now)) {
            throw new IllegalArgumentException(
                    "keptUntil: must be in the past, when the database surely had everything");
        }
        if (keptUntil.isBefore(Instant.EPOCH)) {
            throw new IllegalArgumentException("keptUntil: must be after 1970; no payout is older");
        }
        if (repeatedUntil.isAfter(now.plus(LONGEST_REPEATED))) {
            throw new IllegalArgumentException("repeatedUntil: must be within ten years");
        }
        return new Restoring(engine, upkeep)
                .run(new Restore(
                        keptUntil.truncatedTo(ChronoUnit.MICROS),
                        now,
                        repeatedUntil.truncatedTo(ChronoUnit.MICROS),
                        actor.name()));
    }

    long retire(PayoutQuery which, Actor actor, Consumer<List<RetiredPayout>> archive) {
        which.requireEnds();
        return new Retiring(engine, listings, retirement, actor)
                .run(
                        which,
                        batch -> archive.accept(batch.stream()
                                .map(candidate -> RetiredPayout.of(candidate, record(candidate.stored())))
                                .toList()));
    }

    PayoutRecord look(String reference) {
        return carryOn(reference, Engine.Trigger.TOUCHED, null);
    }

    /**
     * Takes a provider's notification: verified, stored once however often it comes, and kept for a payout that is not
     * stored yet. It is only a reason to ask the provider, who is asked about one payout so often therefore
     * ({@link PayoutsBuilder#questionsPerHour}); what is no news waits else until the payout is due. Answer the sender with HTTP 200 if this returns.
     *
     * @param provider the provider's name
     * @param body the raw body
     * @param headers header values by name
     * @return the payout that it is about, as it is now; empty if that is not known yet
     * @throws IllegalArgumentException if the provider is not known or has no webhooks
     * @throws org.unipayout.WebhookRejectedException if it cannot be trusted or read; nothing was stored
     * @throws JournalException if the database or the vault fails
     */
    public Optional<PayoutRecord> webhook(String provider, byte[] body, Map<String, List<String>> headers) {
        PayoutWebhooks webhooks = engine.provider(provider).webhooks();
        if (webhooks == null) {
            throw new IllegalArgumentException("provider: " + provider + " was given to the builder without webhooks");
        }
        WebhookEvent event = webhooks.receive(new WebhookRequest(body, headers));
        Instant now = settings.now();
        boolean isNew = database.transaction(connection -> engine.inbox().insert(connection, provider, event, now));
        engine.reached(Checkpoint.WEBHOOK_STORED, event.reference().orElse(""));
        // Looked up after the commit: whoever stores the payout meanwhile sees the notification, or is seen here.
        Optional<String> reference =
                database.reading(connection -> engine.inbox().subject(connection, provider, event));
        reference
                .filter(known ->
                        isNew && (event.trust() == WebhookEvent.Trust.VERIFIED || engine.mayBeAskedAbout(known)))
                .ifPresent(known -> upkeep.schedule(known, now));
        return reference.map(known -> carryOn(known, Engine.Trigger.TOUCHED, null));
    }

    /**
     * Answers a provider that asks before it pays. Exactly one of its transactions per payout is let through, and that is
     * committed before this returns; the same question gets the same answer. Another transaction, another amount or
     * recipient, a payout that is not stored, not sent, canceled, too late or at its end is declined.
     *
     * @param provider the provider's name
     * @param body the raw body
     * @param headers header values by name
     * @return the answer to send, as it is
     * @throws IllegalArgumentException if the provider is not known or has no fence
     * @throws org.unipayout.WebhookRejectedException if the sender cannot be trusted or the body cannot be read; answer with
     *     HTTP 403
     * @throws JournalException if the database fails: answer with an error, and nothing is paid; the provider may ask again
     */
    public PayoutFence.Answer verification(String provider, byte[] body, Map<String, List<String>> headers) {
        PayoutFence fence = engine.provider(provider).fence();
        if (fence == null) {
            throw new IllegalArgumentException("provider: " + provider + " was given to the builder without a fence");
        }
        return new Fence(engine).answer(provider, fence, new WebhookRequest(body, headers));
    }

    /**
     * Tells what happened, step by step and with the proof for each, for a cashier.
     *
     * @param reference the merchant's reference
     * @param locale Russian for {@code ru} and {@code kk}, else English
     * @return one line per step; empty if none is stored under the reference, as {@link #find} has it
     * @throws JournalException if the database or the vault fails
     */
    public Optional<String> explain(String reference, Locale locale) {
        return database.reading(connection -> store.find(connection, reference))
                .map(stored -> new Timeline(locale).tell(record(stored), stored.history()));
    }

    /**
     * Checks the history of one payout against its hashes.
     *
     * @param reference the merchant's reference
     * @return the first place where a row was edited, removed, added or moved; empty if there is none
     * @throws JournalException if the database fails
     */
    public Optional<HistoryFault> verifyHistory(String reference) {
        return store.check(reference);
    }

    /**
     * Checks the histories of all payouts against their hashes, in the order of their references. Read page by page while the stream is
     * used, so its memory does not grow with the journal.
     *
     * @return the first fault of each payout that has one; that a history cannot be read here is one too. The stream needs no closing
     * @throws JournalException if the database fails, from the stream too
     */
    public Stream<HistoryFault> verifyHistory() {
        return engine.walks().all().flatMap(page -> store.check(page).stream());
    }

    /**
     * How far each payout's history has come, in the order of their references. Read page by page while the stream is used.
     *
     * @return the heads; keep them outside the database. The stream needs no closing
     * @throws JournalException from the stream if the database fails
     */
    public Stream<HistoryHead> heads() {
        return Stream.iterate(
                        renewal.heads("", HEADS_AT_ONCE),
                        page -> !page.found().isEmpty(),
                        page -> renewal.heads(page.last(), HEADS_AT_ONCE))
                .flatMap(page -> page.found().stream());
    }

    /**
     * Compares the histories with heads that were kept elsewhere ({@link #heads}, {@link StatusChange#head}): finds a payout that was
     * deleted altogether, a history that was taken back to an earlier row, and one that was rewritten with the key. Checks the rows too,
     * as {@link #verifyHistory(String)} does.
     *
     * @param heads any number of them, of any age
     * @return the first fault for each head that has one
     * @throws JournalException if the database fails
     */
    public List<HistoryFault> verifyAgainst(Stream<HistoryHead> heads) {
        return heads.flatMap(head -> database.reading(connection -> renewal.fault(connection, head)).stream())
                .toList();
    }

    /**
     * Brings all payouts under the present keys: seals what is stored anew with the vault's present key, and adds a row under the present
     * history key that says so. Workers may run meanwhile, on any machine; each payout is taken in a transaction of its own. Repeat it
     * until nothing remains; then older keys of the vault, and {@link PayoutsBuilder#acceptEarlierForms}, can go. A payout that does not fit its history
     * is left as it is, and so is one that cannot be read here.
     *
     * @param batch how many payouts are looked at in one query; at least 1
     * @return how many remain, because another machine works on them, they cannot be read, or they do not fit their histories
     * @throws IllegalArgumentException if the batch is less than 1
     * @throws JournalException if the database or the vault fails; what was done stays done
     */
    public int reseal(int batch) {
        if (batch < 1) {
            throw new IllegalArgumentException("batch: must be at least 1");
        }
        return new Resealing(engine, renewal).run(batch);
    }

    /**
     * The payouts that a person should look at, but for {@link #unreadable}. Read page by page while the stream is used, so its memory does
     * not grow with their number.
     *
     * @return oldest first; the stream needs no closing
     * @throws JournalException if the database or the vault fails, from the stream too
     */
    public Stream<PayoutRecord> needingAttention() {
        return engine.walks()
                .flagged()
                .flatMap(page -> store.load(page).values().stream().map(this::record));
    }

    /**
     * A page of payouts, by when they were asked for ({@link PayoutRecord#requestedAt}). Asks nobody, as {@link #stored} does. One that does
     * not fit its history is among them, with {@link Attention#TAMPERED}; one that cannot be read here is left out and named.
     *
     * @param query which
     * @return the page
     * @throws IllegalArgumentException if no page gave {@link PayoutQuery#after}
     * @throws JournalException if the database or the vault fails
     */
    public PayoutPage<PayoutRecord> list(PayoutQuery query) {
        return page(
                listings.payouts(query),
                query,
                stored -> true,
                (place, stored) ->
                        Optional.of(record(stored)).filter(found -> !stored.holds() || query.takes(found.status())));
    }

    /**
     * A page of what the books are made of: how payouts ended, by when that was recorded here ({@link StatusChange#at}). A payout that was
     * paid and came back ended twice, so a day that is over stays as it was listed, until its payouts are retired ({@link PayoutOrders#retire}). Each end is held against its payout's history before it is shown; one
     * that does not hold, or cannot be read here, is left out and named. Asks nobody.
     *
     * <p>An end is recorded as of when its call began, so wait some minutes before you close a day.
     *
     * @param query which; its statuses are those that payouts came to, {@link PayoutStatus#SUCCEEDED} and {@link PayoutStatus#RETURNED}
     *     for what moved money
     * @return the page; fee, RRN and the provider's time are the newest that it told of that end
     * @throws IllegalArgumentException if a status of the query is none that a payout ends with, or no page gave {@link PayoutQuery#after}
     * @throws JournalException if the database or the vault fails
     */
    public PayoutPage<StatusChange> ends(PayoutQuery query) {
        query.requireEnds();
        return page(
                listings.ends(query),
                query,
                stored -> stored.fault() == null,
                (place, stored) -> Changes.end(stored, place.number()));
    }

    private interface Showing<T> {
        Optional<T> show(Place place, Stored stored);
    }

    private <T> PayoutPage<T> page(
            List<Place> places, PayoutQuery query, Predicate<Stored> believing, Showing<T> showing) {
        boolean more = places.size() > query.size();
        List<Place> shown = more ? places.subList(0, query.size()) : places;
        Map<String, Stored> loaded =
                store.load(shown.stream().map(Place::reference).distinct().toList());
        List<T> found = new ArrayList<>();
        Set<String> leftOut = new LinkedHashSet<>();
        for (Place place : shown) {
            Stored stored = loaded.get(place.reference());
            if (stored == null || !believing.test(stored)) {
                leftOut.add(place.reference());
            } else {
                showing.show(place, stored).ifPresent(found::add);
            }
        }
        return new PayoutPage<>(
                found, List.copyOf(leftOut), more ? shown.get(shown.size() - 1).text() : null);
    }

    /**
     * How many payouts are open, flagged and unknown, as the database says. Reads no payout, so it is quick, takes no key and tells of
     * no edit.
     *
     * @return the counts
     * @throws JournalException if the database fails
     */
    public PayoutCounts counts() {
        return database.reading(Counts::of);
    }

    /**
     * The open and the flagged payouts that cannot be read here, for lack of a key of the vault or because a newer version
     * stored them. They stay as they are until a machine that can read them carries them on.
     *
     * @return their references
     * @throws JournalException if the database fails
     */
    public List<String> unreadable() {
        Walks walks = engine.walks();
        return Stream.of(walks.unfinished(true), walks.flagged(), walks.flaggedByNewer())
                .flatMap(pages -> pages)
                .flatMap(page -> {
                    Set<String> readable = store.load(page).keySet();
                    return page.stream().filter(reference -> !readable.contains(reference));
                })
                .distinct()
                .toList();
    }

    /**
     * Looks at every open payout now, the oldest first, in the caller's thread, whenever its next look would have been. Works beside
     * workers on any machine, and reads page by page, so its memory does not grow with the journal.
     *
     * @return how many payouts are still open
     * @throws JournalException if the database or the vault fails
     */
    public int recoverNow() {
        return (int) engine.walks()
                .unfinished(engine.delivers())
                .flatMap(List::stream)
                .filter(this::isOpenAfterLook)
                .count();
    }

    /** One payout that cannot be read, for lack of a key or a provider, must not keep the others from their end. */
    private boolean isOpenAfterLook(String reference) {
        try {
            return !carryOn(reference, Engine.Trigger.DUE, null).status().isFinal();
        } catch (JournalException | IllegalArgumentException e) {
            LOG.debug("A payout could not be carried on here; it stays as it is", e);
            return true;
        }
    }

    /**
     * Looks at one payout now, in the caller's thread.
     *
     * @param reference the merchant's reference
     * @return the payout as it is now
     * @throws IllegalArgumentException if none is stored under the reference
     * @throws JournalException if the database or the vault fails
     */
    public PayoutRecord recoverNow(String reference) {
        return carryOn(reference, Engine.Trigger.DUE, null);
    }

    /**
     * Starts the worker in the background. Start one on every machine that shares the database, with the same providers
     * and listeners.
     *
     * @throws IllegalStateException if it runs already, the tables are not there yet, or open payouts belong to providers that the
     *     builder was not given
     * @throws JournalException if the database fails
     */
    public synchronized void start() {
        if (worker != null) {
            throw new IllegalStateException("start: the worker runs already");
        }
        worker = upkeep.start(node, threads, pollingInterval);
    }

    /** What a worker does for a payout whose time has come; empty if nothing remains to be done. */
    Optional<Instant> advance(String reference) {
        return engine.advance(reference, Engine.Trigger.DUE, null);
    }

    /** What every worker does each minute. */
    void sweep() {
        upkeep.sweep();
    }

    /**
     * Stops the worker, within {@link PayoutsBuilder#closeWithin}. Its calls may end by themselves for the first half of that,
     * then they are interrupted: a payout whose call was cut off is UNKNOWN, and the next worker asks about it. A client that
     * heeds no interrupt is left behind in its thread. Calls in other threads, such as {@code pay}, are not waited for.
     */
    @Override
    public synchronized void close() {
        if (worker != null) {
            worker.close();
            worker = null;
        }
    }
}
