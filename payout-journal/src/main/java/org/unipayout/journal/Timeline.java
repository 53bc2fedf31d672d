package org.unipayout.journal;

import java.text.MessageFormat;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.ResourceBundle;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.HistoryRow;

/** Tells a payout's history in words, with the proof for each step. */
final class Timeline {
    private static final String BUNDLE = "org.unipayout.journal.timeline";
    private static final int LONGEST = 500;
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss", Locale.ROOT);

    private final ResourceBundle texts;
    private final boolean russian;

    Timeline(Locale locale) {
        russian = locale.getLanguage().equals("ru") || locale.getLanguage().equals("kk");
        texts = ResourceBundle.getBundle(BUNDLE, russian ? Locale.forLanguageTag("ru") : Locale.ROOT);
    }

    String tell(PayoutRecord record, List<HistoryRow> history) {
        StringBuilder text = new StringBuilder(text(
                        "title",
                        withinALine(record.reference()),
                        record.payout().ref().amount(),
                        withinALine(record.provider()),
                        text("status." + record.status())))
                .append('\n');
        for (HistoryRow row : history) {
            text.append(TIME.format(row.at().atOffset(ZoneOffset.UTC)))
                    .append(" UTC  ")
                    .append(sentence(row))
                    .append(proof(row))
                    .append('\n');
        }
        record.attention()
                .ifPresent(attention -> text.append(text("look", text("attention." + attention)))
                        .append('\n'));
        return text.toString();
    }

    private String sentence(HistoryRow row) {
        String status = text("status." + row.status());
        return text("event." + row.event(), status);
    }

    private String proof(HistoryRow row) {
        Fields facts = row.facts();
        StringBuilder proof = new StringBuilder();
        add(proof, "proof.attention", named("attention.", facts.get("attention")));
        add(proof, "proof.providerStatus", facts.get("providerStatus"));
        add(proof, "proof.reported", named("status.", facts.get("reported")));
        add(proof, "proof.trust", named("trust.", facts.get("trust")));
        add(proof, "proof.evidence", named("evidence.", facts.get("evidence.kind")));
        add(proof, "proof.code", first(facts, "decline.code", "code"));
        add(
                proof,
                "proof.why",
                russian ? first(facts, "decline.russian", "russian") : first(facts, "decline.english", "english"));
        add(proof, "proof.lastDecline", facts.get(russian ? "lastDecline.russian" : "lastDecline.english"));
        add(proof, "proof.order", named("verb.", facts.get("order")));
        add(proof, "proof.fault", row.fault());
        add(proof, "proof.successor", facts.get("successor"));
        add(proof, "proof.who", facts.get("who"));
        add(proof, "proof.approvedBy", facts.get("approvedBy"));
        add(proof, "proof.statement", facts.get("statement"));
        add(proof, "proof.rrn", facts.get("rrn"));
        add(proof, "proof.requestId", facts.get("requestId"));
        return proof.isEmpty() ? "" : " [" + proof + "]";
    }

    private static @Nullable String first(Fields facts, String one, String other) {
        String value = facts.get(one);
        return value == null ? facts.get(other) : value;
    }

    private @Nullable String named(String prefix, @Nullable String name) {
        return name == null || !texts.containsKey(prefix + name) ? name : text(prefix + name);
    }

    private void add(StringBuilder proof, String key, @Nullable String value) {
        if (value != null && !value.isBlank()) {
            proof.append(proof.isEmpty() ? "" : "; ").append(text(key, withinALine(value)));
        }
    }

    /** What others wrote never makes a line of its own, steers no terminal, and has an end. */
    private static String withinALine(String value) {
        String some = value.length() > LONGEST ? value.substring(0, LONGEST) + "…" : value;
        return UNPRINTABLE.matcher(some).replaceAll("?");
    }

    private String text(String key, Object... arguments) {
        try {
            return new MessageFormat(texts.getString(key), Locale.ROOT).format(arguments);
        } catch (MissingResourceException e) {
            throw new IllegalStateException("timeline: text " + key + " is missing", e);
        }
    }
}
