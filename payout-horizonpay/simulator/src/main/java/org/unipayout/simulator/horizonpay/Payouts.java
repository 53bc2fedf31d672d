package org.unipayout.simulator.horizonpay;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.unipayout.simulator.horizonpay.HorizonPaySwitches.Envelope;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.SimulatedResponse;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** Makes payouts, moves their money and finds them again. */
final class Payouts {
    private static final Duration DUPLICATE_WINDOW = Duration.ofSeconds(30);
    private static final String DECLINED_CARD = "4005550000000019";
    private static final String CARD_THAT_NEEDS_HOLDER = "4012001037484447";
    private static final String TEST_CARD = "4200000000000000";

    private final HorizonPaySwitches switches;
    private final CardVault vault;
    private final Ledger ledger;
    private final Clock clock;
    private final LongFunction<Scenario> scenarios;
    private final Notifier notifier;
    private final TransactionBody bodies;
    private final Refusals refusals;
    private final PayoutRules rules;
    private final TransactionStore store = new TransactionStore();
    private Duration hidden = Duration.ZERO;

    Payouts(
            HorizonPaySwitches switches,
            CardVault vault,
            Ledger ledger,
            Clock clock,
            LongFunction<Scenario> scenarios,
            Notifier notifier,
            TransactionBody bodies) {
        this.switches = switches;
        this.vault = vault;
        this.ledger = ledger;
        this.clock = clock;
        this.scenarios = scenarios;
        this.notifier = notifier;
        this.bodies = bodies;
        this.refusals = new Refusals(switches);
        this.rules = new PayoutRules(switches, vault);
    }

    /** POST /transactions/payouts, after the body proved to be JSON with a {@code request}. */
    SimulatedResponse create(JsonNode request, Envelope envelope) {
        if (!switches.payoutsAllowed) {
            return refusals.forbidden(envelope, "E.1022");
        }
        FieldErrors errors = rules.check(request);
        if (!errors.isEmpty()) {
            return refusals.invalid(envelope, errors);
        }
        String token = Json.text(request, "recipient_credit_card.token");
        if (token == null && !switches.cardNumbersAllowed) {
            return refusals.forbidden(envelope, "E.1065");
        }
        Scenario scenario = scenarios.apply(request.path("amount").asLong());
        if (scenario == Scenario.RATE_LIMITED) {
            return refusals.tooManyRequests();
        }
        if (scenario == Scenario.SERVER_ERROR_NOT_PAID) {
            return refusals.serverError(500, "Internal Server Error", envelope);
        }
        if (request.path("duplicate_check").asBoolean(true) && isDuplicate(request)) {
            return refusals.duplicate(envelope);
        }
        Transaction transaction = save("payout", request, cardOf(request, token), token);
        execute(transaction, scenario);
        return switch (scenario) {
            case SERVER_ERROR_PAID -> refusals.serverError(502, "Bad Gateway", envelope);
            case UNDOCUMENTED_CODE -> refusals.undocumented(envelope);
            default -> SimulatedResponse.json(200, Json.write(bodies.whole(transaction, envelope)));
        };
    }

    /** POST /transactions/recipient_tokenizations: a saved transaction without money. */
    SimulatedResponse tokenize(JsonNode request, Envelope envelope) {
        boolean shortKey = switches.recipientCardKeyAccepted
                && request.path("recipient_credit_card").isMissingNode();
        String section = shortKey ? "recipient_card" : "recipient_credit_card";
        FieldCheck check = new FieldCheck(request);
        PayoutRules.card(check, section + ".");
        if (!check.errors().isEmpty()) {
            return refusals.invalid(envelope, check.errors());
        }
        Card card = Card.of(request.path(section));
        Transaction transaction = save("recipient_tokenization", request, card, vault.save(card));
        transaction.become(Outcome.TOKENIZED, clock.instant());
        return SimulatedResponse.json(200, Json.write(bodies.whole(transaction, envelope)));
    }

    Optional<Transaction> byUid(String uid) {
        return store.byUid(uid).filter(this::isVisible);
    }

    /** Hidden or not: a page that was handed out works at once. */
    Optional<Transaction> find(String uid) {
        return store.byUid(uid);
    }

    /** Newest first. */
    List<Transaction> byTrackingId(String trackingId) {
        Instant indexed = clock.instant().minus(switches.trackingIdLag);
        return store.byTrackingId(trackingId).stream()
                .filter(this::isVisible)
                .filter(transaction -> !transaction.createdAt.isAfter(indexed))
                .toList();
    }

    /** A payout that somebody made before, paid. */
    void addEarlier(String trackingId, String cardNumber, long amount, String currency, Duration age) {
        ObjectNode request = Json.object();
        request.put("amount", amount);
        request.put("currency", currency);
        request.put("tracking_id", trackingId);
        request.putObject("recipient_credit_card").put("number", cardNumber);
        Instant createdAt = clock.instant().minus(age);
        Card card = Card.of(request.path("recipient_credit_card"));
        Transaction earlier = new Transaction(newUid(), "payout", request, card, null, createdAt);
        store.add(earlier);
        book(earlier);
        earlier.become(Outcome.SUCCESSFUL, createdAt);
    }

    /** Support turns a failed payout into a paid one. */
    void correctByHand(String uid) {
        Transaction transaction = store.byUid(uid).orElseThrow();
        book(transaction);
        transaction.correct(clock.instant());
        notifier.announce(transaction);
    }

    void hideFor(Duration duration) {
        hidden = duration;
    }

    /** Lets everything happen that the clock has passed by now. */
    void catchUp() {
        Instant now = clock.instant();
        for (Transaction transaction : store.open()) {
            if (transaction.isDue(now)) {
                transaction.complete(now);
                notifier.announce(transaction);
            }
            Instant expiry = transaction.createdAt.plus(switches.incompleteLifetime);
            if (transaction.outcome().awaitsRecipient() && !expiry.isAfter(now)) {
                end(transaction, Outcome.failed("F.0998", "Transaction was not completed in time"));
            }
        }
    }

    /** Ends all that is pending. */
    void settle() {
        for (Transaction transaction : store.open()) {
            if (transaction.isProcessing()) {
                transaction.complete(clock.instant());
                notifier.announce(transaction);
            }
        }
    }

    /** The recipient has acted on the redirect page. */
    void finish(Transaction transaction, boolean confirmed) {
        if (confirmed) {
            book(transaction);
        }
        end(transaction, confirmed ? Outcome.SUCCESSFUL : Outcome.failed("F.0132", "Rejected by the recipient"));
    }

    private void execute(Transaction transaction, Scenario scenario) {
        String verificationUrl = Json.text(transaction.request, "verification_url");
        String objection = verificationUrl == null ? null : notifier.objection(transaction, verificationUrl);
        if (objection != null) {
            end(transaction, Outcome.failed("F.7001", objection));
            return;
        }
        Outcome ending = ending(transaction, scenario);
        if (ending.paid()) {
            book(transaction);
        }
        if (scenario == Scenario.WRONG_ECHO) {
            transaction.echo(transaction.amount + 1);
        }
        if (scenario == Scenario.SLOW && ending.paid()) {
            transaction.endLater(ending, Instant.MAX);
        } else if (ending.isFinal() && !switches.processingTime.isZero()) {
            transaction.endLater(ending, clock.instant().plus(switches.processingTime));
        } else {
            end(transaction, ending);
        }
    }

    private Outcome ending(Transaction transaction, Scenario scenario) {
        return switch (scenario) {
            case DECLINED -> Outcome.failed("F.0105", "Do not honor");
            case INSUFFICIENT_FUNDS -> Outcome.failed("F.0114", "Insufficient funds");
            case UNSURE -> Outcome.incomplete(switches.incompleteCode);
            case UNDOCUMENTED_STATUS -> Outcome.UNDER_REVIEW;
            default -> cardEnding(transaction.card);
        };
    }

    private Outcome cardEnding(Card card) {
        if (card.hasNumber(DECLINED_CARD)) {
            return Outcome.failed("F.0105", "Do not honor");
        }
        if (card.hasNumber(CARD_THAT_NEEDS_HOLDER) && !card.hasHolder()) {
            return Outcome.failed("F.8001", "Missed recipient card fields: holder.");
        }
        if (switches.expiryMonthDecides && card.hasNumber(TEST_CARD) && card.expiresIn("10")) {
            return Outcome.failed("F.0105", "Do not honor");
        }
        return Outcome.SUCCESSFUL;
    }

    private void end(Transaction transaction, Outcome outcome) {
        transaction.become(outcome, clock.instant());
        notifier.announce(transaction);
    }

    private void book(Transaction transaction) {
        ledger.add(new Ledger.Movement(
                Ledger.Kind.PAID,
                transaction.reference(),
                transaction.uid,
                transaction.amount,
                Objects.requireNonNull(transaction.currency, "currency"),
                transaction.card.masked(),
                clock.instant()));
    }

    private Transaction save(String type, JsonNode request, Card card, @Nullable String token) {
        Transaction transaction = new Transaction(newUid(), type, request, card, token, clock.instant());
        transaction.hideFor(hidden);
        store.add(transaction);
        return transaction;
    }

    private Card cardOf(JsonNode request, @Nullable String token) {
        Card saved = token == null ? null : vault.find(token);
        return saved == null ? Card.of(request.path("recipient_credit_card")) : saved;
    }

    /** Same amount and same number or token; currency and tracking_id are not mentioned, so they do not count. */
    private boolean isDuplicate(JsonNode request) {
        Instant windowStart = clock.instant().minus(DUPLICATE_WINDOW);
        String instrument = Transaction.instrumentOf(request);
        return store.createdAfter(windowStart).stream()
                .filter(earlier -> earlier.type.equals("payout"))
                .anyMatch(earlier ->
                        earlier.amount == request.path("amount").asLong() && earlier.instrument.equals(instrument));
    }

    private boolean isVisible(Transaction transaction) {
        return transaction.isVisible(clock.instant(), switches.invisibleWhileProcessing);
    }

    private String newUid() {
        if (!switches.legacyUids) {
            return UUID.randomUUID().toString();
        }
        RandomGenerator random = RandomGenerator.getDefault();
        return "%d-%010x".formatted(random.nextInt(1000, 10_000), random.nextLong(1L << 40));
    }
}
