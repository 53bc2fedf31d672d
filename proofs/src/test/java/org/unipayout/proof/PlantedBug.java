package org.unipayout.proof;

import java.util.Locale;
import org.unipayout.Advice;
import org.unipayout.Decline;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;

/** Mistakes as adapters make them, built in between an adapter and the proofs, which have to find them. */
enum PlantedBug {
    /** Silence is told as a decline. */
    SILENCE_IS_A_DECLINE {
        @Override
        Payout spoilt(Payout told) {
            return told.hasEvidence(Evidence.Kind.NO_ANSWER) ? declined(told) : told;
        }
    },
    /** Silence is told as "not sent". */
    SILENCE_IS_NOT_SENT {
        @Override
        Payout spoilt(Payout told) {
            if (told.hasEvidence(Evidence.Kind.NO_ANSWER)) {
                throw new PayoutNotSentException(FailureDetails.builder(
                                told.ref().provider(), Operation.SUBMIT, "no answer came", Advice.SAME_REFERENCE_LATER)
                        .reference(told.ref().reference())
                        .build());
            }
            return told;
        }
    },
    /** What cannot be read breaks the reader. */
    UNREADABLE_BREAKS {
        @Override
        Payout spoilt(Payout told) {
            if (told.hasEvidence(Evidence.Kind.UNREADABLE_ANSWER)) {
                throw new NullPointerException("status");
            }
            return told;
        }
    },
    /** An answer about somebody else is believed. */
    SOMEBODY_ELSE_IS_BELIEVED {
        @Override
        Payout spoilt(Payout told) {
            boolean another =
                    told.hasEvidence(Evidence.Kind.UNIDENTIFIED_ANSWER) || told.hasEvidence(Evidence.Kind.OTHER_PAYOUT);
            return another
                    ? Payout.builder(told.ref(), PayoutStatus.SUCCEEDED, told.providerStatus())
                            .build()
                    : told;
        }
    };

    /** What a call tells instead of what it would have told. */
    abstract Payout spoilt(Payout told);

    PayoutClient in(PayoutClient client) {
        return new RelayedClient(client) {
            @Override
            public Payout submit(PayoutRef ref, PayoutRequest request) {
                return spoilt(super.submit(ref, request));
            }

            @Override
            public Payout get(PayoutRef ref) {
                return spoilt(super.get(ref));
            }
        };
    }

    private static Payout declined(Payout told) {
        ErrorEntry row = new ErrorEntry(
                "timeout",
                ErrorEntry.Proves.DECLINED,
                ErrorCategory.ISSUER_UNAVAILABLE,
                ErrorEntry.Actor.PROVIDER,
                Advice.NEW_PAYOUT_AFTER_FIX,
                "The bank did not answer.",
                "Банк не ответил.");
        return Payout.builder(told.ref(), PayoutStatus.FAILED, "timeout")
                .decline(new Decline(row, null))
                .build();
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
