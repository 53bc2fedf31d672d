package org.unipayout.journal.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Attention;

/**
 * Goes over payouts page by page while the stream is used, however many there are: each page is read whole before the first of it is
 * shown, and the next one begins after the last. Whatever comes, goes or moves on meanwhile changes no payout's place, so none is
 * passed over that was there from the start, and none comes twice.
 */
public final class Walks {
    private static final String PAYOUTS = "select p.requested_at as found_at, p.reference from payout_journal p ";

    private static final String WITHOUT_TASK =
            " and not exists (select 1 from payout_journal_task t where t.task_name = '" + Store.TASK_NAME
                    + "' and t.task_instance = p.reference)";

    private final Database database;
    private final int size;

    /**
     * Over a database.
     *
     * @param size how many payouts are read at once
     */
    public Walks(Database database, int size) {
        this.database = database;
        this.size = size;
    }

    /** Payouts that are open, or final with news that was not delivered or not asked about; the oldest first. */
    public Stream<List<String>> unfinished(boolean undeliveredToo) {
        return byAge(unfinishedParts(undeliveredToo), "");
    }

    /** Those that no task stands for. There are none, unless a moment was missed or the queue emptied. */
    public Stream<List<String>> withoutTask(boolean undeliveredToo) {
        return byAge(unfinishedParts(undeliveredToo), WITHOUT_TASK);
    }

    /** Payouts that are open or have changed since an instant; the oldest first. */
    public Stream<List<String>> openOrChangedSince(Instant since) {
        return byAge(
                Stream.of(PayoutStatus.values())
                        .map(status -> status.isFinal() ? status(status) + " and p.changed_at >= ?" : status(status))
                        .toList(),
                "",
                since);
    }

    /** Payouts whose row says why a person should look, in a word that is known here; the oldest first. */
    public Stream<List<String>> flagged() {
        return byAge(
                Stream.of(Attention.values())
                        .map(reason -> PAYOUTS + "where p.attention = '" + reason + "'")
                        .toList(),
                "");
    }

    /** Those that a newer version flagged, in a word that is not known here. */
    public Stream<List<String>> flaggedByNewer() {
        String known = Stream.of(Attention.values())
                .map(reason -> "'" + reason + "'")
                .collect(Collectors.joining(", ", "(", ")"));
        return byAge(List.of(PAYOUTS + "where p.attention is not null and p.attention not in " + known), "");
    }

    /** All payouts in the order of their references, and then those of which only the history is left. */
    public Stream<List<String>> all() {
        return Stream.concat(
                byReference("select p.reference from payout_journal p where p.reference > ?"),
                byReference("select distinct p.reference from payout_journal_history p where p.reference > ?"
                        + " and not exists (select 1 from payout_journal q where q.reference = p.reference)"));
    }

    private Stream<List<String>> byReference(String select) {
        String sql = select + " order by p.reference fetch first " + size + " rows only";
        return pages(last -> database.reading(connection -> {
            try (PreparedStatement page = connection.prepareStatement(sql)) {
                page.setString(1, last == null ? "" : last);
                return Store.references(page);
            }
        }));
    }

    /** Each part goes along an index of its own; put together with "or" they would read every payout. */
    private static List<String> unfinishedParts(boolean undeliveredToo) {
        List<String> parts = Stream.of(PayoutStatus.values())
                .filter(status -> !status.isFinal())
                .map(Walks::status)
                .collect(Collectors.toCollection(ArrayList::new));
        if (undeliveredToo) {
            parts.add(PAYOUTS + "where p.undelivered = true");
        }
        parts.add(notified(Inbox.NAMES_IT));
        parts.add(notified(Inbox.HAS_ITS_ID));
        return parts;
    }

    private static String status(PayoutStatus status) {
        return PAYOUTS + "where p.status = '" + status + "'";
    }

    /** However many notifications wait for one payout, it fills no page. */
    private static String notified(String about) {
        return PAYOUTS.replaceFirst("select", "select distinct") + "join payout_journal_webhook w on " + about
                + " where w.applied_at is null";
    }

    /** Each part has as many as a page, so together they have the next page among them. */
    private Stream<List<String>> byAge(List<String> parts, String and, Object... parameters) {
        return this.<Place>pages(last -> database.reading(
                        connection -> places(connection, sql(parts, and, last), parts, last, parameters)))
                .map(page -> page.stream().map(Place::reference).toList());
    }

    private String sql(List<String> parts, String and, @Nullable Place last) {
        String onePage = " order by p.requested_at, p.reference fetch first " + size + " rows only";
        String after = last == null ? "" : " and (p.requested_at, p.reference) > (?, ?)";
        return "select * from ("
                + parts.stream()
                        .map(part -> "(" + part + after + and + onePage + ")")
                        .collect(Collectors.joining(" union "))
                + ") p order by found_at, reference fetch first " + size + " rows only";
    }

    private static List<Place> places(
            Connection connection, String sql, List<String> parts, @Nullable Place last, Object... parameters)
            throws SQLException {
        List<@Nullable Object> values = new ArrayList<>();
        for (String part : parts) {
            values.addAll(part.contains("?") ? List.of(parameters) : List.of());
            values.addAll(last == null ? List.of() : List.of(last.at(), last.reference()));
        }
        List<Place> places = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            Database.set(select, values.toArray());
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    places.add(new Place(Database.instant(rows, "found_at"), rows.getString("reference"), 0));
                }
            }
        }
        return places;
    }

    private interface Reading<T> {
        List<T> after(@Nullable T last);
    }

    private <T> Stream<List<T>> pages(Reading<T> reading) {
        return Stream.iterate(
                reading.after(null),
                page -> !page.isEmpty(),
                page -> page.size() < size ? List.of() : reading.after(page.get(page.size() - 1)));
    }
}
