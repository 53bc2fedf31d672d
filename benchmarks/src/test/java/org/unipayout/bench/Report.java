package org.unipayout.bench;

import java.awt.Color;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.regex.Matcher;
import java.util.stream.Stream;
import org.knowm.xchart.CategoryChart;
import org.knowm.xchart.CategoryChartBuilder;
import org.knowm.xchart.CategorySeries.CategorySeriesRenderStyle;
import org.knowm.xchart.VectorGraphicsEncoder;
import org.knowm.xchart.VectorGraphicsEncoder.VectorGraphicsFormat;
import org.knowm.xchart.style.Styler.LegendLayout;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Prints each figure as a line, and writes all of them as tables and plots into the page that explains them. */
final class Report {
    private static final String ALL = "all";
    private static final List<String> GROUPS =
            List.of(CallBenchmarks.GROUP, ColdStart.GROUP, JournalBenchmarks.GROUP, ScaleBenchmarks.GROUP);

    private static final int IN_A_PLOT = 24;

    private final PrintStream out;
    private final String part;
    private final Map<String, List<Figure>> figures = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();

    /**
     * Starts a report.
     *
     * @param part what the names of the figures that are wanted have in them, or {@code all}
     */
    Report(PrintStream out, String part) {
        this.out = out;
        this.part = part;
    }

    boolean wants(String name) {
        return part.equals(ALL) || name.contains(part);
    }

    /** Whether a figure of a group may be wanted: what names no group looks through all of them. */
    boolean wantsSomeOf(String... groups) {
        boolean namesOne = GROUPS.stream().anyMatch(part::startsWith);
        return !namesOne || Stream.of(groups).anyMatch(part::startsWith);
    }

    void add(Figure figure) {
        out.println(figure);
        figures.computeIfAbsent(figure.group(), group -> new ArrayList<>()).add(figure);
    }

    /** What was looked at besides the figures, or on what they were measured. */
    void say(String note) {
        out.println("# " + note);
        notes.add(note);
    }

    /** Only a run of all benchmarks changes the page. */
    void write(Path docs) throws IOException {
        if (!part.equals(ALL)) {
            return;
        }
        Path page = docs.resolve("performance.md");
        String text = replaced(Files.readString(page), "machine", list());
        Path plots = Files.createDirectories(docs.resolve("performance"));
        for (Map.Entry<String, List<Figure>> group : figures.entrySet()) {
            List<String> drawn = plots(group.getKey(), group.getValue(), plots);
            text = replaced(text, group.getKey(), table(drawn, group.getValue()));
        }
        Files.writeString(page, text);
    }

    private static String replaced(String page, String part, String by) {
        String begin = "<!-- bench:" + part + " -->\n";
        String end = "<!-- /bench:" + part + " -->";
        String replaced = page.replaceFirst("(?s)" + begin + ".*?" + end, Matcher.quoteReplacement(begin + by + end));
        if (!page.contains(begin) || !page.contains(end)) {
            throw new IllegalStateException("performance.md has no place for " + part);
        }
        return replaced;
    }

    private String list() {
        StringBuilder list = new StringBuilder();
        notes.forEach(note -> list.append("* ").append(note).append('\n'));
        return list.toString();
    }

    private static String table(List<String> plots, List<Figure> figures) {
        StringBuilder table = new StringBuilder();
        plots.forEach(plot -> table.append("![" + plot + "](performance/" + plot + ".svg)\n\n"));
        table.append("| Figure | Ratio | Spread | Goal | | Measured | Against |\n|---|---|---|---|---|---|---|\n");
        for (Figure figure : figures) {
            table.append(String.format(
                    Locale.ROOT,
                    "| %s | **%.2f** | %.2f..%.2f | %s %.2f | %s | %s | %s |%n",
                    figure.name(),
                    figure.ratio(),
                    figure.min(),
                    figure.max(),
                    figure.atLeast() ? "≥" : "≤",
                    figure.goal(),
                    figure.isMet() ? "met" : "missed",
                    figure.ours(),
                    figure.floor()));
        }
        return table.toString();
    }

    /** As many as can be read beside each other; a count is no ratio and stands in the table only. */
    private static List<String> plots(String group, List<Figure> figures, Path folder) throws IOException {
        List<Figure> ratios =
                figures.stream().filter(figure -> !figure.floor().isEmpty()).toList();
        List<String> names = new ArrayList<>();
        for (int from = 0; from < ratios.size(); from += IN_A_PLOT) {
            String name = names.isEmpty() ? group : group + '-' + (names.size() + 1);
            plot(group, ratios.subList(from, Math.min(ratios.size(), from + IN_A_PLOT)), folder.resolve(name + ".svg"));
            names.add(name);
        }
        return names;
    }

    private static void plot(String group, List<Figure> figures, Path file) throws IOException {
        CategoryChart chart = new CategoryChartBuilder()
                .width(Math.max(700, 160 + 34 * figures.size()))
                .height(620)
                .title(group + ": ratio to what it is measured against")
                .build();
        chart.getStyler().setLegendPosition(LegendPosition.OutsideS).setLegendLayout(LegendLayout.Horizontal);
        chart.getStyler().setXAxisLabelRotation(90).setChartBackgroundColor(Color.WHITE);
        chart.getStyler().setAvailableSpaceFill(0.6).setOverlapped(true).setYAxisLogarithmic(true);
        double greatest = figures.stream().mapToDouble(Figure::max).max().orElse(1);
        chart.getStyler().setYAxisMin(0.1).setYAxisMax(Math.max(10, greatest)); // 0.1, 1 and 10 are written at the axis
        List<String> names = figures.stream()
                .map(figure -> figure.name().substring(group.length() + 1))
                .toList();
        series(chart, names, figures, "median", Figure::ratio, CategorySeriesRenderStyle.Bar);
        series(chart, names, figures, "least", Figure::min, CategorySeriesRenderStyle.Scatter);
        series(chart, names, figures, "greatest", Figure::max, CategorySeriesRenderStyle.Scatter);
        series(chart, names, figures, "goal", Figure::goal, CategorySeriesRenderStyle.Scatter);
        VectorGraphicsEncoder.saveVectorGraphic(chart, file.toString(), VectorGraphicsFormat.SVG);
    }

    private static void series(
            CategoryChart chart,
            List<String> names,
            List<Figure> figures,
            String name,
            ToDoubleFunction<Figure> value,
            CategorySeriesRenderStyle style) {
        List<Double> values = figures.stream().map(value::applyAsDouble).toList();
        chart.addSeries(name, names, values).setChartCategorySeriesRenderStyle(style);
    }
}
