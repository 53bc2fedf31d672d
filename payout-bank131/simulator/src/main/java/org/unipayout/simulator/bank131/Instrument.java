package org.unipayout.simulator.bank131;

import static org.unipayout.simulator.bank131.Rule.optional;
import static org.unipayout.simulator.bank131.Rule.pattern;
import static org.unipayout.simulator.bank131.Rule.required;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.unipayout.simulator.bank131.Bank131Switches.Flag;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** Where a payout goes: the checked form of {@code payment_method} / {@code payout_details} (section 5.6). */
record Instrument(String variant, ObjectNode json, ObjectNode details) {
    static final String FPS = "bank_account.faster_payment_system";
    static final String FPS_VERIFICATION = "bank_account.faster_payment_system_verification";
    static final String ACCOUNT = "bank_account.ru";

    private static final String BANK_CARD = "card.bank_card";
    private static final String TOKENIZED_CARD = "card.tokenized_card";
    private static final String LEGAL_ENTITY = "40702810";
    private static final String SOLE_PROPRIETOR = "40802810";
    private static final String SOLE_PROPRIETOR_PREFIX = "ИП ";

    private static final Pattern PAYABLE = Pattern.compile("(40817|4230[1-7]|40802|40820|40702)810\\d{12}");
    private static final Pattern PAYABLE_FROM_OTHERS =
            Pattern.compile("(40817|4230[1-7]|40802|40702|40701|40502)810\\d{12}");

    private static final Rule.Shape TOKEN = pattern("a token of 64 hexadecimal digits", "[0-9a-f]{64}");
    private static final Rule.Shape ACCOUNT_NUMBER = pattern("20 digits", "\\d{20}");
    private static final Rule.Shape BANK_ID = pattern("an FPS bank id of 12 digits", "100000000\\d{3}");
    private static final Rule.Shape PHONE = pattern("a telephone number 79… or 0070…", "79\\d{9}|00\\d{11}");

    /** The kinds whose object names its own kind, and the member that does so. */
    private static final Map<String, String> NESTED =
            Map.of("card", "type", "wallet", "type", "crypto_wallet", "type", "bank_account", "system_type");

    private static final Map<String, List<Rule>> RULES = Map.ofEntries(
            Map.entry(
                    BANK_CARD,
                    List.of(
                            required("number", pattern("14 to 19 digits", "\\d{14,19}")),
                            optional("expiration_month", pattern("2 digits", "\\d{2}")),
                            optional("expiration_year", pattern("2 digits", "\\d{2}")),
                            optional("security_code", pattern("3 or 4 digits", "\\d{3,4}")),
                            optional("cardholder_name", Rule.TEXT))),
            Map.entry(TOKENIZED_CARD, List.of(required("token", TOKEN))),
            Map.entry(
                    "card.encrypted_card",
                    List.of(
                            required("number_hash", Rule.TEXT),
                            optional("expiration_date_hash", Rule.TEXT),
                            optional("security_code_hash", Rule.TEXT),
                            optional("cardholder_name_hash", Rule.TEXT))),
            Map.entry(
                    "recurrent",
                    List.of(
                            required("token", Rule.TEXT),
                            optional("initiator", Rule.TEXT),
                            optional("security_code", pattern("3 or 4 digits", "\\d{3,4}")))),
            Map.entry(
                    ACCOUNT,
                    List.of(
                            optional("token", TOKEN),
                            optional("bik", pattern("9 digits", "\\d{9}")),
                            optional("account", ACCOUNT_NUMBER),
                            required("full_name", Rule.TEXT),
                            required(
                                    "description", Rule.both(Rule.textUpTo(210), pattern("free of ? and !", "[^?!]*"))),
                            optional("is_fast", Rule.TRUTH),
                            optional("inn", pattern("10 or 12 digits", "\\d{10}|\\d{12}")),
                            optional("kpp", pattern("9 digits", "\\d{9}")))),
            Map.entry(
                    FPS,
                    List.of(
                            required("phone", PHONE),
                            required("bank_id", BANK_ID),
                            required("description", Rule.textUpTo(140)))),
            Map.entry(FPS_VERIFICATION, List.of(required("phone", PHONE), required("bank_id", BANK_ID))),
            Map.entry("bank_account.iban", List.of(required("account", Rule.TEXT))),
            Map.entry("bank_account.upi", List.of()),
            Map.entry(
                    "wallet.yoomoney",
                    List.of(
                            required("account", pattern("11 to 20 digits", "\\d{11,20}")),
                            optional("description", Rule.TEXT))),
            Map.entry("wallet.qiwi", List.of(required("account", Rule.TEXT), optional("description", Rule.TEXT))),
            Map.entry("wallet.moneta", List.of(required("account", Rule.TEXT), optional("description", Rule.TEXT))),
            Map.entry("wallet.steam", List.of(required("account", Rule.TEXT))),
            Map.entry(
                    "crypto_wallet.ton",
                    List.of(
                            required("address", Rule.TEXT),
                            required("product_id", Rule.TEXT),
                            required("product_name", Rule.TEXT))));

    private static final Set<String> RUBLES_ONLY = Set.of(ACCOUNT, FPS, "wallet.yoomoney");

    /** Checks an instrument and refuses one that breaks a rule. */
    static Instrument read(String name, ObjectNode json, Bank131Switches switches) {
        String type = kind(Rule.path(name, "type"), json, "type");
        ObjectNode details = Json.child(json, type);
        String variant = type;
        String where = Rule.path(name, type);
        String nested = NESTED.get(type);
        if (nested != null) {
            String inner = kind(where + "." + nested, details, nested);
            details = Json.child(details, inner);
            variant = type + "." + inner;
            where += "." + inner;
        }
        List<Rule> rules = RULES.get(variant);
        if (rules == null) {
            throw RefusalException.invalid(Rule.path(name, "type") + " names no instrument of a payout");
        }
        Rule.check(where, details, rules);
        Instrument instrument = new Instrument(variant, json, details);
        instrument.checkTogether(where, switches);
        return instrument;
    }

    /** Whether an account is of a kind that can be paid to; the bank lets payouts to others fail. */
    static boolean payable(String account, PayoutKind kind) {
        return (kind.fromCollateral() ? PAYABLE : PAYABLE_FROM_OTHERS)
                .matcher(account)
                .matches();
    }

    boolean rublesOnly() {
        return RUBLES_ONLY.contains(variant);
    }

    boolean isCard() {
        return variant.startsWith("card.") || variant.equals("recurrent");
    }

    /** The account number, also behind a token made here; empty where there is none to be known. */
    String account(Tokens tokens) {
        String number = Json.text(details, "account");
        return number.isEmpty() ? tokens.account(Json.text(details, "token")).orElse("") : number;
    }

    /** The token of a Russian bank account. */
    Optional<String> accountToken(Tokens tokens) {
        if (!variant.equals(ACCOUNT)) {
            return Optional.empty();
        }
        String token = Json.text(details, "token");
        return Optional.of(
                token.isEmpty() ? tokens.tokenize(Json.text(details, "bik"), Json.text(details, "account")) : token);
    }

    /** The recipient as a ledger may show it. */
    String masked(Tokens tokens) {
        if (isCard()) {
            return face(tokens).masked();
        }
        String number = variant.equals(FPS) ? Json.text(details, "phone") : account(tokens);
        return number.length() < 10 ? variant : Tokens.maskedAccount(number);
    }

    /**
     * The instrument as answers show it. A token is echoed until the payout has ended; a card number never is (section
     * 4.3 has all these forms).
     */
    ObjectNode shown(boolean ended, Tokens tokens) {
        if (variant.equals(BANK_CARD) || (variant.equals(TOKENIZED_CARD) && ended)) {
            return Json.object().put("type", "card").set("card", face(tokens).json());
        }
        return json;
    }

    private Tokens.CardFace face(Tokens tokens) {
        if (variant.equals(BANK_CARD)) {
            return Tokens.CardFace.of(Json.text(details, "number"));
        }
        String hash = Json.text(details, "number_hash");
        return tokens.card(hash.isEmpty() ? Json.text(details, "token") : hash);
    }

    private void checkTogether(String where, Bank131Switches switches) {
        String phone = Json.text(details, "phone");
        if (phone.startsWith("00") && !switches.isOn(Flag.LONG_FPS_PHONE)) {
            throw RefusalException.invalid(where + ".phone must be a telephone number 79…");
        }
        if (!variant.equals(ACCOUNT) || !Json.text(details, "token").isEmpty()) {
            return;
        }
        String account = needed(where, "account");
        needed(where, "bik");
        if (account.startsWith(LEGAL_ENTITY)) {
            needed(where, "inn");
            needed(where, "kpp");
        }
        if (account.startsWith(SOLE_PROPRIETOR)) {
            needed(where, "inn");
            if (!Json.text(details, "full_name").startsWith(SOLE_PROPRIETOR_PREFIX)) {
                throw RefusalException.invalid(where + ".full_name must begin with ИП for a sole proprietor");
            }
        }
    }

    private String needed(String where, String field) {
        String value = Json.text(details, field);
        if (value.isEmpty()) {
            throw RefusalException.invalid(where + "." + field + " is missing");
        }
        return value;
    }

    private static String kind(String where, ObjectNode object, String field) {
        String kind = Json.text(object, field);
        if (kind.isEmpty()) {
            throw RefusalException.invalid(where + " is missing");
        }
        return kind;
    }
}
