package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The messages of {@code wallet/balance}. */
public final class WalletBalance {
    private WalletBalance() {}

    /** The question; the time is ISO 8601. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Request(String requestDatetime) {}

    /** The answer. */
    public record Answer(
            @Nullable String status,
            @Nullable ErrorObject error,
            @Nullable List<@Nullable Item> wallets) implements Envelope {
        @Override
        public String toString() {
            return "Answer[***]";
        }
    }

    /** One wallet. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Item(@Nullable String id, @Nullable AmountDetails amountDetails) {}
}
