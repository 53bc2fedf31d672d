package org.unipayout.horizonpay.internal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Balance;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.FailureDetails;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.Secret;
import org.unipayout.horizonpay.HorizonPayOptions;
import org.unipayout.horizonpay.HorizonPayPayoutClient;
import org.unipayout.horizonpay.internal.wire.AsyncJob;
import org.unipayout.horizonpay.internal.wire.BalanceAnswer;
import org.unipayout.horizonpay.internal.wire.BalanceQuery;
import org.unipayout.horizonpay.internal.wire.CreatePayout;
import org.unipayout.horizonpay.internal.wire.Envelope;
import org.unipayout.horizonpay.internal.wire.Refusal;
import org.unipayout.horizonpay.internal.wire.TokenizeRecipient;
import org.unipayout.horizonpay.internal.wire.Transaction;
import org.unipayout.horizonpay.internal.wire.Transactions;
import org.unipayout.http.HttpCall;
import org.unipayout.http.HttpOptions;
import org.unipayout.http.HttpTransport;
import org.unipayout.http.Json;
import org.unipayout.http.Redaction;
import org.unipayout.http.Reply;
import org.unipayout.http.UnreadableBodyException;

/** HorizonPay as the flow sees it: one method per call; verdicts and exceptions come back. Thread-safe; close it. */
public final class HorizonPayApi implements AutoCloseable {
    private static final String PROVIDER = HorizonPayPayoutClient.PROVIDER;

    private static final Redaction REDACTION = Redaction.showing(
            "uid",
            "code",
            "status",
            "type",
            "amount",
            "currency",
            "tracking_id",
            "duplicate_check",
            "test",
            "request_id",
            "gateway_id",
            "created_at",
            "updated_at",
            "paid_at");

    private final HttpTransport transport;
    private final Secret authorization;
    private final ErrorBook errorBook = HorizonPayTables.errorBook();

    private HorizonPayApi(HttpTransport transport, Secret authorization) {
        this.transport = transport;
        this.authorization = authorization;
    }

    /** Opens the way to HorizonPay; makes no call. */
    public static HorizonPayApi open(HorizonPayOptions options, HttpOptions http) {
        return new HorizonPayApi(HttpTransport.open(PROVIDER, options.baseUrl(), http, REDACTION), basic(options));
    }

    /** The value of the Authorization header, ours and that of notifications. */
    public static Secret basic(HorizonPayOptions options) {
        String pair = options.shopId() + ":" + options.secretKey().reveal();
        return Secret.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** The platform's codes, with this client's count of unlisted ones. */
    public ErrorBook errorBook() {
        return errorBook;
    }

    // ---------------------------------------------------------------- calls

    /** Makes a payout; sent once. */
    public Verdict submit(PayoutRef ref, CreatePayout payout) {
        return Verdict.of(send(ref, "/transactions/payouts", payout), errorBook);
    }

    /** Queues a payout; sent once. */
    public Verdict enqueue(PayoutRef ref, CreatePayout payout) {
        Reply reply = send(ref, "/async/transactions/payouts", payout);
        return queued(reply).orElseGet(() -> Verdict.of(reply, errorBook));
    }

    private Reply send(PayoutRef ref, String path, CreatePayout payout) {
        return transport.sendOnce(gateway(HttpCall.builder(Operation.SUBMIT, "POST", path)
                        .reference(ref.reference())
                        .body(Json.write(new Envelope(payout))))
                .build());
    }

    private static Optional<Verdict> queued(Reply reply) {
        if (!(reply instanceof Reply.Answer answer) || !answer.successful()) {
            return Optional.empty();
        }
        try {
            AsyncJob job = answer.json(AsyncJob.class);
            return Optional.ofNullable(job.requestId())
                    .filter(HorizonPayReadings::isUsableId)
                    .map(id -> new Verdict.Queued(id, String.valueOf(job.status()), requestId(answer)));
        } catch (UnreadableBodyException e) {
            return Optional.empty();
        }
    }

    /** Asks the queue for a job's result. */
    public Verdict result(Operation operation, PayoutRef ref, String id) {
        Reply.Answer answer = ask(operation, ref, "/async/result/" + id);
        if (answer.status() == 425) {
            return new Verdict.Queued(id, "processing", requestId(answer));
        }
        return saysAbsent(answer) ? new Verdict.Absent(requestId(answer)) : Verdict.of(answer, errorBook);
    }

    /**
     * Asks for a transaction by the gateway's id.
     *
     * @return the transaction; empty if the gateway says that it has none
     * @throws PayoutReadException if the answer was not clear
     */
    public Optional<Verdict.Told> byId(Operation operation, PayoutRef ref, String id) {
        return transaction(operation, ref, ask(operation, ref, "/transactions/" + id));
    }

    /**
     * Asks for all transactions under one {@code tracking_id}; older pages of the platform give one instead of an array.
     *
     * @return the ten most recent at most, in the gateway's order
     * @throws PayoutReadException if the answer was not clear
     */
    public List<Verdict.Told> byReference(Operation operation, PayoutRef ref) {
        Reply.Answer answer = ask(operation, ref, "/v2/transactions/tracking_id/" + ref.reference());
        if (answer.successful()) {
            try {
                List<@Nullable Transaction> listed =
                        answer.json(Transactions.class).transactions();
                if (listed != null) {
                    return unwrapped(operation, ref, answer, listed);
                }
            } catch (UnreadableBodyException e) {
                throw unread(operation, ref, Verdict.of(answer, errorBook));
            }
        }
        return transaction(operation, ref, answer).stream().toList();
    }

    /** An element that cannot be read might be the paid one, so it spoils the whole answer. */
    private List<Verdict.Told> unwrapped(
            Operation operation, PayoutRef ref, Reply.Answer answer, List<@Nullable Transaction> listed) {
        List<Verdict.Told> transactions = listed.stream()
                .flatMap(Stream::ofNullable)
                .flatMap(element -> element.unwrapped().stream())
                .map(transaction -> new Verdict.Told(transaction, requestId(answer)))
                .toList();
        if (transactions.size() < listed.size()) {
            throw unread(operation, ref, Verdict.of(answer, errorBook));
        }
        return transactions;
    }

    private Optional<Verdict.Told> transaction(Operation operation, PayoutRef ref, Reply.Answer answer) {
        Verdict verdict = Verdict.of(answer, errorBook);
        if (verdict instanceof Verdict.Told told && answer.successful()) {
            return Optional.of(told);
        }
        if (saysAbsent(answer)) {
            return Optional.empty();
        }
        throw unread(operation, ref, verdict);
    }

    /** Turns a recipient's card into a token; sent once. */
    public Verdict tokenize(TokenizeRecipient card) {
        Reply.Answer answer = transport.prepare(
                gateway(HttpCall.builder(Operation.EXTRA, "POST", "/transactions/recipient_tokenizations")
                                .reference(card.trackingId())
                                .body(Json.write(new Envelope(card))))
                        .build());
        return Verdict.of(answer, errorBook);
    }

    /**
     * Asks for the acquirer's account.
     *
     * @throws PayoutReadException if the answer was not clear
     */
    public Balance balance(BalanceQuery query) {
        // The one method that is documented with version 2 ("Balance query").
        Reply.Answer answer = transport.read(HttpCall.builder(Operation.BALANCE, "POST", "/balance")
                .secretHeader("Authorization", authorization)
                .header("X-API-Version", "2")
                .body(Json.write(new Envelope(query)))
                .build());
        return balance(answer).orElseThrow(() -> unread(Operation.BALANCE, null, Verdict.of(answer, errorBook)));
    }

    private static Optional<Balance> balance(Reply.Answer answer) {
        try {
            BalanceAnswer body = answer.successful() ? answer.json(BalanceAnswer.class) : null;
            BalanceAnswer.Result result = body == null || !"successful".equals(body.status()) ? null : body.result();
            return result == null || result.amount() == null || result.currency() == null
                    ? Optional.empty()
                    : Optional.of(new Balance(
                            Objects.requireNonNullElse(result.account(), ""),
                            Money.ofMinor(result.amount(), result.currency())));
        } catch (UnreadableBodyException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Reply.Answer ask(Operation operation, PayoutRef ref, String path) {
        return transport.read(gateway(HttpCall.builder(operation, "GET", path).reference(ref.reference()))
                .build());
    }

    private HttpCall.Builder gateway(HttpCall.Builder call) {
        return call.secretHeader("Authorization", authorization).header("X-API-Version", "3");
    }

    /** A 404 that is not the gateway's own is one of a proxy, and says nothing. */
    private static boolean saysAbsent(Reply.Answer answer) {
        if (answer.status() != 404) {
            return false;
        }
        try {
            return answer.json(Refusal.class).unwrapped().says("record not found");
        } catch (UnreadableBodyException e) {
            return false;
        }
    }

    static @Nullable String requestId(Reply.Answer answer) {
        return answer.header("X-Request-Id")
                .filter(id -> id.matches("[!-~]{1,128}"))
                .orElse(null);
    }

    // ---------------------------------------------------------------- exceptions

    /** HorizonPay refused, and nothing was executed. */
    public static PayoutRejectedException rejected(
            Operation operation, PayoutRef ref, ErrorEntry error, String reason) {
        return new PayoutRejectedException(
                details(operation, reason, error.advice(), ref).error(error).build());
    }

    /** A question had no usable answer. */
    public static PayoutReadException unread(Operation operation, @Nullable PayoutRef ref, Verdict verdict) {
        String reason = verdict instanceof Verdict.Refused
                ? "HorizonPay refused the question"
                : "HorizonPay's answer was not clear";
        return new PayoutReadException(details(operation, reason, Advice.ASK_STATUS, ref)
                .error(verdict.error())
                .requestId(verdict.requestId())
                .build());
    }

    /** The details of an exception. */
    public static FailureDetails.Builder details(
            Operation operation, String reason, Advice advice, @Nullable PayoutRef ref) {
        return FailureDetails.builder(PROVIDER, operation, reason, advice)
                .reference(ref == null ? null : ref.reference());
    }

    @Override
    public void close() {
        transport.close();
    }
}
