package org.unipayout.bank131.internal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.unipayout.Address;
import org.unipayout.IdentityDocument;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.bank131.Bank131Extras;
import org.unipayout.bank131.Bank131Extras.Funding;
import org.unipayout.bank131.Bank131Options;
import org.unipayout.bank131.Bank131Options.Dialect;
import org.unipayout.bank131.internal.wire.AmountDetails;
import org.unipayout.bank131.internal.wire.BankAccount;
import org.unipayout.bank131.internal.wire.Card;
import org.unipayout.bank131.internal.wire.Customer;
import org.unipayout.bank131.internal.wire.FiscalizationDetails;
import org.unipayout.bank131.internal.wire.Instrument;
import org.unipayout.bank131.internal.wire.InternalTransfer;
import org.unipayout.bank131.internal.wire.Participants;
import org.unipayout.bank131.internal.wire.SessionRequest;
import org.unipayout.bank131.internal.wire.TokenInfo;
import org.unipayout.bank131.internal.wire.Tokenize;
import org.unipayout.bank131.internal.wire.Wallet;

/** Our words into the bank's. Pure functions. */
public final class Bank131Requests {
    private Bank131Requests() {}

    /** What a session may know before anything starts. */
    public static SessionRequest inAdvance(PayoutRequest request) {
        return SessionRequest.inAdvance(amount(request.amount()), metadata(request));
    }

    /** The question what a card token stands for. */
    static TokenInfo.Request tokenInfo(Recipient.SavedCard card) {
        return new TokenInfo.Request("card", Card.of(new Card.TokenizedCard(card.token())));
    }

    /** The wish to have a token in place of an account. */
    static Tokenize.Request tokenize(Recipient.RussianAccount account) {
        return new Tokenize.Request("bank_account_ru", new Tokenize.Account(account.bik(), account.account()));
    }

    /**
     * The whole payout.
     *
     * @param sessionId the session to start it in, or null where the call makes one
     */
    public static SessionRequest payout(@Nullable String sessionId, PayoutRequest request, Bank131Options options) {
        Dialect dialect = options.dialect();
        Instrument instrument = instrument(request);
        return new SessionRequest(
                sessionId,
                dialect == Dialect.V1 ? instrument : null,
                dialect == Dialect.V2 ? instrument : null,
                internalTransfer(request, options),
                amount(request.amount()),
                participants(request),
                request.recipientDetails().map(Bank131Requests::customer).orElse(null),
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
        metadata.put(Bank131Tables.REFERENCE, request.reference());
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

    private static @Nullable InternalTransfer internalTransfer(PayoutRequest request, Bank131Options options) {
        Bank131Extras extras = Bank131Extras.of(request);
        if (!Bank131Rules.byInternalTransfer(request.recipient(), extras.funding(), options)) {
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
                request.sender().map(Bank131Requests::participant).orElse(null),
                request.recipientDetails().map(Bank131Requests::participant).orElse(null));
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
                person.document().map(Bank131Requests::document).orElse(null));
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
}
