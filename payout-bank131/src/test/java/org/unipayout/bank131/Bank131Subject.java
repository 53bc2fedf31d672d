package org.unipayout.bank131;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.unipayout.CardNumber;
import org.unipayout.Money;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.Secret;
import org.unipayout.bank131.Bank131Options.Dialect;
import org.unipayout.http.HttpOptions;
import org.unipayout.simulator.bank131.Bank131Simulator;
import org.unipayout.testkit.ContractSettings;
import org.unipayout.testkit.ContractSubject;
import org.unipayout.testkit.Simulator;

/** What the contract suite must know about this adapter. */
final class Bank131Subject extends ContractSubject {
    private static final String ACCOUNT_TOKEN = "3f03ee2580046153bb0aa859558e7ada10d3835270fdb4c4b70961239d37f31d";
    private static final String OTHER_TOKEN = "00d48ef4971fc19fab0000000000000000000000000000000000000000000002";
    private static final String WRONG_KEY = Samples.privatePem(Samples.keys());

    private final Bank131Simulator bank;
    private final Dialect dialect;

    Bank131Subject(Bank131Simulator bank, Dialect dialect) {
        this.bank = bank;
        this.dialect = dialect;
    }

    @Override
    public Simulator simulator() {
        return bank;
    }

    @Override
    public PayoutClient client(URI baseUrl, ContractSettings settings) {
        return client(baseUrl, settings, bank.partnerPrivateKeyPem());
    }

    @Override
    public PayoutClient clientWithWrongCredentials(URI baseUrl, ContractSettings settings) {
        return client(baseUrl, settings, WRONG_KEY);
    }

    private PayoutClient client(URI baseUrl, ContractSettings settings, String privateKey) {
        HttpOptions http = HttpOptions.builder()
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.readTimeout())
                .callDeadline(settings.callDeadline())
                .maxResponseBytes(settings.maxResponseBytes())
                .time(settings.clock(), settings.sleeper(), settings.random())
                .exchangeSink(settings.sink())
                .build();
        return Bank131PayoutClient.open(
                Bank131Options.builder(baseUrl, bank.projectId(), Secret.pem(privateKey))
                        .dialect(dialect)
                        .build(),
                http);
    }

    @Override
    public PayoutRequest.Builder request(String reference, long minorUnits) {
        return request(RecipientKind.SAVED_CARD, reference, minorUnits);
    }

    @Override
    public PayoutRequest.Builder request(RecipientKind kind, String reference, long minorUnits) {
        return request(recipient(kind), reference, minorUnits);
    }

    @Override
    public PayoutRequest.Builder requestToAnother(RecipientKind kind, String reference, long minorUnits) {
        return request(another(kind), reference, minorUnits);
    }

    private static PayoutRequest.Builder request(Recipient recipient, String reference, long minorUnits) {
        return PayoutRequest.builder(reference, Money.ofMinor(minorUnits, "RUB"), recipient)
                .description("За услуги")
                .recipientDetails(Samples.person());
    }

    private static Recipient recipient(RecipientKind kind) {
        return switch (kind) {
            case SAVED_CARD -> new Recipient.SavedCard(Samples.TOKEN);
            case RECURRING_CARD -> new Recipient.RecurringCard(Samples.TOKEN);
            case CARD_NUMBER -> Samples.card();
            case ENCRYPTED_CARD -> new Recipient.EncryptedCard("0123456789abcdef");
            case RUSSIAN_ACCOUNT -> Samples.account();
            case SAVED_ACCOUNT -> new Recipient.SavedAccount(ACCOUNT_TOKEN, "Ivanov Ivan");
            case PHONE -> new Recipient.Phone("79680000000", "100000000069");
            case WALLET -> new Recipient.Wallet("yoomoney", "410012411727100");
            default -> throw new IllegalArgumentException("not paid by this bank: " + kind);
        };
    }

    private static Recipient another(RecipientKind kind) {
        return switch (kind) {
            case SAVED_CARD -> new Recipient.SavedCard(OTHER_TOKEN);
            case RECURRING_CARD -> new Recipient.RecurringCard(OTHER_TOKEN);
            case CARD_NUMBER -> new Recipient.Card(CardNumber.of("5555555555554444"));
            case ENCRYPTED_CARD -> new Recipient.EncryptedCard("fedcba9876543210");
            case RUSSIAN_ACCOUNT ->
                Recipient.RussianAccount.builder("044525974", "40817810400003869542", "Ivanov Ivan")
                        .build();
            case SAVED_ACCOUNT -> new Recipient.SavedAccount(OTHER_TOKEN, "Ivanov Ivan");
            case PHONE -> new Recipient.Phone("79680000017", "100000000069");
            case WALLET -> new Recipient.Wallet("yoomoney", "410012411727117");
            default -> throw new IllegalArgumentException("not paid by this bank: " + kind);
        };
    }

    /** A card that was paid by token or hash is shown by its last digits once it ended, which its handle does not know. */
    @Override
    public Set<Sign> shows(RecipientKind kind) {
        return kind == RecipientKind.SAVED_CARD || kind == RecipientKind.ENCRYPTED_CARD
                ? EnumSet.of(Sign.NAME, Sign.AMOUNT, Sign.KIND, Sign.TIME)
                : EnumSet.allOf(Sign.class);
    }

    /** A token in a notification is not compared: only the handle knows of which kind the recipient's is. */
    @Override
    public Set<Sign> notificationsShow(RecipientKind kind) {
        boolean byToken = kind == RecipientKind.RECURRING_CARD || kind == RecipientKind.SAVED_ACCOUNT;
        return byToken ? shows(RecipientKind.SAVED_CARD) : shows(kind);
    }

    @Override
    public Set<RecipientKind> lookAlikes(RecipientKind kind) {
        return switch (kind) {
            case SAVED_CARD, RECURRING_CARD, CARD_NUMBER, ENCRYPTED_CARD ->
                EnumSet.of(
                        RecipientKind.SAVED_CARD,
                        RecipientKind.RECURRING_CARD,
                        RecipientKind.CARD_NUMBER,
                        RecipientKind.ENCRYPTED_CARD);
            case RUSSIAN_ACCOUNT, SAVED_ACCOUNT ->
                EnumSet.of(RecipientKind.RUSSIAN_ACCOUNT, RecipientKind.SAVED_ACCOUNT);
            default -> Set.of();
        };
    }

    @Override
    public boolean prepares(String method, String path) {
        return path.endsWith("/session/create");
    }

    @Override
    public boolean submits(String method, String path) {
        return path.endsWith("/session/start/payout");
    }

    @Override
    public boolean confirms(String method, String path) {
        return path.endsWith("/session/confirm");
    }

    @Override
    public boolean cancels(String method, String path) {
        return path.endsWith("/session/cancel");
    }

    @Override
    public List<String> secrets() {
        return List.of(
                Samples.TOKEN,
                ACCOUNT_TOKEN,
                "4242424242424242",
                "0123456789abcdef",
                "40817810400003869535",
                "79680000000",
                "410012411727100",
                "Ivanov",
                bank.partnerPrivateKeyPem().lines().skip(1).findFirst().orElseThrow());
    }

    @Override
    public Optional<PayoutWebhooks> webhooks() {
        return Optional.of(Bank131Webhooks.of(List.of(bank.bankPublicKeyPem())));
    }

    @Override
    public Optional<RecipientKind> reportsReturnsFrom() {
        return Optional.of(RecipientKind.RUSSIAN_ACCOUNT);
    }
}
