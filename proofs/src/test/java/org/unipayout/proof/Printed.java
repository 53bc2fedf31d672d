package org.unipayout.proof;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import org.slf4j.LoggerFactory;

/**
 * Takes all that is printed while something runs: every logger of SLF4J and of the JDK at its finest level, and both standard
 * streams. What the simulators' side says is left out: providers see cards.
 */
final class Printed {
    private static final String SERVER =
            "(com\\.github\\.tomakehurst|wiremock|org\\.eclipse\\.jetty|org\\.unipayout\\.(testkit|simulator)"
                    + "|jdk\\.(internal\\.)?httpclient|jdk\\.internal\\.net\\.http).*";

    private final Outputs outputs;
    private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    private final Level before = root.getLevel();
    private final PrintStream out = System.out;
    private final PrintStream err = System.err;
    private final ByteArrayOutputStream streams = new ByteArrayOutputStream();
    private final AppenderBase<ILoggingEvent> appender = new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
            if (!event.getLoggerName().matches(SERVER)) {
                String thrown =
                        event.getThrowableProxy() == null ? "" : ThrowableProxyUtil.asString(event.getThrowableProxy());
                outputs.text(
                        "log of " + event.getLoggerName(),
                        event.getFormattedMessage() + ' ' + event.getMDCPropertyMap() + ' ' + thrown);
            }
        }
    };
    private final java.util.logging.Logger platform = LogManager.getLogManager().getLogger("");
    private final java.util.logging.Level platformBefore = platform.getLevel();
    private final Handler handler = new Handler() {
        @Override
        public void publish(LogRecord line) {
            if (!String.valueOf(line.getLoggerName()).matches(SERVER)) {
                outputs.text("log of " + line.getLoggerName(), new java.util.logging.SimpleFormatter().format(line));
            }
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    };

    static void during(Outputs outputs, Runnable part) {
        Printed printed = new Printed(outputs);
        try {
            part.run();
        } finally {
            printed.end();
        }
    }

    private Printed(Outputs outputs) {
        this.outputs = outputs;
        appender.start();
        root.addAppender(appender);
        root.setLevel(Level.TRACE);
        handler.setLevel(java.util.logging.Level.ALL);
        platform.addHandler(handler);
        platform.setLevel(java.util.logging.Level.ALL);
        PrintStream both = new PrintStream(streams, true, StandardCharsets.UTF_8);
        System.setOut(both);
        System.setErr(both);
    }

    private void end() {
        System.setOut(out);
        System.setErr(err);
        root.setLevel(before);
        root.detachAppender(appender);
        platform.removeHandler(handler);
        platform.setLevel(platformBefore);
        outputs.bytes("standard output", streams.toByteArray());
    }
}
