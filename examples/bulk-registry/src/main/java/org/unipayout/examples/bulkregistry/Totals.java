package org.unipayout.examples.bulkregistry;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.unipayout.Money;
import org.unipayout.examples.bulkregistry.Outcome.State;

/** Numbers and sums of each state, with the check that they add up to what was read. */
final class Totals {
    private final Map<State, Integer> rows = new EnumMap<>(State.class);
    private final Map<String, Map<State, BigDecimal>> amounts = new TreeMap<>();
    private int withoutAmount;

    private Totals() {}

    /**
     * Adds up.
     *
     * @throws IllegalStateException if rows read and outcomes do not match, in number or in any currency
     */
    static Totals of(Collection<Row> read, Collection<Outcome> outcomes) {
        Totals totals = new Totals();
        outcomes.forEach(totals::add);
        totals.requireEqual(read);
        return totals;
    }

    private void add(Outcome outcome) {
        rows.merge(outcome.state(), 1, Integer::sum);
        Money money = outcome.money();
        if (money == null) {
            withoutAmount++;
            return;
        }
        amounts.computeIfAbsent(money.currency().getCurrencyCode(), currency -> new EnumMap<>(State.class))
                .merge(outcome.state(), money.major(), BigDecimal::add);
    }

    private void requireEqual(Collection<Row> read) {
        Map<String, BigDecimal> sums = new TreeMap<>();
        read.forEach(row -> row.amount()
                .ifPresent(money -> sums.merge(money.currency().getCurrencyCode(), money.major(), BigDecimal::add)));
        Map<String, BigDecimal> added = new TreeMap<>();
        amounts.forEach((currency, states) ->
                added.put(currency, states.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add)));
        int count = rows.values().stream().mapToInt(Integer::intValue).sum();
        if (count != read.size() || !sums.equals(added)) {
            throw new IllegalStateException("totals: " + read.size() + " rows of " + sums + " were read, but " + count
                    + " of " + added + " have an outcome");
        }
    }

    int rows(State state) {
        return rows.getOrDefault(state, 0);
    }

    BigDecimal amount(State state, String currency) {
        return amounts.getOrDefault(currency, Map.of()).getOrDefault(state, BigDecimal.ZERO);
    }

    /** Whether every row came to an end that nobody has to look at. */
    boolean clean() {
        return rows(State.OPEN) + rows(State.NEEDS_ATTENTION) + rows(State.REFUSED) == 0;
    }

    @Override
    public String toString() {
        int count = rows.values().stream().mapToInt(Integer::intValue).sum();
        StringBuilder text = new StringBuilder("rows ").append(count);
        for (State state : State.values()) {
            text.append(state == State.PAID ? " = " : " + ")
                    .append(rows(state))
                    .append(' ')
                    .append(name(state));
        }
        amounts.forEach((currency, states) -> text.append(System.lineSeparator())
                .append(currency)
                .append(' ')
                .append(states.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
                .append(" = ")
                .append(states.entrySet().stream()
                        .map(sum -> sum.getValue() + " " + name(sum.getKey()))
                        .collect(Collectors.joining(" + "))));
        if (withoutAmount > 0) {
            text.append(System.lineSeparator())
                    .append("rows without a readable amount ")
                    .append(withoutAmount);
        }
        return text.toString();
    }

    private static String name(State state) {
        return switch (state) {
            case PAID -> "paid";
            case DECLINED -> "declined";
            case OPEN -> "open";
            case NEEDS_ATTENTION -> "needs attention";
            case REFUSED -> "refused";
        };
    }
}
