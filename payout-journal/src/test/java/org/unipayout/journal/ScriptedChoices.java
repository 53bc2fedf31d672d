package org.unipayout.journal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.unipayout.testkit.world.Choices;

/** Choices that are all walked, one script after the other; beyond its script each is the tame one. */
final class ScriptedChoices implements Choices {
    /** The first ways of a call differ in what happens; the others only in how an answer that proves nothing reads. */
    private static final int WAYS = 5;

    private List<Integer> script = List.of();
    private final List<Integer> chosen = new ArrayList<>();
    private final List<Integer> options = new ArrayList<>();
    private final List<String> told = new ArrayList<>();

    /** Begins a script. */
    void follow(List<Integer> next) {
        script = next;
        chosen.clear();
        options.clear();
        told.clear();
    }

    /** The script after the one that was followed, in the order in which a tree is walked; empty if that was the last. */
    Optional<List<Integer>> next() {
        for (int i = chosen.size() - 1; i >= 0; i--) {
            if (chosen.get(i) + 1 < options.get(i)) {
                List<Integer> next = new ArrayList<>(chosen.subList(0, i));
                next.add(chosen.get(i) + 1);
                return Optional.of(next);
            }
        }
        return Optional.empty();
    }

    /** What was chosen otherwise than tamely. */
    List<String> told() {
        return List.copyOf(told);
    }

    @Override
    public int pick(String what, int perMille, int count) {
        return perMille == 0 || count < 2 ? 0 : choose(what, Math.min(count, WAYS));
    }

    /** Of a quantity only the least and the greatest are walked, and only where it is a time that the rule bounds. */
    @Override
    public int quantity(String what, int count) {
        boolean matters = what.startsWith("how late") || what.contains("is late by") || what.startsWith("index shows");
        return matters && choose(what, 2) == 1 ? count - 1 : 0;
    }

    private int choose(String what, int count) {
        int at = chosen.size();
        int choice = at < script.size() ? script.get(at) : 0;
        chosen.add(choice);
        options.add(count);
        if (choice > 0) {
            told.add(what + ": " + choice);
        }
        return choice;
    }
}
