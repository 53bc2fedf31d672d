package org.unipayout.journal;

import java.time.Duration;
import org.unipayout.Advice;
import org.unipayout.Capabilities;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.RecipientKind;
import org.unipayout.Resubmission;
import org.unipayout.WebhookEvent;

/**
 * A mistake that is built into a {@link World} on purpose, around the journal: it must be found there. Each stands for one that
 * was made once, here or elsewhere.
 */
enum PlantedBug {
    NONE,
    /** What is only not there yet is taken for not executed. */
    WINDOW_NOT_WAITED,
    /** "Not started" is believed while the provider may still be at it. */
    SETTLING_NOT_WAITED,
    /** A key is relied on for longer than the provider keeps it. */
    KEY_KEPT_FOR_EVER,
    /** A reset connection is taken for one that never was. */
    NO_ANSWER_IS_NOT_SENT,
    /** A firewall's page is taken for the provider's refusal. */
    FIREWALL_IS_A_REFUSAL,
    /** A firewall's page is taken for a sign that the provider has the payout. */
    FIREWALL_IS_A_SIGHTING,
    /** The refusal because of an equal payout is taken for one because of this reference. */
    EQUAL_IS_DUPLICATE,
    /** Whatever stands under the reference is ours. */
    ANOTHER_PAYOUT_ADOPTED,
    /** That the reference is another payout's is taken for an answer that did not come. */
    TAKEN_REFERENCE_IS_NO_ANSWER,
    /** Two payments under one reference are taken for one. */
    SECOND_PAYMENT_OVERLOOKED,
    /** What a signed notification says counts as little as an unsigned one. */
    SIGNED_IS_A_HINT,
    /** The id that a notification brings is dropped. */
    ID_OF_NOTIFICATION_DROPPED,
    /** Whoever asks before paying may pay. */
    FENCE_LETS_ALL_THROUGH,
    /** Nobody tells the journal that its database went back in time. */
    RESTORE_NOT_TOLD;

    private Resubmission claimed(Resubmission rule) {
        return switch (this) {
            case WINDOW_NOT_WAITED ->
                rule instanceof Resubmission.AfterAbsence
                        ? new Resubmission.AfterAbsence(Duration.ZERO, 2, Duration.ZERO)
                        : rule;
            case SETTLING_NOT_WAITED -> rule instanceof Resubmission.SameHandle ? new Resubmission.SameHandle() : rule;
            case KEY_KEPT_FOR_EVER -> keptForEver(rule);
            default -> rule;
        };
    }

    private static Resubmission keptForEver(Resubmission rule) {
        if (rule instanceof Resubmission.SameHandle same) {
            return new Resubmission.SameHandle(same.settling());
        }
        return rule instanceof Resubmission.Replays ? new Resubmission.Replays(Duration.ofDays(999)) : rule;
    }

    /** A seed near one whose world finds it, as of the day when it was looked for. */
    long seed() {
        return switch (this) {
            case NONE -> 0;
            case NO_ANSWER_IS_NOT_SENT, SETTLING_NOT_WAITED -> 26;
            case FIREWALL_IS_A_SIGHTING -> 24;
            case FIREWALL_IS_A_REFUSAL -> 47;
            case RESTORE_NOT_TOLD -> 107;
            case ANOTHER_PAYOUT_ADOPTED -> 131;
            case SIGNED_IS_A_HINT, ID_OF_NOTIFICATION_DROPPED -> 207;
            case FENCE_LETS_ALL_THROUGH -> 301;
            case EQUAL_IS_DUPLICATE -> 380;
            case WINDOW_NOT_WAITED -> 682;
            case SECOND_PAYMENT_OVERLOOKED -> 942;
            case TAKEN_REFERENCE_IS_NO_ANSWER -> 6;
            case KEY_KEPT_FOR_EVER -> 2138;
        };
    }

    boolean tells() {
        return this != RESTORE_NOT_TOLD;
    }

    PayoutClient client(PayoutClient client) {
        return this == NONE ? client : new WithBug(client);
    }

    PayoutWebhooks webhooks(PayoutWebhooks webhooks) {
        return switch (this) {
            case SIGNED_IS_A_HINT -> request -> copy(webhooks.receive(request), WebhookEvent.Trust.HINT, true);
            case ID_OF_NOTIFICATION_DROPPED ->
                request -> {
                    WebhookEvent event = webhooks.receive(request);
                    return copy(event, event.trust(), false);
                };
            default -> webhooks;
        };
    }

    private static WebhookEvent copy(WebhookEvent event, WebhookEvent.Trust trust, boolean withId) {
        WebhookEvent.Builder copy = WebhookEvent.builder(event.provider(), event.type(), trust, event.dedupeKey())
                .reference(event.reference().orElse(null))
                .amount(event.amount().orElse(null));
        if (withId) {
            copy.providerId(event.providerId().orElse(null)).shown(event.shown());
        }
        if (trust == WebhookEvent.Trust.VERIFIED) {
            copy.status(event.status().orElse(null), event.providerStatus().orElse(null));
        }
        return copy.build();
    }

    PayoutFence fence(PayoutFence fence) {
        if (this != FENCE_LETS_ALL_THROUGH) {
            return fence;
        }
        return request -> {
            PayoutFence.Question question = fence.read(request);
            PayoutFence.Answer yes = question.acceptance();
            return yes == null ? question : new PayoutFence.Question(question.payout(), yes, yes);
        };
    }

    private Payout read(Operation operation, PayoutRef ref, Payout answer) {
        Evidence.Kind kind = answer.evidence().map(Evidence::kind).orElse(null);
        if (kind == null) {
            return answer;
        }
        boolean moves = operation != Operation.GET;
        return switch (this) {
            case NO_ANSWER_IS_NOT_SENT -> {
                if (moves && kind == Evidence.Kind.NO_ANSWER) {
                    throw new PayoutNotSentException(details(operation, ref, Advice.SAME_REFERENCE_LATER));
                }
                yield answer;
            }
            case FIREWALL_IS_A_REFUSAL -> {
                if (moves && kind == Evidence.Kind.UNDOCUMENTED_ANSWER) {
                    throw new PayoutRejectedException(details(operation, ref, Advice.NEW_PAYOUT_AFTER_FIX));
                }
                yield answer;
            }
            case FIREWALL_IS_A_SIGHTING ->
                as(answer, kind, Evidence.Kind.UNDOCUMENTED_ANSWER, Evidence.Kind.PROVIDER_UNSURE);
            case EQUAL_IS_DUPLICATE -> as(answer, kind, Evidence.Kind.EQUAL_PAYOUT, Evidence.Kind.DUPLICATE);
            case ANOTHER_PAYOUT_ADOPTED ->
                kind == Evidence.Kind.OTHER_PAYOUT
                        ? Payout.builder(ref, PayoutStatus.SUCCEEDED, "").build()
                        : answer;
            case SECOND_PAYMENT_OVERLOOKED ->
                kind == Evidence.Kind.PAID_TWICE
                        ? answer.toBuilder().evidence(null).build()
                        : answer;
            default -> answer;
        };
    }

    private static Payout as(Payout answer, Evidence.Kind kind, Evidence.Kind read, Evidence.Kind taken) {
        return kind == read ? Payout.unknown(answer.ref(), "", new Evidence(taken, "misread")) : answer;
    }

    private static FailureDetails details(Operation operation, PayoutRef ref, Advice advice) {
        return FailureDetails.builder(ref.provider(), operation, "misread", advice)
                .reference(ref.reference())
                .build();
    }

    private Capabilities claims(Capabilities real) {
        return Capabilities.builder(
                        real.provider(),
                        real.referenceRule(),
                        claimed(real.resubmission(RecipientKind.SAVED_CARD)),
                        real.callDeadline())
                .recipients(real.recipients().toArray(RecipientKind[]::new))
                .currencies("KZT")
                .features(real.features().toArray(Capabilities.Feature[]::new))
                .webhooks(real.webhooks())
                .build();
    }

    /** A client that makes the mistake. */
    private final class WithBug extends RelayedClient {
        WithBug(PayoutClient client) {
            super(client, claims(client.capabilities()));
        }

        @Override
        public Payout prepare(PayoutRequest request) {
            try {
                return super.prepare(request);
            } catch (PayoutRejectedException e) {
                if (PlantedBug.this != TAKEN_REFERENCE_IS_NO_ANSWER) {
                    throw e;
                }
                throw new PayoutNotPreparedException(
                        details(Operation.PREPARE, PayoutRef.of(World.PROVIDER, request), Advice.SAME_REFERENCE_LATER));
            }
        }

        @Override
        public Payout submit(PayoutRef ref, PayoutRequest request) {
            return read(Operation.SUBMIT, ref, super.submit(ref, request));
        }

        @Override
        public Payout get(PayoutRef ref) {
            return read(Operation.GET, ref, super.get(ref));
        }

        @Override
        public Payout confirm(PayoutRef ref) {
            return read(Operation.CONFIRM, ref, super.confirm(ref));
        }

        @Override
        public Payout cancel(PayoutRef ref) {
            return read(Operation.CANCEL, ref, super.cancel(ref));
        }
    }
}
