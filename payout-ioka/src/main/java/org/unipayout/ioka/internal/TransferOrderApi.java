package org.unipayout.ioka.internal;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.unipayout.ErrorCategory;
import org.unipayout.Operation;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.ioka.IokaOptions;
import org.unipayout.ioka.internal.wire.Transfer;
import org.unipayout.ioka.internal.wire.TransferOrder;
import org.unipayout.ioka.internal.wire.TransferRequest;

/** The calls of transfer orders, one method each: requests go out, verdicts come back. Thread-safe. */
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
    public Verdict<TransferOrder> create(PayoutRef ref, PayoutRequest request) {
        IokaCall call = IokaCall.post(Operation.PREPARE, ORDERS, ref, IokaRequests.transferOrder(request, options))
                .onceForThisBody("create", request.reference());
        return ioka.prepare(call, TransferOrder.class);
    }

    /** Pays an order to a saved card. */
    public Verdict<Transfer> pay(PayoutRef ref, String receiverId) {
        String orderId = IokaCall.orderId(ref);
        IokaCall call = IokaCall.post(
                        Operation.SUBMIT, ORDERS + '/' + orderId + "/payout", ref, new TransferRequest(receiverId))
                .onceForThisOrder("payout", orderId);
        return ioka.send(call, Transfer.class);
    }

    /** Asks for an order by its id. */
    public Verdict<TransferOrder> get(Operation operation, PayoutRef ref) {
        return ioka.read(IokaCall.get(operation, ORDERS + '/' + IokaCall.orderId(ref), ref), TransferOrder.class);
    }

    /**
     * Finds the order of our reference. ioka's list copies the filter of payments, so what it gives is compared here too;
     * no hit is an empty list or 404.
     *
     * @throws PayoutReadException if no usable answer came, or ioka has more than one
     */
    public Optional<TransferOrder> find(Operation operation, PayoutRef ref) {
        IokaCall call = IokaCall.get(operation, ORDERS, ref).query("external_id", ref.reference());
        Verdict<TransferOrder[]> verdict = ioka.read(call, TransferOrder[].class);
        if (verdict instanceof Verdict.Told<TransferOrder[]> told) {
            List<TransferOrder> ours = Arrays.stream(told.body())
                    .filter(order -> order != null && ref.reference().equals(order.externalId()))
                    .toList();
            if (ours.size() <= 1) {
                return ours.stream().findFirst();
            }
        }
        if (verdict.isRefusedAs(ErrorCategory.NOT_FOUND)) {
            return Optional.empty();
        }
        throw ioka.unread(operation, ref, verdict);
    }

    /** Asks for the merchant's corporate accounts; ioka documents one, not a list. */
    public Verdict<JsonNode> corporateAccounts() {
        return ioka.read(IokaCall.get(Operation.EXTRA, "/v2/corp-accounts", null), JsonNode.class);
    }
}
