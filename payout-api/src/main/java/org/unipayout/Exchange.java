package org.unipayout;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP exchange with a provider, redacted for an audit trail.
 *
 * <p>Bodies hold only the fields that the adapter allows to be shown; every other value stands as {@code "***"}. Headers
 * and queries are not in it at all.
 *
 * @param provider the provider's short name
 * @param operation what it was for
 * @param reference the merchant's reference, or null
 * @param method HTTP method
 * @param path path without query, with ids
 * @param progress how far it got
 * @param httpStatus HTTP status, or 0 if none came
 * @param requestId the provider's id of the call, or null
 * @param requestBody redacted JSON; empty if there was none
 * @param responseBody redacted JSON; empty if there was none or it could not be read
 * @param startedAt UTC
 * @param took from start to end
 */
public record Exchange(
        String provider,
        Operation operation,
        @Nullable String reference,
        String method,
        String path,
        Progress progress,
        int httpStatus,
        @Nullable String requestId,
        String requestBody,
        String responseBody,
        Instant startedAt,
        Duration took) {

    /** How far an exchange got; everything about the money follows from it. */
    public enum Progress {
        /** No byte of the request was written: the provider received nothing. */
        NOTHING_WRITTEN,
        /** Some or all of the request was written, and no byte of an answer came. */
        REQUEST_WRITTEN,
        /** An answer began and did not end properly. */
        ANSWER_BEGUN,
        /** A complete answer came. */
        ANSWERED
    }

    @Override
    public String toString() {
        return "Exchange[" + provider + " " + operation + ", " + method + " " + path + ", " + progress + ", "
                + httpStatus + "]";
    }
}
