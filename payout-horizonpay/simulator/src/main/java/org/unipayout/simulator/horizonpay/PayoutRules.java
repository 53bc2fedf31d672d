package org.unipayout.simulator.horizonpay;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/** The field table of the payout page: which fields must be there, how long they may be and what they may hold. */
final class PayoutRules {
    private static final Set<String> CURRENCIES = Currency.getAvailableCurrencies().stream()
            .map(Currency::getCurrencyCode)
            .collect(Collectors.toUnmodifiableSet());
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    private static final Set<String> DOCUMENT_TYPES = Set.of("PASSPORT", "ID");
    private static final Set<String> COUNTRIES_WITH_STATES = Set.of("US", "CA");
    private static final Predicate<String> DIGITS = matching("\\d+");
    private static final Predicate<String> MONTH = matching("0[1-9]|1[0-2]");
    private static final Predicate<String> YEAR = matching("\\d{4}");
    private static final Predicate<String> STATE = matching("[A-Z]{2}");
    private static final Predicate<String> US_ZIP = matching("\\d{5}(-\\d{4})?");

    private final HorizonPaySwitches switches;
    private final CardVault vault;

    PayoutRules(HorizonPaySwitches switches, CardVault vault) {
        this.switches = switches;
        this.vault = vault;
    }

    FieldErrors check(JsonNode request) {
        FieldCheck check = new FieldCheck(request);
        check.required("amount");
        check.positiveInteger("amount");
        check.required("currency");
        check.text("currency", CURRENCIES::contains);
        check.required("description");
        check.text("description", 255);
        check.text("tracking_id", 255);
        check.bool("duplicate_check");
        check.bool("test");
        check.text("language");
        check.text("notification_url", PayoutRules::isWebAddress);
        check.text("verification_url", PayoutRules::isWebAddress);
        recipientCard(check);
        person(check, "recipient");
        check.text("recipient.taxpayer_id");
        person(check, "sender");
        billingAddress(check, "recipient_billing_address");
        billingAddress(check, "sender_billing_address");
        additionalData(check);
        switches.requiredFields.stream().sorted().forEach(check::required);
        return check.errors();
    }

    private void recipientCard(FieldCheck check) {
        check.section("recipient_credit_card");
        if (check.has("recipient_credit_card.token")) {
            check.text("recipient_credit_card.token");
            if (vault.find(check.textOf("recipient_credit_card.token")) == null) {
                check.complain("recipient_credit_card.token", "does not exist");
            }
            return;
        }
        card(check, "recipient_credit_card.");
    }

    /** The four fields of a card that is sent as such, below a prefix that ends in a dot or is empty. */
    static void card(FieldCheck check, String prefix) {
        check.required(prefix + "number");
        check.text(prefix + "number", 19);
        check.text(prefix + "number", DIGITS);
        check.text(prefix + "holder", 32);
        check.text(prefix + "exp_month", MONTH);
        check.text(prefix + "exp_year", YEAR);
    }

    private static void person(FieldCheck check, String section) {
        check.section(section);
        check.text(section + ".ip");
        check.text(section + ".email");
        check.text(section + ".device_id");
        check.date(section + ".birth_date");
    }

    private static void billingAddress(FieldCheck check, String section) {
        check.section(section);
        check.text(section + ".first_name", 30);
        check.text(section + ".last_name", 30);
        check.text(section + ".country", COUNTRIES::contains);
        check.text(section + ".city", 60);
        check.text(section + ".address", 255);
        check.text(section + ".phone", 100);
        String country = check.textOf(section + ".country");
        check.text(section + ".state", COUNTRIES_WITH_STATES.contains(country) ? STATE : any -> true);
        check.text(section + ".zip", country.equals("US") ? US_ZIP : any -> true);
    }

    /** The table can be read as if {@code document} lay below {@code p2p}; the sample has it beside: both are taken. */
    private static void additionalData(FieldCheck check) {
        check.section("additional_data");
        check.section("additional_data.p2p");
        check.text("additional_data.p2p.service_id");
        check.text("additional_data.p2p.service_extension");
        document(check, "additional_data.document");
        document(check, "additional_data.p2p.document");
    }

    private static void document(FieldCheck check, String section) {
        check.section(section);
        check.text(section + ".type", DOCUMENT_TYPES::contains);
        check.text(section + ".issuer");
        check.text(section + ".series");
        check.text(section + ".number");
        check.date(section + ".issued_at");
        check.date(section + ".valid_until");
    }

    private static boolean isWebAddress(String text) {
        try {
            URI uri = new URI(text);
            return ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme())) && uri.getHost() != null;
        } catch (URISyntaxException e) {
            return false;
        }
    }

    private static Predicate<String> matching(String expression) {
        return Pattern.compile(expression).asMatchPredicate();
    }
}
