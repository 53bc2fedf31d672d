package org.unipayout.testkit.world;

import java.time.Duration;
import org.unipayout.Capabilities;
import org.unipayout.MayChange;
import org.unipayout.Resubmission;

/**
 * How nasty a provider is, within what it declares. A provider that breaks its own rule would prove nothing, so every bound
 * here follows from the rule, and where a rule measures time it leaves room for clocks that differ by {@link #CLOCKS}.
 *
 * @param rule when it may be sent to again
 * @param confirms whether payouts wait for the merchant, who may cancel them too
 * @param returns whether a paid payout may come back
 * @param webhooks how far its notifications can be trusted
 * @param notifiesId whether a notification brings the provider's id
 * @param latest how long after a call it may execute what the call asked for
 * @param lag for how long its index by reference may not show what was made
 * @param idLags whether the id may be as late as the index
 * @param stale for how long an answer may show the state before the newest one
 * @param refusesEqual whether it refuses a payout that equals another one of the last half a minute
 * @param keepsRefusals whether a refused call uses the key up
 * @param foreign whether the reference may belong to a payout of somebody else, or to an older one
 * @param secondSystem whether another system of the same merchant may pay the same payout under the same reference
 * @param corrects whether a failed payout may be corrected to a paid one by hand
 * @param comparing whether the client compares what an answer shows itself, or leaves to its caller what the caller can compare
 * @param showsRecipient whether answers show the recipient
 * @param nastiness how often something goes wrong, of a thousand times
 */
@MayChange
public record ProviderTraits(
        Resubmission rule,
        boolean confirms,
        boolean returns,
        Capabilities.Webhooks webhooks,
        boolean notifiesId,
        Duration latest,
        Duration lag,
        boolean idLags,
        Duration stale,
        boolean refusesEqual,
        boolean keepsRefusals,
        boolean foreign,
        boolean secondSystem,
        boolean corrects,
        boolean comparing,
        boolean showsRecipient,
        int nastiness) {

    /** How long a call may take. */
    public static final Duration CALL_DEADLINE = Duration.ofSeconds(10);

    /** By how much the clocks of two machines may differ. */
    public static final Duration CLOCKS = Duration.ofMinutes(4);

    private static final Duration MARGIN = CLOCKS.plus(CALL_DEADLINE.multipliedBy(6));
    private static final Duration HOURS = Duration.ofHours(6);

    /** How long what was sent may be on its way where only a key protects it. */
    private static final Duration ON_THE_WIRE = Duration.ofMinutes(10);

    /**
     * A provider that is as nasty as the choices say.
     *
     * @param choices decide
     * @param relied whether the merchant relies on the window of {@link Resubmission.AfterAbsence}; if not, the provider may
     *     hide a payout for longer
     * @return its traits
     */
    public static ProviderTraits drawn(Choices choices, boolean relied) {
        Resubmission rule = rule(choices);
        boolean webhooks = choices.happens("provider notifies", 700);
        boolean signed = choices.happens("provider signs", 700);
        boolean reusesReferences = keepsNothing(rule);
        Duration latest = choices.between("provider executes late", Duration.ZERO, latest(rule));
        Duration lag = choices.between("provider's index lags", Duration.ZERO, lag(rule, relied, latest));
        boolean foreign = choices.happens("provider knows the reference", 60);
        return new ProviderTraits(
                rule,
                choices.happens("provider waits for a confirmation", 150),
                choices.happens("provider returns", 200),
                !webhooks
                        ? Capabilities.Webhooks.NONE
                        : signed ? Capabilities.Webhooks.VERIFIED : Capabilities.Webhooks.HINT,
                choices.happens("notifications bring the id", 800),
                latest,
                lag,
                choices.happens("provider's id lags too", 200),
                choices.between("provider answers from the past", Duration.ZERO, stale(rule, latest)),
                reusesReferences && choices.happens("provider refuses equal payouts", 300),
                choices.happens("a refusal uses the key up", 500),
                foreign,
                !foreign && reusesReferences && choices.happens("a second system pays too", 60),
                choices.happens("provider corrects by hand", 100),
                !choices.happens("client leaves comparing to its caller", 300) || reusesReferences,
                choices.happens("provider shows the recipient", 800),
                Choices.oneOf(choices, "provider's nastiness", 0, 30, 100, 250, 500));
    }

    /** The same provider, whose client compares what an answer shows, as the contract demands of every client. */
    ProviderTraits withComparingClient() {
        return new ProviderTraits(
                rule,
                confirms,
                returns,
                webhooks,
                notifiesId,
                latest,
                lag,
                idLags,
                stale,
                refusesEqual,
                keepsRefusals,
                foreign,
                secondSystem,
                corrects,
                true,
                showsRecipient,
                nastiness);
    }

    private static Resubmission rule(Choices choices) {
        Duration spacing = Duration.ofSeconds(30);
        return Choices.oneOf(
                choices,
                "provider's rule",
                new Resubmission.SameReference(2, spacing),
                new Resubmission.SameReference(3, Duration.ofMinutes(5)),
                new Resubmission.SameHandle(),
                new Resubmission.SameHandle(Duration.ofMinutes(20)),
                new Resubmission.SameHandle(Duration.ZERO, Duration.ofMinutes(30)),
                new Resubmission.AfterAbsence(Duration.ofHours(2), 2, Duration.ofMinutes(5)),
                new Resubmission.AfterAbsence(Duration.ofMinutes(20), 2, Duration.ofMinutes(1)),
                new Resubmission.Replays(Duration.ofHours(1)),
                new Resubmission.Replays(Duration.ofHours(24)),
                new Resubmission.Fenced(2, spacing));
    }

    /** Whether nothing at the provider keeps a reference from being paid twice. */
    static boolean keepsNothing(Resubmission rule) {
        return rule instanceof Resubmission.AfterAbsence || rule instanceof Resubmission.Fenced;
    }

    /** Whether a handle that was started long ago may be started again. */
    static boolean forgetsStarts(Resubmission.SameHandle rule) {
        return rule.keptFor().compareTo(Resubmission.SameHandle.FOR_EVER) < 0;
    }

    /** How long something is remembered that is kept for a while by what is declared. */
    static Duration remembered(Duration keptFor) {
        return keptFor.plus(CLOCKS.multipliedBy(2));
    }

    private static Duration latest(Resubmission rule) {
        if (rule instanceof Resubmission.AfterAbsence afterAbsence) {
            return afterAbsence.window().minus(MARGIN);
        }
        if (rule instanceof Resubmission.SameHandle same && !same.settling().isZero()) {
            return same.settling().minus(MARGIN);
        }
        return HOURS;
    }

    private static Duration lag(Resubmission rule, boolean relied, Duration latest) {
        if (rule instanceof Resubmission.AfterAbsence afterAbsence && relied) {
            return afterAbsence.window().minus(MARGIN).minus(latest);
        }
        return rule instanceof Resubmission.SameHandle ? Duration.ZERO : HOURS;
    }

    private static Duration stale(Resubmission rule, Duration latest) {
        if (rule instanceof Resubmission.SameHandle same && !same.settling().isZero()) {
            return same.settling().minus(MARGIN).minus(latest);
        }
        return Duration.ofMinutes(5);
    }

    /** How long a request may be on its way. */
    Duration onTheWire() {
        return latest.compareTo(ON_THE_WIRE) < 0 || !(rule instanceof Resubmission.Replays) ? latest : ON_THE_WIRE;
    }

    /** {@return whether a process may stand still in a call, before its first byte, for longer than the call may take} */
    public boolean bearsLateSends() {
        return rule instanceof Resubmission.SameReference
                || rule instanceof Resubmission.Fenced
                || (rule instanceof Resubmission.SameHandle same
                        && same.settling().isZero()
                        && !forgetsStarts(same));
    }
}
