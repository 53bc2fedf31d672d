package org.unipayout.simulator.horizonpay;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/** Checks the fields of one {@code request} section and collects what is wrong with them. */
final class FieldCheck {
    private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

    private final JsonNode request;
    private final FieldErrors errors = new FieldErrors();

    FieldCheck(JsonNode request) {
        this.request = request;
    }

    FieldErrors errors() {
        return errors;
    }

    boolean has(String path) {
        return !Json.isBlank(Json.at(request, path));
    }

    String textOf(String path) {
        return Json.at(request, path).asText("");
    }

    void complain(String path, String text) {
        errors.add(path, text);
    }

    void required(String path) {
        if (!has(path)) {
            complain(path, "can't be blank");
        }
    }

    void section(String path) {
        if (has(path) && !Json.at(request, path).isObject()) {
            complain(path, "must be an object");
        }
    }

    void positiveInteger(String path) {
        JsonNode node = Json.at(request, path);
        if (!has(path)) {
            return;
        }
        if (!node.isIntegralNumber() || !node.canConvertToLong()) {
            complain(path, "must be an integer");
        } else if (node.longValue() <= 0) {
            complain(path, "must be greater than 0");
        }
    }

    void bool(String path) {
        if (has(path) && !Json.at(request, path).isBoolean()) {
            complain(path, "must be a boolean");
        }
    }

    void text(String path, int longest) {
        if (isText(path) && textOf(path).codePointCount(0, textOf(path).length()) > longest) {
            complain(path, "is too long (maximum is " + longest + " characters)");
        }
    }

    void text(String path) {
        text(path, Integer.MAX_VALUE);
    }

    void text(String path, Predicate<String> valid) {
        if (isText(path) && !valid.test(textOf(path))) {
            complain(path, "is invalid");
        }
    }

    void date(String path) {
        text(path, FieldCheck::isDate);
    }

    private boolean isText(String path) {
        if (!has(path)) {
            return false;
        }
        boolean textual = Json.at(request, path).isTextual();
        if (!textual) {
            complain(path, "must be a string");
        }
        return textual;
    }

    private static boolean isDate(String text) {
        if (!DATE.matcher(text).matches()) {
            return false;
        }
        try {
            LocalDate.parse(text);
            return true;
        } catch (DateTimeException e) {
            return false;
        }
    }
}
