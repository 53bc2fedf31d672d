package org.unipayout.ioka.internal.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.unipayout.http.Describing;

/** A transfer order: bare in a look-up, inside {@code order} in the answer to its creation. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record TransferOrder(
        @Nullable String id,
        @Nullable String status,
        @Describing @Nullable String createdAt,
        @Nullable String type,
        @Nullable Long amount,
        @Nullable String currency,
        @Nullable Long transferredAmount,
        @Nullable String externalId,
        @Describing @Nullable String dueDate,
        @Nullable JsonNode receiverId,
        @Describing @Nullable String checkoutUrl,
        @Nullable List<@Nullable Transfer> transfers,
        @Nullable TransferOrder order) {
    /** The order itself, whichever way it came. */
    public TransferOrder unwrapped() {
        return order == null ? this : order;
    }

    /** The saved card that it is for; null if it names none. */
    public @Nullable String receiver() {
        return receiverId == null ? null : receiverId.textValue();
    }

    /** Whether it says that it is for no saved card: ioka writes absent values as {@code null}. */
    public boolean isForForm() {
        return receiverId != null && receiverId.isNull();
    }

    /** All attempts, in ioka's order. */
    public List<Transfer> attempts() {
        return transfers == null
                ? List.of()
                : transfers.stream().filter(Objects::nonNull).toList();
    }

    @Override
    public String toString() {
        return "TransferOrder[***]";
    }
}
