package org.unipayout.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.testkit.ProviderUnderTest;
import org.unipayout.testkit.Scenario;

/**
 * The flows that processes are killed in: every provider under test, through its real adapter. A reference names its flow
 * and its number, and the number chooses amount and scenario, so that killer and killed agree on every payout without
 * telling each other.
 */
record CrashFlow(ProviderUnderTest provider) {
    private static final List<CrashFlow> ALL =
            ProviderUnderTest.all().stream().map(CrashFlow::new).toList();

    static List<CrashFlow> all() {
        return ALL;
    }

    /** {@return the name that the journal and the processes know it by} */
    String name() {
        return provider.provider();
    }

    static CrashFlow named(String name) {
        return ALL.stream().filter(flow -> flow.name().equals(name)).findFirst().orElseThrow();
    }

    String reference(Object number) {
        return name() + "-" + number;
    }

    static CrashFlow of(String reference) {
        return named(reference.substring(0, reference.lastIndexOf('-')));
    }

    /** Two flows may share a simulator; what it sends names the reference. */
    boolean isNamedIn(String notification) {
        return Pattern.compile("\\b" + Pattern.quote(reference("")) + "[0-9]")
                .matcher(notification)
                .find();
    }

    /** {@return whether another flow is played by the same simulator} */
    boolean sharesItsSimulator() {
        List<CrashFlow> same = new ArrayList<>(ALL);
        same.removeIf(flow -> !flow.provider.simulator().equals(provider.simulator()));
        return same.size() > 1;
    }

    static PayoutRequest request(String reference) {
        return of(reference).provider.request(reference, minorUnits(reference)).build();
    }

    /** Every number has an amount of its own. */
    static long minorUnits(String reference) {
        int number = number(reference);
        return scenario(number).amount(100L + number);
    }

    static PayoutStatus expectedEnd(String reference) {
        if (order(reference) == Order.CANCEL) {
            return PayoutStatus.CANCELED;
        }
        return scenario(number(reference)) == Scenario.DECLINED ? PayoutStatus.FAILED : PayoutStatus.SUCCEEDED;
    }

    /** What the merchant does with a payout that waits for him. */
    enum Order {
        NONE,
        CONFIRM,
        CANCEL
    }

    static Order order(String reference) {
        if (!of(reference).provider.waitsForMerchant()) {
            return Order.NONE;
        }
        return switch (number(reference) % 8) {
            case 1 -> Order.CONFIRM;
            case 6 -> Order.CANCEL;
            default -> Order.NONE;
        };
    }

    static Confirmation confirmation(String reference) {
        return order(reference) == Order.NONE ? Confirmation.AUTOMATIC : Confirmation.MANUAL;
    }

    private static int number(String reference) {
        return Integer.parseInt(reference.substring(reference.lastIndexOf('-') + 1));
    }

    private static Scenario scenario(int number) {
        return switch (number % 8) {
            case 3 -> Scenario.SLOW;
            case 5 -> Scenario.SERVER_ERROR_PAID;
            case 7 -> Scenario.DECLINED;
            default -> Scenario.PAID;
        };
    }

    @Override
    public String toString() {
        return name();
    }
}
