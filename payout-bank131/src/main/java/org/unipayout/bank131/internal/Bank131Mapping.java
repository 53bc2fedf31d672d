package org.unipayout.bank131.internal;

import static java.util.Map.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.unipayout.Address;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.IdentityDocument;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.bank131.Bank131Extras;
import org.unipayout.bank131.Bank131Extras.Funding;
import org.unipayout.bank131.Bank131Options.Dialect;
import org.unipayout.bank131.internal.wire.AmountDetails;
import org.unipayout.bank131.internal.wire.Amounts;
import org.unipayout.bank131.internal.wire.BankAccount;
import org.unipayout.bank131.internal.wire.Card;
import org.unipayout.bank131.internal.wire.Customer;
import org.unipayout.bank131.internal.wire.ErrorObject;
import org.unipayout.bank131.internal.wire.FiscalizationDetails;
import org.unipayout.bank131.internal.wire.Instrument;
import org.unipayout.bank131.internal.wire.InternalTransfer;
import org.unipayout.bank131.internal.wire.Participants;
import org.unipayout.bank131.internal.wire.PayoutItem;
import org.unipayout.bank131.internal.wire.Session;
import org.unipayout.bank131.internal.wire.SessionRequest;
import org.unipayout.bank131.internal.wire.TransactionInfo;
import org.unipayout.bank131.internal.wire.Wallet;

/** Our words into the bank's and back. Pure functions; what the bank's words mean stands in tables. */
public final class Bank131Mapping {
    /**
     * What session status, payout status and next action mean together, joined by a slash. A combination that is not
     * here is {@link PayoutStatus#UNKNOWN}. Sources: "Objects", "Errors"; contract.md section 2.
     */
    private static final Map<String, PayoutStatus> STATES = Map.ofEntries(
            entry("created", PayoutStatus.PREPARED),
            entry("in_progress", PayoutStatus.PROCESSING),
            entry("cancelled", PayoutStatus.CANCELED),
            entry("in_progress/in_progress", PayoutStatus.PROCESSING),
            entry("in_progress/pending", PayoutStatus.PROCESSING), // confirmed or cancelled a moment ago
            entry("in_progress/pending/confirm", PayoutStatus.AWAITING_CONFIRMATION),
            entry("in_progress/succeeded", PayoutStatus.SUCCEEDED),
            entry("accepted/succeeded", PayoutStatus.SUCCEEDED),
            entry("cancelled/failed", PayoutStatus.FAILED),
            entry("accepted/failed", PayoutStatus.FAILED));

    /** Failures that are an ending on purpose, or by the clock. */
    private static final Map<String, PayoutStatus> ENDINGS = Map.of(
            "session_cancelled", PayoutStatus.CANCELED,
            "session_cancelled_by_partner", PayoutStatus.CANCELED,
            "confirm_timeout", PayoutStatus.EXPIRED,
            "capture_timeout", PayoutStatus.EXPIRED);

    private static final String SESSION_ERROR = "error";
    private static final String RETURN_DONE = "accepted";

    private Bank131Mapping() {}

    // ---------------------------------------------------------------- ours into the bank's

    /** What a session may know before anything starts. */
    public static SessionRequest inAdvance(PayoutRequest request) {
        return SessionRequest.inAdvance(amount(request.amount()), metadata(request));
    }

    /**
     * The whole payout.
     *
     * @param sessionId the session to start it in, or null where the call makes one
     */
    public static SessionRequest payout(@Nullable String sessionId, PayoutRequest request, Dialect dialect) {
        Instrument instrument = instrument(request);
        return new SessionRequest(
                sessionId,
                dialect == Dialect.V1 ? instrument : null,
                dialect == Dialect.V2 ? instrument : null,
                internalTransfer(request),
                amount(request.amount()),
                participants(request),
                request.recipientDetails().map(Bank131Mapping::customer).orElse(null),
                fiscalization(request),
                metadata(request),
                null);
    }

    private static AmountDetails amount(Money money) {
        return new AmountDetails(
                money.minorUnits(), money.currency().getCurrencyCode().toLowerCase(Locale.ROOT));
    }

    /** An object, so that our reference and the merchant's own fields live side by side; the bank echoes it verbatim. */
    private static JsonNode metadata(PayoutRequest request) {
        ObjectNode metadata = JsonNodeFactory.instance.objectNode();
        metadata.put(Bank131Rules.REFERENCE, request.reference());
        new TreeMap<>(request.metadata()).forEach(metadata::put);
        return metadata;
    }

    private static Instrument instrument(PayoutRequest request) {
        Recipient recipient = request.recipient();
        String description = request.description().orElse(null);
        if (recipient instanceof Recipient.SavedCard card) {
            return Instrument.of(Card.of(new Card.TokenizedCard(card.token())));
        }
        if (recipient instanceof Recipient.Card card) {
            return Instrument.of(Card.of(bankCard(card)));
        }
        if (recipient instanceof Recipient.EncryptedCard card) {
            return Instrument.of(Card.of(new Card.EncryptedCard(card.numberHash())));
        }
        if (recipient instanceof Recipient.RecurringCard card) {
            return Instrument.of(new Instrument.Recurrent(card.token()));
        }
        if (recipient instanceof Recipient.RussianAccount account) {
            return Instrument.of(BankAccount.of(russian(account, description)));
        }
        if (recipient instanceof Recipient.SavedAccount account) {
            return Instrument.of(BankAccount.of(new BankAccount.Russian(
                    null, null, account.token(), account.holderName(), description, null, null, null)));
        }
        if (recipient instanceof Recipient.Phone phone) {
            return Instrument.of(
                    BankAccount.of(new BankAccount.FasterPaymentSystem(phone.number(), phone.bankId(), description)));
        }
        if (recipient instanceof Recipient.Wallet wallet) {
            return Instrument.of(new Wallet("yoomoney", new Wallet.Yoomoney(wallet.account(), description)));
        }
        throw new IllegalArgumentException("recipient: kind " + recipient.kind() + " is not paid by Bank 131");
    }

    private static Card.BankCard bankCard(Recipient.Card card) {
        Recipient.CardExpiry expiry = card.expiry();
        return new Card.BankCard(
                card.number().reveal(),
                expiry == null ? null : twoDigits(expiry.month()),
                expiry == null ? null : twoDigits(expiry.year() % 100),
                card.holder());
    }

    private static String twoDigits(int number) {
        return number < 10 ? "0" + number : Integer.toString(number);
    }

    private static BankAccount.Russian russian(Recipient.RussianAccount account, @Nullable String description) {
        return new BankAccount.Russian(
                account.bik(),
                account.account(),
                null,
                account.holderName(),
                description,
                account.urgent() ? Boolean.TRUE : null,
                account.inn().orElse(null),
                account.kpp().orElse(null));
    }

    private static @Nullable InternalTransfer internalTransfer(PayoutRequest request) {
        Bank131Extras extras = Bank131Extras.of(request);
        if (extras.funding() == Funding.COLLATERAL || !Bank131Rules.isCard(request.recipient())) {
            return null;
        }
        String purpose = extras.transferDescription().or(request::description).orElse("");
        return extras.funding() == Funding.SETTLEMENT_ACCOUNT
                ? InternalTransfer.fromSettlementAccount(purpose)
                : InternalTransfer.fromEscrowAccount(purpose);
    }

    private static @Nullable FiscalizationDetails fiscalization(PayoutRequest request) {
        Bank131Extras extras = Bank131Extras.of(request);
        if (!extras.hasReceipt()) {
            return null;
        }
        FiscalizationDetails.Service service =
                new FiscalizationDetails.Service(extras.receiptService().orElse(""), amount(request.amount()), 1);
        return new FiscalizationDetails(new FiscalizationDetails.Taxpayer(
                List.of(service),
                extras.receiptTaxReference().orElse(""),
                extras.receiptPayerType()
                        .map(type -> type.name().toLowerCase(Locale.ROOT))
                        .orElse(""),
                extras.receiptPayerTaxNumber().orElse(null),
                extras.receiptPayerName().orElse(null)));
    }

    private static @Nullable Participants participants(PayoutRequest request) {
        if (request.sender().isEmpty() && request.recipientDetails().isEmpty()) {
            return null;
        }
        return new Participants(
                request.sender().map(Bank131Mapping::participant).orElse(null),
                request.recipientDetails().map(Bank131Mapping::participant).orElse(null));
    }

    private static Participants.Participant participant(Participant person) {
        Optional<Address> address = person.address();
        Optional<String> ip = person.ipAddress();
        return new Participants.Participant(
                person.fullName().orElse(null),
                person.firstName().orElse(null),
                person.lastName().orElse(null),
                person.middleName().orElse(null),
                person.companyName().orElse(null),
                person.reference().orElse(null),
                person.taxId().orElse(null),
                person.registrationNumber().orElse(null),
                person.beneficiaryId().orElse(null),
                address.flatMap(Address::country).orElse(null),
                address.flatMap(Address::city).orElse(null),
                address.flatMap(Address::postalCode).orElse(null),
                address.flatMap(Address::line).orElse(null),
                address.flatMap(Address::street).orElse(null),
                address.flatMap(Address::building).orElse(null),
                address.flatMap(Address::flat).orElse(null),
                address.flatMap(Address::state).orElse(null),
                ip.filter(value -> !value.contains(":")).orElse(null),
                ip.filter(value -> value.contains(":")).orElse(null),
                person.phone().orElse(null),
                person.email().orElse(null),
                person.account().orElse(null),
                person.citizenship().orElse(null),
                person.birthDate().map(LocalDate::toString).orElse(null),
                person.document().map(Bank131Mapping::document).orElse(null));
    }

    private static Participants.IdentityDocument document(IdentityDocument document) {
        String number = document.series().orElse("") + document.number().orElse("");
        return new Participants.IdentityDocument(
                document.type().orElse(null),
                number.isEmpty() ? null : number,
                document.validUntil().map(LocalDate::toString).orElse(null),
                document.issuedOn().map(LocalDate::toString).orElse(null),
                document.divisionCode().orElse(null),
                document.issuer().orElse(null));
    }

    /** The bank's customer is the merchant's own id of the recipient; without one the block is left out. */
    private static @Nullable Customer customer(Participant recipient) {
        String reference = recipient.reference().orElse(null);
        if (reference == null) {
            return null;
        }
        Customer.Contact contact = new Customer.Contact(
                recipient.email().orElse(null), recipient.phone().orElse(null));
        boolean reachable = contact.email() != null || contact.phone() != null;
        return new Customer(reference, reachable ? List.of(contact) : null);
    }

    // ---------------------------------------------------------------- the bank's into ours

    /**
     * What a session says about the money, without knowing whose session it is.
     *
     * @param status what happened
     * @param words the bank's own words
     * @param decline why nothing was paid, or null
     * @param evidence why nothing is proven, or null
     */
    public record Reading(
            PayoutStatus status,
            String words,
            @Nullable Decline decline,
            @Nullable Evidence evidence) {}

    /** Reads a session by the tables. */
    public static Reading read(Session session, ErrorBook errorBook) {
        List<PayoutItem> payouts = session.payouts();
        String words = words(session, payouts);
        if (payouts.size() > 1) {
            return unknown(words, Evidence.Kind.CONTRADICTING_ANSWER, "The session holds more than one payout");
        }
        if (SESSION_ERROR.equals(session.status())) {
            return unknown(
                    words,
                    Evidence.Kind.PROVIDER_UNSURE,
                    "The session ended in error, which the bank does not call final: ask its support");
        }
        PayoutStatus status = STATES.get(words);
        if (status == null) {
            return unknown(
                    words, Evidence.Kind.UNDOCUMENTED_ANSWER, "The combination of statuses is not in the bank's pages");
        }
        if (status == PayoutStatus.SUCCEEDED && payouts.stream().anyMatch(Bank131Mapping::cameBack)) {
            return new Reading(PayoutStatus.RETURNED, words, null, null);
        }
        if (status == PayoutStatus.FAILED || status == PayoutStatus.CANCELED) {
            return ended(status, words, error(session, payouts), errorBook);
        }
        return new Reading(status, words, null, null);
    }

    private static Reading unknown(String words, Evidence.Kind kind, String text) {
        return new Reading(PayoutStatus.UNKNOWN, words, null, new Evidence(kind, text));
    }

    private static Reading ended(PayoutStatus status, String words, @Nullable ErrorObject error, ErrorBook errorBook) {
        if (error == null && status == PayoutStatus.CANCELED) {
            return new Reading(status, words, null, null);
        }
        Decline decline = decline(error, errorBook);
        return new Reading(ending(decline.code()), words, decline, null);
    }

    /** What a refusal with this code is: mostly a failure, sometimes an ending on purpose or by the clock. */
    public static PayoutStatus ending(String code) {
        return ENDINGS.getOrDefault(code, PayoutStatus.FAILED);
    }

    private static Decline decline(@Nullable ErrorObject error, ErrorBook errorBook) {
        String code = error == null || error.code() == null ? "" : error.code();
        return new Decline(errorBook.entry(code), error == null ? null : error.description());
    }

    private static @Nullable ErrorObject error(Session session, List<PayoutItem> payouts) {
        return payouts.stream()
                .map(PayoutItem::error)
                .filter(error -> error != null)
                .findFirst()
                .orElse(session.error());
    }

    private static String words(Session session, List<PayoutItem> payouts) {
        StringBuilder words = new StringBuilder(String.valueOf(session.status()));
        for (PayoutItem payout : payouts) {
            words.append('/').append(payout.status());
        }
        if (payouts.isEmpty() && session.hasIncomingPayments() && !"in_progress".equals(session.status())) {
            words.append("/incoming payment");
        }
        if (session.nextAction() != null) {
            words.append('/').append(session.nextAction());
        }
        return words.toString();
    }

    private static boolean cameBack(PayoutItem payout) {
        return payout.returns().stream().anyMatch(back -> RETURN_DONE.equals(back.status()));
    }

    /**
     * What a session says about the payout of a handle; an answer that speaks of another payout is
     * {@link PayoutStatus#UNKNOWN}.
     *
     * @param confirmationWindow how long the bank waits for a confirmation
     */
    public static Payout payout(PayoutRef ref, Session session, ErrorBook errorBook, Duration confirmationWindow) {
        Reading reading = read(session, errorBook);
        if (!isReadable(session)) {
            return Payout.unknown(
                    ref,
                    reading.words(),
                    new Evidence(Evidence.Kind.UNREADABLE_ANSWER, "The session has no usable id or amount"));
        }
        Optional<String> contradiction = contradiction(ref, session);
        if (contradiction.isPresent()) {
            return Payout.unknown(
                    ref,
                    reading.words(),
                    new Evidence(Evidence.Kind.CONTRADICTING_ANSWER, "The answer has another " + contradiction.get()));
        }
        Payout.Builder payout = Payout.builder(
                        ref.withProviderId(String.valueOf(session.id())), reading.status(), reading.words())
                .decline(reading.decline())
                .evidence(reading.evidence())
                .createdAt(time(session.createdAt()))
                .finishedAt(time(session.finishedAt()));
        session.payouts().stream().findFirst().ifPresent(item -> describe(payout, item));
        if (reading.status() == PayoutStatus.AWAITING_CONFIRMATION) {
            Instant created = time(session.createdAt());
            payout.confirmBefore(created == null ? null : created.plus(confirmationWindow));
        }
        return payout.build();
    }

    private static void describe(Payout.Builder payout, PayoutItem item) {
        if (item.createdAt() != null) {
            payout.createdAt(time(item.createdAt()));
        }
        if (item.finishedAt() != null) {
            payout.finishedAt(time(item.finishedAt()));
        }
        TransactionInfo info = item.transactionInfo();
        if (info != null) {
            payout.rrn(info.rrn()).authorizationCode(info.authCode()).recipientToken(info.bankAccountRuToken());
        }
        payout.fee(fee(item.amounts())).returned(returned(item)).recipientMask(mask(item.instrument()));
    }

    private static @Nullable Money fee(@Nullable Amounts amounts) {
        Amounts.Fee fee = amounts == null ? null : amounts.fee();
        return fee == null ? null : money(fee.merchantFee()).orElse(null);
    }

    private static @Nullable Money returned(PayoutItem item) {
        List<Money> parts = item.returns().stream()
                .filter(back -> RETURN_DONE.equals(back.status()))
                .flatMap(back -> money(back.amountDetails()).stream())
                .toList();
        if (parts.stream().map(Money::currency).distinct().count() != 1) {
            return null;
        }
        try {
            long sum = parts.stream().mapToLong(Money::minorUnits).reduce(0, Math::addExact);
            return Money.ofMinor(sum, parts.get(0).currency());
        } catch (ArithmeticException e) {
            return null; // nothing that an answer holds may end a call that has moved money
        }
    }

    private static @Nullable String mask(@Nullable Instrument instrument) {
        Card card = instrument == null ? null : instrument.card();
        return card == null || card.last4() == null ? null : "****" + card.last4();
    }

    private static boolean isReadable(Session session) {
        return isUsableId(session.id())
                && session.payouts().stream()
                        .map(PayoutItem::amountDetails)
                        .allMatch(amount -> amount == null || money(amount).isPresent());
    }

    /** Whether an id of the bank can be stored in a handle. */
    public static boolean isUsableId(@Nullable String id) {
        return id != null && id.matches("[!-~]{1,128}");
    }

    private static Optional<String> contradiction(PayoutRef ref, Session session) {
        Optional<PayoutItem> item = session.payouts().stream().findFirst();
        return ref.contradiction(
                item.flatMap(payout -> money(payout.amountDetails())).orElse(null),
                item.map(Bank131Mapping::reference).orElse(null),
                session.id());
    }

    /** Our reference out of the echoed metadata; null if the bank echoed something else. */
    public static @Nullable String reference(PayoutItem payout) {
        JsonNode metadata = payout.metadata();
        JsonNode reference = metadata == null ? null : metadata.get(Bank131Rules.REFERENCE);
        return reference == null || !reference.isTextual() ? null : reference.textValue();
    }

    /** An amount of the bank; empty if it is absent or in no currency that exists. */
    public static Optional<Money> money(@Nullable AmountDetails amount) {
        if (amount == null || amount.amount() == null || amount.currency() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(Money.ofMinor(amount.amount(), amount.currency().toUpperCase(Locale.ROOT)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Instant time(@Nullable String value) {
        if (value == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(value).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
