package org.unipayout.simulator.bank131;

import static org.unipayout.simulator.bank131.Rule.optional;
import static org.unipayout.simulator.bank131.Rule.pattern;
import static org.unipayout.simulator.bank131.Rule.required;

import java.util.ArrayList;
import java.util.List;
import org.unipayout.simulator.bank131.Bank131Switches.Flag;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** The field rules of everything that describes a payout (reference, sections 3 and 5). */
final class PayoutFields {
    /** The name under which the instrument is kept here, whatever the version calls it. */
    static final String INSTRUMENT = "instrument";

    static final Rule.Shape SETTLEMENT_ACCOUNT = pattern("an account of 20 digits", "\\d{20}");

    private static final Rule.Shape CURRENCY = pattern("an ISO 4217 code", "(?i)[a-z]{3}|tonc");
    private static final Rule.Shape INN = pattern("an INN of 10 or 12 digits", "\\d{10}|\\d{12}");
    private static final List<String> COPIED = List.of(
            "amount_details",
            "participant_details",
            "customer",
            "metadata",
            "payment_details",
            "fiscalization_details");
    private static final List<Rule> AMOUNT =
            List.of(required("amount", Rule.POSITIVE_INTEGER), required("currency", CURRENCY));
    private static final List<Rule> CUSTOMER = List.of(required("reference", Rule.TEXT));
    private static final List<Rule> CONTACT = List.of(optional("email", Rule.TEXT), optional("phone", Rule.TEXT));
    private static final List<Rule> PARTICIPANT = participant();
    private static final List<Rule> TAXPAYER = List.of(
            required("tax_reference", pattern("12 digits", "\\d{12}")),
            required("payer_type", pattern("legal, individual or foreign", "legal|individual|foreign")),
            optional("payer_tax_number", Rule.TEXT),
            optional("payer_name", Rule.TEXT));
    private static final List<Rule> SERVICE = List.of(
            required("name", Rule.TEXT),
            required("amount_details", Rule.OBJECT),
            required("quantity", Rule.POSITIVE_NUMBER));

    private PayoutFields() {}

    /** Everything in a request that describes a payout, each part checked by itself. */
    static ObjectNode read(ApiMethod method, ObjectNode body, Bank131Switches switches) {
        ObjectNode fields = Json.object();
        for (String name : COPIED) {
            JsonNode value = Json.member(body, name);
            if (value != null) {
                fields.set(name, value);
            }
        }
        String name = instrumentName(method.dialect(), body, switches);
        if (Json.member(body, name) != null) {
            ObjectNode json = Json.child(body, name);
            Instrument.read(name, json, switches);
            fields.set(INSTRUMENT, json);
        }
        checkParts(fields);
        return fields;
    }

    /** Refuses a payout for which something mandatory was given neither now nor when its session was created. */
    static Instrument complete(ApiMethod method, ObjectNode fields, Bank131Switches switches) {
        String name = method.dialect().instrument();
        if (Json.member(fields, "amount_details") == null && switches.isOn(Flag.AMOUNT_MAY_BE_MISSING)) {
            fields.set("amount_details", Json.amount(10000, "rub"));
        }
        for (String field : List.of(INSTRUMENT, "amount_details")) {
            if (Json.member(fields, field) == null) {
                throw RefusalException.invalid((field.equals(INSTRUMENT) ? name : field) + " is missing");
            }
        }
        Instrument instrument = Instrument.read(name, Json.child(fields, INSTRUMENT), switches);
        checkInstrument(method.kind(), instrument, fields, switches);
        checkKind(method.kind(), fields);
        return instrument;
    }

    /** Checks what {@code fps/customer_verification} needs and gives the telephone number. */
    static String verificationPhone(ApiMethod method, ObjectNode body, Bank131Switches switches) {
        String name = instrumentName(method.dialect(), body, switches);
        Instrument instrument = Instrument.read(name, Json.child(body, name), switches);
        if (!instrument.variant().equals(Instrument.FPS_VERIFICATION)) {
            throw RefusalException.invalid(
                    name + ".bank_account.system_type must be faster_payment_system_verification");
        }
        Rule.check(
                "participant_details.recipient",
                recipient(body),
                List.of(
                        required("first_name", Rule.TEXT),
                        required("last_name", Rule.TEXT),
                        optional("middle_name", Rule.TEXT)));
        return Json.text(instrument.details(), "phone");
    }

    static ObjectNode sender(ObjectNode fields) {
        return Json.child(Json.child(fields, "participant_details"), "sender");
    }

    static ObjectNode recipient(ObjectNode fields) {
        return Json.child(Json.child(fields, "participant_details"), "recipient");
    }

    private static String instrumentName(Dialect dialect, ObjectNode body, Bank131Switches switches) {
        String foreign = dialect.other().instrument();
        if (Json.member(body, foreign) == null) {
            return dialect.instrument();
        }
        if (switches.isOn(Flag.LENIENT_NAMES)) {
            return foreign;
        }
        throw RefusalException.invalid(foreign + " belongs to another version; here it is " + dialect.instrument());
    }

    private static void checkParts(ObjectNode fields) {
        if (Json.member(fields, "amount_details") != null) {
            Rule.check("amount_details", Json.child(fields, "amount_details"), AMOUNT);
        }
        if (Json.member(fields, "customer") != null) {
            ObjectNode customer = Json.child(fields, "customer");
            Rule.check("customer", customer, CUSTOMER);
            eachOf(customer, "customer", "contacts", CONTACT);
        }
        Rule.check("participant_details.sender", sender(fields), PARTICIPANT);
        Rule.check("participant_details.recipient", recipient(fields), PARTICIPANT);
        if (Json.member(fields, "fiscalization_details") != null) {
            checkFiscalization(fields);
        }
    }

    private static void checkInstrument(
            PayoutKind kind, Instrument instrument, ObjectNode fields, Bank131Switches switches) {
        String currency = Json.text(Json.child(fields, "amount_details"), "currency");
        if (instrument.rublesOnly() && !currency.equalsIgnoreCase("rub")) {
            throw RefusalException.invalid("amount_details.currency must be rub for this instrument");
        }
        if (instrument.variant().equals(Instrument.FPS_VERIFICATION)) {
            throw RefusalException.invalid("an FPS verification is not a payout");
        }
        if (instrument.variant().equals(Instrument.FPS)
                && kind.fromCollateral()
                && !switches.isOn(Flag.FPS_FROM_COLLATERAL)) {
            throw RefusalException.invalid("FPS payouts are made from a settlement or escrow account");
        }
        if (kind.internalTransfer() && !instrument.isCard()) {
            throw RefusalException.invalid("this method pays to cards");
        }
    }

    private static void checkKind(PayoutKind kind, ObjectNode fields) {
        if (kind == PayoutKind.FISCALIZATION && Json.member(fields, "fiscalization_details") == null) {
            throw RefusalException.invalid("fiscalization_details is missing");
        }
        if (kind == PayoutKind.SETTLEMENT || kind == PayoutKind.ESCROW) {
            Rule.check("participant_details.sender", sender(fields), List.of(required("account", SETTLEMENT_ACCOUNT)));
        }
        if (kind.fromEscrow()) {
            Rule.check("participant_details.sender", sender(fields), List.of(required("beneficiary_id", INN)));
        }
        if (kind.internalTransfer()) {
            checkInternalTransfer(kind, fields);
        }
    }

    private static void checkInternalTransfer(PayoutKind kind, ObjectNode fields) {
        ObjectNode details = Json.child(fields, "payment_details");
        String where = "payment_details";
        Rule.check(where, details, List.of(required("type", pattern("internal_transfer", "internal_transfer"))));
        String inner = kind.fromEscrow() ? "transfer_from_nominal_account" : "transfer_from_bank_account";
        ObjectNode transfer = Json.child(details, "internal_transfer");
        where += ".internal_transfer";
        Rule.check(where, transfer, List.of(required("type", pattern(inner, inner))));
        Rule.check(where + "." + inner, Json.child(transfer, inner), List.of(required("description", Rule.TEXT)));
        List<Rule> name = List.of(required("full_name", Rule.TEXT));
        Rule.check("participant_details.sender", sender(fields), name);
        Rule.check("participant_details.recipient", recipient(fields), name);
        Rule.check("", fields, List.of(required("customer", Rule.OBJECT)));
    }

    private static void checkFiscalization(ObjectNode fields) {
        String where = "fiscalization_details.professional_income_taxpayer";
        ObjectNode taxpayer = Json.child(Json.child(fields, "fiscalization_details"), "professional_income_taxpayer");
        Rule.check(where, taxpayer, TAXPAYER);
        if (eachOf(taxpayer, where, "services", SERVICE) == 0) {
            throw RefusalException.invalid(where + ".services is missing");
        }
        for (JsonNode service : taxpayer.path("services")) {
            Rule.check(where + ".services.amount_details", Json.child((ObjectNode) service, "amount_details"), AMOUNT);
        }
    }

    private static int eachOf(ObjectNode parent, String where, String name, List<Rule> rules) {
        JsonNode list = Json.member(parent, name);
        if (list == null) {
            return 0;
        }
        for (JsonNode item : list) {
            if (!(item instanceof ObjectNode object)) {
                throw RefusalException.invalid(where + "." + name + " must be a list of objects");
            }
            Rule.check(where + "." + name, object, rules);
        }
        if (!list.isArray()) {
            throw RefusalException.invalid(where + "." + name + " must be a list of objects");
        }
        return list.size();
    }

    private static List<Rule> participant() {
        List<Rule> rules = new ArrayList<>();
        for (String field : ("full_name first_name last_name middle_name company_name reference tax_reference "
                        + "registration_number date_of_incorporation beneficiary_id wallet_id code description "
                        + "country_iso2 country_iso3 city postal_code address_line street building flat state ipv4 ipv6 "
                        + "msisdn email account currency bank_name swift_bic_code document citizenship_country_iso_3")
                .split(" ", -1)) {
            rules.add(optional(field, Rule.TEXT));
        }
        rules.add(optional("date_of_birth", pattern("a date like 1990-01-31", "\\d{4}-\\d{2}-\\d{2}")));
        rules.add(optional("identity_document", Rule.OBJECT));
        return List.copyOf(rules);
    }
}
