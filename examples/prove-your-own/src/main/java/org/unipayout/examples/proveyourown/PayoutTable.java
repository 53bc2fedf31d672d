package org.unipayout.examples.proveyourown;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stands for a table in the marketplace's database: one row for each order, and a crash leaves it as it is. */
final class PayoutTable {
    /** What the operator sees beside an order. */
    enum State {
        /** Nothing was sent. */
        NEW,
        /** On its way; nobody knows the end yet. */
        SENT,
        /** The seller has it. */
        PAID,
        /** The seller does not have it. */
        FAILED,
        /** The seller had it, and it came back. */
        RETURNED
    }

    /**
     * One row.
     *
     * @param order the order
     * @param state what the operator sees
     * @param tries how often it was sent
     * @param ref the provider's handle, once there is one
     */
    record Row(
            Order order, State state, int tries, @Nullable String ref) {
        static Row of(Order order) {
            return new Row(order, State.NEW, 0, null);
        }

        Row with(State now) {
            return new Row(order, now, tries, ref);
        }

        Row sent(String handle) {
            return new Row(order, State.SENT, tries, handle);
        }

        Row nextTry() {
            return new Row(order, state, tries + 1, ref);
        }
    }

    private final Map<String, Row> rows = new LinkedHashMap<>();

    Optional<Row> find(String number) {
        return Optional.ofNullable(rows.get(number));
    }

    void save(Row row) {
        rows.put(row.order().number(), row);
    }

    List<Row> all() {
        return List.copyOf(rows.values());
    }
}
