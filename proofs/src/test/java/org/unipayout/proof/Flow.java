package org.unipayout.proof;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Confirmation;
import org.unipayout.testkit.ProviderUnderTest;
import org.unipayout.testkit.Scenario;

/** One way of one payout through one provider, as a merchant means it. */
record Flow(ProviderUnderTest provider, Course course) {
    private static final long MAJOR_UNITS = 150;
    private static final Comparator<Flow> IN_ORDER = Comparator.<Flow, String>comparing(
                    flow -> flow.provider().provider())
            .thenComparing(Flow::course)
            .thenComparing(flow -> flow.provider().setting());

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

        Scenario scenario() {
            return scenario;
        }

        /** Where it ends if nothing goes wrong. */
        PayoutStatus end() {
            return end;
        }
    }

    static List<Flow> all() {
        return ProviderUnderTest.all().stream().flatMap(Flow::of).toList();
    }

    /** {@return all, and those of merchants with other settings, in an order that does not change} */
    static List<Flow> withVariants() {
        return ProviderUnderTest.all().stream()
                .flatMap(provider -> Stream.concat(Stream.of(provider), provider.variants().stream()))
                .flatMap(Flow::of)
                .sorted(IN_ORDER)
                .toList();
    }

    private static Stream<Flow> of(ProviderUnderTest provider) {
        return Stream.of(Course.values())
                .filter(course -> course.confirmation == Confirmation.AUTOMATIC || provider.waitsForMerchant())
                .map(course -> new Flow(provider, course));
    }

    PayoutRequest.Builder request(String reference) {
        return request(reference, course.scenario);
    }

    PayoutRequest.Builder request(String reference, Scenario scenario) {
        return provider.request(reference, scenario.amount(MAJOR_UNITS));
    }

    @Override
    public String toString() {
        String setting = provider.setting();
        return provider.provider() + (setting.isEmpty() ? "" : " " + setting) + ", "
                + course.name().toLowerCase(Locale.ROOT);
    }
}
