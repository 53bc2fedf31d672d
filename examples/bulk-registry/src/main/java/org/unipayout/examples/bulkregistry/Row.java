package org.unipayout.examples.bulkregistry;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Money;
import org.unipayout.PayoutRequest;

/** One row of the registry below its header. */
sealed interface Row {

    /** The line of the file on which the row begins; the header is line 1. */
    long line();

    String reference();

    /** The amount, as far as it could be read. */
    Optional<Money> amount();

    /** A row that can be paid. */
    record Payable(long line, PayoutRequest request) implements Row {
        @Override
        public String reference() {
            return request.reference();
        }

        @Override
        public Optional<Money> amount() {
            return Optional.of(request.amount());
        }

        Refused refused(String field, String problem) {
            return new Refused(line, reference(), request.amount(), field, problem);
        }
    }

    /** A row that is not paid because of what it says; nothing was sent for it. */
    record Refused(long line, String reference, @Nullable Money money, String field, String problem) implements Row {
        @Override
        public Optional<Money> amount() {
            return Optional.ofNullable(money);
        }

        /** One sentence for the accountant; never repeats a token or a name. */
        String sentence() {
            return "line " + line + ", " + field + ": " + problem;
        }
    }
}
