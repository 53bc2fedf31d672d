package org.unipayout.journal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.unipayout.Advice;
import org.unipayout.Decline;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutStatus;

/** What a client's answers and exceptions prove. Pure functions. */
final class Answers {
    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

    private Answers() {}

    static Payout unclear(Payout before, Evidence.Kind kind, String text) {
        return Payout.unknown(before.ref(), before.providerStatus(), new Evidence(kind, text));
    }

    static Payout brokenContract(Payout before, @Nullable RuntimeException e) {
        LOG.debug("A client broke its contract in a money-moving call; nothing is proven", e);
        return unclear(before, Evidence.Kind.NO_ANSWER, "The client failed in a way that it does not declare.");
    }

    /** An answer that the call had no effect may be older than the call: it proves nothing. */
    static Payout settled(Payout answer, PayoutStatus noEffect) {
        return answer.status() == noEffect
                ? unclear(answer, Evidence.Kind.NO_ANSWER, "The answer shows the state before the call.")
                : answer;
    }

    /** An answer about another payout proves nothing; a handle never loses the provider's id. */
    static Payout checked(PayoutRef known, Payout answer) {
        PayoutRef given = answer.ref();
        Optional<String> contradiction = known.contradiction(
                given.amount(), given.reference(), given.providerId().orElse(null));
        if (contradiction.isPresent() || !given.provider().equals(known.provider())) {
            return Payout.unknown(
                    known,
                    answer.providerStatus(),
                    new Evidence(Evidence.Kind.CONTRADICTING_ANSWER, "The answer is about another payout."));
        }
        Optional<String> knownId = known.providerId();
        if (knownId.isPresent() && given.providerId().isEmpty()) {
            return answer.toBuilder().ref(given.withProviderId(knownId.get())).build();
        }
        return answer;
    }

    static boolean isFinal(PayoutRejectedException e) {
        return e.advice() != Advice.SAME_REFERENCE_LATER && e.advice() != Advice.ASK_STATUS;
    }

    static Fields refusal(@Nullable PayoutException why) {
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

    static Decline decline(PayoutException refused) {
        return refused.error().map(entry -> new Decline(entry, null)).orElseGet(() -> invalid(refused));
    }

    /** The text before the colon is the field's name, by the contract of the API; nothing after it is kept. */
    static Decline invalid(@Nullable RuntimeException e) {
        String message = e instanceof IllegalArgumentException && e.getMessage() != null ? e.getMessage() : "";
        int colon = message.indexOf(':');
        String field = colon > 0 ? message.substring(0, colon) : "";
        boolean named = field.matches("[A-Za-z][A-Za-z0-9. ]{0,60}");
        ErrorEntry entry = new ErrorEntry(
                "not-sent",
                ErrorEntry.Proves.DECLINED,
                ErrorCategory.INVALID_REQUEST,
                ErrorEntry.Actor.MERCHANT,
                Advice.NEW_PAYOUT_AFTER_FIX,
                "The request cannot be sent to this provider" + (named ? "; wrong is: " + field : "") + ".",
                "Запрос нельзя отправить этому провайдеру" + (named ? "; ошибка в поле: " + field : "") + ".");
        return new Decline(entry, null);
    }
}
