package org.unipayout.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.unipayout.testkit.WebhookOutbox;
import org.unipayout.testkit.WebhookOutbox.Notification;
import org.unipayout.testkit.world.Choices;

/** A provider's notifications on their way to the merchant: at once, later, twice, or never, in any order. */
final class Post {
    private static final int LATEST = 4;

    private final WebhookOutbox outbox;
    private final Choices choices;
    private final List<Letter> underWay = new ArrayList<>();
    private int collected;
    private int lost;

    /** One delivery, due at a step of the world. */
    record Letter(int number, Notification notification, int due) {
        byte[] body() {
            return notification.body();
        }

        Map<String, List<String>> headers() {
            return notification.headers().entrySet().stream()
                    .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, header -> List.of(header.getValue())));
        }
    }

    Post(WebhookOutbox outbox, Choices choices) {
        this.outbox = outbox;
        this.choices = choices;
    }

    /** Takes what was sent since the last time, and draws what becomes of it. */
    void collect(int step) {
        List<Notification> created = outbox.created();
        for (; collected < created.size(); collected++) {
            Letter letter = new Letter(collected + 1, created.get(collected), step);
            switch (choices.pick("post", 500, 4)) {
                case 1 -> lost++;
                case 2 -> {
                    underWay.add(letter);
                    underWay.add(late(letter));
                }
                case 3 -> underWay.add(late(letter));
                default -> underWay.add(letter);
            }
        }
    }

    /** What was sent since the last time went to another address. */
    void goesElsewhere() {
        List<Notification> created = outbox.created();
        lost += created.size() - collected;
        collected = created.size();
    }

    private Letter late(Letter letter) {
        return new Letter(letter.number, letter.notification, letter.due + 1 + choices.quantity("late post", LATEST));
    }

    /** What arrives by a step, in the order of arrival. */
    List<Letter> due(int step) {
        List<Letter> due = new ArrayList<>();
        for (Letter letter : List.copyOf(underWay)) {
            if (letter.due <= step) {
                due.add(due.size() - choices.pick("post overtakes", 300, due.size() + 1), letter);
                underWay.remove(letter);
            }
        }
        return due;
    }

    /** Nobody took it: it comes again. */
    void again(Letter letter) {
        underWay.add(new Letter(letter.number, letter.notification, letter.due + 1));
    }

    boolean anyLost() {
        return lost > 0;
    }
}
