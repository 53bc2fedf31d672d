package org.unipayout.proof;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.unipayout.proof.Rest.Verdict;

/** The fault matrix for a person: one page without anything from elsewhere. */
final class MatrixPage {
    private static final String STYLE = """
            :root { color-scheme: light dark; --paper: #fff; --ink: #1b1f24; --faint: #667; --line: #d5d9df; --head: #f1f3f6;
              --as-meant: #e2f3e5; --true-end: #fdf2cf; --asked: #dfeafc; --bad: #c62828; --on-bad: #fff; }
            @media (prefers-color-scheme: dark) { :root { --paper: #15181c; --ink: #e4e7eb; --faint: #98a1ad; --line: #343b44;
              --head: #1f242b; --as-meant: #173822; --true-end: #45390f; --asked: #1b3150; --bad: #d84343; --on-bad: #fff; } }
            * { box-sizing: border-box; }
            body { margin: 0; padding: 1.5rem; background: var(--paper); color: var(--ink);
              font: 14px/1.45 system-ui, sans-serif; }
            h1 { font-size: 1.4rem; margin: 0 0 .25rem; }
            p { max-width: 60rem; margin: .4rem 0; }
            code { font: 13px ui-monospace, monospace; }
            .legend { display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; margin: .8rem 0; padding: 0; list-style: none; }
            .legend li { display: flex; align-items: center; gap: .4rem; }
            .legend i { width: 1.3rem; height: 1rem; border: 1px solid var(--line); border-radius: 3px; }
            details { margin: .6rem 0 1rem; }
            dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; margin: .5rem 0; }
            dt { font-weight: 600; } dd { margin: 0; }
            .sheet { overflow: auto; max-height: 85vh; border: 1px solid var(--line); border-radius: 6px; }
            table { border-collapse: separate; border-spacing: 0; font-size: 12px; }
            th, td { border-right: 1px solid var(--line); border-bottom: 1px solid var(--line); padding: .3rem .45rem;
              text-align: left; vertical-align: top; }
            thead th { position: sticky; top: 0; z-index: 2; background: var(--head); min-width: 7rem; }
            tbody th { position: sticky; left: 0; z-index: 1; background: var(--paper); min-width: 15rem; max-width: 15rem;
              font-weight: 400; overflow-wrap: anywhere; }
            thead th:first-child { left: 0; z-index: 4; min-width: 15rem; }
            tr.flow th { position: sticky; left: 0; background: var(--head); font-weight: 600; font-size: 13px;
              max-width: none; border-right: 0; }
            tr.flow td { background: var(--head); border-right: 0; padding: 0; }
            small { color: var(--faint); display: block; font-size: 11px; }
            td small { color: inherit; opacity: .75; }
            .as-meant { background: var(--as-meant); } .true-end { background: var(--true-end); }
            .asked { background: var(--asked); }
            .double, .lost, .wrong { background: var(--bad); color: var(--on-bad); font-weight: 600; }
            """;

    private final FaultMatrix matrix;
    private final List<Phase> phases;
    private final StringBuilder html = new StringBuilder();

    private MatrixPage(FaultMatrix matrix) {
        this.matrix = matrix;
        this.phases = new ArrayList<>(matrix.phases());
    }

    static void write(FaultMatrix matrix, Path page) throws IOException {
        Path folder = page.toAbsolutePath().getParent();
        Files.createDirectories(Objects.requireNonNull(folder));
        Files.writeString(page, new MatrixPage(matrix).text(), StandardCharsets.UTF_8);
    }

    private String text() {
        html.append("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n")
                .append("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
                .append("<title>Fault matrix</title>\n<style>\n")
                .append(STYLE)
                .append("</style>\n</head>\n<body>\n<h1>Fault matrix</h1>\n");
        introduction();
        legend();
        columns();
        table();
        return html.append("</body>\n</html>\n").toString();
    }

    private void introduction() {
        html.append("<p><code>").append(escaped(matrix.line())).append("</code></p>\n");
        html.append(
                        "<p>Each row is one HTTP exchange of one flow, each column one way in which it breaks, once. A cell says what the")
                .append(
                        " call told (first line) and, after the journal has carried the payout on over a network that is whole again,")
                .append(" how it ended (second line). Its colour is the judgement of the provider's ledger.</p>\n");
    }

    private void legend() {
        html.append("<ul class=\"legend\">\n");
        for (Verdict verdict : Verdict.values()) {
            html.append("<li><i class=\"")
                    .append(style(verdict))
                    .append("\"></i>")
                    .append(meaning(verdict))
                    .append(" <strong>")
                    .append(matrix.count(verdict))
                    .append("</strong></li>\n");
        }
        html.append("</ul>\n");
    }

    private static String meaning(Verdict verdict) {
        return switch (verdict) {
            case AS_MEANT -> "ended as without the fault";
            case TRUE_END -> "ended otherwise, and it is true";
            case ASKED -> "open, and a person is told why";
            case DOUBLE -> "double: paid more than once";
            case LOST -> "lost: paid and not known, or open and nobody is told";
            case WRONG -> "wrong: the ledger says otherwise";
        };
    }

    private void columns() {
        html.append("<details><summary>What the columns mean</summary>\n<dl>\n");
        for (Phase phase : phases) {
            html.append("<dt>")
                    .append(escaped(phase.title()))
                    .append("</dt><dd>")
                    .append(escaped(phase.words()))
                    .append("</dd>\n");
        }
        html.append("</dl></details>\n");
    }

    private void table() {
        html.append("<div class=\"sheet\">\n<table>\n<thead><tr><th scope=\"col\">exchange</th>");
        for (Phase phase : phases) {
            html.append("<th scope=\"col\" title=\"")
                    .append(escaped(phase.words()))
                    .append("\">")
                    .append(escaped(phase.title()))
                    .append("</th>");
        }
        html.append("</tr></thead>\n<tbody>\n");
        Flow flow = null;
        for (FaultMatrix.Row row : matrix.rows()) {
            if (!row.flow().equals(flow)) {
                flow = row.flow();
                html.append("<tr class=\"flow\"><th scope=\"rowgroup\">")
                        .append(escaped(flow.toString()))
                        .append("</th><td colspan=\"")
                        .append(phases.size())
                        .append("\"></td></tr>\n");
            }
            row(row);
        }
        html.append("</tbody>\n</table>\n</div>\n");
    }

    private void row(FaultMatrix.Row row) {
        html.append("<tr><th scope=\"row\">")
                .append(row.number() + 1)
                .append(". ")
                .append(lower(row.operation()))
                .append("<small>")
                .append(escaped(row.request()))
                .append("</small></th>");
        for (Phase phase : phases) {
            FaultMatrix.Cell cell = row.cells().get(phase);
            if (cell == null) {
                html.append("<td></td>");
                continue;
            }
            html.append("<td class=\"")
                    .append(style(cell.verdict()))
                    .append("\">")
                    .append(escaped(readable(cell.told())))
                    .append("<small>→ ")
                    .append(escaped(readable(cell.end())))
                    .append("</small></td>");
        }
        html.append("</tr>\n");
    }

    private static String style(Verdict verdict) {
        return lower(verdict).replace(' ', '-');
    }

    private static String lower(Enum<?> constant) {
        return readable(constant.name());
    }

    private static String readable(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
