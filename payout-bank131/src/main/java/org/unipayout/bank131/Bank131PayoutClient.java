package org.unipayout.bank131;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Detail;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Capabilities.Webhooks;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.Resubmission;
import org.unipayout.bank131.internal.Bank131Api;
import org.unipayout.bank131.internal.Bank131Identity;
import org.unipayout.bank131.internal.Bank131Readings;
import org.unipayout.bank131.internal.Bank131Requests;
import org.unipayout.bank131.internal.Bank131Rules;
import org.unipayout.bank131.internal.Bank131Tables;
import org.unipayout.bank131.internal.Route;
import org.unipayout.bank131.internal.SessionCalls;
import org.unipayout.bank131.internal.Values;
import org.unipayout.bank131.internal.wire.AccountBalance;
import org.unipayout.bank131.internal.wire.FpsBanks;
import org.unipayout.bank131.internal.wire.SessionAnswer;
import org.unipayout.bank131.internal.wire.SessionRequest;
import org.unipayout.bank131.internal.wire.TokenInfo;
import org.unipayout.bank131.internal.wire.WalletBalance;
import org.unipayout.http.Ending;
import org.unipayout.http.HttpOptions;
import org.unipayout.http.HttpTransport;

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
 * webhook and report carries it, and as the idempotency key of the start. As long as the bank keeps that key, and nobody
 * knows how long that is, a second session under the reference starts nothing; afterwards it would pay again. So a handle
 * that is lost must not be replaced by a new one before the webhook, the report of the day or the bank has spoken.
 *
 * <p>Unless the bank's manager switched confirmations off, each payout waits at
 * {@link PayoutStatus#AWAITING_CONFIRMATION} for {@link #confirm}, which may be called in every state.
 *
 * <p>Thread-safe. Owns its connections: close it. Source: developer.131.ru; docs/providers/bank131.md has the decisions.
 */
public final class Bank131PayoutClient implements PayoutClient {
    /** The provider's short name. */
    public static final String PROVIDER = Bank131Tables.PROVIDER;

    /**
     * A start may lie in a queue, and no page says that a session cannot be started twice, or how long a key is kept. A key
     * is there for the repetition of a call whose answer was lost, so it is relied on for as long as that takes.
     */
    private static final Resubmission IN_A_SESSION = new Resubmission.SameHandle(Duration.ZERO, Duration.ofMinutes(30));

    /**
     * Without a session nothing but the idempotency key stands between a lost answer and a second payment, and nobody
     * knows how long the bank keeps it; longer than the three banking days of the slowest transfer.
     */
    private static final Resubmission WITHOUT_SESSION =
            new Resubmission.AfterAbsence(Duration.ofDays(7), 2, Duration.ofHours(1));

    private final Bank131Options options;
    private final Clock clock;
    private final Bank131Api api;
    private final SessionCalls sessions;
    private final Capabilities capabilities;

    private Bank131PayoutClient(Bank131Options options, HttpOptions http) {
        this.options = options;
        clock = http.clock();
        capabilities = capabilities(options, http.callDeadline());
        api = Bank131Api.open(options, http);
        sessions = new SessionCalls(api, Bank131Readings.of(api.errorBook(), options, clock));
    }

    /**
     * Opens a client with the usual timeouts. Makes no call.
     *
     * @param options the merchant's project
     * @return the client; close it
     */
    public static Bank131PayoutClient open(Bank131Options options) {
        return open(options, HttpOptions.defaults());
    }

    /**
     * Opens a client. Makes no call.
     *
     * @param options the merchant's project
     * @param http timeouts, proxy, TLS and audit
     * @return the client; close it
     */
    public static Bank131PayoutClient open(Bank131Options options, HttpOptions http) {
        return new Bank131PayoutClient(options, http);
    }

    private static Capabilities capabilities(Bank131Options options, Duration callDeadline) {
        Resubmission resubmission = options.directInit() ? WITHOUT_SESSION : IN_A_SESSION;
        return Capabilities.builder(PROVIDER, Bank131Tables.REFERENCE_RULE, resubmission, callDeadline)
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
                .account(options.baseUrl().getHost(), options.project())
                .minimum(1)
                .features(
                        Feature.CONFIRM,
                        Feature.CANCEL,
                        Feature.BALANCE,
                        Feature.RETURNS,
                        Feature.LOOKUP_BY_PROVIDER_ID)
                .webhooks(Webhooks.VERIFIED)
                .passesOn(Detail.RECIPIENT_DETAILS, Detail.SENDER, Detail.METADATA)
                .build();
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public ErrorBook errorBook() {
        return api.errorBook();
    }

    // ---------------------------------------------------------------- the flow

    @Override
    public Payout prepare(PayoutRequest request) {
        Route route = check(request);
        PayoutRef ref = PayoutRef.of(PROVIDER, request);
        api.connectAhead(ref);
        if (options.directInit()) {
            return Payout.builder(ref, PayoutStatus.PREPARED, "").build();
        }
        Ending<SessionAnswer> ending = api.createSession(route, ref, Bank131Requests.inAdvance(request));
        if (ending instanceof Ending.Told<SessionAnswer> told) {
            Payout payout = sessions.made(ref, told);
            if (payout.status() == PayoutStatus.PREPARED) {
                return payout;
            }
            throw told.notPrepared("the bank's answer does not show a new session");
        }
        throw ending.notDone();
    }

    /**
     * {@inheritDoc}
     *
     * <p>Looks at the session first and starts only what holds nothing yet: whether the bank would start a second payout
     * in one session, and how long it keeps an idempotency key, is not published.
     */
    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        ref.requireProvider(PROVIDER);
        ref.requireMadeFrom(request);
        Route route = check(request);
        if (options.directInit() && ref.providerId().isEmpty()) {
            return ref.hasEarlierSend() ? SessionCalls.elsewhere(ref) : start(route, ref, request);
        }
        api.connectAhead(ref);
        SessionCalls.Look look = HttpTransport.lookBefore(() -> sessions.look(Operation.SUBMIT, ref));
        if (look.isAbsent() || look.payout().hasEvidence(Evidence.Kind.OTHER_PAYOUT)) {
            throw look.rejected();
        }
        return look.isEmpty() ? start(route, ref, request) : look.payout();
    }

    /** In one go a session that was made a moment ago needs no look before it is started. */
    @Override
    public Payout create(PayoutRequest request) {
        return start(check(request), prepare(request).ref(), request);
    }

    private Payout start(Route route, PayoutRef ref, PayoutRequest request) {
        String sessionId = options.directInit() ? ref.providerId().orElse(null) : SessionCalls.id(ref);
        SessionRequest body = Bank131Requests.payout(sessionId, request, options);
        return sessions.ended(Operation.SUBMIT, ref, api.startPayout(route, ref, body));
    }

    @Override
    public Payout get(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        if (ref.providerId().isEmpty()) {
            throw new PayoutReadException(FailureDetails.builder(
                            PROVIDER,
                            Operation.GET,
                            "the handle has no session id and the bank cannot search by reference; wait for the"
                                    + " webhook, whose metadata carries the reference, and store its session id",
                            Advice.ASK_STATUS)
                    .reference(ref.reference())
                    .build());
        }
        return sessions.look(Operation.GET, ref).payout();
    }

    @Override
    public Payout confirm(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        SessionCalls.Look look = HttpTransport.lookBefore(() -> sessions.look(Operation.CONFIRM, ref));
        if (look.payout().status() != PayoutStatus.AWAITING_CONFIRMATION) {
            return look.payout();
        }
        return sessions.ended(
                Operation.CONFIRM, ref, api.confirm(ref, SessionRequest.of(SessionCalls.id(ref), look.information())));
    }

    @Override
    public Payout cancel(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        String sessionId = SessionCalls.id(ref);
        JsonNode information = options.confirmInformationOnCancel()
                ? HttpTransport.lookBefore(() -> sessions.look(Operation.CANCEL, ref))
                        .information()
                : null;
        return sessions.ended(Operation.CANCEL, ref, api.cancel(ref, SessionRequest.of(sessionId, information)));
    }

    @Override
    public void close() {
        api.close();
    }

    private Route check(PayoutRequest request) {
        capabilities.check(request);
        Bank131Rules.checkInTime(request, clock.instant());
        return Bank131Rules.check(request, options);
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
        WalletBalance.Answer answer = api.walletBalance();
        if (answer.wallets() == null) {
            throw incomplete(Operation.BALANCE);
        }
        List<Balance> balances = new ArrayList<>();
        for (WalletBalance.Item wallet : answer.wallets()) {
            Money available =
                    wallet == null ? null : Values.money(wallet.amountDetails()).orElse(null);
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
        AccountBalance.Answer answer = api.accountBalance(accountNumber);
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
        TokenInfo.Info info = api.tokenInfo(card).info();
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
        String token = api.tokenize(account).token();
        if (!Bank131Identity.isUsableId(token)) {
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
        List<FpsBanks.@Nullable Bank> banks = api.fpsBanks().banks();
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

    private static PayoutReadException incomplete(Operation operation) {
        return new PayoutReadException(FailureDetails.builder(
                        PROVIDER, operation, "the bank's answer lacks what was asked for", Advice.ASK_STATUS)
                .build());
    }

    @Override
    public String toString() {
        return "Bank131PayoutClient[" + options + "]";
    }
}
