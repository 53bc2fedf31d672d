package org.unipayout.simulator.horizonpay;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** Complaints about single fields: a tree for programs and one sentence each for people. */
final class FieldErrors {
    private final Map<String, List<String>> textsByPath = new LinkedHashMap<>();

    /** A complaint about a whole section silences those about its fields. */
    void add(String dottedPath, String text) {
        if (textsByPath.keySet().stream().anyMatch(section -> dottedPath.startsWith(section + "."))) {
            return;
        }
        textsByPath.computeIfAbsent(dottedPath, path -> new ArrayList<>()).add(text);
    }

    static FieldErrors of(String dottedPath, String text) {
        FieldErrors errors = new FieldErrors();
        errors.add(dottedPath, text);
        return errors;
    }

    boolean isEmpty() {
        return textsByPath.isEmpty();
    }

    ObjectNode tree() {
        ObjectNode tree = Json.object();
        textsByPath.forEach((path, texts) -> {
            ObjectNode section = tree;
            String[] steps = path.split("\\.", -1);
            for (int i = 0; i < steps.length - 1; i++) {
                section = section.withObject("/" + steps[i]);
            }
            texts.forEach(section.withArray("/" + steps[steps.length - 1])::add);
        });
        return tree;
    }

    String message() {
        List<String> sentences = new ArrayList<>();
        textsByPath.forEach((path, texts) -> texts.forEach(text -> sentences.add(sentence(path, text))));
        return String.join(" ", sentences);
    }

    private static String sentence(String path, String text) {
        if (path.equals("base")) {
            return text;
        }
        String words = path.replace('.', ' ').replace('_', ' ');
        return words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1) + " " + text + ".";
    }
}
