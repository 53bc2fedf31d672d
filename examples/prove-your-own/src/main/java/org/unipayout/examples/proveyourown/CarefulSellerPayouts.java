package org.unipayout.examples.proveyourown;

import org.unipayout.Advice;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.examples.proveyourown.PayoutTable.Row;
import org.unipayout.examples.proveyourown.PayoutTable.State;

/**
 * As it has to be: one reference for one order, stored before money can move, and what may have been sent is asked about and
 * never sent again. What stays open without an end is for a person, who reads the provider's statement.
 */
final class CarefulSellerPayouts implements SellerPayouts {
    private final PayoutClient client;
    private final PayoutTable table;

    CarefulSellerPayouts(PayoutClient client, PayoutTable table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public void pay(Order order) {
        Row row = table.find(order.number()).orElseGet(() -> Row.of(order));
        if (row.state() != State.NEW) {
            return; // on its way, or over: whoever wants it paid once more makes a new order
        }
        table.save(row);
        try {
            send(row);
        } catch (PayoutException e) { // no money moved by this call
            table.save(row.with(isWorthRepeating(e) ? State.NEW : State.FAILED));
        }
    }

    private void send(Row row) {
        PayoutRequest request = request(row.order());
        Payout prepared = client.prepare(request); // moves no money
        Row sent = row.sent(prepared.ref().toString());
        table.save(sent); // from here on it may have been sent, whatever happens to this process
        boolean isNew = prepared.status() == PayoutStatus.PREPARED;
        record(sent, isNew ? client.submit(prepared.ref(), request) : prepared);
    }

    /** The same in every repetition. */
    private static PayoutRequest request(Order order) {
        return PayoutRequest.builder(order.number(), order.amount(), order.card())
                .requestedAt(order.orderedAt())
                .build();
    }

    private static boolean isWorthRepeating(PayoutException e) {
        return e.advice() == Advice.SAME_REFERENCE_LATER || e.advice() == Advice.ASK_STATUS;
    }

    @Override
    public void askAboutOpenOnes() {
        for (Row row : table.all()) {
            String ref = row.ref();
            if (row.state() == State.NEW) {
                pay(row.order());
            } else if (row.state() == State.SENT && ref != null) {
                ask(row, PayoutRef.parse(ref));
            }
        }
    }

    private void ask(Row row, PayoutRef ref) {
        try {
            Payout now = client.get(ref);
            if (now.status() == PayoutStatus.AWAITING_CONFIRMATION) {
                now = client.confirm(now.ref());
            }
            record(row, now);
        } catch (PayoutException e) {
            // Nothing has changed; the next run asks again.
        }
    }

    private void record(Row row, Payout payout) {
        table.save(row.sent(payout.ref().toString()).with(state(payout.status())));
    }

    private static State state(PayoutStatus status) {
        return switch (status) {
            case SUCCEEDED -> State.PAID;
            case RETURNED -> State.RETURNED;
            case FAILED, CANCELED, EXPIRED -> State.FAILED;
            case PREPARED, AWAITING_RECIPIENT, AWAITING_CONFIRMATION, PROCESSING, UNKNOWN -> State.SENT;
        };
    }

    @Override
    public void close(String number, State end) {
        table.find(number)
                .filter(row -> row.state() == State.SENT)
                .map(row -> row.with(end))
                .ifPresent(table::save);
    }
}
