package org.unipayout.simulator.bank131;

import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** What one member of a JSON object must look like. */
record Rule(String field, boolean required, Shape shape) {
    /** A shape of a value, with the words that a refusal uses for it. */
    record Shape(String words, Predicate<JsonNode> test) {}

    static final Shape TEXT =
            new Shape("a string", node -> node.isTextual() && !node.textValue().isBlank());
    static final Shape TRUTH = new Shape("true or false", JsonNode::isBoolean);
    static final Shape POSITIVE_INTEGER = new Shape(
            "a whole number of minor units above 0",
            node -> node.isIntegralNumber() && node.canConvertToLong() && node.longValue() > 0);
    static final Shape POSITIVE_NUMBER = new Shape(
            "a number above 0", node -> node.isNumber() && node.decimalValue().signum() > 0);
    static final Shape OBJECT = new Shape("an object", node -> node.isObject() || (node.isArray() && node.isEmpty()));

    static Rule required(String field, Shape shape) {
        return new Rule(field, true, shape);
    }

    static Rule optional(String field, Shape shape) {
        return new Rule(field, false, shape);
    }

    static Shape pattern(String words, String regex) {
        Pattern pattern = Pattern.compile(regex);
        return new Shape(
                words,
                node -> node.isTextual() && pattern.matcher(node.textValue()).matches());
    }

    static Shape textUpTo(int characters) {
        return new Shape(
                "a string of at most " + characters + " characters",
                node -> TEXT.test().test(node)
                        && node.textValue().codePointCount(0, node.textValue().length()) <= characters);
    }

    static Shape both(Shape first, Shape second) {
        return new Shape(first.words() + " and " + second.words(), first.test().and(second.test()));
    }

    /** The name of a member as a refusal spells it. */
    static String path(String where, String field) {
        return where.isEmpty() ? field : where + "." + field;
    }

    /** Refuses an object that breaks a rule; the refusal names the field and never its value. */
    static void check(String where, ObjectNode object, List<Rule> rules) {
        for (Rule rule : rules) {
            JsonNode value = Json.member(object, rule.field());
            String name = path(where, rule.field());
            if (value == null && rule.required()) {
                throw RefusalException.invalid(name + " is missing");
            }
            if (value != null && !rule.shape().test().test(value)) {
                throw RefusalException.invalid(name + " must be " + rule.shape().words());
            }
        }
    }
}
