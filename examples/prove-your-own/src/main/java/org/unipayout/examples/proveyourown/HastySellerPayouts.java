package org.unipayout.examples.proveyourown;

import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.examples.proveyourown.PayoutTable.Row;
import org.unipayout.examples.proveyourown.PayoutTable.State;

/** As many write it: it works on every ordinary day, and pays twice on the others. */
final class HastySellerPayouts implements SellerPayouts {
    private final PayoutClient client;
    private final PayoutTable table;

    HastySellerPayouts(PayoutClient client, PayoutTable table) {
        this.client = client;
        this.table = table;
    }

    @Override
    public void pay(Order order) {
        Row row = table.find(order.number()).orElseGet(() -> Row.of(order));
        if (row.state() == State.PAID || row.state() == State.SENT) {
            return;
        }
        row = row.nextTry();
        table.save(row);
        try {
            record(row, client.create(request(row)));
        } catch (PayoutException e) {
            table.save(row.with(State.FAILED));
        }
    }

    /** The provider refuses a reference that was used before, so each try gets one of its own. */
    private static PayoutRequest request(Row row) {
        Order order = row.order();
        return PayoutRequest.builder(order.number() + "-" + row.tries(), order.amount(), order.card())
                .build();
    }

    @Override
    public void askAboutOpenOnes() {
        for (Row row : table.all()) {
            String ref = row.ref();
            if (row.state() == State.SENT && ref != null) {
                try {
                    record(row, client.get(PayoutRef.parse(ref)));
                } catch (PayoutReadException e) {
                    // The next run asks again.
                }
            }
        }
    }

    private void record(Row row, Payout payout) {
        if (payout.status() == PayoutStatus.AWAITING_CONFIRMATION) {
            client.confirm(payout.ref());
        }
        table.save(row.sent(payout.ref().toString()).with(state(payout.status())));
    }

    private static State state(PayoutStatus status) {
        return switch (status) {
            case SUCCEEDED -> State.PAID;
            case RETURNED -> State.RETURNED;
            case PREPARED, AWAITING_RECIPIENT, AWAITING_CONFIRMATION, PROCESSING -> State.SENT;
            default -> State.FAILED; // no answer, so it did not work; the operator may try again
        };
    }

    @Override
    public void close(String number, State end) {
        table.find(number).map(row -> row.with(end)).ifPresent(table::save);
    }
}
