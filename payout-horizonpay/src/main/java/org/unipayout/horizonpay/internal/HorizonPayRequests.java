package org.unipayout.horizonpay.internal;

import java.net.URI;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Address;
import org.unipayout.IdentityDocument;
import org.unipayout.Participant;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.horizonpay.HorizonPayExtras;
import org.unipayout.horizonpay.HorizonPayOptions;
import org.unipayout.horizonpay.internal.wire.AdditionalData;
import org.unipayout.horizonpay.internal.wire.BillingAddress;
import org.unipayout.horizonpay.internal.wire.Card;
import org.unipayout.horizonpay.internal.wire.CreatePayout;
import org.unipayout.horizonpay.internal.wire.Person;
import org.unipayout.horizonpay.internal.wire.TokenizeRecipient;

/** Our words into HorizonPay's. Pure functions. */
public final class HorizonPayRequests {
    private HorizonPayRequests() {}

    /** The whole payout, for one shop. */
    public static CreatePayout payout(PayoutRequest request, HorizonPayOptions options) {
        HorizonPayExtras extras = HorizonPayExtras.of(request);
        Optional<Participant> recipient = request.recipientDetails();
        Optional<Participant> sender = request.sender();
        return new CreatePayout(
                request.amount().minorUnits(),
                request.amount().currency().getCurrencyCode(),
                request.description().orElse(null),
                request.reference(),
                extras.duplicateCheck(),
                request.language().map(Locale::getLanguage).orElse(null),
                request.notificationUrl().map(URI::toString).orElse(null),
                extras.verificationUrl().or(options::fence).map(URI::toString).orElse(null),
                options.testMode() ? Boolean.TRUE : null,
                card(request.recipient()),
                recipient.map(HorizonPayRequests::recipient).orElse(null),
                sender.map(HorizonPayRequests::sender).orElse(null),
                recipient.map(HorizonPayRequests::billingAddress).orElse(null),
                sender.map(HorizonPayRequests::billingAddress).orElse(null),
                additionalData(extras, sender.flatMap(Participant::document).orElse(null)));
    }

    /**
     * A recipient's card to be turned into a token.
     *
     * @param test whether it is a test
     */
    public static TokenizeRecipient tokenization(
            String reference, Recipient.Card card, String description, @Nullable Participant recipient, boolean test) {
        return new TokenizeRecipient(
                description,
                reference,
                test ? Boolean.TRUE : null,
                card(card),
                recipient == null ? null : recipient(recipient),
                recipient == null ? null : billingAddress(recipient));
    }

    private static Card card(Recipient recipient) {
        if (recipient instanceof Recipient.SavedCard saved) {
            return new Card(null, null, null, null, saved.token());
        }
        if (recipient instanceof Recipient.Card card) {
            Recipient.CardExpiry expiry = card.expiry();
            return new Card(
                    card.number().reveal(),
                    card.holder(),
                    expiry == null ? null : month(expiry.month()),
                    expiry == null ? null : Integer.toString(expiry.year()),
                    null);
        }
        throw new IllegalArgumentException("recipient: kind " + recipient.kind() + " is not paid by HorizonPay");
    }

    private static String month(int month) {
        return month < 10 ? "0" + month : Integer.toString(month);
    }

    private static @Nullable Person recipient(Participant person) {
        return person(person, person.taxId().orElse(null));
    }

    private static @Nullable Person sender(Participant person) {
        return person(person, null);
    }

    private static @Nullable Person person(Participant person, @Nullable String taxpayerId) {
        Person said = new Person(
                person.ipAddress().orElse(null),
                person.email().orElse(null),
                person.deviceId().orElse(null),
                person.birthDate().map(LocalDate::toString).orElse(null),
                taxpayerId);
        return said.equals(new Person(null, null, null, null, null)) ? null : said;
    }

    private static @Nullable BillingAddress billingAddress(Participant person) {
        Optional<Address> address = person.address();
        BillingAddress said = new BillingAddress(
                person.firstName().orElse(null),
                person.lastName().orElse(null),
                address.flatMap(Address::country).orElse(null),
                address.flatMap(Address::city).orElse(null),
                address.flatMap(Address::state).orElse(null),
                address.flatMap(Address::postalCode).orElse(null),
                address.flatMap(Address::line).orElse(null),
                person.phone().orElse(null));
        return said.equals(new BillingAddress(null, null, null, null, null, null, null, null)) ? null : said;
    }

    private static @Nullable AdditionalData additionalData(
            HorizonPayExtras extras, @Nullable IdentityDocument document) {
        String serviceId = extras.serviceId().orElse(null);
        String serviceExtension = extras.serviceExtension().orElse(null);
        boolean personToPerson = serviceId != null || serviceExtension != null;
        if (!personToPerson && document == null) {
            return null;
        }
        return new AdditionalData(
                personToPerson ? new AdditionalData.PersonToPerson(serviceId, serviceExtension) : null,
                document == null ? null : document(document));
    }

    private static AdditionalData.Document document(IdentityDocument document) {
        return new AdditionalData.Document(
                document.type().orElse(null),
                document.issuer().orElse(null),
                document.series().orElse(null),
                document.number().orElse(null),
                document.issuedOn().map(LocalDate::toString).orElse(null),
                document.validUntil().map(LocalDate::toString).orElse(null));
    }
}
