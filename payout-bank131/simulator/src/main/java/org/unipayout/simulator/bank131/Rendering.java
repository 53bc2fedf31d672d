package org.unipayout.simulator.bank131;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.unipayout.simulator.bank131.Bank131Switches.Flag;
import org.unipayout.testkit.Scenario;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ArrayNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** Writes sessions and payouts as answers and webhooks show them; what is absent is left out, never null. */
final class Rendering {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** The optional objects of a payout. */
    private static final List<String> EMPTY_OBJECTS = List.of("customer", "error", "amounts", "transaction_info");

    private final Bank131Switches switches;
    private final Tokens tokens;

    Rendering(Bank131Switches switches, Tokens tokens) {
        this.switches = switches;
        this.tokens = tokens;
    }

    static ObjectNode ok() {
        return Json.object().put("status", "ok");
    }

    static ObjectNode error(String code, String description) {
        return Json.object().put("status", "error").set("error", new Failure(code, description).json());
    }

    ObjectNode answer(Session session, Dialect dialect) {
        return withSession(ok(), session, dialect);
    }

    ObjectNode webhook(String type, Session session) {
        return withSession(Json.object().put("type", type), session, session.dialect());
    }

    private ObjectNode withSession(ObjectNode root, Session session, Dialect dialect) {
        root.set("session", session(session, dialect));
        if (session.waits()) {
            session.payouts().stream()
                    .filter(payout -> payout.kind().needsConfirmInformation())
                    .findFirst()
                    .ifPresent(payout -> root.set("confirm_information", ConfirmInformation.of(payout, dialect)));
        }
        return root;
    }

    private ObjectNode session(Session session, Dialect dialect) {
        ObjectNode json = Json.object()
                .put("id", session.id())
                .put("status", session.status())
                .put("created_at", TIME.format(session.createdAt()))
                .put("updated_at", TIME.format(session.updatedAt()));
        if (session.waits()) {
            json.put("next_action", "confirm");
        }
        Failure failure = session.failure();
        if (failure != null) {
            json.set("error", failure.json());
        }
        if (failure == null && switches.isOn(Flag.EMPTY_OBJECTS_AS_LISTS)) {
            json.set("error", Json.array());
        }
        List<Payout> listed =
                session.payouts().stream().filter(payout -> !isHidden(payout)).toList();
        if (!listed.isEmpty()) {
            json.set(dialect.payouts(), payouts(listed, dialect));
            bothLists(listed, dialect, json);
        }
        List<Payout> transfers =
                session.payouts().stream().filter(this::isListedAsTransfer).toList();
        if (!transfers.isEmpty()) {
            json.set(dialect.incoming(), transfers(transfers));
        }
        return json;
    }

    private void bothLists(List<Payout> payouts, Dialect dialect, ObjectNode json) {
        boolean disagree = switches.isOn(Flag.LISTS_DISAGREE);
        if (dialect != Dialect.V2 || !(disagree || switches.isOn(Flag.V2_ANSWERS_WITH_PAYMENTS))) {
            return;
        }
        ArrayNode list = payouts(payouts, Dialect.V1);
        if (disagree) {
            list.forEach(payout -> ((ObjectNode) payout).put("status", Payout.FAILED));
        }
        json.set(Dialect.V1.payouts(), list);
    }

    private boolean isListedAsTransfer(Payout payout) {
        return payout.kind().internalTransfer() && switches.isOn(Flag.INTERNAL_TRANSFER_LISTED);
    }

    private boolean isHidden(Payout payout) {
        return isListedAsTransfer(payout) && !payout.ended();
    }

    private static ArrayNode transfers(List<Payout> payouts) {
        ArrayNode list = Json.array();
        for (Payout payout : payouts) {
            ObjectNode json = list.addObject()
                    .put("id", "pm_" + payout.id().substring(3))
                    .put("status", payout.status())
                    .put("created_at", TIME.format(payout.createdAt()));
            copy(payout.fields(), "payment_details", json);
            json.set("amount_details", Json.amount(payout.amount(), payout.currency()));
            copy(payout.fields(), "metadata", json);
        }
        return list;
    }

    private ArrayNode payouts(List<Payout> payouts, Dialect dialect) {
        ArrayNode list = Json.array();
        payouts.forEach(payout -> list.add(payout(payout, dialect)));
        return list;
    }

    private ObjectNode payout(Payout payout, Dialect dialect) {
        ObjectNode json = Json.object()
                .put("id", payout.id())
                .put("status", payout.status())
                .put("created_at", TIME.format(payout.createdAt()));
        Instant finishedAt = payout.finishedAt();
        if (finishedAt != null) {
            json.put("finished_at", TIME.format(finishedAt));
        }
        copy(payout.fields(), "customer", json);
        json.set(dialect.instrument(), instrument(payout));
        json.set("amount_details", Json.amount(shownAmount(payout), payout.currency()));
        copy(payout.fields(), "participant_details", json);
        fiscalization(payout, json);
        copy(payout.fields(), "metadata", json);
        Failure failure = payout.failure();
        if (failure != null) {
            json.set("error", failure.json());
        } else if (payout.ended()) {
            ObjectNode fee = Json.object().set("merchant_fee", Json.amount(Balances.FEE, payout.ledgerCurrency()));
            json.set("amounts", Json.object().set("fee", fee));
            ObjectNode info = transactionInfo(payout);
            if (!info.isEmpty()) {
                json.set("transaction_info", info);
            }
        }
        if (!payout.refunds().isEmpty()) {
            json.set("refunds", refunds(payout));
        }
        if (switches.isOn(Flag.EMPTY_OBJECTS_AS_LISTS)) {
            EMPTY_OBJECTS.stream().filter(name -> !json.has(name)).forEach(name -> json.set(name, Json.array()));
        }
        return json;
    }

    private ObjectNode instrument(Payout payout) {
        ObjectNode shown = payout.instrument().shown(payout.ended(), tokens);
        if (switches.isOn(Flag.WHOLE_NUMBER_IN_LAST4) && shown.path("card").has("last4")) {
            ObjectNode whole = shown.deepCopy();
            ObjectNode card = Json.child(whole, "card");
            card.put(
                    "last4",
                    card.path("bin").textValue() + "000000" + card.path("last4").textValue());
            return whole;
        }
        return shown;
    }

    private static long shownAmount(Payout payout) {
        return payout.scenario() == Scenario.WRONG_ECHO ? payout.amount() + 1 : payout.amount();
    }

    private static void fiscalization(Payout payout, ObjectNode json) {
        JsonNode details = payout.fields().get("fiscalization_details");
        if (payout.kind() != PayoutKind.FISCALIZATION || details == null) {
            return;
        }
        ObjectNode shown = details.deepCopy();
        if (payout.ended() && payout.failure() == null) {
            ObjectNode receipt =
                    Json.object().put("id", "rc_" + payout.id()).put("link", "https://receipt.invalid/" + payout.id());
            Json.child(shown, "professional_income_taxpayer").set("receipt", receipt);
        }
        json.set("fiscalization_details", shown);
    }

    private ObjectNode transactionInfo(Payout payout) {
        long number = Long.parseLong(payout.id().substring(3));
        ObjectNode info = Json.object();
        if (payout.instrument().isCard()) {
            return info.put("rrn", String.format(Locale.ROOT, "%012d", 425_300_000_000L + number))
                    .put("auth_code", String.format(Locale.ROOT, "%06d", number % 1_000_000));
        }
        if (payout.instrument().variant().equals(Instrument.FPS)) {
            return info.put("fp_message_id", String.format(Locale.ROOT, "%032X", number));
        }
        return payout.instrument()
                .accountToken(tokens)
                .map(token -> info.put("bank_account_ru_token", token))
                .orElse(info);
    }

    private static ArrayNode refunds(Payout payout) {
        ArrayNode list = Json.array();
        for (Payout.Refund refund : payout.refunds()) {
            list.addObject()
                    .put("id", refund.id())
                    .put("status", refund.done() ? "accepted" : "in_progress")
                    .put("created_at", TIME.format(refund.at()))
                    .put("finished_at", TIME.format(refund.at()))
                    .set("amount_details", Json.amount(payout.amount(), payout.currency()));
        }
        return list;
    }

    private static void copy(ObjectNode from, String name, ObjectNode to) {
        JsonNode value = Json.member(from, name);
        if (value != null) {
            to.set(name, value);
        }
    }
}
