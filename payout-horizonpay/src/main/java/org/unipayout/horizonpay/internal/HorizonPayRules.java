package org.unipayout.horizonpay.internal;

import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.Address;
import org.unipayout.IdentityDocument;
import org.unipayout.Participant;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.ReferenceRule;
import org.unipayout.horizonpay.HorizonPayExtras;

/**
 * HorizonPay's field rules, checked before any I/O. Each message names the field and never repeats the value.
 *
 * <p>Source: docs.horizonpay.kz, "Payout", the table of request fields. Which of the conditional fields a shop must send
 * depends on its acquirer, so their absence is not checked here.
 */
public final class HorizonPayRules {
    /**
     * A {@code tracking_id} may hold up to 255 characters. A semicolon would make it a list. The rest is narrower than
     * the provider's rule on purpose: the reference stands in the path of the look-up, and a look-up that misses because
     * of a character would make a paid payout seem absent. A dot is among them: servers of this kind take what follows
     * the last dot of a path for a format.
     */
    public static final ReferenceRule REFERENCE = new ReferenceRule(
            255,
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9_~:@-]*"),
            "letters, digits and _ ~ : @ - and must start with a letter or digit");

    private static final Set<String> DOCUMENT_TYPES = Set.of("PASSPORT", "ID");
    private static final Set<String> COUNTRIES_WITH_STATES = Set.of("US", "CA");

    private HorizonPayRules() {}

    /**
     * Checks a request.
     *
     * @param fence where the merchant's fence answers, or null if there is none
     * @throws IllegalArgumentException if a field is missing or malformed
     */
    public static void check(PayoutRequest request, @Nullable URI fence) {
        Optional<URI> verificationUrl = HorizonPayExtras.of(request).verificationUrl();
        require(
                fence == null
                        || verificationUrl.isEmpty()
                        || verificationUrl.get().equals(fence),
                "extras.verificationUrl: must be left out, because the fence of the options answers for every payout");
        checkDescription(request.description().orElse(null));
        checkCard(request.recipient());
        request.recipientDetails().ifPresent(person -> checkPerson(person, "recipientDetails"));
        request.sender().ifPresent(person -> checkPerson(person, "sender"));
        request.sender().flatMap(Participant::document).ifPresent(HorizonPayRules::checkDocument);
    }

    /**
     * Checks a description, which every transaction needs.
     *
     * @throws IllegalArgumentException if it is missing or too long
     */
    public static void checkDescription(@Nullable String description) {
        require(description != null && !description.isBlank(), "description: is required by HorizonPay");
        checkLength(Optional.ofNullable(description), 255, "description");
    }

    /**
     * Checks what HorizonPay limits about a card.
     *
     * @throws IllegalArgumentException if it is outside the limits
     */
    public static void checkCard(Recipient recipient) {
        if (recipient instanceof Recipient.Card card) {
            checkLength(Optional.ofNullable(card.holder()), 32, "recipient.holder");
        }
    }

    /**
     * Checks a person.
     *
     * @throws IllegalArgumentException if a part of it is malformed
     */
    public static void checkPerson(Participant person, String field) {
        checkLength(person.firstName(), 30, field + ".firstName");
        checkLength(person.lastName(), 30, field + ".lastName");
        checkLength(person.phone(), 100, field + ".phone");
        person.address().ifPresent(address -> checkAddress(address, field + ".address"));
    }

    private static void checkAddress(Address address, String field) {
        checkLength(address.city(), 60, field + ".city");
        checkLength(address.line(), 255, field + ".line");
        String country = address.country().orElse("");
        address.state()
                .ifPresent(state -> require(
                        COUNTRIES_WITH_STATES.contains(country) && state.matches("[A-Z]{2}"),
                        field + ".state: must be two capital letters, and only in the US and CA"));
        address.postalCode()
                .filter(zip -> country.equals("US"))
                .ifPresent(zip -> require(
                        zip.matches("[0-9]{5}(-[0-9]{4})?"),
                        field + ".postalCode: must be NNNNN or NNNNN-NNNN in the US"));
    }

    private static void checkDocument(IdentityDocument document) {
        document.type()
                .ifPresent(
                        type -> require(DOCUMENT_TYPES.contains(type), "sender.document.type: must be PASSPORT or ID"));
    }

    private static void checkLength(Optional<String> value, int longest, String field) {
        require(
                value.filter(text -> text.codePointCount(0, text.length()) > longest)
                        .isEmpty(),
                field + ": must have at most " + longest + " characters; it is not shortened");
    }

    private static void require(boolean condition, String message) {
        if (!condition) {
            throw new IllegalArgumentException(message);
        }
    }
}
