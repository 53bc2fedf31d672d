package org.unipayout.simulator.ioka;

import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** Where a payout order pays to, checked by the rules of its kind; reference 4.1. */
final class Recipient {
    private static final Pattern IIN = Pattern.compile("\\d{12}");
    private static final Pattern IBAN = Pattern.compile("[KZ]{2}[A-Z0-9]{18}");
    private static final Pattern PURPOSE = Pattern.compile(".{3}");
    private static final Pattern BENEFICIARY_CODE = Pattern.compile("1[456789]");
    private static final Set<String> TAX_SERVICES = Set.of("141", "761", "401");

    final String type;
    private ObjectNode params;
    private @Nullable String pan;

    private Recipient(String type, ObjectNode params) {
        this.type = type;
        this.params = params;
    }

    static Recipient read(Fields order, Cards cards) {
        ObjectNode json = order.requiredObject("recipient");
        Fields recipient = new Fields(json);
        String type = recipient.requiredOneOf("type", Set.of("CARD", "ACCOUNT", "TAX"));
        return switch (type) {
            case "ACCOUNT" -> account(new Fields(recipient.requiredObject("params")));
            case "TAX" -> tax(recipient.requiredObject("params"));
            default -> card(recipient, cards);
        };
    }

    private static Recipient card(Fields recipient, Cards cards) {
        Recipient card = new Recipient("CARD", Json.object());
        if (!recipient.has("params")) {
            return card;
        }
        Fields params = new Fields(recipient.requiredObject("params"));
        String cardId = params.text("card_id");
        if (cardId != null) {
            card.use(find(cards, params.text("customer_id"), cardId));
        }
        return card;
    }

    private static Recipient account(Fields params) {
        ObjectNode json = Json.object();
        json.put("iin", params.requiredPattern("iin", IIN));
        json.put("iban", params.requiredPattern("iban", IBAN));
        json.put("name", params.requiredText("name", 60));
        json.put("knp", orElse(params.pattern("knp", PURPOSE), "859"));
        json.put("kbe", orElse(params.pattern("kbe", BENEFICIARY_CODE), "17"));
        json.put("description", params.text("description", 1, 500));
        json.put("is_juridical", params.flag("is_juridical", true));
        json.put("country", orElse(params.text("country"), "KZ"));
        return new Recipient("ACCOUNT", json);
    }

    private static Recipient tax(ObjectNode params) {
        new Fields(params).requiredOneOf("service_code", TAX_SERVICES);
        return new Recipient("TAX", params.deepCopy());
    }

    /** A card that must be the customer's if a customer is named; an unknown one is a bad request here, not a 404. */
    static Card find(Cards cards, @Nullable String customerId, String cardId) {
        try {
            return customerId == null ? cards.saved(cardId) : cards.card(customerId, cardId);
        } catch (Problem unknown) {
            throw new Problem(400, "CardNotFound", unknown.text());
        }
    }

    void use(Card card) {
        pan = card.pan;
        params = Json.object().put("customer_id", card.customerId).put("card_id", card.id);
        params.put("pan_masked", Card.mask(card.pan));
    }

    void use(String number) {
        pan = number;
        params = Json.object().put("pan_masked", Card.mask(number));
    }

    void offerForm(String url) {
        params.put("url", url);
    }

    boolean isKnown() {
        return pan != null || !type.equals("CARD");
    }

    @Nullable String pan() {
        return pan;
    }

    /** What the ledger may show. */
    String masked() {
        if (pan != null) {
            return Card.mask(pan);
        }
        String iban = params.path("iban").asText();
        return iban.isEmpty() ? type : iban.substring(0, 4) + "************" + iban.substring(16);
    }

    @Nullable String text(String param) {
        JsonNode value = params.path(param);
        return value.isTextual() ? value.textValue() : null;
    }

    ObjectNode json() {
        ObjectNode json = Json.object().put("type", type);
        json.set("params", params.deepCopy());
        return json;
    }

    private static String orElse(@Nullable String text, String fallback) {
        return text == null ? fallback : text;
    }
}
