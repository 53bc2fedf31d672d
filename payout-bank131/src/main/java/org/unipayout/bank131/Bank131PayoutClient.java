package org.unipayout.bank131;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Capabilities.Webhooks;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.ReferenceRule;
import org.unipayout.Resubmission;
import org.unipayout.bank131.internal.Bank131Mapping;
import org.unipayout.bank131.internal.Bank131Rules;
import org.unipayout.bank131.internal.Route;
import org.unipayout.bank131.internal.Verdict;
import org.unipayout.bank131.internal.wire.AccountBalance;
import org.unipayout.bank131.internal.wire.Card;
import org.unipayout.bank131.internal.wire.Envelope;
import org.unipayout.bank131.internal.wire.FpsBanks;
import org.unipayout.bank131.internal.wire.Session;
import org.unipayout.bank131.internal.wire.SessionAnswer;
import org.unipayout.bank131.internal.wire.SessionRequest;
import org.unipayout.bank131.internal.wire.TokenInfo;
import org.unipayout.bank131.internal.wire.Tokenize;
import org.unipayout.bank131.internal.wire.WalletBalance;
import org.unipayout.http.HttpCall;
import org.unipayout.http.HttpOptions;
import org.unipayout.http.HttpTransport;
import org.unipayout.http.Json;
import org.unipayout.http.Redaction;
import org.unipayout.http.Reply;
import org.unipayout.http.RsaSigner;

/**
 * Pays through Bank 131 payment sessions.
 *
 * <pre>
 * prepare            submit                   webhook or get         confirm | cancel     webhook or get
 * session/create ──► session/start/payout ──► ready_to_confirm   ──► session/confirm  ──► payment_finished
 * </pre>
 *
 * <p>A payout of this bank cannot be found by the merchant's own reference, so store the handle between {@link #prepare}
 * and {@link #submit}: the session id in it is the only way to ask. The reference travels in the metadata, hence every
 * webhook and report carries it, and as the idempotency key of the start, hence one reference starts at most one payout
 * even in two sessions.
 *
 * <p>Unless the bank's manager switched confirmations off, each payout waits at
 * {@link PayoutStatus#AWAITING_CONFIRMATION} for {@link #confirm}, which may be called in every state.
 *
 * <p>Thread-safe. Owns its connections: close it. Source: developer.131.ru; docs/providers/bank131.md has the decisions.
 */
public final class Bank131PayoutClient implements PayoutClient {
    /** The provider's short name. */
    public static final String PROVIDER = "bank131";

    /** The bank publishes no rule for keys; ours keeps a reference fit for a header. */
    private static final ReferenceRule REFERENCE =
            new ReferenceRule(64, Pattern.compile("[!-~]+"), "printable ASCII characters without spaces");

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
            "request_datetime");

    private final Bank131Options options;
    private final HttpTransport transport;
    private final RsaSigner signer;
    private final Clock clock;
    private final Capabilities capabilities;
    private final ErrorBook errorBook;

    private Bank131PayoutClient(Builder builder) {
        options = builder.options;
        clock = builder.http.clock();
        signer = RsaSigner.of(options.privateKey());
        capabilities = capabilities(options, builder.http.callDeadline());
        errorBook = readErrorBook();
        transport = HttpTransport.open(PROVIDER, options.baseUrl(), builder.http, REDACTION);
    }

    /**
     * Starts a client.
     *
     * @param options the merchant's project
     * @return a builder
     */
    public static Builder builder(Bank131Options options) {
        return new Builder(options);
    }

    private static Capabilities capabilities(Bank131Options options, Duration callDeadline) {
        Resubmission resubmission = options.directInit()
                ? new Resubmission.SameReference(2, Duration.ofMinutes(10))
                : new Resubmission.SameHandle();
        return Capabilities.builder(PROVIDER, REFERENCE, resubmission, callDeadline)
                .recipients(
                        RecipientKind.SAVED_CARD,
                        RecipientKind.RECURRING_CARD,
                        RecipientKind.CARD_NUMBER,
                        RecipientKind.ENCRYPTED_CARD,
                        RecipientKind.RUSSIAN_ACCOUNT,
                        RecipientKind.SAVED_ACCOUNT,
                        RecipientKind.PHONE,
                        RecipientKind.WALLET)
                .currencies("RUB")
                .minimum(1)
                .features(Feature.CONFIRM, Feature.CANCEL, Feature.BALANCE, Feature.LOOKUP_BY_PROVIDER_ID)
                .webhooks(Webhooks.VERIFIED)
                .build();
    }

    static ErrorBook readErrorBook() {
        InputStream rows = Bank131PayoutClient.class.getResourceAsStream("error-book.tsv");
        return ErrorBook.read(Objects.requireNonNull(rows, "error-book.tsv is part of this module"));
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public ErrorBook errorBook() {
        return errorBook;
    }

    // ---------------------------------------------------------------- the flow

    @Override
    public Payout prepare(PayoutRequest request) {
        Route route = check(request);
        PayoutRef ref = PayoutRef.of(PROVIDER, request);
        if (options.directInit()) {
            return Payout.builder(ref, PayoutStatus.PREPARED, "").build();
        }
        // No idempotency key: a repeated one is refused without the session id, so a lost answer could never be mended.
        Reply.Answer answer =
                transport.prepare(sessionCall(Operation.PREPARE, route.create(), ref, Bank131Mapping.inAdvance(request))
                        .build());
        Verdict<SessionAnswer> verdict = Verdict.of(answer, SessionAnswer.class, errorBook);
        if (verdict instanceof Verdict.Refused<SessionAnswer> refused) {
            throw rejected(Operation.PREPARE, ref, refused.error(), "the bank refused to create a session");
        }
        return session(verdict)
                .map(session -> seen(ref, session))
                .filter(payout -> payout.status() == PayoutStatus.PREPARED)
                .orElseThrow(() -> new PayoutNotPreparedException(
                        details(Operation.PREPARE, "the bank's answer was not clear", Advice.SAME_REFERENCE_LATER, ref)
                                .error(code(verdict))
                                .build()));
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        Route route = check(request);
        Bank131Rules.checkBelongs(ref, request);
        String sessionId = options.directInit() ? null : sessionId(ref);
        HttpCall call = sessionCall(
                        Operation.SUBMIT,
                        sessionId == null ? route.init() : route.start(),
                        ref,
                        Bank131Mapping.payout(sessionId, request, options.dialect()))
                .header("X-PARTNER-IDEMPOTENCY-KEY", ref.reference())
                .build();
        return outcome(Operation.SUBMIT, ref, transport.sendOnce(call));
    }

    @Override
    public Payout get(PayoutRef ref) {
        Bank131Rules.checkOurs(ref);
        if (ref.providerId().isEmpty()) {
            throw new PayoutReadException(details(
                            Operation.GET,
                            "the handle has no session id and the bank cannot search by reference; wait for the"
                                    + " webhook, whose metadata carries the reference, and store its session id",
                            Advice.ASK_STATUS,
                            ref)
                    .build());
        }
        return look(Operation.GET, ref).payout();
    }

    @Override
    public Payout confirm(PayoutRef ref) {
        Bank131Rules.checkOurs(ref);
        Look look = lookBefore(Operation.CONFIRM, ref);
        if (look.payout().status() != PayoutStatus.AWAITING_CONFIRMATION) {
            return look.payout();
        }
        // No idempotency key: a session leaves the state "pending" only once, and a refused confirm must stay possible.
        SessionRequest body = SessionRequest.of(sessionId(ref), look.confirmInformation());
        Reply reply = transport.sendOnce(
                sessionCall(Operation.CONFIRM, "/session/confirm", ref, body).build());
        return outcome(Operation.CONFIRM, ref, reply);
    }

    @Override
    public Payout cancel(PayoutRef ref) {
        Bank131Rules.checkOurs(ref);
        String sessionId = sessionId(ref);
        JsonNode information = options.confirmInformationOnCancel()
                ? lookBefore(Operation.CANCEL, ref).confirmInformation()
                : null;
        SessionRequest body = SessionRequest.of(sessionId, information);
        Reply reply = transport.sendOnce(
                sessionCall(Operation.CANCEL, "/session/cancel", ref, body).build());
        return outcome(Operation.CANCEL, ref, reply);
    }

    @Override
    public void close() {
        transport.close();
    }

    private Route check(PayoutRequest request) {
        capabilities.check(request);
        return Bank131Rules.check(request, options);
    }

    private static String sessionId(PayoutRef ref) {
        return ref.providerId()
                .orElseThrow(() -> new IllegalArgumentException("ref: has no session id; take the one of prepare"));
    }

    // ---------------------------------------------------------------- how calls end

    /** The ending of a call that may move money or cancel, by the table of the money contract. */
    private Payout outcome(Operation operation, PayoutRef ref, Reply reply) {
        Verdict<SessionAnswer> verdict = Verdict.of(reply, SessionAnswer.class, errorBook);
        if (verdict instanceof Verdict.Refused<SessionAnswer> refused) {
            return refused(operation, ref, refused);
        }
        if (verdict instanceof Verdict.Unclear<SessionAnswer> unclear) {
            return Payout.unknown(ref, unclear.words(), unclear.evidence());
        }
        return session(verdict)
                .map(session -> atMost(operation, seen(ref, session)))
                .orElseGet(() -> Payout.unknown(
                        ref, "", new Evidence(Evidence.Kind.UNREADABLE_ANSWER, "The answer has no session")));
    }

    /**
     * The answer to a confirm or a cancel shows the session on its way and not the outcome ("session-confirm"), so it
     * counts as being processed; only a session that is over after a cancel is taken at its word.
     */
    private static Payout atMost(Operation operation, Payout payout) {
        boolean takenAtItsWord = operation == Operation.SUBMIT
                || payout.status() == PayoutStatus.UNKNOWN
                || (operation == Operation.CANCEL && payout.status().isFinal());
        return takenAtItsWord
                ? payout
                : payout.toBuilder()
                        .status(PayoutStatus.PROCESSING)
                        .decline(null)
                        .confirmBefore(null)
                        .build();
    }

    private Payout refused(Operation operation, PayoutRef ref, Verdict.Refused<SessionAnswer> refused) {
        ErrorEntry error = refused.error();
        if (error.proves() == ErrorEntry.Proves.EARLIER_SEND) {
            return earlier(operation, ref, error);
        }
        if (error.proves() == ErrorEntry.Proves.DECLINED && operation == Operation.SUBMIT) {
            return Payout.builder(ref, Bank131Mapping.ending(error.code()), error.code())
                    .decline(new Decline(error, refused.description()))
                    .build();
        }
        throw rejected(operation, ref, error, "the bank refused the call");
    }

    /** A repeated key or a session that is further than we thought: look once, and adopt only what is ours. */
    private Payout earlier(Operation operation, PayoutRef ref, ErrorEntry error) {
        if (ref.providerId().isEmpty()) {
            return duplicate(ref, error, "An earlier call under this reference exists; its webhook names the session");
        }
        Payout found;
        try {
            found = look(operation, ref).payout();
        } catch (PayoutReadException e) {
            return duplicate(ref, error, "An earlier call exists and looking it up had no usable answer");
        }
        boolean another = found.evidence()
                .filter(evidence -> evidence.kind() == Evidence.Kind.CONTRADICTING_ANSWER)
                .isPresent();
        if (another && operation == Operation.SUBMIT && error.category() == ErrorCategory.WRONG_STATE) {
            throw rejected(operation, ref, error, "the session carries another payout, with other data");
        }
        return switch (found.status()) {
            case PREPARED, AWAITING_CONFIRMATION ->
                operation == Operation.SUBMIT && found.status() == PayoutStatus.AWAITING_CONFIRMATION
                        ? found
                        : duplicate(ref, error, "An earlier call exists, and the session does not show it");
            case UNKNOWN -> duplicate(ref, error, "An earlier call exists, and the session is not clear");
            default -> found;
        };
    }

    private static Payout duplicate(PayoutRef ref, ErrorEntry error, String text) {
        return Payout.unknown(ref, error.code(), new Evidence(Evidence.Kind.DUPLICATE, text));
    }

    /** Asks for a session before a call that could change it; without an answer that call is not made. */
    private Look lookBefore(Operation operation, PayoutRef ref) {
        try {
            return look(operation, ref);
        } catch (PayoutReadException e) {
            throw new PayoutNotSentException(details(
                            operation,
                            "the present state could not be read, so nothing was sent",
                            Advice.SAME_REFERENCE_LATER,
                            ref)
                    .error(e.error().orElse(null))
                    .build());
        }
    }

    private record Look(Payout payout, @Nullable JsonNode confirmInformation) {}

    /** Asks for a session. */
    private Look look(Operation operation, PayoutRef ref) {
        SessionRequest body = SessionRequest.of(sessionId(ref), null);
        Reply.Answer answer = transport.read(
                sessionCall(operation, "/session/status", ref, body).build());
        Verdict<SessionAnswer> verdict = Verdict.of(answer, SessionAnswer.class, errorBook);
        Session session = session(verdict).orElse(null);
        if (session != null && verdict instanceof Verdict.Told<SessionAnswer> told) {
            return new Look(seen(ref, session), told.body().confirmInformation());
        }
        if (saysAbsent(answer, verdict)) {
            Evidence absent = new Evidence(Evidence.Kind.ABSENT, "The bank knows no session of this id");
            return new Look(Payout.unknown(ref, "", absent), null);
        }
        throw unread(operation, ref, verdict);
    }

    /**
     * The bank documents no code for a session that it does not know. A status question holds nothing but the id, so a
     * refusal of its content is one about the id. It proves nothing about money either way.
     */
    private static boolean saysAbsent(Reply.Answer answer, Verdict<SessionAnswer> verdict) {
        ErrorEntry error = code(verdict);
        return error != null
                && (error.code().equals("invalid_request")
                        || (answer.status() == 404 && error.category() == ErrorCategory.UNLISTED));
    }

    private Payout seen(PayoutRef ref, Session session) {
        return Bank131Mapping.payout(ref, session, errorBook, options.confirmationWindow());
    }

    private static Optional<Session> session(Verdict<SessionAnswer> verdict) {
        return verdict instanceof Verdict.Told<SessionAnswer> told
                ? Optional.ofNullable(told.body().session())
                : Optional.empty();
    }

    private static @Nullable ErrorEntry code(Verdict<?> verdict) {
        if (verdict instanceof Verdict.Refused<?> refused) {
            return refused.error();
        }
        return verdict instanceof Verdict.Unclear<?> unclear ? unclear.error() : null;
    }

    private static PayoutRejectedException rejected(
            Operation operation, PayoutRef ref, ErrorEntry error, String reason) {
        return new PayoutRejectedException(
                details(operation, reason, error.advice(), ref).error(error).build());
    }

    private static PayoutReadException unread(Operation operation, @Nullable PayoutRef ref, Verdict<?> verdict) {
        String reason = verdict instanceof Verdict.Refused<?>
                ? "the bank refused the question"
                : "the bank's answer was not clear";
        return new PayoutReadException(details(operation, reason, Advice.ASK_STATUS, ref)
                .error(code(verdict))
                .build());
    }

    private static FailureDetails.Builder details(
            Operation operation, String reason, Advice advice, @Nullable PayoutRef ref) {
        return FailureDetails.builder(PROVIDER, operation, reason, advice)
                .reference(ref == null ? null : ref.reference());
    }

    // ---------------------------------------------------------------- what only this bank has

    /**
     * Asks for the balance of the collateral account ({@code wallet/balance}).
     *
     * @return one balance per wallet
     * @throws PayoutReadException if no usable answer came; nothing changed
     */
    @Override
    public List<Balance> balance() {
        WalletBalance.Request body = new WalletBalance.Request(
                clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
        WalletBalance.Answer answer = ask(Operation.BALANCE, "/wallet/balance", body, WalletBalance.Answer.class);
        if (answer.wallets() == null) {
            throw incomplete(Operation.BALANCE);
        }
        List<Balance> balances = new ArrayList<>();
        for (WalletBalance.Item wallet : answer.wallets()) {
            Money available = wallet == null
                    ? null
                    : Bank131Mapping.money(wallet.amountDetails()).orElse(null);
            if (wallet == null || available == null) {
                throw incomplete(Operation.BALANCE);
            }
            balances.add(new Balance(Objects.requireNonNullElse(wallet.id(), ""), available));
        }
        return List.copyOf(balances);
    }

    /**
     * Asks for the balance of a settlement or escrow account ({@code report/account_balance}). The bank's page names no
     * unit; it is taken for kopecks.
     *
     * @param accountNumber 20 digits that start with 40701, 40702, 40703, 40802 or 40807
     * @return its balance
     * @throws IllegalArgumentException if the number has another form
     * @throws PayoutReadException if no usable answer came; nothing changed
     */
    public Balance accountBalance(String accountNumber) {
        if (accountNumber == null || !accountNumber.matches("(40701|40702|40703|40802|40807)[0-9]{15}")) {
            throw new IllegalArgumentException(
                    "accountNumber: must be 20 digits that start with 40701, 40702, 40703, 40802 or 40807");
        }
        AccountBalance.Answer answer = ask(
                Operation.BALANCE,
                "/report/account_balance",
                new AccountBalance.Request(accountNumber),
                AccountBalance.Answer.class);
        AccountBalance.Current balance = answer.balance();
        if (balance == null || balance.currentBalance() == null || !"RUB".equals(answer.accountCurrency())) {
            throw incomplete(Operation.BALANCE);
        }
        return new Balance(accountNumber, Money.ofMinor(balance.currentBalance(), "RUB"));
    }

    /**
     * What a card token stands for, to show the recipient which card will be paid.
     *
     * @param brand for example {@code visa}; empty if the bank does not say
     * @param lastFour last four digits; empty if the bank does not say
     * @param country country of the issuer, ISO 3166 alpha-3; empty if the bank does not say
     */
    public record CardInfo(String brand, String lastFour, String country) {}

    /**
     * Looks inside a card token ({@code token/info}).
     *
     * @param card the token
     * @return what it stands for
     * @throws PayoutReadException if no usable answer came; nothing changed
     */
    public CardInfo tokenInfo(Recipient.SavedCard card) {
        TokenInfo.Request body = new TokenInfo.Request("card", Card.of(new Card.TokenizedCard(card.token())));
        TokenInfo.Info info = ask(Operation.EXTRA, "/token/info", body, TokenInfo.Answer.class)
                .info();
        if (info == null) {
            throw incomplete(Operation.EXTRA);
        }
        return new CardInfo(
                Objects.requireNonNullElse(info.brand(), ""),
                Objects.requireNonNullElse(info.last4(), ""),
                Objects.requireNonNullElse(info.countryIso3(), ""));
    }

    /**
     * Turns a bank account into a token ({@code tokenize}), so that its number need not be kept.
     *
     * @param account the account
     * @return the same recipient by token
     * @throws PayoutReadException if no usable answer came; nothing changed
     */
    public Recipient.SavedAccount tokenizeAccount(Recipient.RussianAccount account) {
        Tokenize.Request body =
                new Tokenize.Request("bank_account_ru", new Tokenize.Account(account.bik(), account.account()));
        String token =
                ask(Operation.EXTRA, "/tokenize", body, Tokenize.Answer.class).token();
        if (!Bank131Mapping.isUsableId(token)) {
            throw incomplete(Operation.EXTRA);
        }
        return new Recipient.SavedAccount(Objects.requireNonNull(token), account.holderName());
    }

    /**
     * A bank in the Faster Payments System.
     *
     * @param id 12 digits, for {@link Recipient.Phone#bankId}
     * @param englishName name in English; empty if the bank list has none
     * @param russianName name in Russian; empty if the bank list has none
     */
    public record FpsBank(String id, String englishName, String russianName) {}

    /**
     * Lists the banks of the Faster Payments System ({@code fps/banks}).
     *
     * @return the banks, in the bank's order; unmodifiable
     * @throws PayoutReadException if no usable answer came; nothing changed
     */
    public List<FpsBank> fpsBanks() {
        HttpCall call = signed(HttpCall.builder(Operation.EXTRA, "GET", "/api/v1/fps/banks"), new byte[0])
                .build();
        List<FpsBanks.@Nullable Bank> banks =
                told(Operation.EXTRA, transport.read(call), FpsBanks.class).banks();
        if (banks == null) {
            throw incomplete(Operation.EXTRA);
        }
        return banks.stream()
                .filter(bank -> bank != null && bank.id() != null)
                .map(bank -> new FpsBank(
                        String.valueOf(bank.id()),
                        Objects.requireNonNullElse(bank.engName(), ""),
                        Objects.requireNonNullElse(bank.ruName(), "")))
                .toList();
    }

    /** Asks a question whose methods exist in v1 only. */
    private <T extends Envelope> T ask(Operation operation, String method, Object body, Class<T> type) {
        byte[] json = Json.write(body);
        HttpCall call = signed(
                        HttpCall.builder(operation, "POST", "/api/v1" + method).body(json), json)
                .build();
        return told(operation, transport.read(call), type);
    }

    private <T extends Envelope> T told(Operation operation, Reply.Answer answer, Class<T> type) {
        Verdict<T> verdict = Verdict.of(answer, type, errorBook);
        if (verdict instanceof Verdict.Told<T> told) {
            return told.body();
        }
        throw unread(operation, null, verdict);
    }

    private static PayoutReadException incomplete(Operation operation) {
        return new PayoutReadException(
                details(operation, "the bank's answer lacks what was asked for", Advice.ASK_STATUS, null)
                        .build());
    }

    // ---------------------------------------------------------------- calls

    private HttpCall.Builder sessionCall(Operation operation, String method, PayoutRef ref, SessionRequest body) {
        byte[] json = Json.write(body);
        String path = options.dialect().prefix() + method;
        return signed(
                HttpCall.builder(operation, "POST", path)
                        .reference(ref.reference())
                        .body(json),
                json);
    }

    /** The signature covers exactly the bytes that are sent, and nothing else ("Format"). */
    private HttpCall.Builder signed(HttpCall.Builder call, byte[] json) {
        options.subMerchant().ifPresent(value -> call.header("X-PARTNER-SUBMERCHANT", value));
        return call.header("X-PARTNER-PROJECT", options.project()).header("X-PARTNER-SIGN", signer.sign(json));
    }

    @Override
    public String toString() {
        return "Bank131PayoutClient[" + options + "]";
    }

    /** Collects the optional parts. Not thread-safe. */
    public static final class Builder {
        private final Bank131Options options;
        private HttpOptions http = HttpOptions.defaults();

        private Builder(Bank131Options options) {
            this.options = Objects.requireNonNull(options, "options");
        }

        /**
         * Sets timeouts, proxy, TLS and audit.
         *
         * @param value {@link HttpOptions#defaults} if not set
         * @return this builder
         */
        public Builder http(HttpOptions value) {
            http = Objects.requireNonNull(value, "http");
            return this;
        }

        /**
         * Opens the client. Makes no call.
         *
         * @return the client; close it
         * @throws IllegalArgumentException if the private key is not an RSA key of at least 2048 bits
         */
        public Bank131PayoutClient build() {
            return new Bank131PayoutClient(this);
        }
    }
}
