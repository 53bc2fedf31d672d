package org.unipayout.bereke.internal.wire;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.unipayout.http.Describing;

/**
 * The answer to {@code performPayout.do} and {@code getPayoutStatus.do}. Each spelling of the status has a name here: Jackson
 * 2.15 leaves a record without what an any-setter would have got, and says nothing.
 */
public record Order(
        @Nullable String errorCode,
        @Describing @Nullable String errorMessage,
        @Nullable Long amount,
        @Describing @Nullable Long fee,
        @Nullable String currency,
        @Describing @Nullable String creationDate,
        @Nullable String orderId,
        @Nullable String orderNumber,

        @Describing @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<@Nullable OperationItem> operationList,

        @Describing @Nullable OrderTarget target,
        @Describing @Nullable Map<String, @Nullable JsonNode> orderParams,
        @Nullable JsonNode orderStatus,

        @JsonProperty("OrderStatus") @JsonAlias({"orderstatus", "ORDERSTATUS"}) @Nullable JsonNode orderStatusOfTheTables)
        implements Envelope {

    /**
     * The order's status. Tables and examples on the bank's page disagree on the case of its name and on text or number;
     * if an answer has it twice with different values, both show, which is a status that nobody knows.
     *
     * @return the raw text, empty if there is none
     */
    public String status() {
        String one = text(orderStatus);
        String other = text(orderStatusOfTheTables);
        if (one == null || one.equals(other)) {
            return Objects.requireNonNullElse(other, "");
        }
        if (other == null) {
            return one;
        }
        return one.compareTo(other) < 0 ? one + '|' + other : other + '|' + one;
    }

    private static @Nullable String text(@Nullable JsonNode value) {
        if (value == null || value.isNull()) {
            return null;
        }
        return value.isValueNode() ? value.asText() : value.toString();
    }

    /** The finished operations, oldest first. */
    public List<OperationItem> operations() {
        return operations(item -> true);
    }

    /** The operations that pay the recipient, oldest first. */
    public List<OperationItem> credits() {
        return operations(OperationItem::isCredit);
    }

    private List<OperationItem> operations(Predicate<OperationItem> wanted) {
        List<OperationItem> found = new ArrayList<>();
        for (OperationItem item : Objects.requireNonNullElse(operationList, List.<@Nullable OperationItem>of())) {
            if (item != null && wanted.test(item)) {
                found.add(item);
            }
        }
        return found;
    }

    /** The last credit that did not fail. */
    public Optional<OperationItem> lastGood() {
        return last(operations(item -> item.isCredit() && !item.failed()));
    }

    /** The last credit that failed. */
    public Optional<OperationItem> lastFailed() {
        return last(operations(item -> item.isCredit() && item.failed()));
    }

    private static Optional<OperationItem> last(List<OperationItem> items) {
        return items.isEmpty() ? Optional.empty() : Optional.of(items.get(items.size() - 1));
    }

    /** What was sent along with the payout under this name, null if the answer does not show it as text. */
    public @Nullable String parameter(String name) {
        JsonNode value = orderParams == null ? null : orderParams.get(name);
        return value == null ? null : value.textValue();
    }

    @Override
    public String toString() {
        return "Order[***]";
    }
}
