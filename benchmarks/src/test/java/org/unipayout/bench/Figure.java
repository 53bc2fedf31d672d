package org.unipayout.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.function.ToDoubleFunction;
import org.unipayout.bench.Turns.Pair;
import org.unipayout.bench.Turns.Turn;

/**
 * One figure: what is measured in relation to what it is measured against.
 *
 * @param group the part of the page
 * @param ratio the median of the ratios of neighbouring turns, or a count
 * @param goal what it should be
 * @param atLeast whether more is better
 * @param min the least of these ratios
 * @param max the greatest
 * @param ours what is measured, for a person
 * @param floor what it is measured against, for a person
 */
record Figure(
        String group,
        String name,
        double ratio,
        double goal,
        boolean atLeast,
        double min,
        double max,
        String ours,
        String floor) {

    /** Time per call; at most the goal. */
    static Figure time(String group, String name, List<Pair> pairs, double goal) {
        return of(
                group,
                name,
                pairs,
                Turn::nanos,
                goal,
                false,
                nanos -> String.format(Locale.ROOT, "%.3f ms", nanos / 1e6));
    }

    /** Bytes per call; at most the goal. */
    static Figure allocation(String group, String name, List<Pair> pairs, double goal) {
        return of(
                group,
                name,
                pairs,
                Turn::bytes,
                goal,
                false,
                bytes -> String.format(Locale.ROOT, "%.1f kB", bytes / 1e3));
    }

    /** Calls per second; at least the goal. */
    static Figure rate(String group, String name, List<Pair> pairs, double goal) {
        return of(
                group,
                name,
                pairs,
                turn -> 1e9 / turn.nanos(),
                goal,
                true,
                rate -> String.format(Locale.ROOT, "%.0f/s", rate));
    }

    /** Something that is counted; at most the goal. */
    static Figure count(String group, String name, long count, double goal) {
        return new Figure(group, name, count, goal, false, count, count, Long.toString(count), "");
    }

    private static Figure of(
            String group,
            String name,
            List<Pair> pairs,
            ToDoubleFunction<Turn> value,
            double goal,
            boolean atLeast,
            DoubleFunction<String> text) {
        double[] ratios = pairs.stream()
                .mapToDouble(pair -> value.applyAsDouble(pair.ours()) / value.applyAsDouble(pair.floor()))
                .sorted()
                .toArray();
        return new Figure(
                group,
                name,
                ratios[ratios.length / 2],
                goal,
                atLeast,
                ratios[0],
                ratios[ratios.length - 1],
                text.apply(median(pairs, pair -> value.applyAsDouble(pair.ours()))),
                text.apply(median(pairs, pair -> value.applyAsDouble(pair.floor()))));
    }

    private static double median(List<Pair> pairs, ToDoubleFunction<Pair> value) {
        return pairs.stream()
                .mapToDouble(value)
                .sorted()
                .skip(pairs.size() / 2)
                .findFirst()
                .orElseThrow();
    }

    boolean isMet() {
        return atLeast ? ratio >= goal : ratio <= goal;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT, "bench %s ratio=%.2f goal=%.2f spread=%.2f..%.2f", name, ratio, goal, min, max);
    }
}
