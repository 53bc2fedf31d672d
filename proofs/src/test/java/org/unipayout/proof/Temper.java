package org.unipayout.proof;

import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.unipayout.testkit.Nastiness;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.Simulator;
import org.unipayout.testkit.world.Choices;
import org.unipayout.testkit.world.Story;

/**
 * What a provider is like in one world.
 *
 * @param scenario what it does with the payout
 * @param relied whether the merchant relies on what it told about times
 * @param longestDelay the longest of what takes time, by the simulator's clock
 * @param forgetful whether it forgets the keys of calls, so that it does not refuse a second send
 */
record Temper(Scenario scenario, boolean relied, Duration longestDelay, boolean forgetful) {
    private static final Set<Scenario> REFUSE_FOR_EVER =
            EnumSet.of(Scenario.SERVER_ERROR_NOT_PAID, Scenario.RATE_LIMITED);
    private static final Set<Scenario> NEVER_TELL = EnumSet.of(
            Scenario.UNSURE, Scenario.UNDOCUMENTED_STATUS, Scenario.SERVER_ERROR_NOT_PAID, Scenario.RATE_LIMITED);

    /** What takes time hides more mistakes than what only looks different. */
    private static final int OFTEN = 900;

    /** How the names of switches begin that let keys be forgotten. */
    private static final String FORGETS = "keys are forgotten";

    /** Draws it, tells it, and turns the simulator's switches. */
    static Temper drawn(Choices choices, Flow flow, Simulator simulator, Story story) {
        boolean relied = choices.happens("relies on what it was told", 600);
        Scenario scenario = scenario(choices, flow);
        story.tell("world", flow + ", " + scenario + (relied ? ", relies on what it was told" : ""));
        int often = 100 * choices.pick("nastiness", 900, 7);
        Duration longest = Duration.ZERO;
        boolean forgetful = false;
        for (Nastiness one : simulator.nastinesses()) {
            Duration most = one.longest(relied);
            if (choices.happens(one.name(), most.isZero() ? often : Math.min(2 * often, OFTEN))) {
                Duration time = choices.between(one.name() + ": how long", Duration.ZERO, most);
                story.tell("provider", one + (time.isZero() ? "" : " for " + time));
                one.turnOn(time);
                longest = longest.compareTo(time) > 0 ? longest : time;
                forgetful |= one.name().startsWith(FORGETS);
            }
        }
        return new Temper(scenario, relied, longest, forgetful);
    }

    private static Scenario scenario(Choices choices, Flow flow) {
        if (choices.happens("declined", 150)) {
            return Scenario.DECLINED;
        }
        Scenario[] all = Scenario.values();
        int drawn = choices.pick("scenario", 300, all.length + 1);
        return drawn == 0 ? flow.course().scenario() : all[drawn - 1];
    }

    /** Whether it refuses every call that pays, until it is told not to. */
    boolean refusesForEver() {
        return REFUSE_FOR_EVER.contains(scenario);
    }

    /** Whether its answers may leave the end open for ever. */
    boolean neverTells() {
        return NEVER_TELL.contains(scenario);
    }
}
