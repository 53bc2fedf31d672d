package org.unipayout.ioka.internal;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.unipayout.Balance;
import org.unipayout.Operation;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.http.Ending;
import org.unipayout.ioka.IokaOptions;
import org.unipayout.ioka.internal.wire.BalancePage;
import org.unipayout.ioka.internal.wire.PayoutOrder;
import org.unipayout.ioka.internal.wire.PayoutOrderEventItem;
import org.unipayout.ioka.internal.wire.PayoutOrderPage;
import org.unipayout.ioka.internal.wire.UpcAnswer;

/** The calls of payout orders, one method each: requests go out, endings come back. Thread-safe. */
public final class PayoutOrderApi {
    private static final String ORDERS = "/v2/payouts/orders";

    private final IokaApi ioka;
    private final IokaOptions options;

    /** Calls through an open way to ioka; whoever opened it closes it. */
    public PayoutOrderApi(IokaApi ioka, IokaOptions options) {
        this.ioka = ioka;
        this.options = options;
    }

    /** Creates an order without a card, which moves no money. */
    public Ending<PayoutOrder> createFirst(PayoutRef ref, PayoutRequest request) {
        return ioka.prepare(creation(Operation.PREPARE, ref, request), PayoutOrder.class);
    }

    /** Creates an order that ioka pays at once, or holds for a decision. */
    public Ending<PayoutOrder> pay(PayoutRef ref, PayoutRequest request) {
        return ioka.send(creation(Operation.SUBMIT, ref, request), PayoutOrder.class);
    }

    private IokaCall creation(Operation operation, PayoutRef ref, PayoutRequest request) {
        return IokaCall.post(operation, ORDERS, ref, IokaRequests.payoutOrder(request, options.twoStep()))
                .onceForThisBody("create", request.reference());
    }

    /** Pays an order that was created without a card. */
    public Ending<PayoutOrder> pay(PayoutRef ref, Recipient.Card card) {
        String orderId = IokaCall.orderId(ref);
        IokaCall call = IokaCall.post(
                        Operation.SUBMIT, ORDERS + '/' + orderId + "/confirm", ref, IokaRequests.confirm(card))
                .onceForThisOrder("confirm", orderId);
        return ioka.send(call, PayoutOrder.class);
    }

    /** Lets a two-step order go. */
    public Ending<PayoutOrder> accept(PayoutRef ref) {
        return decide(Operation.CONFIRM, ref, "accept");
    }

    /** Ends a two-step order. */
    public Ending<PayoutOrder> decline(PayoutRef ref) {
        return decide(Operation.CANCEL, ref, "decline");
    }

    private Ending<PayoutOrder> decide(Operation operation, PayoutRef ref, String step) {
        String orderId = IokaCall.orderId(ref);
        IokaCall call = IokaCall.post(operation, ORDERS + '/' + orderId + '/' + step, ref)
                .onceForThisOrder(step, orderId);
        return ioka.send(call, PayoutOrder.class);
    }

    /** Asks for an order by its id. */
    public Ending<PayoutOrder> get(Operation operation, PayoutRef ref) {
        return ioka.read(IokaCall.get(operation, pathOf(ref), ref), PayoutOrder.class);
    }

    /** Finds the order of our reference, which is compared here too; no hit is an empty page or 404. */
    public Ending<PayoutOrder> find(Operation operation, PayoutRef ref) {
        IokaCall call = IokaCall.get(operation, ORDERS, ref).query("external_id", ref.reference());
        return ioka.search(call, PayoutOrderPage.class, page -> page.ordersOf(ref.reference()));
    }

    /** Asks for the history of an order, in ioka's order. */
    public Ending<PayoutOrderEventItem[]> events(Operation operation, PayoutRef ref) {
        return ioka.read(IokaCall.get(operation, pathOf(ref) + "/events", ref), PayoutOrderEventItem[].class);
    }

    /** Asks for the payment order of a payout to an account. */
    public Ending<UpcAnswer> paymentOrder(PayoutRef ref) {
        return ioka.read(IokaCall.get(Operation.EXTRA, pathOf(ref) + "/upc", ref), UpcAnswer.class);
    }

    /**
     * Asks for the merchant's balances, page by page.
     *
     * @throws PayoutReadException if no usable answer came, one balance of it cannot be read, or a page repeats one of an earlier page:
     *     it may be the last one again, and what is left out is not known
     */
    public List<Balance> balances() {
        List<Balance> balances = new ArrayList<>();
        Set<String> accounts = new HashSet<>();
        long total;
        int page = 1;
        do {
            Ending<BalancePage> ending = balances(page++);
            BalancePage answer = IokaApi.told(ending);
            List<Balance> more = PayoutOrderReadings.balances(answer).orElseThrow(ending::unread);
            if (more.stream().map(Balance::account).anyMatch(accounts::contains)) {
                throw ending.unread();
            }
            more.forEach(balance -> accounts.add(balance.account()));
            balances.addAll(more);
            total = more.isEmpty() || answer.total() == null ? 0 : answer.total();
        } while (balances.size() < total);
        return List.copyOf(balances);
    }

    private Ending<BalancePage> balances(int page) {
        IokaCall call = IokaCall.get(Operation.BALANCE, "/v2/balances", null);
        return ioka.read(page == 1 ? call : call.query("page", String.valueOf(page)), BalancePage.class);
    }

    private static String pathOf(PayoutRef ref) {
        return ORDERS + '/' + IokaCall.orderId(ref);
    }
}
