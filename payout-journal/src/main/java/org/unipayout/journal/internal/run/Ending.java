package org.unipayout.journal.internal.run;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.unipayout.Payout;

/** What a client's call ended in: an answer, or else what the client threw. */
record Ending(@Nullable Payout answer, @Nullable RuntimeException thrown) {
    static Ending of(Supplier<Payout> call) {
        try {
            return new Ending(call.get(), null);
        } catch (RuntimeException e) {
            return new Ending(null, e);
        }
    }
}
