package org.unipayout.bereke.internal.wire;

import com.fasterxml.jackson.annotation.JsonAnySetter;
import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The answer to {@code performPayout.do} and {@code getPayoutStatus.do}. */
public record Order(
        @Nullable String errorCode,
        @Nullable String errorMessage,
        @Nullable Long amount,
        @Nullable Long fee,
        @Nullable String currency,
        @Nullable String creationDate,
        @Nullable String orderId,
        @Nullable String orderNumber,

        @JsonFormat(with = JsonFormat.Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) @Nullable List<@Nullable OperationItem> operationList,

        @Nullable OrderTarget target,
        @JsonAnySetter @Nullable Map<String, @Nullable JsonNode> others)
        implements Envelope {

    /**
     * The order's status. Tables and examples on the bank's page disagree on the case of its name and on text or number;
     * if an answer has it twice with different values, both show, which is a status that nobody knows.
     *
     * @return the raw text, empty if there is none
     */
    public String status() {
        return others == null
                ? ""
                : others.entrySet().stream()
                        .filter(field -> field.getKey().equalsIgnoreCase("orderStatus"))
                        .map(Map.Entry::getValue)
                        .filter(value -> value != null && !value.isNull())
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

    @Override
    public String toString() {
        return "Order[***]";
    }
}
