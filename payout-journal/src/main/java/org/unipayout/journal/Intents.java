package org.unipayout.journal;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.Capabilities;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.journal.internal.decide.Answers;
import org.unipayout.journal.internal.decide.Entry;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Facts;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.Replacement;
import org.unipayout.journal.internal.decide.Restore;
import org.unipayout.journal.internal.run.Checkpoint;
import org.unipayout.journal.internal.run.Engine;
import org.unipayout.journal.internal.run.Orders;
import org.unipayout.journal.internal.run.Settings;
import org.unipayout.journal.internal.run.Upkeep;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.journal.internal.store.Restores;
import org.unipayout.journal.internal.store.Sealer;
import org.unipayout.journal.internal.store.Store;
import org.unipayout.journal.internal.store.Stored;
import org.unipayout.journal.internal.store.StoredRequest;
import org.unipayout.journal.internal.store.Superseded;

/** What is asked for: each intent is stored once under its reference before anything is called for it, however often and by whom it is repeated. */
final class Intents {
    private static final Logger LOG = LoggerFactory.getLogger(Intents.class);

    private final Engine engine;
    private final Upkeep upkeep;
    private final Sealer sealer;
    private final Database database;
    private final Store store;
    private final Settings settings;

    Intents(Engine engine, Upkeep upkeep, Sealer sealer) {
        this.engine = engine;
        this.upkeep = upkeep;
        this.sealer = sealer;
        database = engine.database();
        store = engine.store();
        settings = engine.settings();
    }

    /** Stores an intent to pay, and carries it as far as it goes at once. */
    Stored pay(PayoutRequest request, String provider, Confirmation confirmation, @Nullable Actor actor) {
        check(request, provider, confirmation, actor);
        Kept kept = database.committed(
                connection -> store(connection, request, provider, confirmation, actor, Carrier.THIS_CALL));
        engine.reached(Checkpoint.INTENT_STORED, request.reference());
        return kept.isNew()
                ? upkeep.carryNew(kept.payout(), request)
                : upkeep.carryOn(request.reference(), Engine.Trigger.TOUCHED, request);
    }

    /** Stores an intent to pay within the caller's transaction, for a worker to carry on. */
    Stored pay(
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
            return store(connection, request, provider, confirmation, actor, Carrier.WORKER)
                    .payout();
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

    /** Stores what was sent by a direct call, and asks how that ended. */
    Stored takeOver(PayoutRef ref, PayoutRequest request, String provider, Actor actor) {
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
                Stored known = store.find(connection, ref.reference()).orElseThrow(Intents::takenUnseen);
                if (isAnotherSend(known.observation().ref(), ref)) {
                    throw new PayoutConflictException(ref.reference(), Set.of("providerId"));
                }
                same(known, request, StoredRequest.write(request, provider, known.confirmation(), sealer.hides()));
                if (known.holds() && tellsMore(known.observation(), ref)) {
                    takeOver(connection, known, ref, sentAt, actor);
                }
                return true;
            });
        } catch (Superseded e) {
            throw worksOn(ref.reference(), e);
        }
        return upkeep.carryOn(ref.reference(), Engine.Trigger.DUE, request);
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

    /** Stores another payout for the intent of one that ended unpaid, and carries it as far as it goes at once. */
    Stored instead(String reference, PayoutRequest request, String provider, Confirmation confirmation, Actor actor) {
        check(request, provider, confirmation, actor);
        Optional<Stored> paidBefore = store.load(reference).flatMap(this::paidBefore);
        try {
            database.transaction(connection -> {
                Stored ended = store.find(connection, reference)
                        .orElseThrow(() -> new IllegalArgumentException("payout " + reference + ": is not stored"));
                Optional<Stored> made = store.find(connection, request.reference());
                if (made.isPresent() && request.reference().equals(Replacement.successor(ended.history()))) {
                    return same(
                            made.get(), request, StoredRequest.write(request, provider, confirmation, sealer.hides()));
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
        return upkeep.carryOn(request.reference(), Engine.Trigger.TOUCHED, request);
    }

    /** Asks the providers once more, who may say otherwise by now. */
    private Optional<Stored> paidBefore(Stored ended) {
        Stream.concat(Stream.of(ended), engine.predecessors(ended).stream())
                .filter(known -> engine.knows(known.provider()))
                .forEach(known -> upkeep.carryOn(known.reference(), Engine.Trigger.REPLACED, null));
        return engine.paidBefore(ended);
    }

    private void requireReplaceable(Connection connection, Stored ended, PayoutRequest request) throws SQLException {
        String about = "instead: payout " + ended.reference() + " ";
        if (ended.isRetired()) {
            throw new IllegalStateException(
                    about + "was retired: whether its intent may be paid in another way, and was not,"
                            + " is for your books and the archive to say");
        }
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
        Stored known = store.find(connection, request.reference()).orElseThrow(Intents::takenUnseen);
        same(known, request, StoredRequest.write(request, provider, confirmation, sealer.hides()));
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

    private static Stored same(Stored stored, PayoutRequest request, Fields repeated) {
        if (!stored.holds()) {
            return stored; // with what is not believed nothing can be compared
        }
        Fields compared = stored.startsAnew() ? repeated.asFarAs(stored.request()) : repeated;
        Set<String> differences = StoredRequest.differences(stored.request(), compared);
        if (!differences.isEmpty()) {
            throw new PayoutConflictException(stored.reference(), differences);
        }
        if (stored.isRetired() && !isMadeFrom(stored.observation().ref(), request)) {
            throw new PayoutConflictException(stored.reference(), Set.of("recipient"));
        }
        return stored;
    }

    /** Of whom it was for a retired payout knows the mark in its handle alone. */
    private static boolean isMadeFrom(PayoutRef ref, PayoutRequest request) {
        try {
            ref.requireMadeFrom(request);
            return true;
        } catch (IllegalArgumentException e) {
            LOG.debug("A request is repeated for another recipient", e);
            return false;
        }
    }
}
