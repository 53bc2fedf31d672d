package org.unipayout.journal.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.PayoutQuery;

/**
 * Where payouts and ends stand that belong to a page, by the columns alone; whoever shows them holds them against their histories. Each
 * status is read along an index and for as long as a page is, so that no page costs more for what the journal holds beside.
 */
public final class Listings {
    private static final String PAYOUTS =
            "select p.requested_at as found_at, p.reference, cast(0 as bigint) as number from payout_journal p"
                    + " where p.status = ? and p.requested_at >= ? and p.requested_at < ?";

    /** Rows whose status the row before has already are no ends; but where a chain starts anew nothing is known before. */
    private static final String ENDS =
            "select h.happened_at as found_at, h.reference, h.number from payout_journal_history h"
                    + " left join payout_journal_history b on b.reference = h.reference and b.number = h.number - 1"
                    + " where h.status = ? and h.happened_at >= ? and h.happened_at < ?"
                    + " and (b.status is null or b.status <> h.status or h.event in ('SETTLED', 'ORDERED'))"
                    + " and h.event <> 'RETIRED'";

    private final Database database;

    public Listings(Database database) {
        this.database = database;
    }

    /** One more than a page has, if there are so many: by when they were asked for. */
    public List<Place> payouts(PayoutQuery query) {
        return places(
                query,
                EnumSet.allOf(PayoutStatus.class),
                new Part(PAYOUTS, "p.requested_at, p.reference", "p.provider = ?"));
    }

    /** One more than a page has, if there are so many: by when they were recorded. */
    public List<Place> ends(PayoutQuery query) {
        Set<PayoutStatus> ends = EnumSet.allOf(PayoutStatus.class);
        ends.removeIf(status -> !status.isFinal());
        String ofProvider =
                "exists (select 1 from payout_journal p where p.reference = h.reference and p.provider = ?)";
        return places(query, ends, new Part(ENDS, "h.happened_at, h.reference, h.number", ofProvider));
    }

    private record Part(String select, String order, String ofProvider) {
        int columns() {
            return order.split(",", -1).length;
        }

        String sql(PayoutQuery query) {
            String way = query.isNewestFirst() ? " desc" : "";
            String after = query.after().isEmpty()
                    ? ""
                    : " and (" + order + ") " + (query.isNewestFirst() ? "<" : ">") + " ("
                            + String.join(", ", Collections.nCopies(columns(), "?")) + ")";
            return "(" + select + after + (query.provider().isEmpty() ? "" : " and " + ofProvider) + " order by "
                    + order.replace(",", way + ",") + way + rows(query) + ")";
        }
    }

    private static String rows(PayoutQuery query) {
        return " fetch first " + (query.size() + 1) + " rows only";
    }

    private List<Place> places(PayoutQuery query, Set<PayoutStatus> all, Part part) {
        Set<PayoutStatus> statuses = query.statuses().isEmpty() ? all : query.statuses();
        String way = query.isNewestFirst() ? " desc" : "";
        String sql =
                "select * from (" + String.join(" union all ", Collections.nCopies(statuses.size(), part.sql(query)))
                        + ") found order by found_at" + way + ", reference" + way + ", number" + way + rows(query);
        List<Object> parameters = new ArrayList<>();
        statuses.forEach(status -> add(parameters, query, status, part));
        return database.reading(connection -> places(connection, sql, parameters));
    }

    private static void add(List<Object> parameters, PayoutQuery query, PayoutStatus status, Part part) {
        parameters.addAll(List.of(status.name(), query.from(), query.until()));
        query.after()
                .map(Place::parse)
                .ifPresent(after -> parameters.addAll(List.<Object>of(after.at(), after.reference(), after.number())
                        .subList(0, part.columns())));
        query.provider().ifPresent(parameters::add);
    }

    private static List<Place> places(Connection connection, String sql, List<Object> parameters) throws SQLException {
        List<Place> places = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < parameters.size(); i++) {
                Object parameter = parameters.get(i);
                select.setObject(i + 1, parameter instanceof Instant instant ? Database.utc(instant) : parameter);
            }
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    places.add(new Place(
                            Database.instant(rows, "found_at"), rows.getString("reference"), rows.getLong("number")));
                }
            }
        }
        return places;
    }
}
