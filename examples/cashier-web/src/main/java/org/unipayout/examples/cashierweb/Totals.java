package org.unipayout.examples.cashierweb;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.unipayout.Money;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.StatusChange;

/** How many payouts of an account ended how, and how much that is. Nothing is summed over accounts or currencies. */
final class Totals {
    private final Map<Line.Of, Line> lines = new TreeMap<>(Comparator.comparing(Line.Of::account)
            .thenComparing(Line.Of::currency)
            .thenComparing(Line.Of::status));

    /**
     * One line.
     *
     * @param of what it counts
     * @param count how many
     * @param sum the amounts that were asked for
     * @param fees the fees that the provider told
     * @param returned what came back
     * @param told how many of them have a fee
     */
    record Line(Of of, long count, Money sum, Money fees, Money returned, long told) {
        /**
         * What a line counts.
         *
         * @param account the shop's account
         * @param currency the currency's code
         * @param status how they ended
         */
        record Of(String account, String currency, PayoutStatus status) {}

        private static Line none(Of of) {
            Money zero = Money.ofMinor(0, of.currency());
            return new Line(of, 0, zero, zero, zero, 0);
        }

        private Line with(StatusChange end) {
            return new Line(
                    of,
                    count + 1,
                    plus(sum, end.amount()),
                    plus(fees, end.fee()),
                    plus(returned, end.returned()),
                    told + (end.fee() == null ? 0 : 1));
        }

        private static Money plus(Money sum, @Nullable Money more) {
            return more == null || !more.currency().equals(sum.currency())
                    ? sum
                    : Money.ofMinor(Math.addExact(sum.minorUnits(), more.minorUnits()), sum.currency());
        }
    }

    void add(StatusChange end) {
        Line.Of of = new Line.Of(end.provider(), end.amount().currency().getCurrencyCode(), end.to());
        lines.put(of, lines.getOrDefault(of, Line.none(of)).with(end));
    }

    List<Line> lines() {
        return List.copyOf(lines.values());
    }
}
