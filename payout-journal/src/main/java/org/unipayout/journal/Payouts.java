package org.unipayout.journal;

import java.sql.Connection;
import java.sql.SQLException;
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
import java.util.function.Function;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.Capabilities;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.RecipientKind;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRequest;
import org.unipayout.journal.internal.decide.Answers;
import org.unipayout.journal.internal.decide.Entry;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.Replacement;
import org.unipayout.journal.internal.decide.Restore;
import org.unipayout.journal.internal.decide.RowHashes;
import org.unipayout.journal.internal.run.Checkpoint;
import org.unipayout.journal.internal.run.Engine;
import org.unipayout.journal.internal.run.Fence;
import org.unipayout.journal.internal.run.Orders;
import org.unipayout.journal.internal.run.Resealing;
import org.unipayout.journal.internal.run.Restoring;
import org.unipayout.journal.internal.run.Settings;
import org.unipayout.journal.internal.run.Upkeep;
import org.unipayout.journal.internal.run.Worker;
import org.unipayout.journal.internal.store.Changes;
import org.unipayout.journal.internal.store.Counts;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.journal.internal.store.Listings;
import org.unipayout.journal.internal.store.Place;
import org.unipayout.journal.internal.store.Renewal;
import org.unipayout.journal.internal.store.Restores;
import org.unipayout.journal.internal.store.Schema;
import org.unipayout.journal.internal.store.Sealer;
import org.unipayout.journal.internal.store.Store;
import org.unipayout.journal.internal.store.Stored;
import org.unipayout.journal.internal.store.StoredRequest;
import org.unipayout.journal.internal.store.Superseded;

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
    private final Sealer sealer;
    private final Engine engine;
    private final Upkeep upkeep;
    private final Settings settings;
    private final String node;
    private final int threads;
    private final Duration pollingInterval;
    private @Nullable Worker worker;

    Payouts(PayoutsBuilder builder) {
        database = new Database(builder.dataSource);
        sealer = new Sealer(builder.vault, builder.acceptsEarlierForms);
        RowHashes hashes = builder.hashes();
        node = builder.node;
        threads = builder.threads;
        pollingInterval = builder.pollingInterval;
        settings = builder.settings();
        store = new Store(database, sealer, hashes, node);
        renewal = new Renewal(database, sealer, hashes, node);
        listings = new Listings(database);
        engine = new Engine(database, store, builder.providers(), settings);
        upkeep = new Upkeep(engine);
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
        check(request, provider, confirmation, actor);
        Kept kept = database.committed(
                connection -> store(connection, request, provider, confirmation, actor, Carrier.THIS_CALL));
        engine.reached(Checkpoint.INTENT_STORED, request.reference());
        return kept.isNew()
                ? carryNew(kept.payout(), request)
                : carryOn(request.reference(), Engine.Trigger.TOUCHED, request);
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
        check(request, provider, confirmation, actor);
        if (request.recipient().kind() == RecipientKind.CARD_NUMBER && !sealer.hides()) {
            throw new IllegalArgumentException("recipient: a card number is stored only in a vault; give one to the"
                    + " builder, or call pay without a connection");
        }
        try {
            if (connection.getAutoCommit()) {
                throw new IllegalArgumentException(
                        "connection: must have auto-commit off, or there is nothing to join");
            }
            return record(store(connection, request, provider, confirmation, actor, Carrier.WORKER)
                    .payout());
        } catch (SQLException e) {
            throw Database.failed(e);
        }
    }

    private void check(PayoutRequest request, String provider, Confirmation confirmation, @Nullable Actor actor) {
        engine.provider(provider).client().capabilities().check(request);
        requireStorable(request, provider, confirmation, actor);
    }

    private void requireStorable(
            PayoutRequest request, String provider, Confirmation confirmation, @Nullable Actor actor) {
        StoredRequest.requireWholeCharacters(StoredRequest.write(request, provider, confirmation, sealer.hides()));
        if (!settings.fourEyes().contains(Verb.PAY)) {
            return;
        }
        if (actor == null) {
            throw new IllegalArgumentException("actor: a payment is under four eyes; call pay by(actor)");
        }
        if (request.recipient().kind() == RecipientKind.CARD_NUMBER && !sealer.hides()) {
            throw new IllegalArgumentException("recipient: a card number under four eyes must be stored until it is"
                    + " approved; give a vault to the builder");
        }
    }

    PayoutRecord takeOver(PayoutRef ref, PayoutRequest request, String provider, Actor actor) {
        ref.requireProvider(engine.provider(provider).client().capabilities().provider());
        ref.requireMadeFrom(request);
        requireStorable(request, provider, Confirmation.MANUAL, actor);
        Instant sentAt = request.requestedAt()
                .filter(at -> !at.isAfter(settings.now()))
                .orElseThrow(() -> new IllegalArgumentException(
                        "requestedAt: must say when it was asked for, which was before now"))
                .truncatedTo(ChronoUnit.MICROS);
        try {
            database.transaction(connection -> {
                Payout handle = Payout.builder(ref, PayoutStatus.PREPARED, "").build();
                Optional<Stored> intent = insert(
                        connection, request, provider, Confirmation.MANUAL, actor, new Fields(), handle, sentAt, null);
                if (intent.isPresent()) {
                    takeOver(connection, intent.get(), ref, sentAt, actor);
                    schedule(connection, ref.reference(), settings.now());
                    return true;
                }
                Stored known = store.find(connection, ref.reference()).orElseThrow(Payouts::takenUnseen);
                if (isAnotherSend(known.observation().ref(), ref)) {
                    throw new PayoutConflictException(ref.reference(), Set.of("providerId"));
                }
                same(known, StoredRequest.write(request, provider, known.confirmation(), sealer.hides()));
                if (known.holds() && tellsMore(known.observation(), ref)) {
                    takeOver(connection, known, ref, sentAt, actor);
                }
                return true;
            });
        } catch (Superseded e) {
            throw worksOn(ref.reference(), e);
        }
        return carryOn(ref.reference(), Engine.Trigger.DUE, request);
    }

    /** A number of the provider's queue and an id may stand for one payout. */
    private static boolean isAnotherSend(PayoutRef known, PayoutRef given) {
        return known.providerId().isPresent()
                && given.providerId().isPresent()
                && known.queueId().isPresent() == given.queueId().isPresent()
                && !known.providerId().equals(given.providerId());
    }

    /** That it was sent at all, or the id to ask by. */
    private static boolean tellsMore(Payout known, PayoutRef given) {
        boolean bringsId =
                known.ref().providerId().isEmpty() && given.providerId().isPresent();
        return known.status() == PayoutStatus.PREPARED || (known.status() == PayoutStatus.UNKNOWN && bringsId);
    }

    private void takeOver(Connection connection, Stored intent, PayoutRef ref, Instant sentAt, Actor actor)
            throws SQLException {
        Fields proof = new Fields().with("who", actor).with("sentAt", sentAt).with("ref", ref);
        Optional<String> knownId = intent.observation().ref().providerId();
        boolean named = ref.providerId().isPresent() && ref.queueId().isEmpty();
        PayoutRef handle = named ? ref : knownId.map(ref::withProviderId).orElse(ref);
        Payout unclear = Answers.unclear(
                intent.observation().toBuilder().ref(handle).build(),
                Evidence.Kind.NO_ANSWER,
                "It was sent before it came here, by a direct call.");
        store.append(connection, intent, new Entry(Event.TAKEN_OVER, proof, unclear), settings.now());
    }

    private static IllegalStateException worksOn(String reference, Superseded why) {
        return new IllegalStateException("payout " + reference + ": another machine works on it; call again", why);
    }

    PayoutRecord instead(
            String reference, PayoutRequest request, String provider, Confirmation confirmation, Actor actor) {
        check(request, provider, confirmation, actor);
        Optional<Stored> paidBefore = store.load(reference).flatMap(this::paidBefore);
        try {
            database.transaction(connection -> {
                Stored ended = store.find(connection, reference)
                        .orElseThrow(() -> new IllegalArgumentException("payout " + reference + ": is not stored"));
                Optional<Stored> made = store.find(connection, request.reference());
                if (made.isPresent() && request.reference().equals(Replacement.successor(ended.history()))) {
                    return same(made.get(), StoredRequest.write(request, provider, confirmation, sealer.hides()));
                }
                paidBefore.ifPresent(earlier -> {
                    throw new IllegalStateException("instead: payout " + reference + " was made instead of "
                            + earlier.reference() + ", and something says that this one was paid: settle it first");
                });
                requireReplaceable(connection, ended, request);
                Fields proof = Replacement.by(request.reference()).with("who", actor);
                store.append(connection, ended, new Entry(Event.REPLACED, proof, ended.observation()), settings.now());
                if (made.isPresent()
                        || storeNew(
                                        connection,
                                        request,
                                        provider,
                                        confirmation,
                                        actor,
                                        Replacement.of(reference),
                                        Carrier.NEXT_CALL)
                                .isEmpty()) {
                    throw new IllegalArgumentException(
                            "reference: is another payout's; what is paid instead needs a new one");
                }
                return true;
            });
        } catch (Superseded e) {
            throw worksOn(reference, e);
        }
        return carryOn(request.reference(), Engine.Trigger.TOUCHED, request);
    }

    /** Asks the providers once more, who may say otherwise by now. */
    private Optional<Stored> paidBefore(Stored ended) {
        Stream.concat(Stream.of(ended), engine.predecessors(ended).stream())
                .filter(known -> engine.knows(known.provider()))
                .forEach(known -> carryOn(known.reference(), Engine.Trigger.REPLACED, null));
        return engine.paidBefore(ended);
    }

    private void requireReplaceable(Connection connection, Stored ended, PayoutRequest request) throws SQLException {
        String about = "instead: payout " + ended.reference() + " ";
        if (!ended.holds() || ended.startsAnew()) {
            throw new IllegalStateException(about + (ended.holds() ? "did" : "does")
                    + " not fit its history, so neither its end nor that it was not replaced is believed");
        }
        String successor = Replacement.successor(ended.history());
        if (successor != null) {
            boolean gone = store.find(connection, successor).isEmpty();
            throw new IllegalStateException(about + "was replaced by payout " + successor + " already"
                    + (gone ? ", which is not stored any more" : ""));
        }
        Replacement.refusal(Facts.of(ended.history(), Duration.ZERO)).ifPresent(why -> {
            throw new IllegalStateException(about + why);
        });
        if (Replacement.mayBeLost(ended.history(), Restores.all(connection))) {
            throw new IllegalStateException(about + "ended before the database went back in time, so it may have been"
                    + " replaced by what is lost: look into your books, and settle it as not paid");
        }
        if (!engine.inbox().pending(connection, ended).isEmpty()) {
            throw new IllegalStateException(about + "was notified of, and the provider was not asked yet; call again");
        }
        if (!request.amount().equals(ended.observation().ref().amount())) {
            throw new IllegalArgumentException("amount: must be that of payout " + ended.reference());
        }
    }

    /** An intent as it is stored by now, and whether that was done just now. */
    private record Kept(Stored payout, boolean isNew) {}

    /** Who carries a new intent on first: the same call, which has it from the start, another call of this machine, or a worker. */
    private enum Carrier {
        THIS_CALL,
        NEXT_CALL,
        WORKER
    }

    private Kept store(
            Connection connection,
            PayoutRequest request,
            String provider,
            Confirmation confirmation,
            @Nullable Actor actor,
            Carrier carrier)
            throws SQLException {
        Optional<Stored> made = storeNew(connection, request, provider, confirmation, actor, new Fields(), carrier);
        if (made.isPresent()) {
            return new Kept(made.get(), true);
        }
        Stored known = store.find(connection, request.reference()).orElseThrow(Payouts::takenUnseen);
        same(known, StoredRequest.write(request, provider, confirmation, sealer.hides()));
        return new Kept(known, false);
    }

    private static JournalException takenUnseen() {
        return new JournalException("journal: the reference is taken by a payout that this transaction cannot see; use"
                + " read committed");
    }

    /** Empty if the reference is taken. */
    private Optional<Stored> storeNew(
            Connection connection,
            PayoutRequest request,
            String provider,
            Confirmation confirmation,
            @Nullable Actor actor,
            Fields said,
            Carrier carrier)
            throws SQLException {
        Instant now = settings.now();
        Capabilities client = engine.provider(provider).client().capabilities();
        PayoutRequest asked = request.requestedAt().isPresent()
                ? request
                : request.toBuilder()
                        .requestedAt(mayHaveArisen(connection, now))
                        .build();
        Payout payout = Payout.builder(PayoutRef.of(client.provider(), asked), PayoutStatus.PREPARED, "")
                .build();
        Instant leasedUntil = carrier == Carrier.THIS_CALL ? engine.leasedUntil(now) : null;
        Optional<Stored> made =
                insert(connection, request, provider, confirmation, actor, said, payout, now, leasedUntil);
        if (made.isPresent()) {
            schedule(
                    connection, request.reference(), carrier == Carrier.WORKER ? now : now.plus(settings.firstPause()));
        }
        return made;
    }

    /** Stores an intent, and under four eyes that it waits; empty if the reference is taken. */
    private Optional<Stored> insert(
            Connection connection,
            PayoutRequest request,
            String provider,
            Confirmation confirmation,
            @Nullable Actor actor,
            Fields said,
            Payout payout,
            Instant at,
            @Nullable Instant leasedUntil)
            throws SQLException {
        Capabilities client = engine.provider(provider).client().capabilities();
        boolean waits = settings.fourEyes().contains(Verb.PAY);
        Optional<Stored> made = store.insert(
                connection,
                provider,
                confirmation,
                StoredRequest.write(request, provider, confirmation, sealer.hides()),
                payout,
                client.account().orElse(null),
                said.with("who", actor).with(Facts.WAITS, waits ? "true" : null),
                at,
                leasedUntil);
        if (made.isPresent() && waits && actor != null) {
            Stored intent = made.get();
            return Optional.of(store.append(connection, intent, Orders.waiting(Verb.PAY, null, actor, intent), at));
        }
        return made;
    }

    private void schedule(Connection connection, String reference, Instant at) throws SQLException {
        if (!upkeep.schedule(connection, reference, at)) {
            throw new JournalException("journal: the task of a new payout could not be stored; call again");
        }
    }

    /**
     * A request that gives no time may be one that the database has lost: then its payout is older than it. What was asked for in a lost
     * time may itself have repeated what an earlier one had lost.
     */
    private static Instant mayHaveArisen(Connection connection, Instant now) throws SQLException {
        List<Restore> restores = Restores.all(connection);
        Instant arose = now;
        boolean earlier = true;
        while (earlier) {
            Instant known = arose;
            Optional<Instant> next = restores.stream()
                    .filter(restore -> restore.mayHaveLost(null, known))
                    .map(Restore::keptUntil)
                    .filter(keptUntil -> keptUntil.isBefore(known))
                    .min(Instant::compareTo);
            earlier = next.isPresent();
            arose = next.orElse(arose);
        }
        return arose;
    }

    private PayoutRecord same(Stored stored, Fields repeated) {
        if (!stored.holds()) {
            return record(stored); // with what is not believed nothing can be compared
        }
        Fields compared = stored.startsAnew() ? repeated.asFarAs(stored.request()) : repeated;
        Set<String> differences = StoredRequest.differences(stored.request(), compared);
        if (!differences.isEmpty()) {
            throw new PayoutConflictException(stored.reference(), differences);
        }
        return record(stored);
    }

    private PayoutRecord record(Stored stored) {
        return PayoutRecord.of(stored, engine.cancels(stored.provider()));
    }

    private PayoutRecord carryOn(String reference, Engine.Trigger trigger, @Nullable PayoutRequest given) {
        return record(upkeep.carryOn(reference, trigger, given).orElseGet(() -> engine.load(reference)));
    }

    /** Another thread of this machine may have been quicker: then the call, which has the card number, goes on from what that one left. */
    private PayoutRecord carryNew(Stored intent, PayoutRequest given) {
        return upkeep.carryNew(intent, given)
                .map(this::record)
                .orElseGet(() -> carryOn(intent.reference(), Engine.Trigger.TOUCHED, given));
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
                .filter(known -> isNew && engine.mayBeAskedAbout(known))
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
     * Checks the histories of all payouts against their hashes.
     *
     * @return the first fault of each payout that has one; that a history cannot be read here is one too
     * @throws JournalException if the database fails
     */
    public List<HistoryFault> verifyHistory() {
        return store.all().stream()
                .flatMap(reference -> store.check(reference).stream())
                .toList();
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
     * The payouts that a person should look at, but for {@link #unreadable}.
     *
     * @return oldest first
     * @throws JournalException if the database or the vault fails
     */
    public List<PayoutRecord> needingAttention() {
        return store.needingAttention().stream()
                .flatMap(reference -> readable(reference).map(this::record).stream())
                .toList();
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
                this::readable,
                (place, stored) ->
                        Optional.of(record(stored)).filter(found -> !stored.holds() || query.takes(found.status())));
    }

    /**
     * A page of what the books are made of: how payouts ended, by when that was recorded here ({@link StatusChange#at}). A payout that was
     * paid and came back ended twice, so a day that is over stays as it was listed. Each end is held against its payout's history before it is shown; one
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
        query.statuses().stream()
                .filter(status -> !status.isFinal())
                .findFirst()
                .ifPresent(open -> {
                    throw new IllegalArgumentException("statuses: no payout ends with " + open);
                });
        return page(
                listings.ends(query),
                query,
                reference -> readable(reference).filter(stored -> stored.fault() == null),
                (place, stored) -> Changes.end(stored, place.number()));
    }

    private interface Showing<T> {
        Optional<T> show(Place place, Stored stored);
    }

    private <T> PayoutPage<T> page(
            List<Place> places, PayoutQuery query, Function<String, Optional<Stored>> reading, Showing<T> showing) {
        boolean more = places.size() > query.size();
        List<Place> shown = more ? places.subList(0, query.size()) : places;
        List<T> found = new ArrayList<>();
        Set<String> leftOut = new LinkedHashSet<>();
        for (Place place : shown) {
            Optional<Stored> stored = reading.apply(place.reference());
            stored.flatMap(one -> showing.show(place, one)).ifPresent(found::add);
            if (stored.isEmpty()) {
                leftOut.add(place.reference());
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
        return Stream.concat(store.unfinished(true).stream(), store.needingAttention().stream())
                .distinct()
                .filter(reference -> readable(reference).isEmpty())
                .toList();
    }

    private Optional<Stored> readable(String reference) {
        try {
            return store.load(reference);
        } catch (JournalException e) {
            if (Database.isBehind(e)) {
                throw e;
            }
            LOG.debug("A payout cannot be read here", e);
            return Optional.empty();
        }
    }

    /**
     * Looks at every open payout now, in the caller's thread, whenever its next look would have been. Works beside
     * workers on any machine.
     *
     * @return how many payouts are still open
     * @throws JournalException if the database or the vault fails
     */
    public int recoverNow() {
        int open = 0;
        for (String reference : store.unfinished(engine.delivers())) {
            open += isOpenAfterLook(reference) ? 1 : 0;
        }
        return open;
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
