package org.unipayout.bereke.internal;

import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.Operation;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.bereke.BerekeOptions;
import org.unipayout.bereke.BerekePayoutClient;
import org.unipayout.bereke.internal.wire.AmountAnswer;
import org.unipayout.bereke.internal.wire.Envelope;
import org.unipayout.bereke.internal.wire.GetPayoutStatus;
import org.unipayout.bereke.internal.wire.Order;
import org.unipayout.bereke.internal.wire.RegisteredPayout;
import org.unipayout.http.Ending;
import org.unipayout.http.HttpCall;
import org.unipayout.http.HttpOptions;
import org.unipayout.http.HttpTransport;
import org.unipayout.http.Json;
import org.unipayout.http.Redaction;
import org.unipayout.http.Reply;

/** The bank as the client sees it: one method per call of its API; endings come back. Thread-safe; close it. */
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
                    "balanceCurrency")
            .within("operationList", "balanceDescriptionList");

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

    /**
     * Registers a payout whose card is typed on the bank's page.
     *
     * @param lifetime how long the page lives, or null for the bank's own time
     */
    public Ending<RegisteredPayout> registerPayout(
            PayoutRef ref, PayoutRequest request, Recipient.HostedForm form, @Nullable Duration lifetime) {
        HttpCall call = call(
                Operation.PREPARE,
                "/registerPayout.do",
                ref,
                BerekeRequests.registerPayout(request, form, lifetime, options));
        return judged(transport.prepare(call), RegisteredPayout.class);
    }

    /** Opens the connection that {@link #performPayout} will take. */
    public void connectAhead(PayoutRef ref) {
        transport.connectAhead(ref.reference());
    }

    /** Pays a card. */
    public Ending<Order> performPayout(PayoutRef ref, PayoutRequest request) {
        HttpCall call =
                call(Operation.SUBMIT, "/performPayout.do", ref, BerekeRequests.performPayout(request, options));
        return judged(transport.sendOnce(call), Order.class);
    }

    /** Asks for the order that carries our reference. */
    public Ending<Order> orderByNumber(Operation operation, PayoutRef ref) {
        return getPayoutStatus(operation, ref, BerekeRequests.statusByOrderNumber(ref, options));
    }

    /** Asks for the order that the bank named. */
    public Ending<Order> orderById(Operation operation, PayoutRef ref, String orderId) {
        return getPayoutStatus(operation, ref, BerekeRequests.statusByOrderId(orderId, options));
    }

    private Ending<Order> getPayoutStatus(Operation operation, PayoutRef ref, GetPayoutStatus question) {
        return judged(transport.read(call(operation, "/getPayoutStatus.do", ref, question)), Order.class);
    }

    /**
     * Asks for a balance.
     *
     * @param sourceBindingId a corporate card, or null for the transit account
     */
    public Ending<AmountAnswer> getAmount(@Nullable String sourceBindingId) {
        HttpCall call =
                call(Operation.BALANCE, "/getAmount.do", null, BerekeRequests.getAmount(sourceBindingId, options));
        return judged(transport.read(call), AmountAnswer.class);
    }

    /** Asks whether the module is up; the one call without JSON. */
    public Ending<String> echo() {
        HttpCall call = HttpCall.builder(Operation.EXTRA, "GET", ROOT + "/echo")
                .lastStep(last ->
                        options.extraHeaders().of(ROOT + "/echo", new byte[0]).forEach(last::header))
                .build();
        return transport.read(call).judgedBy(BerekeApi::text);
    }

    private static Ending<String> text(Reply.Answer answer) {
        String text = answer.text().trim();
        return answer.successful() && !text.isEmpty()
                ? answer.told(text)
                : answer.unclear(Evidence.Kind.UNDOCUMENTED_ANSWER, "no text");
    }

    private <T extends Envelope> Ending<T> judged(Reply reply, Class<T> type) {
        return reply.judgedBy(answer -> BerekeErrors.judge(answer, type, errorBook));
    }

    private HttpCall call(Operation operation, String method, @Nullable PayoutRef ref, Object body) {
        HttpCall.Builder call =
                HttpCall.builder(operation, "POST", ROOT + method).reference(ref == null ? null : ref.reference());
        return (isKnownBefore() ? call.body(Json.write(body)) : call.lastStep(last -> complete(last, method, body)))
                .build();
    }

    /** Whether a call is the same now and in the moment of sending: no password may be exchanged by then, nobody signs. */
    private boolean isKnownBefore() {
        return !options.password().isSupplied() && options.extraHeaders().equals(BerekeOptions.ExtraHeaders.NONE);
    }

    private void complete(HttpCall.Builder call, String method, Object body) {
        byte[] json = Json.write(body);
        call.body(json);
        options.extraHeaders().of(ROOT + method, json.clone()).forEach(call::header);
    }

    @Override
    public void close() {
        transport.close();
    }
}
