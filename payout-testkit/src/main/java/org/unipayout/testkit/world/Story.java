package org.unipayout.testkit.world;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.unipayout.MayChange;

/** What happened in a world, a line for each event: when, who, what. Not thread-safe. */
@MayChange
public final class Story {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("dd HH:mm:ss.SSS", Locale.ROOT);

    private final Clock clock;
    private final List<Line> lines = new ArrayList<>();

    private record Line(Instant at, String who, String what) {
        @Override
        public String toString() {
            return String.format(Locale.ROOT, "%s  %-10s %s", TIME.format(at.atOffset(ZoneOffset.UTC)), who, what);
        }
    }

    /**
     * An empty story.
     *
     * @param clock the world's time
     */
    public Story(Clock clock) {
        this.clock = clock;
    }

    /**
     * Tells an event.
     *
     * @param who who did it
     * @param what what it did
     */
    public void tell(String who, String what) {
        lines.add(new Line(clock.instant(), who, what));
    }

    /** {@return the story so far} */
    public List<String> lines() {
        return lines.stream().map(Line::toString).toList();
    }

    @Override
    public String toString() {
        return String.join("\n", lines());
    }
}
