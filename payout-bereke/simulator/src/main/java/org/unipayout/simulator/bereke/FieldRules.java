package org.unipayout.simulator.bereke;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.databind.JsonNode;

/** The request tables of the bank's page: what must be there, and in what form. */
final class FieldRules {
    private static final Set<String> OBJECTS =
            Set.of("client", "source", "target", "target.card", "urls", "jsonParams");

    private final BerekeSwitches switches;

    FieldRules(BerekeSwitches switches) {
        this.switches = switches;
    }

    void checkCredentials(Fields fields, String userName, String password) {
        String user = fields.text("userName");
        if (user == null && switches.acceptUsername) {
            user = fields.text("username");
        }
        String secret = fields.text("password");
        if (user == null || secret == null) {
            throw new BerekeRefusal(BerekeError.CREDENTIALS_MISSING);
        }
        fields.matchText("userName", "^.{1,30}$");
        fields.matchText("password", "^.{1,30}$");
        if (!user.equals(userName) || !secret.equals(password)) {
            throw new BerekeRefusal(BerekeError.NOT_AUTHENTICATED);
        }
    }

    void checkRegister(Fields fields) {
        checkPayout(fields);
        fields.matchInteger("sessionTimeoutSecs", 9);
        if (fields.has("urls")) {
            fields.require("urls.returnUrl");
        }
        fields.matchText("urls.returnUrl", "^https?://.+$");
        fields.matchText("urls.failUrl", "^https?://.+$");
    }

    void checkPerform(Fields fields) {
        checkPayout(fields);
        checkSource(fields, switches.funding == BerekeSwitches.Funding.CORPORATE_CARD);
        boolean card = pan(fields) != null;
        boolean binding = fields.has("target.bindingId");
        if (card && binding) {
            throw new BerekeRefusal(BerekeError.INVALID_REQUEST);
        }
        if (!card && !binding) {
            fields.require("target");
            throw new BerekeRefusal(BerekeError.REQUIRED_PARAMETER, panName());
        }
        fields.matchText("target.bindingId", "^.{1,255}$");
        if (binding) {
            fields.require("client.clientId");
        }
    }

    void checkStatus(Fields fields) {
        fields.matchText("language", "^[A-Za-z]{2}$");
        fields.matchText("orderId", "^.{1,36}$");
        if (!fields.has("orderId") && !fields.has("orderNumber")) {
            throw new BerekeRefusal(BerekeError.NO_ORDER_IDENTIFICATION);
        }
    }

    /** A corporate card is named by its binding; without one the transit account pays, unless a card must. */
    void checkSource(Fields fields, boolean required) {
        fields.matchObject("source");
        String source = fields.text("source.bindingId");
        boolean refused = source == null
                ? required || fields.has("source")
                : switches.funding == BerekeSwitches.Funding.TRANSIT_ACCOUNT
                        || !source.equals(BerekeSimulator.CORPORATE_BINDING);
        if (refused) {
            throw new BerekeRefusal(BerekeError.WRONG_SOURCE);
        }
    }

    /** The card number in the spellings that are taken, null if there is none. */
    @Nullable String pan(Fields fields) {
        String plain = fields.text("target.pan");
        String nested = fields.text("target.card.pan");
        return switch (switches.panForm) {
            case TARGET_PAN -> plain;
            case TARGET_CARD_PAN -> nested;
            case EITHER -> plain != null ? plain : nested;
        };
    }

    private String panName() {
        return switches.panForm == BerekeSwitches.PanForm.TARGET_CARD_PAN ? "target.card.pan" : "target.pan";
    }

    private void checkPayout(Fields fields) {
        OBJECTS.forEach(fields::matchObject);
        fields.require("orderNumber");
        fields.matchText("orderNumber", "^.{1," + switches.orderNumberLength + "}$");
        fields.require("amount");
        fields.matchInteger("amount", 12);
        fields.require("currency");
        JsonNode currency = fields.node("currency");
        if (!currency.isTextual() || !currency.textValue().equals("398")) {
            throw new BerekeRefusal(BerekeError.WRONG_CURRENCY);
        }
        fields.matchText("description", "^[\\s\\S]{0,598}$");
        fields.matchText("language", "^[A-Za-z]{2}$");
        checkClient(fields);
        for (JsonNode value : fields.node("jsonParams")) {
            if (!value.isTextual()) {
                throw new BerekeRefusal(BerekeError.PATTERN_MISMATCH, "jsonParams", "^.*$");
            }
        }
    }

    private void checkClient(Fields fields) {
        if (switches.clientNameRequired) {
            fields.require("client.name");
        }
        fields.matchText("client.clientId", "^.{1," + switches.clientIdLength + "}$");
        fields.matchText("client.email", "^.{1,30}$");
        fields.matchText("client.phone", "^[+0-9][0-9]{0,14}$");
        fields.matchText("client.name", "^[A-Za-z .'-]{1,24}$");
    }
}
