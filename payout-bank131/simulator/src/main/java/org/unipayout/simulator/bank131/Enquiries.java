package org.unipayout.simulator.bank131;

import static org.unipayout.simulator.bank131.Rule.pattern;
import static org.unipayout.simulator.bank131.Rule.required;

import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import org.unipayout.simulator.bank131.Bank131Switches.Flag;
import wiremock.com.fasterxml.jackson.databind.node.ArrayNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** The methods beside sessions: tokens, balances, banks (reference, section 3). They move no money. */
final class Enquiries {
    private static final String WALLET = "131";
    private static final Rule.Shape CORPORATE_ACCOUNT = pattern(
            "an account of 20 digits that begins with 40701, 40702, 40703, 40802 or 40807",
            "(40701|40702|40703|40802|40807)\\d{15}");
    private static final Rule.Shape DATE_TIME = new Rule.Shape("an ISO 8601 time with offset", node -> {
        try {
            return node.isTextual() && OffsetDateTime.parse(node.textValue()) != null;
        } catch (DateTimeException e) {
            return false;
        }
    });
    private static final List<Rule> ACCOUNT = List.of(
            required("bik", pattern("9 digits", "\\d{9}")), required("account", pattern("20 digits", "\\d{20}")));

    private final Bank131Switches switches;
    private final Tokens tokens;
    private final Balances balances;

    Enquiries(Bank131Switches switches, Tokens tokens, Balances balances) {
        this.switches = switches;
        this.tokens = tokens;
        this.balances = balances;
    }

    ObjectNode tokenInfo(ObjectNode body) {
        String words = "card, public_token or recurrent_token";
        Rule.check("", body, List.of(required("type", pattern(words, "card|public_token|recurrent_token"))));
        String type = Json.text(body, "type");
        ObjectNode info = Json.object();
        if (type.equals("card")) {
            Instrument card = Instrument.read("", body, switches);
            String hash = Json.text(card.details(), "number_hash");
            String token = Json.text(card.details(), "token");
            if (hash.isEmpty() && token.isEmpty()) {
                throw RefusalException.invalid("card.type must be tokenized_card or encrypted_card");
            }
            info.put(hash.isEmpty() ? "token" : "number_hash", hash.isEmpty() ? token : hash);
            return Rendering.ok().set("info", face(info, hash.isEmpty() ? token : hash));
        }
        ObjectNode holder = Json.child(body, type);
        Rule.check(type, holder, List.of(required("token", Rule.TEXT)));
        String token = Json.text(holder, "token");
        return Rendering.ok().set("info", face(info.put("token", token), token));
    }

    ObjectNode tokenize(ObjectNode body) {
        Rule.check("", body, List.of(required("type", pattern("bank_account_ru", "bank_account_ru"))));
        ObjectNode account = Json.child(body, "bank_account_ru");
        Rule.check("bank_account_ru", account, ACCOUNT);
        String number = Json.text(account, "account");
        return Rendering.ok()
                .put("token", tokens.tokenize(Json.text(account, "bik"), number))
                .set("data", Json.object().put("masked_account", Tokens.maskedAccount(number)));
    }

    ObjectNode walletBalance(ObjectNode body) {
        Rule.check("", body, List.of(required("request_datetime", DATE_TIME)));
        ArrayNode wallets = Json.array();
        wallets.addObject().put("id", WALLET).set("amount_details", Json.amount(balances.collateral(), "rub"));
        return Rendering.ok().set("wallets", wallets);
    }

    ObjectNode accountBalance(ObjectNode body) {
        Rule.check("", body, List.of(required("account_number", CORPORATE_ACCOUNT)));
        String number = Json.text(body, "account_number");
        long kopecks = balances.account(number);
        long shown = switches.isOn(Flag.ACCOUNT_BALANCE_IN_RUBLES) ? kopecks / 100 : kopecks;
        return Rendering.ok()
                .put("account_number", number)
                .put("account_currency", "RUB")
                .set("balance", Json.object().put("current_balance", shown));
    }

    /** Fictional banks under the ids of the documents' examples: no list of real ones is public. */
    ObjectNode fpsBanks() {
        ArrayNode banks = Json.array();
        bank(banks, "100000000069", "First Simulated Bank", "Первый Симулированный Банк");
        bank(banks, "100000000197", "Second Simulated Bank", "Второй Симулированный Банк");
        bank(banks, "100000000998", "Third Simulated Bank", "Третий Симулированный Банк");
        return Rendering.ok().set("banks", banks);
    }

    private static void bank(ArrayNode banks, String id, String english, String russian) {
        banks.addObject().put("id", id).put("eng_name", english).put("ru_name", russian);
    }

    private ObjectNode face(ObjectNode info, String token) {
        Tokens.CardFace face = tokens.card(token);
        return info.put("brand", face.brand())
                .put("last4", face.last4())
                .put("country_iso3", "RUS")
                .put("type", "debit");
    }
}
