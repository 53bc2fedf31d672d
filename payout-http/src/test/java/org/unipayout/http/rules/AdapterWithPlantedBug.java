package org.unipayout.http.rules;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.PayoutClientContract;

/** An adapter with a planted bug; {@link PlantedBugsTest} runs it, more than once in one process, and expects red cases. */
final class AdapterWithPlantedBug extends PayoutClientContract {
    /** What is planted in the run that is under way. */
    private static volatile Rule rule = Rule.SAME_REFERENCE;

    private static volatile Bug bug = Bug.NONE;
    private static RulesSimulator provider;

    static void plant(Rule providers, Bug planted) {
        rule = providers;
        bug = planted;
    }

    @BeforeAll
    static void start() {
        provider = RulesSimulator.start(rule);
    }

    @BeforeEach
    void reset() {
        provider.reset();
    }

    @AfterAll
    static void stop() {
        provider.close();
    }

    @Override
    public ContractSubject subject() {
        return new RulesSubject(provider, bug);
    }
}
