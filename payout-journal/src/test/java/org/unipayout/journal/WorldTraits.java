package org.unipayout.journal;

import java.time.Duration;
import org.unipayout.testkit.world.Choices;

/**
 * What a {@link World} is like beside its provider.
 *
 * @param payouts how many are asked for
 * @param machines how many carry them
 * @param cards whether recipients are card numbers, which are stored nowhere without a vault
 * @param absence what the merchant does when the provider's window has passed
 * @param falls how often a machine crashes or stands still at a boundary, of a thousand passings
 * @param databaseFaults how often a statement or a commit fails, of a thousand
 * @param standstill for how long a machine stands still at most
 * @param clocks by how much the machines' clocks differ at most
 * @param longestOutage for how long the network is down at most
 * @param longestPause between two looks
 * @param attentionAfter when an open payout is flagged
 * @param throttled whether the provider's rate is limited
 * @param expires whether intents run out of time
 * @param chaos how long things go wrong
 * @param goesBack whether the database goes back in time once, and the journal is told
 * @param listens whether the machines have a listener; without one they let go of a payout with its end
 * @param watchedFor for how long an end is watched
 * @param retires whether the merchant retires what ended
 */
record WorldTraits(
        int payouts,
        int machines,
        boolean cards,
        Absence absence,
        int falls,
        int databaseFaults,
        Duration standstill,
        Duration clocks,
        Duration longestOutage,
        Duration longestPause,
        Duration attentionAfter,
        boolean throttled,
        boolean expires,
        Duration chaos,
        boolean goesBack,
        boolean listens,
        Duration watchedFor,
        boolean retires) {
    private static final Duration ONE_DAY = Duration.ofDays(1);

    static WorldTraits drawn(Choices choices) {
        boolean retires = choices.happens("what ended is retired", 350);
        return new WorldTraits(
                Choices.oneOf(choices, "payouts", 1, 1, 2, 3),
                Choices.oneOf(choices, "machines", 1, 2, 2, 3),
                choices.happens("card numbers", 300),
                choices.happens("the window is relied on", 500) ? Absence.RESUBMIT : Absence.ASK_MERCHANT,
                Choices.oneOf(choices, "falls", 0, 2, 5, 20),
                Choices.oneOf(choices, "database faults", 0, 0, 2, 10),
                Choices.oneOf(
                        choices,
                        "standstill",
                        Duration.ofSeconds(20),
                        Duration.ofMinutes(3),
                        Duration.ofMinutes(30),
                        Duration.ofHours(5)),
                Choices.oneOf(choices, "clocks", Duration.ZERO, Duration.ofSeconds(5), Duration.ofMinutes(2)),
                Choices.oneOf(choices, "longest outage", Duration.ZERO, Duration.ofMinutes(20), Duration.ofHours(8)),
                Choices.oneOf(choices, "longest pause", Duration.ofHours(6), Duration.ofHours(3)),
                Choices.oneOf(choices, "attention after", Duration.ofHours(12), Duration.ofHours(6)),
                choices.happens("the rate is limited", 150),
                choices.happens("intents run out of time", 200),
                Choices.oneOf(choices, "chaos", Duration.ofHours(4), Duration.ofMinutes(30), Duration.ofHours(12)),
                choices.happens("the database goes back", 60),
                !choices.happens("nobody listens", 250),
                retires
                        ? Choices.oneOf(choices, "watched for", ONE_DAY, Duration.ofMinutes(1), Duration.ofMinutes(30))
                        : ONE_DAY,
                retires);
    }
}
