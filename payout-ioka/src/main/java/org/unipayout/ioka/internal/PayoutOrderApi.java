package org.unipayout.ioka.internal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.ErrorCategory;
import org.unipayout.Operation;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.ioka.IokaOptions;
import org.unipayout.ioka.internal.wire.BalanceItem;
import org.unipayout.ioka.internal.wire.PayoutOrder;
import org.unipayout.ioka.internal.wire.PayoutOrderEventItem;
import org.unipayout.ioka.internal.wire.PayoutOrderPage;
import org.unipayout.ioka.internal.wire.UpcAnswer;

/** The calls of payout orders, one method each: requests go out, verdicts come back. Thread-safe. */
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
    public Verdict<PayoutOrder> createFirst(PayoutRef ref, PayoutRequest request) {
        return ioka.prepare(creation(Operation.PREPARE, ref, request), PayoutOrder.class);
    }

    /** Creates an order that ioka pays at once, or holds for a decision. */
    public Verdict<PayoutOrder> pay(PayoutRef ref, PayoutRequest request) {
        return ioka.send(creation(Operation.SUBMIT, ref, request), PayoutOrder.class);
    }

    private IokaCall creation(Operation operation, PayoutRef ref, PayoutRequest request) {
        return IokaCall.post(operation, ORDERS, ref, IokaRequests.payoutOrder(request, options.twoStep()))
                .onceForThisBody("create", request.reference());
    }

    /** Pays an order that was created without a card. */
    public Verdict<PayoutOrder> pay(PayoutRef ref, Recipient.Card card) {
        String orderId = IokaCall.orderId(ref);
        IokaCall call = IokaCall.post(
                        Operation.SUBMIT, ORDERS + '/' + orderId + "/confirm", ref, IokaRequests.confirm(card))
                .onceForThisOrder("confirm", orderId);
        return ioka.send(call, PayoutOrder.class);
    }

    /** Lets a two-step order go. */
    public Verdict<PayoutOrder> accept(PayoutRef ref) {
        return decide(Operation.CONFIRM, ref, "accept");
    }

    /** Ends a two-step order. */
    public Verdict<PayoutOrder> decline(PayoutRef ref) {
        return decide(Operation.CANCEL, ref, "decline");
    }

    private Verdict<PayoutOrder> decide(Operation operation, PayoutRef ref, String step) {
        String orderId = IokaCall.orderId(ref);
        IokaCall call = IokaCall.post(operation, ORDERS + '/' + orderId + '/' + step, ref)
                .onceForThisOrder(step, orderId);
        return ioka.send(call, PayoutOrder.class);
    }

    /** Asks for an order by its id. */
    public Verdict<PayoutOrder> get(Operation operation, PayoutRef ref) {
        return ioka.read(IokaCall.get(operation, pathOf(ref), ref), PayoutOrder.class);
    }

    /**
     * Finds the order of our reference, which is compared here too.
     *
     * @throws PayoutReadException if no usable answer came, or ioka has more than one
     */
    public Optional<Verdict.Told<PayoutOrder>> find(Operation operation, PayoutRef ref) {
        IokaCall call = IokaCall.get(operation, ORDERS, ref).query("external_id", ref.reference());
        Verdict<PayoutOrderPage> verdict = ioka.read(call, PayoutOrderPage.class);
        if (verdict.isRefusedAs(ErrorCategory.NOT_FOUND)) {
            return Optional.empty();
        }
        List<@Nullable PayoutOrder> items = verdict instanceof Verdict.Told<PayoutOrderPage> told
                ? told.body().items()
                : null;
        if (items == null) {
            throw ioka.unread(operation, ref, verdict);
        }
        List<PayoutOrder> ours = new ArrayList<>();
        for (PayoutOrder item : items) {
            if (item != null && ref.reference().equals(item.externalId())) {
                ours.add(item);
            }
        }
        if (ours.size() > 1) {
            throw ioka.unread(operation, ref, verdict);
        }
        return ours.stream().findFirst().map(order -> new Verdict.Told<>(order, verdict.traceId()));
    }

    /** Asks for the history of an order, in ioka's order. */
    public Verdict<PayoutOrderEventItem[]> events(Operation operation, PayoutRef ref) {
        return ioka.read(IokaCall.get(operation, pathOf(ref) + "/events", ref), PayoutOrderEventItem[].class);
    }

    /** Asks for the payment order of a payout to an account. */
    public Verdict<UpcAnswer> paymentOrder(PayoutRef ref) {
        return ioka.read(IokaCall.get(Operation.EXTRA, pathOf(ref) + "/upc", ref), UpcAnswer.class);
    }

    /** Asks for the merchant's balances. */
    public Verdict<BalanceItem[]> balances() {
        return ioka.read(IokaCall.get(Operation.BALANCE, "/v2/balances", null), BalanceItem[].class);
    }

    private static String pathOf(PayoutRef ref) {
        return ORDERS + '/' + IokaCall.orderId(ref);
    }
}
