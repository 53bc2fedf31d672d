package org.unipayout.horizonpay.internal;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Function;
import org.unipayout.Balance;
import org.unipayout.ErrorBook;
import org.unipayout.Operation;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.Secret;
import org.unipayout.horizonpay.HorizonPayOptions;
import org.unipayout.horizonpay.HorizonPayPayoutClient;
import org.unipayout.horizonpay.internal.wire.AsyncJob;
import org.unipayout.horizonpay.internal.wire.BalanceAnswer;
import org.unipayout.horizonpay.internal.wire.BalanceQuery;
import org.unipayout.horizonpay.internal.wire.CreatePayout;
import org.unipayout.horizonpay.internal.wire.Envelope;
import org.unipayout.horizonpay.internal.wire.TokenizeRecipient;
import org.unipayout.horizonpay.internal.wire.Transaction;
import org.unipayout.http.Ending;
import org.unipayout.http.HttpCall;
import org.unipayout.http.HttpOptions;
import org.unipayout.http.HttpTransport;
import org.unipayout.http.Json;
import org.unipayout.http.Redaction;
import org.unipayout.http.Reply;

/** HorizonPay as the flow sees it: one method per call, request out and ending back. Thread-safe; close it. */
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
                    "paid_at")
            .within("request", "response", "result", "transaction", "transactions", "payout", "account");

    private final HttpTransport transport;
    private final Secret authorization;
    private final HorizonPayJudge judge = new HorizonPayJudge(HorizonPayTables.errorBook());

    private HorizonPayApi(HttpTransport transport, Secret authorization) {
        this.transport = transport;
        this.authorization = authorization;
    }

    /** Opens the way to HorizonPay; makes no call. */
    public static HorizonPayApi open(HorizonPayOptions options, HttpOptions http) {
        return new HorizonPayApi(HttpTransport.open(PROVIDER, options.baseUrl(), http, REDACTION), basic(options));
    }

    /** The value of the Authorization header, ours and that of notifications; supplied if the secret key is. */
    public static Secret basic(HorizonPayOptions options) {
        Secret key = options.secretKey();
        return key.isSupplied() ? Secret.supplied(() -> basic(options.shopId(), key)) : basic(options.shopId(), key);
    }

    private static Secret basic(String shopId, Secret key) {
        String pair = shopId + ":" + key.reveal();
        return Secret.of("Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
    }

    /** The platform's codes, with this client's count of unlisted ones. */
    public ErrorBook errorBook() {
        return judge.errorBook();
    }

    // ---------------------------------------------------------------- calls

    /** Opens the connection that {@link #submit} or {@link #enqueue} will take. */
    public void connectAhead(PayoutRef ref) {
        transport.connectAhead(ref.reference());
    }

    /** Makes a payout; sent once. */
    public Ending<Transaction> submit(PayoutRef ref, CreatePayout payout) {
        return send(ref, "/transactions/payouts", payout)
                .judgedBy(answer -> judge.made(answer, ref.reference(), Function.identity()));
    }

    /** Queues a payout; sent once. */
    public Ending<AsyncJob> enqueue(PayoutRef ref, CreatePayout payout) {
        return send(ref, "/async/transactions/payouts", payout).judgedBy(judge::queued);
    }

    private Reply send(PayoutRef ref, String path, CreatePayout payout) {
        return transport.sendOnce(gateway(HttpCall.builder(Operation.SUBMIT, "POST", path)
                        .reference(ref.reference())
                        .body(Json.write(new Envelope(payout))))
                .build());
    }

    /** Asks the queue for a job's result. */
    Ending<QueueEntry> result(Operation operation, PayoutRef ref, String id) {
        return ask(operation, ref, "/async/result/" + id).judgedBy(answer -> judge.dequeued(answer, ref.reference()));
    }

    /** Whether the queue says that a job is done. */
    boolean isDone(Operation operation, PayoutRef ref, String id) {
        Reply.Answer answer = ask(operation, ref, "/async/status/" + id);
        return answer.successful()
                && HorizonPayJudge.body(answer, AsyncJob.class)
                        .filter(job -> HorizonPayTables.JOB_DONE.equals(job.status()))
                        .isPresent();
    }

    /** Asks for a transaction by the gateway's id; told nothing if the gateway says that it has none. */
    Ending<List<Transaction>> byId(Operation operation, PayoutRef ref, String id) {
        return ask(operation, ref, "/transactions/" + id).judgedBy(judge::found);
    }

    /** Asks for the transactions under one {@code tracking_id}, the {@link HorizonPayTables#MOST_LISTED} newest at most. */
    Ending<List<Transaction>> byReference(Operation operation, PayoutRef ref) {
        return ask(operation, ref, "/v2/transactions/tracking_id/" + ref.reference())
                .judgedBy(judge::found);
    }

    /** Turns a recipient's card into a token; sent once. */
    public Ending<Transaction> tokenize(TokenizeRecipient card) {
        return transport
                .prepare(gateway(HttpCall.builder(Operation.EXTRA, "POST", "/transactions/recipient_tokenizations")
                                .reference(card.trackingId())
                                .body(Json.write(new Envelope(card))))
                        .build())
                .judgedBy(answer -> judge.made(answer, card.trackingId(), Function.identity()));
    }

    /** Asks for the acquirer's account. */
    public Ending<Balance> balance(BalanceQuery query) {
        // The one method that is documented with version 2 ("Balance query").
        return transport
                .read(HttpCall.builder(Operation.BALANCE, "POST", "/balance")
                        .secretHeader("Authorization", authorization)
                        .header("X-API-Version", "2")
                        .body(Json.write(new Envelope(query)))
                        .build())
                .judgedBy(answer -> judge.told(
                        answer,
                        HorizonPayJudge.body(answer, BalanceAnswer.class)
                                .filter(body -> answer.successful())
                                .flatMap(HorizonPayReadings::balance)));
    }

    private Reply.Answer ask(Operation operation, PayoutRef ref, String path) {
        return transport.read(gateway(HttpCall.builder(operation, "GET", path).reference(ref.reference()))
                .build());
    }

    private HttpCall.Builder gateway(HttpCall.Builder call) {
        return call.secretHeader("Authorization", authorization).header("X-API-Version", "3");
    }

    /**
     * The answer to a question.
     *
     * @throws PayoutReadException if it was not clear
     */
    public static <T> Ending.Told<T> told(Ending<T> ending) {
        if (ending instanceof Ending.Told<T> told) {
            return told;
        }
        throw ending.unread();
    }

    @Override
    public void close() {
        transport.close();
    }
}
