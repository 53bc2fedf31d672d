package org.unipayout.journal.internal.store;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.unipayout.Address;
import org.unipayout.CardNumber;
import org.unipayout.IdentityDocument;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.PayoutRequest;
import org.unipayout.ProviderExtras;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.journal.Confirmation;
import org.unipayout.journal.internal.decide.Fields;

/**
 * A {@link PayoutRequest} as named texts, and back. The same texts decide whether a repeated request is the same intent.
 *
 * <p>A card number is written only for a vault; without one its last four digits stand for it, so that neither the
 * number nor a hash that could be searched for it is ever stored.
 */
public final class StoredRequest {
    /** They may differ from call to call of one intent: a retry comes from another address, a page in another language. */
    private static final Set<String> VOLATILE = Set.of("language", "notificationUrl");

    private static final Set<String> VOLATILE_OF_PARTICIPANT = Set.of(".ipAddress", ".deviceId");

    private StoredRequest() {}

    public static Fields write(
            PayoutRequest request, String provider, Confirmation confirmation, boolean withCardNumber) {
        Fields fields = new Fields()
                .with("provider", provider)
                .with("confirmation", confirmation)
                .with("reference", request.reference())
                .with("amount", request.amount().minorUnits())
                .with("currency", request.amount().currency())
                .with("description", request.description().orElse(null))
                .with("language", request.language().map(Locale::toLanguageTag).orElse(null))
                .with("expiresAt", request.expiresAt().orElse(null))
                .with("notificationUrl", request.notificationUrl().orElse(null));
        writeRecipient(fields, request.recipient(), withCardNumber);
        request.recipientDetails().ifPresent(person -> writeParticipant(fields, "recipientDetails", person));
        request.sender().ifPresent(person -> writeParticipant(fields, "sender", person));
        request.metadata().forEach((name, value) -> fields.with("metadata." + name, value));
        request.allExtras()
                .forEach((owner, values) ->
                        values.forEach((name, value) -> fields.with("extras." + owner + "." + name, value)));
        return fields;
    }

    /**
     * Half of a surrogate pair has no UTF-8, so the database would keep another text than the one that was asked for.
     *
     * @throws IllegalArgumentException if a field holds one; the message names the field
     */
    public static void requireWholeCharacters(Fields request) {
        request.all().forEach((name, value) -> {
            if (isBroken(name) || isBroken(value)) {
                throw new IllegalArgumentException((isBroken(name) ? "extras" : name)
                        + ": must be whole Unicode characters, but holds half of a surrogate pair");
            }
        });
    }

    private static boolean isBroken(String text) {
        return text.codePoints().anyMatch(point -> Character.getType(point) == Character.SURROGATE);
    }

    /** The names of the fields in which two intents differ. */
    public static Set<String> differences(Fields stored, Fields repeated) {
        Set<String> names = new TreeSet<>(stored.all().keySet());
        names.addAll(repeated.all().keySet());
        names.removeIf(name -> isVolatile(name) || Objects.equals(stored.get(name), repeated.get(name)));
        return names;
    }

    private static boolean isVolatile(String name) {
        return VOLATILE.contains(name)
                || (!name.startsWith("metadata.")
                        && !name.startsWith("extras.")
                        && VOLATILE_OF_PARTICIPANT.stream().anyMatch(name::endsWith));
    }

    private static void writeRecipient(Fields fields, Recipient recipient, boolean withCardNumber) {
        fields.with("recipient.kind", recipient.kind());
        if (recipient instanceof Recipient.SavedCard card) {
            fields.with("recipient.token", card.token());
        } else if (recipient instanceof Recipient.RecurringCard card) {
            fields.with("recipient.token", card.token());
        } else if (recipient instanceof Recipient.Card card) {
            writeCard(fields, card, withCardNumber);
        } else if (recipient instanceof Recipient.EncryptedCard card) {
            fields.with("recipient.numberHash", card.numberHash());
        } else if (recipient instanceof Recipient.HostedForm form) {
            fields.with("recipient.returnUrl", form.returnUrl())
                    .with("recipient.successUrl", form.successUrl())
                    .with("recipient.failureUrl", form.failureUrl());
        } else if (recipient instanceof Recipient.RussianAccount account) {
            fields.with("recipient.bik", account.bik())
                    .with("recipient.account", account.account())
                    .with("recipient.holderName", account.holderName())
                    .with("recipient.inn", account.inn().orElse(null))
                    .with("recipient.kpp", account.kpp().orElse(null))
                    .with("recipient.urgent", account.urgent() ? "true" : null);
        } else if (recipient instanceof Recipient.KazakhAccount account) {
            fields.with("recipient.iban", account.iban())
                    .with("recipient.iin", account.iin())
                    .with("recipient.holderName", account.holderName())
                    .with("recipient.legalEntity", account.legalEntity() ? "true" : null)
                    .with("recipient.purposeCode", account.purposeCode().orElse(null))
                    .with("recipient.beneficiaryCode", account.beneficiaryCode().orElse(null));
        } else if (recipient instanceof Recipient.SavedAccount account) {
            fields.with("recipient.token", account.token()).with("recipient.holderName", account.holderName());
        } else if (recipient instanceof Recipient.Phone phone) {
            fields.with("recipient.number", phone.number()).with("recipient.bankId", phone.bankId());
        } else if (recipient instanceof Recipient.Wallet wallet) {
            fields.with("recipient.system", wallet.system()).with("recipient.account", wallet.account());
        } else {
            throw new IllegalArgumentException("recipient: kind " + recipient.kind() + " cannot be stored");
        }
    }

    private static void writeCard(Fields fields, Recipient.Card card, boolean withCardNumber) {
        fields.with("recipient.lastFour", card.number().lastFour()).with("recipient.holder", card.holder());
        Recipient.CardExpiry expiry = card.expiry();
        if (withCardNumber) {
            fields.with("recipient.cardNumber", card.number().reveal());
            if (expiry != null) {
                fields.with("recipient.expiry", expiry.year() + "-" + expiry.month());
            }
        }
    }

    private static void writeParticipant(Fields fields, String name, Participant person) {
        fields.with(name + ".fullName", person.fullName().orElse(null))
                .with(name + ".firstName", person.firstName().orElse(null))
                .with(name + ".lastName", person.lastName().orElse(null))
                .with(name + ".middleName", person.middleName().orElse(null))
                .with(name + ".companyName", person.companyName().orElse(null))
                .with(name + ".birthDate", person.birthDate().orElse(null))
                .with(name + ".taxId", person.taxId().orElse(null))
                .with(name + ".registrationNumber", person.registrationNumber().orElse(null))
                .with(name + ".citizenship", person.citizenship().orElse(null))
                .with(name + ".email", person.email().orElse(null))
                .with(name + ".phone", person.phone().orElse(null))
                .with(name + ".ipAddress", person.ipAddress().orElse(null))
                .with(name + ".deviceId", person.deviceId().orElse(null))
                .with(name + ".reference", person.reference().orElse(null))
                .with(name + ".account", person.account().orElse(null))
                .with(name + ".beneficiaryId", person.beneficiaryId().orElse(null))
                .with(name + ".present", "true");
        person.address().ifPresent(address -> writeAddress(fields, name + ".address", address));
        person.document().ifPresent(document -> writeDocument(fields, name + ".document", document));
    }

    private static void writeAddress(Fields fields, String name, Address address) {
        fields.with(name + ".country", address.country().orElse(null))
                .with(name + ".state", address.state().orElse(null))
                .with(name + ".city", address.city().orElse(null))
                .with(name + ".postalCode", address.postalCode().orElse(null))
                .with(name + ".line", address.line().orElse(null))
                .with(name + ".street", address.street().orElse(null))
                .with(name + ".building", address.building().orElse(null))
                .with(name + ".flat", address.flat().orElse(null))
                .with(name + ".present", "true");
    }

    private static void writeDocument(Fields fields, String name, IdentityDocument document) {
        fields.with(name + ".type", document.type().orElse(null))
                .with(name + ".series", document.series().orElse(null))
                .with(name + ".number", document.number().orElse(null))
                .with(name + ".issuer", document.issuer().orElse(null))
                .with(name + ".divisionCode", document.divisionCode().orElse(null))
                .with(name + ".issuedOn", document.issuedOn().orElse(null))
                .with(name + ".validUntil", document.validUntil().orElse(null))
                .with(name + ".present", "true");
    }

    /** The stored request; empty if it is a card number that was not stored. */
    public static Optional<PayoutRequest> read(Fields fields) {
        Optional<Recipient> recipient = readRecipient(fields);
        if (recipient.isEmpty()) {
            return Optional.empty();
        }
        PayoutRequest.Builder request = PayoutRequest.builder(
                fields.need("reference"),
                Money.ofMinor(Long.parseLong(fields.need("amount")), fields.need("currency")),
                recipient.get());
        given(fields, "description", request::description);
        given(fields, "language", text -> request.language(Locale.forLanguageTag(text)));
        given(fields, "expiresAt", text -> request.expiresAt(Instant.parse(text)));
        given(fields, "notificationUrl", text -> request.notificationUrl(URI.create(text)));
        readParticipant(fields, "recipientDetails.").ifPresent(request::recipientDetails);
        readParticipant(fields, "sender.").ifPresent(request::sender);
        fields.under("metadata.").forEach(request::metadata);
        readExtras(fields).forEach((owner, values) -> request.extras(new StoredExtras(owner, values)));
        return Optional.of(request.build());
    }

    private static Optional<Recipient> readRecipient(Fields fields) {
        return switch (RecipientKind.valueOf(fields.need("recipient.kind"))) {
            case SAVED_CARD -> Optional.of(new Recipient.SavedCard(fields.need("recipient.token")));
            case RECURRING_CARD -> Optional.of(new Recipient.RecurringCard(fields.need("recipient.token")));
            case CARD_NUMBER -> readCard(fields);
            case ENCRYPTED_CARD -> Optional.of(new Recipient.EncryptedCard(fields.need("recipient.numberHash")));
            case HOSTED_FORM ->
                Optional.of(new Recipient.HostedForm(
                        as(fields.get("recipient.returnUrl"), URI::create),
                        as(fields.get("recipient.successUrl"), URI::create),
                        as(fields.get("recipient.failureUrl"), URI::create)));
            case RUSSIAN_ACCOUNT -> Optional.of(readRussianAccount(fields));
            case KAZAKH_ACCOUNT -> Optional.of(readKazakhAccount(fields));
            case SAVED_ACCOUNT ->
                Optional.of(new Recipient.SavedAccount(
                        fields.need("recipient.token"), fields.need("recipient.holderName")));
            case PHONE ->
                Optional.of(new Recipient.Phone(fields.need("recipient.number"), fields.need("recipient.bankId")));
            case WALLET ->
                Optional.of(new Recipient.Wallet(fields.need("recipient.system"), fields.need("recipient.account")));
        };
    }

    private static Optional<Recipient> readCard(Fields fields) {
        String number = fields.get("recipient.cardNumber");
        if (number == null) {
            return Optional.empty();
        }
        Recipient.CardExpiry expiry = as(fields.get("recipient.expiry"), text -> {
            int dash = text.indexOf('-');
            return new Recipient.CardExpiry(
                    Integer.parseInt(text.substring(dash + 1)), Integer.parseInt(text.substring(0, dash)));
        });
        return Optional.of(new Recipient.Card(CardNumber.of(number), expiry, fields.get("recipient.holder")));
    }

    private static Recipient readRussianAccount(Fields fields) {
        Recipient.RussianAccount.Builder account = Recipient.RussianAccount.builder(
                fields.need("recipient.bik"), fields.need("recipient.account"), fields.need("recipient.holderName"));
        given(fields, "recipient.inn", account::inn);
        given(fields, "recipient.kpp", account::kpp);
        given(fields, "recipient.urgent", any -> account.urgent());
        return account.build();
    }

    private static Recipient readKazakhAccount(Fields fields) {
        Recipient.KazakhAccount.Builder account = Recipient.KazakhAccount.builder(
                fields.need("recipient.iban"), fields.need("recipient.iin"), fields.need("recipient.holderName"));
        given(fields, "recipient.legalEntity", any -> account.legalEntity());
        given(fields, "recipient.purposeCode", account::purposeCode);
        given(fields, "recipient.beneficiaryCode", account::beneficiaryCode);
        return account.build();
    }

    private static Optional<Participant> readParticipant(Fields all, String prefix) {
        Fields fields = part(all, prefix);
        if (fields.get("present") == null) {
            return Optional.empty();
        }
        Participant.Builder person = Participant.builder();
        given(fields, "fullName", person::fullName);
        given(fields, "firstName", person::firstName);
        given(fields, "lastName", person::lastName);
        given(fields, "middleName", person::middleName);
        given(fields, "companyName", person::companyName);
        given(fields, "birthDate", text -> person.birthDate(LocalDate.parse(text)));
        given(fields, "taxId", person::taxId);
        given(fields, "registrationNumber", person::registrationNumber);
        given(fields, "citizenship", person::citizenship);
        given(fields, "email", person::email);
        given(fields, "phone", person::phone);
        given(fields, "ipAddress", person::ipAddress);
        given(fields, "deviceId", person::deviceId);
        given(fields, "reference", person::reference);
        given(fields, "account", person::account);
        given(fields, "beneficiaryId", person::beneficiaryId);
        readAddress(part(fields, "address.")).ifPresent(person::address);
        readDocument(part(fields, "document.")).ifPresent(person::document);
        return Optional.of(person.build());
    }

    private static Optional<Address> readAddress(Fields fields) {
        if (fields.get("present") == null) {
            return Optional.empty();
        }
        Address.Builder address = Address.builder();
        given(fields, "country", address::country);
        given(fields, "state", address::state);
        given(fields, "city", address::city);
        given(fields, "postalCode", address::postalCode);
        given(fields, "line", address::line);
        given(fields, "street", address::street);
        given(fields, "building", address::building);
        given(fields, "flat", address::flat);
        return Optional.of(address.build());
    }

    private static Optional<IdentityDocument> readDocument(Fields fields) {
        if (fields.get("present") == null) {
            return Optional.empty();
        }
        IdentityDocument.Builder document = IdentityDocument.builder();
        given(fields, "type", document::type);
        given(fields, "series", document::series);
        given(fields, "number", document::number);
        given(fields, "issuer", document::issuer);
        given(fields, "divisionCode", document::divisionCode);
        given(fields, "issuedOn", text -> document.issuedOn(LocalDate.parse(text)));
        given(fields, "validUntil", text -> document.validUntil(LocalDate.parse(text)));
        return Optional.of(document.build());
    }

    private static Map<String, Map<String, String>> readExtras(Fields fields) {
        Map<String, Map<String, String>> extras = new TreeMap<>();
        fields.under("extras.").forEach((name, value) -> {
            int dot = name.indexOf('.');
            extras.computeIfAbsent(name.substring(0, dot), any -> new TreeMap<>())
                    .put(name.substring(dot + 1), value);
        });
        return extras;
    }

    private static Fields part(Fields all, String prefix) {
        Fields part = new Fields();
        all.under(prefix).forEach(part::with);
        return part;
    }

    private interface Setter {
        Object set(String value);
    }

    private static void given(Fields fields, String name, Setter setter) {
        String value = fields.get(name);
        if (value != null) {
            Object unused = setter.set(value);
        }
    }

    private static <T> @Nullable T as(@Nullable String text, Function<String, T> reader) {
        return text == null ? null : reader.apply(text);
    }

    private static final class StoredExtras implements ProviderExtras {
        private final String provider;
        private final Map<String, String> values;

        StoredExtras(String provider, Map<String, String> values) {
            this.provider = provider;
            this.values = Map.copyOf(values);
        }

        @Override
        public String provider() {
            return provider;
        }

        @Override
        public Map<String, String> values() {
            return values;
        }
    }
}
