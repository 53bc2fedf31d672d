package org.unipayout.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Confirmation;
import org.unipayout.testkit.ProviderUnderTest;
import org.unipayout.testkit.Scenario;

/** One way of one payout through one provider, as a merchant means it. */
record Flow(ProviderUnderTest provider, Course course) {
    private static final long MAJOR_UNITS = 150;

    /** What the provider does with the payout, and the merchant. */
    enum Course {
        PAID(Scenario.PAID, Confirmation.AUTOMATIC, PayoutStatus.SUCCEEDED),
        DECLINED(Scenario.DECLINED, Confirmation.AUTOMATIC, PayoutStatus.FAILED),
        CONFIRMED(Scenario.PAID, Confirmation.MANUAL, PayoutStatus.SUCCEEDED),
        CANCELED(Scenario.PAID, Confirmation.MANUAL, PayoutStatus.CANCELED);

        private final Scenario scenario;
        private final Confirmation confirmation;
        private final PayoutStatus end;

        Course(Scenario scenario, Confirmation confirmation, PayoutStatus end) {
            this.scenario = scenario;
            this.confirmation = confirmation;
            this.end = end;
        }

        Confirmation confirmation() {
            return confirmation;
        }

        /** Where it ends if nothing goes wrong. */
        PayoutStatus end() {
            return end;
        }
    }

    static List<Flow> all() {
        List<Flow> flows = new ArrayList<>();
        for (ProviderUnderTest provider : ProviderUnderTest.all()) {
            for (Course course : Course.values()) {
                if (course.confirmation == Confirmation.AUTOMATIC || provider.waitsForMerchant()) {
                    flows.add(new Flow(provider, course));
                }
            }
        }
        return List.copyOf(flows);
    }

    PayoutRequest.Builder request(String reference) {
        return provider.request(reference, course.scenario.amount(MAJOR_UNITS));
    }

    @Override
    public String toString() {
        return provider.provider() + ", " + course.name().toLowerCase(Locale.ROOT);
    }
}
