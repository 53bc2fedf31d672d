package org.unipayout.bereke.internal;

import java.io.InputStream;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.FailureDetails;
import org.unipayout.Operation;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.bereke.BerekeOptions;
import org.unipayout.bereke.BerekePayoutClient;
import org.unipayout.bereke.internal.wire.AmountAnswer;
import org.unipayout.bereke.internal.wire.GetPayoutStatus;
import org.unipayout.bereke.internal.wire.Order;
import org.unipayout.bereke.internal.wire.RegisteredPayout;
import org.unipayout.http.HttpCall;
import org.unipayout.http.HttpOptions;
import org.unipayout.http.HttpTransport;
import org.unipayout.http.Json;
import org.unipayout.http.Redaction;
import org.unipayout.http.Reply;

/** The bank as the client sees it: one method per call of its API; verdicts and exceptions come back. Thread-safe; close it. */
public final class BerekeApi implements AutoCloseable {
    private static final String ROOT = "/payouts/api/v2";

    private static final Redaction REDACTION = Redaction.showing(
            "orderNumber",
            "orderId",
            "orderStatus",
            "OrderStatus",
            "errorCode",
            "amount",
            "fee",
            "currency",
            "creationDate",
            "operationType",
            "operationDate",
            "datetime",
            "resultCode",
            "refNum",
            "sessionTimeoutSecs",
            "balanceSign",
            "balanceAmount",
            "balanceCurrency");

    private final BerekeOptions options;
    private final HttpTransport transport;
    private final ErrorBook errorBook;

    private BerekeApi(BerekeOptions options, HttpTransport transport, ErrorBook errorBook) {
        this.options = options;
        this.transport = transport;
        this.errorBook = errorBook;
    }

    /** Opens the way to the bank; makes no call. */
    public static BerekeApi open(BerekeOptions options, HttpOptions http) {
        InputStream rows = BerekePayoutClient.class.getResourceAsStream("error-book.tsv");
        ErrorBook errorBook = ErrorBook.read(Objects.requireNonNull(rows, "error-book.tsv is part of this module"));
        return new BerekeApi(
                options,
                HttpTransport.open(BerekePayoutClient.PROVIDER, options.baseUrl(), http, REDACTION),
                errorBook);
    }

    /** The bank's codes, with this client's count of unlisted ones. */
    public ErrorBook errorBook() {
        return errorBook;
    }

    // ---------------------------------------------------------------- calls

    /** Registers a payout whose card is typed on the bank's page. */
    public Verdict<RegisteredPayout> registerPayout(PayoutRef ref, PayoutRequest request, Recipient.HostedForm form) {
        HttpCall call = call(
                Operation.PREPARE, "/registerPayout.do", ref, BerekeRequests.registerPayout(request, form, options));
        return Verdict.of(transport.prepare(call), RegisteredPayout.class, errorBook);
    }

    /** Pays a card. */
    public Verdict<Order> performPayout(PayoutRef ref, PayoutRequest request) {
        HttpCall call =
                call(Operation.SUBMIT, "/performPayout.do", ref, BerekeRequests.performPayout(request, options));
        return Verdict.of(transport.sendOnce(call), Order.class, errorBook);
    }

    /** Asks for the order that carries our reference. */
    public Verdict<Order> orderByNumber(Operation operation, PayoutRef ref) {
        return getPayoutStatus(operation, ref, BerekeRequests.statusByOrderNumber(ref, options));
    }

    /** Asks for the order that the bank named. */
    public Verdict<Order> orderById(Operation operation, PayoutRef ref, String orderId) {
        return getPayoutStatus(operation, ref, BerekeRequests.statusByOrderId(orderId, options));
    }

    private Verdict<Order> getPayoutStatus(Operation operation, PayoutRef ref, GetPayoutStatus question) {
        return Verdict.of(
                transport.read(call(operation, "/getPayoutStatus.do", ref, question)), Order.class, errorBook);
    }

    /**
     * Asks for a balance.
     *
     * @param sourceBindingId a corporate card, or null for the transit account
     */
    public Verdict<AmountAnswer> getAmount(@Nullable String sourceBindingId) {
        HttpCall call =
                call(Operation.BALANCE, "/getAmount.do", null, BerekeRequests.getAmount(sourceBindingId, options));
        return Verdict.of(transport.read(call), AmountAnswer.class, errorBook);
    }

    /** Asks whether the module is up; the one call without JSON. */
    public String echo() {
        HttpCall.Builder call = HttpCall.builder(Operation.EXTRA, "GET", ROOT + "/echo");
        options.extraHeaders().of(ROOT + "/echo", new byte[0]).forEach(call::header);
        Reply.Answer answer = transport.read(call.build());
        String text = answer.text().trim();
        if (!answer.successful() || text.isEmpty()) {
            throw unread(Operation.EXTRA, null, null);
        }
        return text;
    }

    private HttpCall call(Operation operation, String method, @Nullable PayoutRef ref, Object body) {
        byte[] json = Json.write(body);
        HttpCall.Builder call = HttpCall.builder(operation, "POST", ROOT + method)
                .reference(ref == null ? null : ref.reference())
                .body(json);
        options.extraHeaders().of(ROOT + method, json.clone()).forEach(call::header);
        return call.build();
    }

    // ---------------------------------------------------------------- exceptions

    /** The bank refused, and nothing was executed. */
    public static PayoutRejectedException rejected(
            Operation operation, PayoutRef ref, ErrorEntry error, String reason, Advice advice) {
        return new PayoutRejectedException(
                details(operation, reason, advice, ref).error(error).build());
    }

    /** A registration had no clear answer. */
    public static PayoutNotPreparedException notPrepared(PayoutRef ref, @Nullable ErrorEntry error) {
        return new PayoutNotPreparedException(
                details(Operation.PREPARE, "the bank's answer was not clear", Advice.SAME_REFERENCE_LATER, ref)
                        .error(error)
                        .build());
    }

    /** A question had no usable answer. */
    public static PayoutReadException unread(Operation operation, @Nullable PayoutRef ref, @Nullable ErrorEntry error) {
        return new PayoutReadException(
                details(operation, "the bank gave no usable answer to the question", Advice.ASK_STATUS, ref)
                        .error(error)
                        .build());
    }

    /** The details of an exception of this flow. */
    public static FailureDetails.Builder details(
            Operation operation, String reason, Advice advice, @Nullable PayoutRef ref) {
        return FailureDetails.builder(BerekePayoutClient.PROVIDER, operation, reason, advice)
                .reference(ref == null ? null : ref.reference());
    }

    @Override
    public void close() {
        transport.close();
    }
}
