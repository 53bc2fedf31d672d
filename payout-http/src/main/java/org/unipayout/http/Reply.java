package org.unipayout.http;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.Exchange;

/** What came back of a call that may have left. Immutable. */
public sealed interface Reply {

    /**
     * Judges what the call came to: an answer by the provider's rules, no answer as unclear.
     *
     * @param <T> the body of a good answer
     * @param judge the provider's rules; they end in {@link Answer#told}, {@link Answer#error} or {@link Answer#unclear}
     * @return the ending
     */
    <T> Ending<T> judgedBy(Function<Answer, Ending<T>> judge);

    /** A complete answer; what it means is the adapter's business. */
    final class Answer implements Reply {
        /** Fit for a message: an id that is quoted to the provider's support, and nothing else. */
        private static final Pattern REQUEST_ID = Pattern.compile("[!-~]{1,128}");

        private final Origin origin;
        private final int status;
        private final Headers headers;
        private final byte[] body;

        Answer(Origin origin, int status, Headers headers, byte[] body) {
            this.origin = origin;
            this.status = status;
            this.headers = headers;
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

        /** {@return the provider's id of the call; empty if there is none or it is not 1 to 128 visible ASCII characters} */
        public Optional<String> requestId() {
            return header(origin.requestIdHeader())
                    .filter(id -> REQUEST_ID.matcher(id).matches());
        }

        /** {@return a copy of the body, empty if there was none} */
        public byte[] body() {
            return body.clone();
        }

        /** The bytes themselves, not a copy; nobody in this package changes them. */
        byte[] bytes() {
            return body;
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

        @Override
        public <T> Ending<T> judgedBy(Function<Answer, Ending<T>> judge) {
            return judge.apply(this);
        }

        /**
         * The provider did it, or answered the question.
         *
         * @param <T> the body
         * @param read the body
         * @return the ending
         */
        public <T> Ending<T> told(T read) {
            return new Ending.Told<>(this, read);
        }

        /**
         * The provider gave an error: refused if its row proves something, else unclear. A row that the error book does
         * not have is an undocumented answer, or with HTTP 5xx a server error.
         *
         * @param <T> the body that a good answer would have had
         * @param row the row of the error book
         * @param message the provider's own text, or null
         * @return the ending
         */
        public <T> Ending<T> error(ErrorEntry row, @Nullable String message) {
            if (row.proves() != ErrorEntry.Proves.NOTHING) {
                return new Ending.Refused<>(this, row, message);
            }
            if (row.category() != ErrorCategory.UNLISTED) {
                return unclear(Evidence.Kind.OPEN_CODE, "a code that leaves the outcome open", row);
            }
            Evidence.Kind kind = status >= 500 ? Evidence.Kind.SERVER_ERROR : Evidence.Kind.UNDOCUMENTED_ANSWER;
            return unclear(kind, "a code that the error book does not have", row);
        }

        /**
         * Nothing is proven, and the answer has no code.
         *
         * @param <T> the body that a good answer would have had
         * @param kind what sort of evidence
         * @param what what came, as the end of "HTTP 200 with ..."; without any data of the payout
         * @return the ending
         */
        public <T> Ending<T> unclear(Evidence.Kind kind, String what) {
            return unclear(kind, what, null);
        }

        /**
         * Nothing is proven, whatever the code's row says.
         *
         * @param <T> the body that a good answer would have had
         * @param kind what sort of evidence
         * @param what what came, as the end of "HTTP 200 with ..."; without any data of the payout
         * @param row the row of the code that came, or null
         * @return the ending
         */
        public <T> Ending<T> unclear(Evidence.Kind kind, String what, @Nullable ErrorEntry row) {
            return new Ending.Unclear<>(this, new Evidence(kind, "HTTP " + status + " with " + what), row);
        }

        Origin origin() {
            return origin;
        }

        /** {@return the status and the size only} */
        @Override
        public String toString() {
            return "Answer[" + status + ", " + body.length + " bytes]";
        }
    }

    /** Bytes may have left, and no complete answer came: nothing is proven. */
    final class NoAnswer implements Reply {
        private final Origin origin;
        private final Exchange.Progress progress;
        private final int status;
        private final Evidence evidence;

        NoAnswer(Origin origin, Exchange.Progress progress, int status, Evidence evidence) {
            this.origin = origin;
            this.progress = progress;
            this.status = status;
            this.evidence = evidence;
        }

        static NoAnswer of(Origin origin, Exchange.Progress progress, int status, String text) {
            return new NoAnswer(origin, progress, status, new Evidence(Evidence.Kind.NO_ANSWER, text));
        }

        @Override
        public <T> Ending<T> judgedBy(Function<Answer, Ending<T>> judge) {
            return new Ending.Unclear<>(this);
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

        Origin origin() {
            return origin;
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
