package org.unipayout.http;

import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;

/** Which call of which provider a reply belongs to; without body and headers, so that it may be kept. */
record Origin(
        String provider, Operation operation, @Nullable String reference, String requestIdHeader) {

    FailureDetails.Builder details(String reason, Advice advice) {
        return FailureDetails.builder(provider, operation, reason, advice).reference(reference);
    }
}
