package org.unipayout.http.rules;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.PayoutClientContract;

/** The contract suite has room for every rule: a correct adapter of each of these providers passes all of it. */
class ResubmissionRulesTest {
    @Nested
    class SameHandle extends PayoutClientContract {
        @RegisterExtension
        static final RulesSimulator PROVIDER = RulesSimulator.start(Rule.SAME_HANDLE);

        @Override
        public ContractSubject subject() {
            return new RulesSubject(PROVIDER, Bug.NONE);
        }
    }

    @Nested
    class SameReference extends PayoutClientContract {
        @RegisterExtension
        static final RulesSimulator PROVIDER = RulesSimulator.start(Rule.SAME_REFERENCE);

        @Override
        public ContractSubject subject() {
            return new RulesSubject(PROVIDER, Bug.NONE);
        }
    }

    @Nested
    class Replays extends PayoutClientContract {
        @RegisterExtension
        static final RulesSimulator PROVIDER = RulesSimulator.start(Rule.REPLAYS);

        @Override
        public ContractSubject subject() {
            return new RulesSubject(PROVIDER, Bug.NONE);
        }
    }

    @Nested
    class AfterAbsence extends PayoutClientContract {
        @RegisterExtension
        static final RulesSimulator PROVIDER = RulesSimulator.start(Rule.AFTER_ABSENCE);

        @Override
        public ContractSubject subject() {
            return new RulesSubject(PROVIDER, Bug.NONE);
        }
    }

    @Nested
    class Fenced extends PayoutClientContract {
        @RegisterExtension
        static final RulesSimulator PROVIDER = RulesSimulator.start(Rule.FENCED);

        @Override
        public ContractSubject subject() {
            return new RulesSubject(PROVIDER, Bug.NONE);
        }
    }
}
