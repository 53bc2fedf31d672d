package org.unipayout.ioka.internal;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAccessor;
import org.jspecify.annotations.Nullable;

/** ioka's times: UTC, written without a zone, with 0 to 9 fraction digits. */
public final class IokaTime {
    private IokaTime() {}

    /** Reads a time; null if there is none or it is in another form. A zone is honoured if one day there is one. */
    public static @Nullable Instant read(@Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            TemporalAccessor time = DateTimeFormatter.ISO_DATE_TIME.parse(value.replace(' ', 'T'));
            boolean hasZone =
                    time.isSupported(ChronoField.OFFSET_SECONDS); // asked, because an exception for each is dear
            return LocalDateTime.from(time).toInstant(hasZone ? ZoneOffset.from(time) : ZoneOffset.UTC);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Writes a time; parts of a second are cut, so that nothing lasts longer than was asked for. */
    public static String write(Instant time) {
        return DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(
                LocalDateTime.ofInstant(time.truncatedTo(ChronoUnit.SECONDS), ZoneOffset.UTC));
    }
}
