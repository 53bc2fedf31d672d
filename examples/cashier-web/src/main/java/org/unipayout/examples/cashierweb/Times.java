package org.unipayout.examples.cashierweb;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/** Times as pages show them: the shop's, to the second. */
@Component("times")
class Times {
    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);
    private static final Pattern STEP = Pattern.compile("([0-9-]{10}) ([0-9:]{8}) UTC  (.*)");

    private final Shop shop;

    Times(Shop shop) {
        this.shop = shop;
    }

    /** The zone, for the foot of every page. */
    public String zone() {
        return shop.zone().getId();
    }

    /** A line of a timeline begins with its time, which is UTC there. */
    String step(String line) {
        Matcher told = STEP.matcher(line);
        return told.matches()
                ? of(Instant.parse(told.group(1) + "T" + told.group(2) + "Z")) + "  " + told.group(3)
                : line;
    }

    public String of(Instant at) {
        return SHOWN.format(at.atZone(shop.zone()));
    }
}
