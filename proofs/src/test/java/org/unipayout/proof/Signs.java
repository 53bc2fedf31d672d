package org.unipayout.proof;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.unipayout.PayoutRef;

/**
 * Where a genuine answer shows the reference, the amount and the provider's id of its payout, and whether a mutant shows others in
 * all of these places. Nothing final may be believed of such a mutant. A place that a mutant does not have says nothing.
 */
final class Signs {
    private final Map<String, List<String>> places = new HashMap<>();
    private final JsonNode genuine;

    private Signs(JsonNode genuine) {
        this.genuine = genuine;
    }

    static Optional<Signs> of(byte[] genuine, PayoutRef ref) {
        return Mutator.parsed(genuine).map(root -> {
            Signs signs = new Signs(root);
            signs.find("", root, ref);
            return signs;
        });
    }

    private void find(String pointer, JsonNode node, PayoutRef ref) {
        if (node.isContainerNode()) {
            children(pointer, node).forEach((place, child) -> find(place, child, ref));
        } else if (node.isTextual() && node.textValue().equals(ref.reference())) {
            add("reference", pointer);
        } else if (node.isTextual()
                && ref.providerId().filter(node.textValue()::equals).isPresent()) {
            add("provider id", pointer);
        } else if (isAmount(node, ref)) {
            add("amount", pointer);
        }
    }

    private static Map<String, JsonNode> children(String pointer, JsonNode node) {
        Map<String, JsonNode> children = new HashMap<>();
        if (node.isObject()) {
            node.properties()
                    .forEach(field -> children.put(
                            pointer + "/" + field.getKey().replace("~", "~0").replace("/", "~1"), field.getValue()));
        } else {
            for (int i = 0; i < node.size(); i++) {
                children.put(pointer + "/" + i, node.get(i));
            }
        }
        return children;
    }

    private void add(String sign, String pointer) {
        places.computeIfAbsent(sign, name -> new ArrayList<>()).add(pointer);
    }

    private static boolean isAmount(JsonNode node, PayoutRef ref) {
        return number(node)
                .filter(value -> value.compareTo(BigDecimal.valueOf(ref.amount().minorUnits())) == 0
                        || value.compareTo(ref.amount().major()) == 0)
                .isPresent();
    }

    private static Optional<BigDecimal> number(JsonNode node) {
        try {
            return node.isNumber() || node.isTextual()
                    ? Optional.of(new BigDecimal(node.asText().strip()))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** {@return which sign the mutant shows otherwise, wherever it shows it} */
    Optional<String> otherIn(byte[] mutant) {
        Optional<JsonNode> root = Mutator.parsed(mutant);
        return root.isEmpty()
                ? Optional.empty()
                : places.entrySet().stream()
                        .filter(sign -> showsAnother(root.get(), sign.getValue(), sign.getKey()))
                        .map(Map.Entry::getKey)
                        .findFirst();
    }

    private boolean showsAnother(JsonNode mutant, List<String> pointers, String sign) {
        BiPredicate<JsonNode, JsonNode> differs = sign.equals("amount") ? Signs::differsInAmount : Signs::differsInText;
        List<String> shown = pointers.stream()
                .filter(pointer ->
                        mutant.at(pointer).isValueNode() && !mutant.at(pointer).isNull())
                .toList();
        return !shown.isEmpty()
                && shown.stream().allMatch(pointer -> differs.test(genuine.at(pointer), mutant.at(pointer)));
    }

    private static boolean differsInText(JsonNode one, JsonNode other) {
        return other.isTextual()
                && !other.textValue().isBlank()
                && !other.textValue().equals(one.textValue());
    }

    private static boolean differsInAmount(JsonNode one, JsonNode other) {
        Optional<BigDecimal> was = number(one);
        Optional<BigDecimal> is = number(other);
        return was.isPresent() && is.isPresent() && was.get().compareTo(is.get()) != 0;
    }
}
