package org.unipayout.examples.bulkregistry;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.unipayout.examples.bulkregistry.Outcome.State;

/** How far it is: a bar that redraws itself in a terminal, a plain line every few seconds elsewhere. */
final class Progress {
    private static final int WIDTH = 30;
    private static final Duration BETWEEN_LINES = Duration.ofSeconds(5);

    private final PrintStream out;
    private final boolean terminal;
    private final int rows;
    private final long startedAt = System.nanoTime();
    private long lineAt = startedAt - BETWEEN_LINES.toNanos();
    private int doneAtStart = -1;

    Progress(PrintStream out, boolean terminal, int rows) {
        this.out = out;
        this.terminal = terminal;
        this.rows = rows;
    }

    void show(Map<State, Integer> counts) {
        long now = System.nanoTime();
        if (!terminal && now - lineAt < BETWEEN_LINES.toNanos()) {
            return;
        }
        lineAt = now;
        int done = rows - counts.getOrDefault(State.OPEN, 0);
        doneAtStart = doneAtStart < 0 ? done : doneAtStart;
        double seconds = (now - startedAt) / 1e9;
        String text = String.format(
                Locale.ROOT,
                "%d/%d paid %d declined %d open %d needs attention %d refused %d, %.0f rows/s",
                done,
                rows,
                counts.getOrDefault(State.PAID, 0),
                counts.getOrDefault(State.DECLINED, 0),
                counts.getOrDefault(State.OPEN, 0),
                counts.getOrDefault(State.NEEDS_ATTENTION, 0),
                counts.getOrDefault(State.REFUSED, 0),
                (done - doneAtStart) / Math.max(seconds, 0.001));
        if (terminal) {
            int filled = rows == 0 ? WIDTH : (int) ((long) WIDTH * done / rows);
            out.print("\r[" + "#".repeat(filled) + ".".repeat(WIDTH - filled) + "] " + text + "\u001B[K");
            out.flush();
        } else {
            out.println(text);
        }
    }

    void end() {
        if (terminal) {
            out.println();
        }
    }
}
