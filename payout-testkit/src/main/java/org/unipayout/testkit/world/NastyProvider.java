package org.unipayout.testkit.world;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Identity;
import org.unipayout.MayChange;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.ReferenceRule;
import org.unipayout.Resubmission;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.world.Transaction.Maker;

/**
 * A provider in memory and the client that speaks to it, as nasty as its {@link ProviderTraits} say and never nastier than
 * its {@link Capabilities} declare. It speaks no wire format; a {@link NastyNetwork} stands between it and its caller. Not
 * thread-safe: a world is played by one thread.
 */
@MayChange
public final class NastyProvider implements PayoutClient {
    /** The provider's name. */
    public static final String NAME = "nasty";

    private static final ErrorBook ERRORS = ErrorBook.read(
            new ByteArrayInputStream(("declined\tDECLINED\tISSUER_DECLINED\tRECIPIENT\tNEW_PAYOUT_AFTER_FIX\t"
                            + "The recipient's bank refused.\tБанк получателя отказал.\n"
                            + "invalid\tNOT_EXECUTED\tINVALID_REQUEST\tMERCHANT\tNEW_PAYOUT_AFTER_FIX\t"
                            + "The request is not valid.\tНеверный запрос.\n"
                            + "too_many_requests\tNOT_EXECUTED\tRATE_LIMIT\tSOFTWARE\tSAME_REFERENCE_LATER\t"
                            + "Too many requests, try later.\tСлишком много запросов, повторите позже.\n")
                    .getBytes(StandardCharsets.UTF_8)));

    private final ProviderTraits traits;
    private final Clock clock;
    private final Bank bank;
    private final Capabilities capabilities;
    private Set<String> refused = new HashSet<>();

    /**
     * A provider that knows nobody yet.
     *
     * @param traits how nasty it is
     * @param choices decide what it does each time
     * @param clock the world's time
     * @param story is told what it does
     */
    public NastyProvider(ProviderTraits traits, Choices choices, Clock clock, Story story) {
        this.traits = traits;
        this.clock = clock;
        bank = new Bank(traits, choices, clock, story);
        capabilities = capabilities(traits);
    }

    private static Capabilities capabilities(ProviderTraits traits) {
        Capabilities.Builder claims = Capabilities.builder(
                        NAME,
                        new ReferenceRule(32, Pattern.compile("[A-Za-z0-9-]+"), "letters, digits and dash"),
                        traits.rule(),
                        ProviderTraits.CALL_DEADLINE)
                .recipients(RecipientKind.CARD_NUMBER, RecipientKind.SAVED_CARD)
                .currencies("KZT")
                .features(Capabilities.Feature.LOOKUP_BY_REFERENCE, Capabilities.Feature.LOOKUP_BY_PROVIDER_ID)
                .webhooks(traits.webhooks());
        if (traits.confirms()) {
            claims.features(Capabilities.Feature.CONFIRM, Capabilities.Feature.CANCEL);
        }
        if (traits.returns()) {
            claims.features(Capabilities.Feature.RETURNS);
        }
        return claims.build();
    }

    // ---- what a world does with it

    /** {@return the money that moved} */
    public Ledger ledger() {
        return bank.ledger;
    }

    /** {@return how nasty it is} */
    public ProviderTraits traits() {
        return traits;
    }

    /** {@return reads its notifications and its questions} */
    public Notices notices() {
        return new Notices(traits.webhooks());
    }

    /**
     * Answers its questions before a payment; needed under {@link Resubmission.Fenced}.
     *
     * @param fence gets the question's body and answers, or null if nobody could answer
     */
    public void fence(Function<byte[], PayoutFence.@Nullable Answer> fence) {
        bank.fence = fence::apply;
    }

    /** Does nothing unusual from now on. What it has taken in takes its course. */
    public void calmDown() {
        bank.calmDown();
    }

    /** Does what is due by now. */
    public void catchUp() {
        bank.catchUp();
    }

    /** {@return when something is due next} */
    public Optional<Instant> nextAt() {
        return bank.nextAt();
    }

    /** {@return the notifications that arrive now; they are not kept} */
    public List<Notices.Notice> dueNotices() {
        return bank.dueNotices();
    }

    /**
     * Sends a notification again that was not taken.
     *
     * @param notice which
     * @param at when
     */
    public void sendAgain(Notices.Notice notice, Instant at) {
        bank.sendAgain(notice, at);
    }

    /**
     * What the merchant's statement says.
     *
     * @param reference of which payout
     * @return the movements of the merchant's own payout under the reference, in order; those of another system of the same
     *     merchant are among them, those of a different payout are not
     */
    public List<Ledger.Movement> statement(String reference) {
        return truth(reference).statement();
    }

    /**
     * How often the merchant's own sends were paid.
     *
     * @param reference of which payout
     * @return number of payments
     */
    public long paidBySends(String reference) {
        return truth(reference).sendsPaid().size();
    }

    /**
     * Whether money may yet move under a reference.
     *
     * @param reference of which payout
     * @return whether something that was taken in is not over
     */
    public boolean mayStillPay(String reference) {
        return truth(reference).mayStillPay();
    }

    /**
     * Whether anything of the merchant's reached it.
     *
     * @param reference of which payout
     * @return whether something was begun under the reference
     */
    public boolean wasReached(String reference) {
        return bank.under(reference).stream().anyMatch(one -> one.maker != Maker.FOREIGN && one.starts > 0);
    }

    /**
     * Whether a failure that it told was corrected to a payment by hand.
     *
     * @param reference of which payout
     * @return whether one was
     */
    public boolean corrected(String reference) {
        return truth(reference).corrected();
    }

    /** What it knows under a reference. */
    Truth truth(String reference) {
        return truth(one -> one.reference().equals(reference));
    }

    /** What it knows of some transactions. */
    Truth truth(Predicate<Transaction> about) {
        return new Truth(bank, about);
    }

    /** What can be put aside and taken up again. */
    public static final class State {
        private final Bank.State bank;
        private final Set<String> refused;

        private State(Bank.State bank, Set<String> refused) {
            this.bank = bank;
            this.refused = refused;
        }
    }

    /** {@return its present state} */
    public State state() {
        return new State(bank.state(), Set.copyOf(refused));
    }

    /**
     * Takes a state up again.
     *
     * @param state what {@link #state} gave
     */
    public void restore(State state) {
        bank.restore(state.bank);
        refused = new HashSet<>(state.refused);
    }

    /** {@return a text that is equal for states from which the same follows} */
    public String fingerprint() {
        return bank.fingerprint() + refused;
    }

    // ---- the client

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public ErrorBook errorBook() {
        return ERRORS;
    }

    @Override
    public Payout prepare(PayoutRequest request) {
        capabilities.check(request);
        PayoutRef ref = PayoutRef.of(NAME, request);
        if (!(traits.rule() instanceof Resubmission.SameHandle)) {
            return Payout.builder(ref, PayoutStatus.PREPARED, "").build();
        }
        bank.meet(request);
        if (bank.under(ref.reference()).stream().anyMatch(one -> one.maker == Maker.FOREIGN)) {
            return owned(Operation.PREPARE, ref, look(ref)); // no second one is made under a reference
        }
        Transaction made = bank.create(Maker.MERCHANT, request, clock.instant());
        return Payout.builder(ref.withProviderId(made.id), PayoutStatus.PREPARED, "PREPARED")
                .build();
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        ref.requireMadeFrom(request);
        bank.catchUp();
        bank.meet(request);
        if (traits.rule() instanceof Resubmission.SameHandle same) {
            return start(ref, same);
        }
        List<Transaction> earlier = bank.under(ref.reference());
        if (traits.rule() instanceof Resubmission.Replays && refused.contains(ref.reference())) {
            throw rejected(Operation.SUBMIT, ref, "invalid");
        }
        if (!ProviderTraits.keepsNothing(traits.rule()) && !forgotten(earlier)) {
            return adopted(ref);
        }
        if (ProviderTraits.keepsNothing(traits.rule()) && ref.providerId().isPresent()) {
            Payout known = look(ref); // what was sent under an id is not sent again without a look
            boolean free =
                    known.hasEvidence(Evidence.Kind.NOT_LET_THROUGH) || known.hasEvidence(Evidence.Kind.EQUAL_PAYOUT);
            if (!free) {
                return known;
            }
        }
        if (traits.refusesEqual() && bank.hasEqual(request)) {
            Payout found = look(ref);
            return found.hasEvidence(Evidence.Kind.ABSENT) ? unknown(ref, Evidence.Kind.EQUAL_PAYOUT) : found;
        }
        refuseByChance(ref);
        Transaction made = bank.create(Maker.MERCHANT, request, clock.instant());
        bank.start(made, true);
        return shown(ref, made);
    }

    /** A key is kept a while longer than is promised, and then forgotten. */
    private boolean forgotten(List<Transaction> earlier) {
        if (traits.rule() instanceof Resubmission.Replays replays) {
            Instant since = clock.instant().minus(ProviderTraits.remembered(replays.keptFor()));
            return earlier.stream().allMatch(one -> one.createdAt.isBefore(since) && one.maker != Maker.FOREIGN);
        }
        return earlier.isEmpty();
    }

    private void refuseByChance(PayoutRef ref) {
        if (bank.happens("refuses for now " + ref.reference(), traits.nastiness() / 2)) {
            throw rejected(Operation.SUBMIT, ref, "too_many_requests");
        }
        if (bank.happens("refuses for good " + ref.reference(), traits.nastiness() / 2)) {
            if (traits.keepsRefusals()) {
                refused.add(ref.reference());
            }
            throw rejected(Operation.SUBMIT, ref, "invalid");
        }
    }

    /** A started handle refuses to be started again; while the first start is under way it may not notice, or forget it. */
    private Payout start(PayoutRef ref, Resubmission.SameHandle rule) {
        Transaction one =
                bank.byId(ref.providerId().orElse(null)).orElseThrow(() -> rejected(Operation.SUBMIT, ref, "invalid"));
        boolean notices = rule.settling().isZero() && one.starts > 0 && !one.isForgotten(clock.instant());
        boolean started = notices || one.status != PayoutStatus.PREPARED;
        if (started || one.status == PayoutStatus.CANCELED) {
            return one.status == PayoutStatus.PREPARED ? unknown(ref, Evidence.Kind.DUPLICATE) : shown(ref, one);
        }
        refuseByChance(ref);
        bank.start(one, true);
        return one.status == PayoutStatus.PREPARED ? unknown(ref, Evidence.Kind.NO_ANSWER) : shown(ref, one);
    }

    /** The reference was used before: the original is looked up, and adopted only if it is ours. */
    private Payout adopted(PayoutRef ref) {
        Payout found = look(ref);
        return found.hasEvidence(Evidence.Kind.ABSENT)
                ? unknown(ref, Evidence.Kind.DUPLICATE)
                : owned(Operation.SUBMIT, ref, found);
    }

    private static Payout owned(Operation operation, PayoutRef ref, Payout found) {
        if (found.hasEvidence(Evidence.Kind.OTHER_PAYOUT)) {
            throw rejected(operation, ref, "invalid");
        }
        return found;
    }

    @Override
    public Payout get(PayoutRef ref) {
        bank.catchUp();
        Payout found = look(ref);
        boolean exists = found.status() != PayoutStatus.UNKNOWN;
        return exists && bank.happens("is unsure of " + ref.reference(), traits.nastiness() / 4)
                ? unknown(found.ref(), Evidence.Kind.PROVIDER_UNSURE)
                : found;
    }

    private Payout look(PayoutRef ref) {
        Instant now = clock.instant();
        Transaction known = bank.byId(ref.providerId().orElse(null))
                .filter(one -> !traits.idLags() || !one.visibleFrom.isAfter(now))
                .orElse(null);
        if (known != null && !ProviderTraits.keepsNothing(traits.rule())) {
            return shown(ref, known);
        }
        List<Transaction> visible = new ArrayList<>(bank.under(ref.reference()).stream()
                .filter(one -> one == known || !one.visibleFrom.isAfter(now))
                .toList());
        return decisive(
                ref,
                visible.stream().map(one -> shown(named(ref, known, one), one)).toList());
    }

    /** By the reference each transaction is compared under its own id. */
    private static PayoutRef named(PayoutRef ref, @Nullable Transaction known, Transaction one) {
        return known == one ? ref : ref.withProviderId(one.id);
    }

    /** Which of several tells about the money: the paid ones, else what may be paid yet, else what failed. */
    private Payout decisive(PayoutRef ref, List<Payout> all) {
        List<Payout> ours = all.stream()
                .filter(payout -> !payout.hasEvidence(Evidence.Kind.OTHER_PAYOUT))
                .toList();
        List<Payout> paid = ours.stream()
                .filter(payout -> payout.status() == PayoutStatus.SUCCEEDED)
                .toList();
        if (paid.size() > 1) {
            return paid.get(0).toBuilder()
                    .evidence(new Evidence(Evidence.Kind.PAID_TWICE, "simulated"))
                    .build();
        }
        return first(paid)
                .or(() -> first(ours.stream()
                        .filter(payout -> !payout.status().isFinal() && payout.status() != PayoutStatus.UNKNOWN)
                        .toList()))
                .or(() -> first(ours.stream()
                        .filter(payout -> payout.status() == PayoutStatus.RETURNED)
                        .toList()))
                .or(() -> first(ours.stream()
                        .filter(payout -> payout.status().isFinal())
                        .toList()))
                .or(() -> first(ours))
                .or(() -> first(all))
                .orElseGet(() -> unknown(ref, Evidence.Kind.ABSENT));
    }

    private static Optional<Payout> first(List<Payout> payouts) {
        return payouts.stream().findFirst();
    }

    @Override
    public Payout confirm(PayoutRef ref) {
        bank.catchUp();
        Transaction one = waiting(ref).orElse(null);
        if (one == null || one.starts > 1) { // a transaction is let go once, however often it is confirmed
            return look(ref);
        }
        if (bank.happens("refuses to confirm " + ref.reference(), traits.nastiness() / 4)) {
            throw rejected(Operation.CONFIRM, ref, "invalid");
        }
        bank.start(one, false);
        return shown(ref, one);
    }

    @Override
    public Payout cancel(PayoutRef ref) {
        bank.catchUp();
        Transaction one = waiting(ref)
                .or(() -> bank.byId(ref.providerId().orElse(null))
                        .filter(prepared -> prepared.status == PayoutStatus.PREPARED && prepared.starts == 0))
                .orElseThrow(() -> rejected(Operation.CANCEL, ref, "invalid"));
        one.plans.clear();
        bank.change(one, PayoutStatus.CANCELED);
        return shown(ref, one);
    }

    private Optional<Transaction> waiting(PayoutRef ref) {
        return bank.under(ref.reference()).stream()
                .filter(one -> one.status == PayoutStatus.AWAITING_CONFIRMATION)
                .filter(one -> ref.providerId().isEmpty() || ref.providerId().equals(Optional.of(one.id)))
                .filter(one -> one.maker == Maker.MERCHANT)
                .findFirst();
    }

    @Override
    public List<Balance> balance() {
        return List.of();
    }

    @Override
    public void close() {}

    // ---- answers

    private Payout shown(PayoutRef ref, Transaction one) {
        Identity identity = one.shown(traits.showsRecipient()).against(ref);
        boolean leftToTheCaller = !traits.comparing() && one.card() != null; // a token is in no answer
        if (!leftToTheCaller && !identity.ours()) {
            return Payout.unknown(ref, one.status.name(), identity.evidence());
        }
        PayoutRef named = identity.ours()
                ? ref.withProviderId(one.id)
                : PayoutRef.of(NAME, one.request).withProviderId(one.id);
        if (one.declinedByFence) {
            return unknown(named, Evidence.Kind.NOT_LET_THROUGH);
        }
        PayoutStatus status = isStale(one) ? one.before : one.status;
        Payout.Builder payout = Payout.builder(named, status, status.name())
                .recipientMask(traits.showsRecipient() ? one.card() : null)
                .createdAt(one.createdAt);
        if (status == PayoutStatus.FAILED) {
            payout.decline(new Decline(ERRORS.entry("declined"), null));
        }
        return payout.build();
    }

    private boolean isStale(Transaction one) {
        return clock.instant().isBefore(one.changedAt.plus(traits.stale()))
                && (one.before != PayoutStatus.PREPARED || traits.rule() instanceof Resubmission.SameHandle)
                && bank.happens("answers from the past " + one.reference(), 300);
    }

    private static Payout unknown(PayoutRef ref, Evidence.Kind kind) {
        return Payout.unknown(ref, "", new Evidence(kind, "simulated"));
    }

    private static PayoutRejectedException rejected(Operation operation, PayoutRef ref, String code) {
        Advice advice = code.equals("invalid") ? Advice.NEW_PAYOUT_AFTER_FIX : Advice.SAME_REFERENCE_LATER;
        return new PayoutRejectedException(FailureDetails.builder(NAME, operation, "refused", advice)
                .reference(ref.reference())
                .error(ERRORS.entry(code))
                .build());
    }
}
