package org.unipayout.simulator.horizonpay;

import org.unipayout.simulator.horizonpay.HorizonPaySwitches.Envelope;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.SimulatedResponse;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ArrayNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** What a merchant asks beside payouts: card tokens, the balance, whether a transfer between two cards is allowed. */
final class SideServices {
    private static final String CARD_FORBIDDEN_FOR_TRANSFERS = "4005550000000019";
    private static final String CARD_THAT_NEEDS_HOLDER = "4012001037484447";

    private final HorizonPaySwitches switches;
    private final CardVault vault;
    private final Ledger ledger;
    private final Refusals refusals;

    SideServices(HorizonPaySwitches switches, CardVault vault, Ledger ledger) {
        this.switches = switches;
        this.vault = vault;
        this.ledger = ledger;
        this.refusals = new Refusals(switches);
    }

    /** POST /credit_cards; its answer has one form only. */
    SimulatedResponse saveCard(JsonNode request, Envelope envelope) {
        FieldCheck check = new FieldCheck(request);
        PayoutRules.card(check, "");
        if (!check.errors().isEmpty()) {
            return refusals.invalid(envelope, check.errors());
        }
        Card card = Card.of(request);
        return SimulatedResponse.json(200, Json.write(card.tokenAnswer(vault.save(card))));
    }

    /** POST /credit_cards/{token}: a new holder or expiry, the number stays. */
    SimulatedResponse updateCard(String token, JsonNode request, Envelope envelope) {
        Card saved = vault.find(token);
        if (saved == null) {
            return refusals.notFound(envelope);
        }
        Card updated = saved.updatedBy(request);
        vault.update(token, updated);
        return SimulatedResponse.json(200, Json.write(updated.tokenAnswer(token)));
    }

    /** POST /balance: what the acquirer's account still holds after all payouts; neither envelope applies. */
    SimulatedResponse balance(JsonNode request, Envelope envelope) {
        FieldCheck check = new FieldCheck(request);
        if (!check.has("account") && !check.has("currency") && !check.has("gateway_id")) {
            return refusals.invalid(
                    envelope, FieldErrors.of("base", "One of account, currency, gateway_id is required."));
        }
        String currency = check.has("currency") ? check.textOf("currency") : "KZT";
        ObjectNode answer = Json.object();
        answer.put("status", "successful");
        ObjectNode result = answer.putObject("result");
        result.put(
                "gatewayId",
                check.has("gateway_id") ? Json.at(request, "gateway_id").asInt() : 5);
        result.put("account", check.has("account") ? check.textOf("account") : "simulated account");
        result.put("amount", switches.openingBalance - ledger.total(currency));
        result.put("currency", currency);
        result.putObject(switches.bankInfoKey);
        return SimulatedResponse.json(200, Json.write(answer));
    }

    /** POST /p2p-restrictions; the recipient's card is taken under both names that samples use. */
    SimulatedResponse transferCheck(JsonNode request) {
        FieldCheck check = new FieldCheck(request);
        check.required("amount");
        check.positiveInteger("amount");
        check.required("currency");
        if (!check.errors().isEmpty()) {
            ObjectNode refusal = Json.object();
            refusal.put("message", check.errors().message());
            refusal.set("errors", check.errors().tree());
            refusal.put("error_code", "invalid_params");
            return SimulatedResponse.json(422, Json.write(refusal));
        }
        boolean forbidden = check.textOf("credit_card.number").equals(CARD_FORBIDDEN_FOR_TRANSFERS);
        String key = check.has("recipient_card") ? "recipient_card" : "recipient_credit_card";
        boolean holderNeeded =
                check.textOf(key + ".number").equals(CARD_THAT_NEEDS_HOLDER) && !check.has(key + ".holder");
        ObjectNode answer = Json.object();
        answer.put("status", forbidden ? "failed" : "successful");
        answer.put("message", forbidden ? "Forbidden by bank" : "p2p is allowed");
        ObjectNode required = answer.putObject("required_fields");
        required.putArray("credit_card");
        ArrayNode recipientFields = required.putArray(key);
        if (holderNeeded) {
            recipientFields.add("holder");
        }
        answer.putObject("commission");
        return SimulatedResponse.json(200, Json.write(answer));
    }
}
