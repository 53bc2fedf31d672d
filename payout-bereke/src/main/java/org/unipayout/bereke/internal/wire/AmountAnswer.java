package org.unipayout.bereke.internal.wire;

import com.fasterxml.jackson.annotation.JsonFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.unipayout.http.Describing;

/** The answer to {@code getAmount.do}. The list is an object in the bank's example; both are read. */
public record AmountAnswer(
        @Nullable String errorCode,
        @Describing @Nullable String errorMessage,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<@Nullable Description> balanceDescriptionList)
        implements Envelope {

    /** One balance: a magnitude in minor units, and {@code C} or {@code D} for its sign. */
    public record Description(
            @Nullable String balanceSign,
            @Nullable Long balanceAmount,
            @Nullable String balanceCurrency,
            @Describing @Nullable String balanceDescription) {}
}
