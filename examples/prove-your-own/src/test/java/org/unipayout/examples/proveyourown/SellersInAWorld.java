package org.unipayout.examples.proveyourown;

import java.time.Clock;
import java.util.Optional;
import java.util.function.BiFunction;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.examples.proveyourown.PayoutTable.Row;
import org.unipayout.examples.proveyourown.PayoutTable.State;
import org.unipayout.testkit.world.MerchantUnderTest;

/** The marketplace's doors, as worlds use them. The table outlives a crash; the code is made anew. */
final class SellersInAWorld implements MerchantUnderTest {
    private final PayoutTable table = new PayoutTable();
    private final BiFunction<PayoutClient, PayoutTable, SellerPayouts> merchant;

    @SuppressWarnings("NullAway.Init") // a world starts it first
    private SellerPayouts payouts;

    SellersInAWorld(BiFunction<PayoutClient, PayoutTable, SellerPayouts> merchant) {
        this.merchant = merchant;
    }

    @Override
    public void start(PayoutClient client, Clock clock) {
        payouts = merchant.apply(client, table);
    }

    @Override
    public void pay(PayoutRequest intent) {
        payouts.pay(new Order(
                intent.reference(),
                intent.amount(),
                intent.recipient(),
                intent.requestedAt().orElseThrow()));
    }

    @Override
    public void work() {
        payouts.askAboutOpenOnes();
    }

    @Override
    public Optional<PayoutStatus> status(String intent) {
        return table.find(intent).map(Row::state).map(SellersInAWorld::status);
    }

    private static PayoutStatus status(State state) {
        return switch (state) {
            case NEW -> PayoutStatus.PREPARED;
            case SENT -> PayoutStatus.PROCESSING;
            case PAID -> PayoutStatus.SUCCEEDED;
            case FAILED -> PayoutStatus.FAILED;
            case RETURNED -> PayoutStatus.RETURNED;
        };
    }

    @Override
    public void settle(String intent, PayoutStatus end) {
        payouts.close(intent, end == PayoutStatus.SUCCEEDED ? State.PAID : State.FAILED);
    }
}
