package org.unipayout.examples.cashierweb;

import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.PayoutPage;
import org.unipayout.journal.PayoutQuery;
import org.unipayout.journal.PayoutRecord;
import org.unipayout.journal.Payouts;
import org.unipayout.journal.StatusChange;

/** What the journal lists, in days of the shop's zone and with what the shop keeps. Asks no provider. */
@Service
class Ledger {
    private static final int ON_A_PAGE = 25;
    private static final int AT_ONCE = 500;

    private final Payouts payouts;
    private final Payments payments;
    private final Shop shop;
    private final Clock clock;

    Ledger(Payouts payouts, Payments payments, Shop shop, Clock clock) {
        this.payouts = payouts;
        this.payments = payments;
        this.shop = shop;
        this.clock = clock;
    }

    /**
     * A page of the list.
     *
     * @param rows the payouts
     * @param leftOut references of payouts that cannot be shown here
     * @param next where the next page begins, or null if this is the last
     */
    record Page(
            List<Row> rows, List<String> leftOut, @Nullable String next) {}

    /** {@return the day it is in the shop} */
    LocalDate today() {
        return LocalDate.now(clock.withZone(shop.zone()));
    }

    /**
     * Payouts, the newest first.
     *
     * @param filter which
     * @param after where the page begins, or null for the first
     * @return the page
     * @throws IllegalArgumentException if no page gave {@code after}
     */
    Page page(Filter filter, @Nullable String after) {
        PayoutPage<PayoutRecord> page = payouts.list(query(filter.day())
                .statuses(filter.statuses())
                .newestFirst()
                .size(ON_A_PAGE)
                .after(after));
        return new Page(rows(page.found()), page.leftOut(), page.next());
    }

    /** {@return the payouts that a person should look at, oldest first} */
    List<Row> needingAttention() {
        return rows(payouts.needingAttention().toList());
    }

    /** {@return the payouts that wait for somebody to let them go, the newest first} */
    List<Row> awaitingConfirmation() {
        return page(new Filter(null, PayoutStatus.AWAITING_CONFIRMATION.name()), null)
                .rows();
    }

    /** {@return a payout; it is there} */
    Row row(PayoutRecord record) {
        return rows(List.of(record)).get(0);
    }

    private List<Row> rows(List<PayoutRecord> records) {
        Map<String, Payments.Kept> kept =
                payments.kept(records.stream().map(PayoutRecord::reference).toList());
        return records.stream()
                .map(record -> Row.of(record, kept.get(record.reference())))
                .toList();
    }

    /**
     * How payouts ended on a day, in the order of their ends.
     *
     * @param day a day of the shop
     * @param reader gets each end with what the shop keeps of it
     * @return references of payouts that belong to the day and cannot be shown here
     */
    List<String> ends(LocalDate day, Consumer<End> reader) {
        List<String> leftOut = new ArrayList<>();
        String next = null;
        do {
            PayoutPage<StatusChange> page =
                    payouts.ends(query(day).size(AT_ONCE).after(next));
            Map<String, Payments.Kept> kept = payments.kept(
                    page.found().stream().map(StatusChange::reference).toList());
            page.found().forEach(change -> reader.accept(new End(change, kept.get(change.reference()))));
            leftOut.addAll(page.leftOut());
            next = page.next();
        } while (next != null);
        return leftOut;
    }

    /**
     * How a payout ended.
     *
     * @param change the journal's word
     * @param kept what the shop keeps of it, or null if it keeps nothing
     */
    record End(StatusChange change, Payments.@Nullable Kept kept) {}

    private PayoutQuery query(@Nullable LocalDate day) {
        return day == null
                ? PayoutQuery.between(Instant.EPOCH, Instant.parse("9999-12-31T00:00:00Z"))
                : PayoutQuery.between(start(day), start(day.plusDays(1)));
    }

    private Instant start(LocalDate day) {
        return day.atStartOfDay(shop.zone()).toInstant();
    }
}
