package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.slf4j.LoggerFactory;

/** What the scheduler beneath writes into the application's log. */
class SchedulerLogTest {

    @ParameterizedTest
    @EnumSource(Databases.class)
    void pay_logsNothingAboveDebug(Databases database) {
        JournalFixture fixture = new JournalFixture(database, JournalFixture.SAME_HANDLE);
        Logger scheduler = (Logger) LoggerFactory.getLogger("com.github.kagkarlsson");
        Level before = scheduler.getLevel();
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        scheduler.setLevel(Level.INFO);
        scheduler.addAppender(lines);
        try {
            fixture.pay("r-1");
        } finally {
            scheduler.detachAppender(lines);
            scheduler.setLevel(before);
        }

        assertThat(lines.list).extracting(ILoggingEvent::getFormattedMessage).isEmpty();
    }
}
