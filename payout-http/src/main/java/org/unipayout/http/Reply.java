package org.unipayout.http;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.unipayout.Evidence;
import org.unipayout.Exchange;

/** How a call that may move money ended, when it may have left. Immutable. */
public sealed interface Reply {

    /** A complete answer; what it means is the adapter's business. */
    final class Answer implements Reply {
        private final int status;
        private final Map<String, String> headers;
        private final byte[] body;

        Answer(int status, Map<String, String> headers, byte[] body) {
            this.status = status;
            this.headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            this.headers.putAll(headers);
            this.body = body;
        }

        /** {@return the HTTP status} */
        public int status() {
            return status;
        }

        /** {@return whether the HTTP status is 2xx} */
        public boolean successful() {
            return status >= 200 && status < 300;
        }

        /**
         * Finds a header.
         *
         * @param name in any case
         * @return the value, the last one if there are several
         */
        public Optional<String> header(String name) {
            return Optional.ofNullable(headers.get(name));
        }

        /** {@return a copy of the body, empty if there was none} */
        public byte[] body() {
            return body.clone();
        }

        /** {@return the body as UTF-8} */
        public String text() {
            return new String(body, StandardCharsets.UTF_8);
        }

        /**
         * Reads the body as JSON.
         *
         * @param <T> the type
         * @param type the type
         * @return the value
         * @throws UnreadableBodyException if the body is empty, cut, too deep or not JSON of this shape
         */
        public <T> T json(Class<T> type) throws UnreadableBodyException {
            return Json.read(body, type);
        }

        /** {@return the status and the size only} */
        @Override
        public String toString() {
            return "Answer[" + status + ", " + body.length + " bytes]";
        }
    }

    /** Bytes may have left, and no complete answer came: nothing is proven. */
    final class NoAnswer implements Reply {
        private final Exchange.Progress progress;
        private final int status;
        private final Evidence evidence;

        NoAnswer(Exchange.Progress progress, int status, Evidence evidence) {
            this.progress = progress;
            this.status = status;
            this.evidence = evidence;
        }

        static NoAnswer of(Exchange.Progress progress, int status, String text) {
            return new NoAnswer(progress, status, new Evidence(Evidence.Kind.NO_ANSWER, text));
        }

        /** {@return why there is no answer} */
        public Evidence evidence() {
            return evidence;
        }

        /** {@return how far the call got} */
        public Exchange.Progress progress() {
            return progress;
        }

        /** The HTTP status, or 0 if not even that came. */
        int status() {
            return status;
        }

        boolean nothingWritten() {
            return progress == Exchange.Progress.NOTHING_WRITTEN;
        }

        @Override
        public String toString() {
            return "NoAnswer[" + progress + ", " + evidence.text() + "]";
        }
    }
}
