package org.unipayout.testkit;

import java.util.List;
import java.util.function.Supplier;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.ErrorBook;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;

/** The client under test, whose every word is read as a cashier would. */
final class ReadByCashier implements PayoutClient {
    private final PayoutClient client;

    ReadByCashier(PayoutClient client) {
        this.client = client;
    }

    private static Payout read(Supplier<Payout> call) {
        Payout payout;
        try {
            payout = call.get();
        } catch (PayoutException failure) {
            CashierText.assertAgrees(failure);
            throw failure;
        }
        CashierText.assertAgrees(payout);
        return payout;
    }

    @Override
    public Capabilities capabilities() {
        return client.capabilities();
    }

    @Override
    public ErrorBook errorBook() {
        return client.errorBook();
    }

    @Override
    public Payout create(PayoutRequest request) {
        return read(() -> client.create(request));
    }

    @Override
    public Payout prepare(PayoutRequest request) {
        return read(() -> client.prepare(request));
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        return read(() -> client.submit(ref, request));
    }

    @Override
    public Payout get(PayoutRef ref) {
        return read(() -> client.get(ref));
    }

    @Override
    public Payout confirm(PayoutRef ref) {
        return read(() -> client.confirm(ref));
    }

    @Override
    public Payout cancel(PayoutRef ref) {
        return read(() -> client.cancel(ref));
    }

    @Override
    public List<Balance> balance() {
        return client.balance();
    }

    @Override
    public void close() {
        client.close();
    }

    @Override
    public String toString() {
        return client.toString();
    }
}
