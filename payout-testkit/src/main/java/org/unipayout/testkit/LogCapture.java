package org.unipayout.testkit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.LoggerFactory;

/** Collects every log line of every logger at TRACE; needs Logback as the SLF4J provider of the test. */
final class LogCapture implements AutoCloseable {
    private final List<String> lines = new CopyOnWriteArrayList<>();
    private final Logger root;
    private final Level before;
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            lines.add(event.getLoggerName() + " " + event.getFormattedMessage());
            for (var cause = event.getThrowableProxy(); cause != null; cause = cause.getCause()) {
                lines.add(event.getLoggerName() + " " + cause.getMessage());
            }
        }
    };

    LogCapture() {
        org.slf4j.Logger logger = LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        if (!(logger instanceof Logger logback)) {
            throw new IllegalStateException(
                    "the contract suite reads log lines: add ch.qos.logback:logback-classic in test scope");
        }
        root = logback;
        before = root.getLevel();
        appender.start();
        root.addAppender(appender);
        root.setLevel(Level.TRACE);
    }

    List<String> lines() {
        return lines;
    }

    @Override
    public void close() {
        root.setLevel(before);
        root.detachAppender(appender);
    }
}
