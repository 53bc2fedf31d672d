package org.unipayout.bank131.internal;

import java.security.SignatureException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.Operation;
import org.unipayout.PayoutRef;
import org.unipayout.Recipient;
import org.unipayout.bank131.Bank131Options;
import org.unipayout.bank131.internal.wire.AccountBalance;
import org.unipayout.bank131.internal.wire.Envelope;
import org.unipayout.bank131.internal.wire.ErrorObject;
import org.unipayout.bank131.internal.wire.FpsBanks;
import org.unipayout.bank131.internal.wire.SessionAnswer;
import org.unipayout.bank131.internal.wire.SessionRequest;
import org.unipayout.bank131.internal.wire.TokenInfo;
import org.unipayout.bank131.internal.wire.Tokenize;
import org.unipayout.bank131.internal.wire.WalletBalance;
import org.unipayout.http.Ending;
import org.unipayout.http.HttpCall;
import org.unipayout.http.HttpOptions;
import org.unipayout.http.HttpTransport;
import org.unipayout.http.Json;
import org.unipayout.http.Redaction;
import org.unipayout.http.Reply;
import org.unipayout.http.UnreadableBodyException;

/**
 * Bank 131's calls, one method each, and what its answers prove. A session that was told is never null, and may stand
 * beside an error: whoever shows our payout and an error at once has not refused it.
 *
 * <p>The error code decides and not the HTTP number, because the bank documents no numbers; a server error proves
 * nothing whatever it holds. Thread-safe; close it.
 */
public final class Bank131Api implements AutoCloseable {
    /** The bank documents no rate limit; that this status means "not executed" is our reading. */
    private static final int TOO_MANY_REQUESTS = 429;

    /** As long as the modulus of 2048 bits; a shorter one is of another key or no signature at all. */
    private static final int SHORTEST_SIGNATURE = 256;

    private static final Redaction REDACTION = Redaction.showing(
                    "type",
                    "session_id",
                    "id",
                    "status",
                    "next_action",
                    "code",
                    "amount",
                    "currency",
                    "created_at",
                    "updated_at",
                    "finished_at",
                    "request_datetime")
            .within(
                    "session",
                    "payments",
                    "payout_list",
                    "acquiring_payments",
                    "payment_list",
                    "payment_method",
                    "payout_details",
                    "payment_details",
                    "amount_details",
                    "amounts",
                    "fee",
                    "merchant_fee",
                    "refunds",
                    "wallets",
                    "error");

    private final Bank131Options options;
    private final HttpTransport transport;
    private final Clock clock;
    private final ErrorBook errorBook;

    private Bank131Api(Bank131Options options, HttpOptions http) {
        this.options = options;
        clock = http.clock();
        errorBook = Bank131Tables.errorBook();
        transport = HttpTransport.open(Bank131Tables.PROVIDER, options.baseUrl(), http, REDACTION);
    }

    /** Opens the way to the bank; makes no call. */
    public static Bank131Api open(Bank131Options options, HttpOptions http) {
        return new Bank131Api(options, http);
    }

    /** The bank's codes, with this client's count of unlisted ones. */
    public ErrorBook errorBook() {
        return errorBook;
    }

    // ---------------------------------------------------------------- sessions

    /** {@code session/create}: moves nothing. */
    public Ending<SessionAnswer> createSession(Route route, PayoutRef ref, SessionRequest body) {
        // No idempotency key: a repeated one is refused without the session id, so a lost answer could never be mended.
        return transport
                .prepare(sessionCall(Operation.PREPARE, route.create(), ref, body)
                        .build())
                .judgedBy(this::judgeSession);
    }

    /** Opens the connection that {@link #startPayout} will take. */
    public void connectAhead(PayoutRef ref) {
        transport.connectAhead(ref.reference());
    }

    /** {@code session/start/payout}, or {@code session/init/payout} if the body names no session: moves money. */
    public Ending<SessionAnswer> startPayout(Route route, PayoutRef ref, SessionRequest body) {
        String method = body.sessionId() == null ? route.init() : route.start();
        return transport
                .sendOnce(sessionCall(Operation.SUBMIT, method, ref, body)
                        .header("X-PARTNER-IDEMPOTENCY-KEY", ref.reference())
                        .build())
                .judgedBy(this::judgeSession);
    }

    /** {@code session/status}: a question. */
    public Ending<SessionAnswer> session(Operation operation, PayoutRef ref, SessionRequest body) {
        return transport
                .read(sessionCall(operation, "/session/status", ref, body).build())
                .judgedBy(this::judgeStatus);
    }

    /** {@code session/confirm}: moves money. */
    public Ending<SessionAnswer> confirm(PayoutRef ref, SessionRequest body) {
        // No idempotency key: a session leaves the state "pending" only once, and a refused confirm must stay possible.
        return transport
                .sendOnce(sessionCall(Operation.CONFIRM, "/session/confirm", ref, body)
                        .build())
                .judgedBy(this::judgeSession);
    }

    /** {@code session/cancel}. */
    public Ending<SessionAnswer> cancel(PayoutRef ref, SessionRequest body) {
        return transport
                .sendOnce(sessionCall(Operation.CANCEL, "/session/cancel", ref, body)
                        .build())
                .judgedBy(this::judgeSession);
    }

    private HttpCall.Builder sessionCall(Operation operation, String method, PayoutRef ref, SessionRequest body) {
        return signed(operation, options.dialect().prefix() + method, body).reference(ref.reference());
    }

    // ---------------------------------------------------------------- questions, whose methods exist in v1 only

    /** {@code wallet/balance}. */
    public WalletBalance.Answer walletBalance() {
        String now = clock.instant().truncatedTo(ChronoUnit.SECONDS).toString();
        return ask(Operation.BALANCE, "/wallet/balance", new WalletBalance.Request(now), WalletBalance.Answer.class);
    }

    /** {@code report/account_balance}. */
    public AccountBalance.Answer accountBalance(String accountNumber) {
        return ask(
                Operation.BALANCE,
                "/report/account_balance",
                new AccountBalance.Request(accountNumber),
                AccountBalance.Answer.class);
    }

    /** {@code token/info} of a card token. */
    public TokenInfo.Answer tokenInfo(Recipient.SavedCard card) {
        return ask(Operation.EXTRA, "/token/info", Bank131Requests.tokenInfo(card), TokenInfo.Answer.class);
    }

    /** {@code tokenize} of a bank account. */
    public Tokenize.Answer tokenize(Recipient.RussianAccount account) {
        return ask(Operation.EXTRA, "/tokenize", Bank131Requests.tokenize(account), Tokenize.Answer.class);
    }

    /** {@code fps/banks}: a GET without a body, signed over nothing. */
    public FpsBanks fpsBanks() {
        HttpCall call = signed(HttpCall.builder(Operation.EXTRA, "GET", "/api/v1/fps/banks"), new byte[0])
                .build();
        return told(call, FpsBanks.class);
    }

    private <T extends Envelope> T ask(Operation operation, String method, Object body, Class<T> type) {
        return told(signed(operation, "/api/v1" + method, body).build(), type);
    }

    private <T extends Envelope> T told(HttpCall question, Class<T> type) {
        Ending<T> ending = transport.read(question).judgedBy(answer -> judge(answer, type));
        if (ending instanceof Ending.Told<T> told) {
            return told.body();
        }
        throw ending.unread();
    }

    // ---------------------------------------------------------------- signatures

    private HttpCall.Builder signed(Operation operation, String path, Object body) {
        byte[] json = Json.write(body);
        return signed(HttpCall.builder(operation, "POST", path).body(json), json);
    }

    /** The signature covers exactly the bytes that are sent, and nothing else ("Format"). */
    private HttpCall.Builder signed(HttpCall.Builder call, byte[] json) {
        options.subMerchant().ifPresent(value -> call.header("X-PARTNER-SUBMERCHANT", value));
        return call.header("X-PARTNER-PROJECT", options.project())
                .lastStep(last -> last.header("X-PARTNER-SIGN", signature(json)));
    }

    private String signature(byte[] json) throws Exception {
        byte[] signature = options.signer().sign(json.clone());
        if (signature == null || signature.length < SHORTEST_SIGNATURE) {
            throw new SignatureException("not a signature of an RSA key of 2048 bits or more");
        }
        return Base64.getEncoder().encodeToString(signature);
    }

    // ---------------------------------------------------------------- what an answer proves

    private Ending<SessionAnswer> judgeSession(Reply.Answer answer) {
        Ending<SessionAnswer> ending = judge(answer, SessionAnswer.class);
        boolean incomplete =
                ending instanceof Ending.Told<SessionAnswer> told && told.body().session() == null;
        return incomplete ? answer.unclear(Evidence.Kind.UNREADABLE_ANSWER, "no session") : ending;
    }

    /**
     * The bank documents no code for a session that it does not know. A status question holds nothing but the id, so a
     * refusal of its content is one about the id. It proves nothing about money either way.
     */
    private Ending<SessionAnswer> judgeStatus(Reply.Answer answer) {
        Ending<SessionAnswer> ending = judgeSession(answer);
        ErrorEntry row = ending.row().orElse(null);
        boolean unknownSession = row != null
                && (row.code().equals("invalid_request")
                        || (answer.status() == 404 && row.category() == ErrorCategory.UNLISTED));
        return unknownSession ? answer.error(errorBook.entry(Bank131Tables.UNKNOWN_SESSION), null) : ending;
    }

    private <T extends Envelope> Ending<T> judge(Reply.Answer answer, Class<T> type) {
        if (answer.status() >= 500) {
            return answer.unclear(Evidence.Kind.SERVER_ERROR, "a server error");
        }
        try {
            T body = answer.json(type);
            if (body.failed()) {
                return body.showsPayout() ? answer.told(body) : byCode(answer, body);
            }
            if (answer.successful() && "ok".equals(body.status())) {
                return answer.told(body);
            }
        } catch (UnreadableBodyException e) {
            if (answer.successful()) {
                return answer.unclear(Evidence.Kind.UNREADABLE_ANSWER, "a body that is not the bank's JSON");
            }
        }
        return withoutCode(answer);
    }

    private <T> Ending<T> byCode(Reply.Answer answer, Envelope body) {
        if ("ok".equals(body.status())) {
            return answer.unclear(Evidence.Kind.UNDOCUMENTED_ANSWER, "ok and an error at once");
        }
        ErrorObject error = body.error();
        String code = error == null || error.code() == null ? "" : error.code();
        boolean says = !code.isEmpty()
                && (answer.status() != TOO_MANY_REQUESTS || errorBook.find(code).isPresent());
        return says
                ? answer.error(errorBook.entry(code), error == null ? null : error.description())
                : withoutCode(answer);
    }

    private <T> Ending<T> withoutCode(Reply.Answer answer) {
        return answer.status() == TOO_MANY_REQUESTS
                ? answer.error(errorBook.entry(Bank131Tables.RATE_LIMIT), null)
                : answer.unclear(Evidence.Kind.UNDOCUMENTED_ANSWER, "neither a result nor an error code");
    }

    @Override
    public void close() {
        transport.close();
    }
}
