package org.unipayout.bereke.internal.wire;

import com.fasterxml.jackson.annotation.JsonAlias;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
        return Stream.of(Optional.ofNullable(orderStatus), Optional.ofNullable(orderStatusOfTheTables))
                .flatMap(Optional::stream)
                .filter(value -> !value.isNull())
                .map(value -> value.isValueNode() ? value.asText() : value.toString())
                .distinct()
                .sorted()
                .collect(Collectors.joining("|"));
    }

    /** The finished operations, oldest first. */
    public List<OperationItem> operations() {
        return operationList == null
                ? List.of()
                : operationList.stream().filter(Objects::nonNull).toList();
    }

    /** The operations that pay the recipient, oldest first. */
    public List<OperationItem> credits() {
        return operations().stream().filter(OperationItem::isCredit).toList();
    }

    /** The last credit that did not fail. */
    public Optional<OperationItem> lastGood() {
        return credits().stream().filter(item -> !item.failed()).reduce((first, last) -> last);
    }

    /** The last credit that failed. */
    public Optional<OperationItem> lastFailed() {
        return credits().stream().filter(OperationItem::failed).reduce((first, last) -> last);
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
