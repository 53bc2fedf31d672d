package org.unipayout.proof;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.unipayout.Operation;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.testkit.ProviderUnderTest;

/**
 * One call of a client as it was once made, with the answers that it got.
 *
 * @param ref what was known then; null before there was a handle, and for a balance
 * @param exchanges in the order in which the call makes them
 */
record Door(
        ProviderUnderTest provider,
        Operation operation,
        PayoutRequest request,
        @Nullable PayoutRef ref,
        List<Exchange> exchanges) {

    /** One exchange of it. */
    record Exchange(String method, String path, Answer answer) {}

    /** Makes the call; what it gives is a Payout, or a list of balances. */
    Object call(PayoutClient client) {
        return switch (operation) {
            case PREPARE -> client.prepare(request);
            case SUBMIT -> client.submit(known(), request);
            case GET -> client.get(known());
            case CONFIRM -> client.confirm(known());
            case CANCEL -> client.cancel(known());
            case BALANCE -> client.balance();
            case WEBHOOK, EXTRA -> throw new IllegalStateException("no call of a client");
        };
    }

    private PayoutRef known() {
        return Objects.requireNonNull(ref);
    }

    /** Whether this exchange only asks, so that the client repeats it. */
    boolean asks(int exchange) {
        return switch (operation) {
            case GET, BALANCE -> true;
            case SUBMIT ->
                !provider.submits(
                        exchanges.get(exchange).method(),
                        exchanges.get(exchange).path());
            case PREPARE, CONFIRM, CANCEL -> exchange < exchanges.size() - 1;
            case WEBHOOK, EXTRA -> false;
        };
    }
}
