package org.unipayout.ioka.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import org.unipayout.Operation;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.http.Ending;
import org.unipayout.ioka.IokaOptions;
import org.unipayout.ioka.internal.wire.Transfer;
import org.unipayout.ioka.internal.wire.TransferOrder;
import org.unipayout.ioka.internal.wire.TransferRequest;

/** The calls of transfer orders, one method each: requests go out, endings come back. Thread-safe. */
public final class TransferOrderApi {
    private static final String ORDERS = "/v2/transfer-orders";

    private final IokaApi ioka;
    private final IokaOptions options;

    /** Calls through an open way to ioka; whoever opened it closes it. */
    public TransferOrderApi(IokaApi ioka, IokaOptions options) {
        this.ioka = ioka;
        this.options = options;
    }

    /** Creates an order; moves no money. */
    public Ending<TransferOrder> create(PayoutRef ref, PayoutRequest request) {
        IokaCall call = IokaCall.post(Operation.PREPARE, ORDERS, ref, IokaRequests.transferOrder(request, options))
                .onceForThisBody("create", request.reference());
        return ioka.prepare(call, TransferOrder.class);
    }

    /** Pays an order to a saved card. */
    public Ending<Transfer> pay(PayoutRef ref, String receiverId) {
        String orderId = IokaCall.orderId(ref);
        IokaCall call = IokaCall.post(
                        Operation.SUBMIT, ORDERS + '/' + orderId + "/payout", ref, new TransferRequest(receiverId))
                .onceForThisOrder("payout", orderId);
        return ioka.send(call, Transfer.class);
    }

    /** Asks for an order by its id. */
    public Ending<TransferOrder> get(Operation operation, PayoutRef ref) {
        return ioka.read(IokaCall.get(operation, ORDERS + '/' + IokaCall.orderId(ref), ref), TransferOrder.class);
    }

    /**
     * Finds the order of our reference. ioka's list copies the filter of payments, so what it gives is compared here too;
     * no hit is an empty list or 404.
     */
    public Ending<TransferOrder> find(Operation operation, PayoutRef ref) {
        IokaCall call = IokaCall.get(operation, ORDERS, ref).query("external_id", ref.reference());
        return ioka.search(
                call,
                TransferOrder[].class,
                orders -> Arrays.stream(orders)
                        .filter(order -> order != null && ref.reference().equals(order.externalId()))
                        .toList());
    }

    /** Asks for the merchant's corporate accounts; ioka documents one, not a list. */
    public Ending<JsonNode> corporateAccounts() {
        return ioka.read(IokaCall.get(Operation.EXTRA, "/v2/corp-accounts", null), JsonNode.class);
    }
}
