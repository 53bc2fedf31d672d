package org.unipayout.journal.internal.decide;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.Advice;
import org.unipayout.Decline;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.Identity;
import org.unipayout.Payout;
import org.unipayout.PayoutException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutStatus;
import org.unipayout.Shown;

/** What a client's answers and exceptions prove. Pure functions. */
public final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    public static Payout unclear(Payout before, Evidence.Kind kind, String text) {
        return Payout.unknown(before.ref(), before.providerStatus(), new Evidence(kind, text));
    }

    public static Payout brokenContract(Payout before, @Nullable RuntimeException e) {
        LOG.debug("A client broke its contract in a money-moving call; nothing is proven", e);
        return unclear(before, Evidence.Kind.NO_ANSWER, "The client failed in a way that it does not declare.");
    }

    /** An answer that the call had no effect may be older than the call: it proves nothing. */
    public static Payout settled(Payout answer, PayoutStatus noEffect) {
        return answer.status() == noEffect
                ? unclear(answer, Evidence.Kind.NO_ANSWER, "The answer shows the state before the call.")
                : answer;
    }

    /**
     * An answer about another payout proves nothing, save that there are two payments of ours, whichever of them it speaks of; a
     * handle never loses the provider's id.
     */
    public static Payout checked(PayoutRef known, Payout answer) {
        PayoutRef given = answer.ref();
        Identity identity = Shown.of(answer).against(known);
        boolean sameProvider = given.provider().equals(known.provider());
        if (sameProvider && Facts.isAnotherOfOurs(identity) && answer.hasEvidence(Evidence.Kind.PAID_TWICE)) {
            return Payout.unknown(
                    known, answer.providerStatus(), answer.evidence().orElseThrow());
        }
        if (!sameProvider || !identity.ours()) {
            Evidence evidence = identity.ours()
                    ? new Evidence(Evidence.Kind.UNIDENTIFIED_ANSWER, "The answer is about another provider's payout")
                    : identity.evidence();
            return Payout.unknown(known, answer.providerStatus(), evidence);
        }
        PayoutRef named = named(known, given);
        return named.equals(given) ? answer : answer.toBuilder().ref(named).build();
    }

    /** Whether an answer to a question shows money under our reference by another id of the provider: that is ours too. */
    public static boolean movesByAnotherId(PayoutRef known, Payout answer) {
        return answer.status() != PayoutStatus.UNKNOWN
                && answer.status().funds() != PayoutStatus.Funds.NOT_MOVED
                && answer.evidence().isEmpty()
                && answer.ref().provider().equals(known.provider())
                && Facts.isAnotherOfOurs(Shown.of(answer).against(known));
    }

    /** As {@link #checked}, of an answer to a question: money by another id is a sighting. */
    public static Payout told(PayoutRef known, Payout answer) {
        return movesByAnotherId(known, answer)
                ? Payout.unknown(
                        known,
                        answer.providerStatus(),
                        new Evidence(
                                Evidence.Kind.CONTRADICTING_ANSWER,
                                "Money moves under our reference by another provider id"))
                : checked(known, answer);
    }

    /** What was asked for is what the handle knows, whatever a client answers; it brings the provider's id. */
    private static PayoutRef named(PayoutRef known, PayoutRef given) {
        PayoutRef named = given.providerId().map(known::withProviderId).orElse(known);
        return given.hasEarlierSend() ? named.withEarlierSend() : named;
    }

    /** Where the recipient is to go is told once by some providers; it holds as long as the payout waits for the recipient. */
    public static Payout withKnownPage(Payout known, Payout answer) {
        boolean waits = known.status() == PayoutStatus.AWAITING_RECIPIENT
                && answer.status() == PayoutStatus.AWAITING_RECIPIENT
                && answer.nextAction().isEmpty()
                && answer.ref().providerId().equals(known.ref().providerId());
        return waits && known.nextAction().isPresent()
                ? answer.toBuilder().nextAction(known.nextAction().get()).build()
                : answer;
    }

    public static boolean proves(Payout answer, Evidence.Proves what) {
        return answer.evidence()
                .filter(evidence -> evidence.kind().proves() == what)
                .isPresent();
    }

    public static boolean isFinal(PayoutRejectedException e) {
        return e.advice() != Advice.SAME_REFERENCE_LATER && e.advice() != Advice.ASK_STATUS;
    }

    public static Fields refusal(@Nullable PayoutException why) {
        Fields proof = new Fields();
        if (why != null) {
            proof.with("reason", why.getClass().getSimpleName())
                    .with("requestId", why.requestId().orElse(null));
            why.error()
                    .ifPresent(error -> proof.with("code", error.code())
                            .with("english", error.english())
                            .with("russian", error.russian()));
        }
        return proof;
    }

    public static Decline decline(PayoutException refused) {
        return refused.error().map(entry -> new Decline(entry, null)).orElseGet(() -> invalid(refused));
    }

    /** The reference is somebody else's at the provider, and nothing of ours was sent. */
    public static Decline taken() {
        return ours(
                "reference-taken",
                "The provider has a different payout under this number. Nothing was paid; pay under a new number.",
                "У провайдера под этим номером другая выплата. Ничего не выплачено; заплатите под новым номером.");
    }

    /** The provider has declined the transaction, since the fence's answer did not arrive; the fence lets no other one through. */
    public static Payout unheard(Payout notLetThrough) {
        Decline decline = ours(
                "fence-not-heard",
                "The provider asked before paying and did not get the answer. Nothing was paid; pay under a new number.",
                "Провайдер спросил перед выплатой и не получил ответа. Ничего не выплачено; заплатите под новым номером.");
        return notLetThrough.toBuilder()
                .status(PayoutStatus.FAILED)
                .decline(decline)
                .evidence(null)
                .build();
    }

    /** A signed notification said so, and the provider did not answer when it was asked. */
    public static Decline notified() {
        return ours(
                "notified",
                "The provider notified that nothing was paid.",
                "Провайдер уведомил, что ничего не выплачено.");
    }

    public static Decline settledAsNotPaid() {
        return ours(
                "settled-not-paid",
                "A person has found in the provider's statement that nothing was paid.",
                "Сотрудник убедился по выписке провайдера, что ничего не выплачено.");
    }

    private static Decline ours(String code, String english, String russian) {
        return new Decline(
                new ErrorEntry(
                        code,
                        ErrorEntry.Proves.DECLINED,
                        ErrorCategory.INVALID_REQUEST,
                        ErrorEntry.Actor.MERCHANT,
                        Advice.NEW_PAYOUT_AFTER_FIX,
                        english,
                        russian),
                null);
    }

    /** The text before the colon is the field's name, by the contract of the API; nothing after it is kept. */
    public static Decline invalid(@Nullable RuntimeException e) {
        String message = e instanceof IllegalArgumentException && e.getMessage() != null ? e.getMessage() : "";
        int colon = message.indexOf(':');
        String field = colon > 0 ? message.substring(0, colon) : "";
        boolean named = field.matches("[A-Za-z][A-Za-z0-9. ]{0,60}");
        return ours(
                "not-sent",
                "The request cannot be sent to this provider" + (named ? "; wrong is: " + field : "") + ".",
                "Запрос нельзя отправить этому провайдеру" + (named ? "; ошибка в поле: " + field : "") + ".");
    }
}
