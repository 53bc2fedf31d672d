package org.unipayout.journal;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.DoubleSupplier;
import javax.crypto.SecretKey;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Sleeper;
import org.unipayout.journal.internal.decide.RowHashes;
import org.unipayout.journal.internal.run.Checkpoint;
import org.unipayout.journal.internal.run.Provider;
import org.unipayout.journal.internal.run.Settings;
import org.unipayout.journal.internal.store.Database;
import org.unipayout.journal.internal.store.EmbeddedH2;
import org.unipayout.journal.internal.store.PostgreSql;

/** Collects providers and settings for {@link Payouts}. Not thread-safe. */
public final class PayoutsBuilder {
    private static final Set<Verb> UNDER_FOUR_EYES =
            Collections.unmodifiableSet(EnumSet.of(Verb.PAY, Verb.CONFIRM, Verb.CANCEL, Verb.RESUBMIT, Verb.SETTLE));

    final DataSource dataSource;
    private final Map<String, PayoutClient> clients = new LinkedHashMap<>();
    private final Map<String, PayoutWebhooks> webhooks = new LinkedHashMap<>();
    private final Map<String, PayoutFence> fences = new LinkedHashMap<>();
    private final Map<String, Throttle> throttles = new LinkedHashMap<>();
    private final List<PayoutListener> listeners = new ArrayList<>();

    @Nullable RecipientVault vault;

    private @Nullable HistoryKey historyKey;
    private final Map<String, SecretKey> historyKeys = new HashMap<>();
    boolean acceptsEarlierForms;

    String node = UUID.randomUUID().toString();
    int threads = 10;
    private int pageSize = 500;
    Duration pollingInterval = Duration.ofSeconds(1);
    private Duration firstPause = Duration.ofSeconds(2);
    private Duration longestPause = Duration.ofHours(1);
    private Duration attentionAfter = Duration.ofHours(24);
    private Duration keepForeignNotifications = Duration.ofDays(30);
    private Duration watchedFor = Duration.ofDays(5);
    private Duration closeWithin = Duration.ofSeconds(20);
    private int greatestSubmits = 5;
    private int questionsPerHour = 60;
    private Set<Verb> fourEyes = Set.of();
    private Absence absence = Absence.ASK_MERCHANT;
    private Clock clock = Clock.systemUTC();
    private Sleeper sleeper = Sleeper.REAL;
    private DoubleSupplier random = Math::random;
    private Checkpoint.Listener checkpoints = Checkpoint.Listener.NONE;

    PayoutsBuilder(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * Adds a provider.
     *
     * @param name is stored with each payout, so it must never change; one name per merchant account
     * @param client stays open
     * @return this builder
     */
    public PayoutsBuilder provider(String name, PayoutClient client) {
        clients.put(name, client);
        return this;
    }

    /**
     * Adds a provider that notifies.
     *
     * @param name is stored with each payout, so it must never change; one name per merchant account
     * @param client stays open
     * @param receiver verifies its notifications
     * @return this builder
     */
    public PayoutsBuilder provider(String name, PayoutClient client, PayoutWebhooks receiver) {
        clients.put(name, client);
        webhooks.put(name, receiver);
        return this;
    }

    /**
     * Answers a provider's question before it pays ({@link Payouts#verification}), so that exactly one of its transactions
     * per payout is let through. Required where the client's capabilities say {@link org.unipayout.Resubmission.Fenced}.
     *
     * @param name the provider's name
     * @param fence reads its questions
     * @return this builder
     */
    public PayoutsBuilder fence(String name, PayoutFence fence) {
        fences.put(name, fence);
        return this;
    }

    /**
     * Limits how fast a provider is called; without it there is no limit.
     *
     * @param name the provider's name
     * @param throttle the limits
     * @return this builder
     */
    public PayoutsBuilder throttle(String name, Throttle throttle) {
        throttles.put(name, throttle);
        return this;
    }

    /**
     * Encrypts what is stored about recipients and persons, and lets card numbers be stored at all.
     *
     * @param value the vault
     * @return this builder
     */
    public PayoutsBuilder vault(RecipientVault value) {
        vault = value;
        return this;
    }

    /**
     * Hashes the histories under a key, so that whoever can write to the database cannot make one that holds: what does not is
     * {@link Attention#TAMPERED}, and no call is made for it. Give all machines the same keys; to change the key, first add the new one
     * as an older one everywhere, then make it the current one, then run {@link Payouts#reseal}.
     *
     * @param current the key of new rows
     * @param older keys that earlier rows are under
     * @return this builder
     * @throws IllegalArgumentException if a name stands twice
     */
    public PayoutsBuilder historyKey(HistoryKey current, HistoryKey... older) {
        historyKeys.clear();
        historyKey = current;
        historyKeys.put(current.id(), current.key());
        for (HistoryKey key : older) {
            if (historyKeys.put(key.id(), key.key()) != null) {
                throw new IllegalArgumentException("history key " + key.id() + ": stands twice");
            }
        }
        return this;
    }

    /**
     * Believes, once more, what was stored before there was a vault or a history key: texts in clear or in the vault's first form,
     * histories that no key was ever used for, notifications that none vouches for. For the time of a migration only, because whoever
     * can write to the database can write such forms: run {@link Payouts#reseal} until nothing remains, then take this away.
     *
     * @return this builder
     */
    public PayoutsBuilder acceptEarlierForms() {
        acceptsEarlierForms = true;
        return this;
    }

    /**
     * Adds a listener to status changes.
     *
     * @param value the listener
     * @return this builder
     */
    public PayoutsBuilder listener(PayoutListener value) {
        listeners.add(value);
        return this;
    }

    /**
     * Names this process among those that share the database. A process that starts again under its old name carries
     * its payouts on at once; under a new name, by default a random one, it waits until the old one's lease is over.
     *
     * @param name no two running processes may share it
     * @return this builder
     */
    public PayoutsBuilder node(String name) {
        node = name;
        return this;
    }

    /**
     * Sets up the worker.
     *
     * @param workerThreads how many payouts are worked on at a time; 10 if not set
     * @param interval how often the queue is looked at; one second if not set
     * @return this builder
     */
    public PayoutsBuilder worker(int workerThreads, Duration interval) {
        threads = workerThreads;
        pollingInterval = interval;
        return this;
    }

    /**
     * Sets the pauses between two looks at an open payout: they grow from the first to the longest, by half of the
     * time since its last progress.
     *
     * @param first at least this; two seconds if not set
     * @param longest at most this; one hour if not set
     * @return this builder
     * @throws IllegalArgumentException if the first is not positive or is longer than the longest
     */
    public PayoutsBuilder pauses(Duration first, Duration longest) {
        if (first.isNegative() || first.isZero() || first.compareTo(longest) > 0) {
            throw new IllegalArgumentException("pauses: the first must be positive and not longer than the longest");
        }
        firstPause = first;
        longestPause = longest;
        return this;
    }

    /**
     * Sets when an open payout is flagged. Nothing else follows from it.
     *
     * @param value since it was asked for; 24 hours if not set
     * @return this builder
     */
    public PayoutsBuilder attentionAfter(Duration value) {
        attentionAfter = value;
        return this;
    }

    /**
     * Sets how long a notification is kept that speaks of no payout of this journal, such as one about a card payment
     * of the same shop. The worker lets it go afterwards, some at a time.
     *
     * @param value since it arrived; 30 days if not set
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public PayoutsBuilder keepForeignNotifications(Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("keepForeignNotifications: must be positive");
        }
        keepForeignNotifications = value;
        return this;
    }

    /**
     * Sets for how long a paid payout is looked at again where its provider may return it without a notification that
     * proves it ({@link org.unipayout.Capabilities.Feature#RETURNS}), and one that a person settled.
     *
     * @param value since its end; five days if not set, zero for never
     * @return this builder
     */
    public PayoutsBuilder watchedFor(Duration value) {
        watchedFor = value;
        return this;
    }

    /**
     * Sets how long {@link Payouts#close} may take. For the first half the worker's calls may end by themselves, then they are
     * interrupted. Keep it shorter than what the process is given to end (Kubernetes: 30 seconds).
     *
     * @param value 20 seconds if not set
     * @return this builder
     * @throws IllegalArgumentException if it is not positive
     */
    public PayoutsBuilder closeWithin(Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException("closeWithin: must be positive");
        }
        closeWithin = value;
        return this;
    }

    /**
     * Sets what follows when a provider without an idempotency key did not know a payout for its whole window.
     *
     * @param value {@link Absence#ASK_MERCHANT} if not set
     * @return this builder
     */
    public PayoutsBuilder afterAbsence(Absence value) {
        absence = value;
        return this;
    }

    /**
     * Limits how often each payout is asked about because somebody looked at it or notified, on each machine; what is not asked then
     * is asked when the payout is due. The worker's own questions are not counted, and a signed notification that says what is not
     * known yet is always asked about. Two such questions lie at least the first pause apart ({@link #pauses}).
     *
     * @param value at least 2, of which half may come in a row; 60 if not set
     * @return this builder
     * @throws IllegalArgumentException if it is less than 2
     */
    public PayoutsBuilder questionsPerHour(int value) {
        if (value < 2) {
            throw new IllegalArgumentException("questionsPerHour: must be at least 2");
        }
        questionsPerHour = value;
        return this;
    }

    /**
     * Puts orders under four eyes: the order of one actor is stored and waits ({@link PayoutRecord#order}) until another one
     * approves it ({@link PayoutOrders#approve}). Nobody else carries it out, workers neither; under {@link Verb#PAY} nothing is
     * prepared or sent before, and the request is paid as it was stored. What the journal does by itself, such as an automatic
     * confirmation, is no order. Give all machines the same.
     *
     * @param verbs of {@code PAY}, {@code CONFIRM}, {@code CANCEL}, {@code RESUBMIT}, {@code SETTLE}; none if not set
     * @return this builder
     * @throws IllegalArgumentException if one is another
     */
    public PayoutsBuilder fourEyes(Verb... verbs) {
        Set<Verb> orders = Set.of(verbs);
        if (!UNDER_FOUR_EYES.containsAll(orders)) {
            throw new IllegalArgumentException("fourEyes: must be of " + UNDER_FOUR_EYES);
        }
        fourEyes = orders;
        return this;
    }

    /**
     * Sets how often a payout may be sent while each time its outcome stayed unclear.
     *
     * @param value at least 1; 5 if not set
     * @return this builder
     * @throws IllegalArgumentException if it is less than 1
     */
    public PayoutsBuilder greatestSubmits(int value) {
        if (value < 1) {
            throw new IllegalArgumentException("greatestSubmits: must be at least 1");
        }
        greatestSubmits = value;
        return this;
    }

    /**
     * Replaces time and randomness, for tests.
     *
     * @param newClock gives the present time
     * @param newSleeper waits
     * @param newRandom gives numbers from 0 to 1
     * @return this builder
     */
    public PayoutsBuilder time(Clock newClock, Sleeper newSleeper, DoubleSupplier newRandom) {
        clock = newClock;
        sleeper = newSleeper;
        random = newRandom;
        return this;
    }

    /** How many payouts are read at once where all are gone over. */
    PayoutsBuilder pageSize(int payouts) {
        pageSize = payouts;
        return this;
    }

    PayoutsBuilder checkpoints(Checkpoint.Listener value) {
        checkpoints = value;
        return this;
    }

    RowHashes hashes() {
        return new RowHashes(historyKey == null ? null : historyKey.id(), historyKeys, acceptsEarlierForms);
    }

    Settings settings() {
        return new Settings(
                clock,
                sleeper,
                random,
                firstPause,
                longestPause,
                attentionAfter,
                keepForeignNotifications,
                watchedFor,
                closeWithin,
                greatestSubmits,
                questionsPerHour,
                pageSize,
                absence,
                fourEyes,
                List.copyOf(listeners),
                checkpoints);
    }

    Map<String, Provider> providers() {
        Map<String, Provider> providers = new LinkedHashMap<>();
        clients.forEach((name, client) -> providers.put(
                name,
                new Provider(
                        name,
                        client,
                        webhooks.get(name),
                        fences.get(name),
                        throttles.getOrDefault(name, Throttle.NONE))));
        return providers;
    }

    /**
     * Builds the journal, with one look at the database.
     *
     * @return the journal; its worker does not run yet
     * @throws IllegalStateException if there is no provider, a throttle or a fence for one that is not there, no fence
     *     for one that needs it, or an H2 file or a PostgreSQL whose commits would not outlive a crash
     * @throws JournalException if the database cannot be reached
     */
    public Payouts build() {
        if (clients.isEmpty()) {
            throw new IllegalStateException("provider: at least one is required");
        }
        if (!clients.keySet().containsAll(throttles.keySet())) {
            throw new IllegalStateException("throttle: names a provider that is not there");
        }
        if (!clients.keySet().containsAll(fences.keySet())) {
            throw new IllegalStateException("fence: names a provider that is not there");
        }
        providers().values().stream()
                .filter(provider -> provider.needsFence() && provider.fence() == null)
                .findFirst()
                .ifPresent(provider -> {
                    throw new IllegalStateException("fence: " + provider.name()
                            + " is set up to ask before it pays; give fence(\"" + provider.name()
                            + "\", ...) to the builder and answer it with Payouts.verification");
                });
        Database database = new Database(dataSource);
        database.transaction(EmbeddedH2::fault)
                .or(() -> database.transaction(PostgreSql::fault))
                .ifPresent(fault -> {
                    throw new IllegalStateException(fault);
                });
        return new Payouts(this);
    }
}
