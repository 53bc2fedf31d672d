package org.unipayout.proof;

import java.util.List;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.ErrorBook;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;

/** Another client's calls. */
abstract class RelayedClient implements PayoutClient {
    private final PayoutClient client;

    RelayedClient(PayoutClient client) {
        this.client = client;
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
    public Payout prepare(PayoutRequest request) {
        return client.prepare(request);
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        return client.submit(ref, request);
    }

    @Override
    public Payout get(PayoutRef ref) {
        return client.get(ref);
    }

    @Override
    public Payout confirm(PayoutRef ref) {
        return client.confirm(ref);
    }

    @Override
    public Payout cancel(PayoutRef ref) {
        return client.cancel(ref);
    }

    @Override
    public List<Balance> balance() {
        return client.balance();
    }

    @Override
    public void close() {
        client.close();
    }
}
