package org.unipayout.simulator.ioka;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.unipayout.simulator.ioka.TransferOrder.Attempt;
import org.unipayout.simulator.ioka.TransferOrder.Stage;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.SimulatedResponse;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ArrayNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** Product A: transfer orders from the corporate card to a person's card; reference 3. */
final class TransferOrders {
    private final Map<String, TransferOrder> orders = new LinkedHashMap<>();
    private final IokaContext context;
    private final IokaSwitches switches;
    private final Cards cards;

    TransferOrders(IokaContext context, Cards cards) {
        this.context = context;
        this.switches = context.switches;
        this.cards = cards;
    }

    void routes(Router router) {
        router.on("POST", "/v2/transfer-orders", (request, ids) -> create(request));
        router.on("GET", "/v2/transfer-orders", (request, ids) -> list(request));
        router.on("GET", "/v2/transfer-orders/{id}", (request, ids) -> get(ids.first()));
        router.on("POST", "/v2/transfer-orders/{id}/payout", (request, ids) -> payout(request, ids.first()));
        router.on("GET", "/v2/corp-accounts", (request, ids) -> corporateAccount());
    }

    void reset() {
        orders.clear();
    }

    /** Shows the end of everything that was paid in silence. */
    void settle() {
        for (TransferOrder order : orders.values()) {
            if (order.stage() == Stage.PAID_HIDDEN) {
                announce(order, order.reveal());
            }
        }
    }

    TransferOrder find(String id) {
        TransferOrder order = orders.get(id);
        if (order == null) {
            throw Problem.orderNotFound();
        }
        return order;
    }

    private SimulatedResponse create(ReceivedRequest request) {
        ObjectNode body = Json.readObject(request.body());
        Fields fields = new Fields(body);
        long amount = fields.amount(switches.minimumTransferAmount, switches.maximumAmount);
        if (switches.typeRequired) {
            fields.required("type");
        }
        if (switches.corpAccountRequired) {
            fields.required("corp_account_id");
        }
        TransferOrder order = new TransferOrder(echo(fields, amount), fields, amount, context.now());
        if (!order.payout) {
            fields.required("receiver_id");
        }
        if (order.externalId != null && byExternalId(order.externalId) != null) {
            throw Problem.orderExists();
        }
        orders.put(order.id, order);
        ObjectNode answer = Json.object();
        answer.set("order", order.json());
        answer.put("order_access_token", order.id + "_secret_" + IokaContext.hex(64));
        return Json.answer(201, answer);
    }

    private ObjectNode echo(Fields fields, long amount) {
        String id = IokaContext.id("tro_");
        JsonNode extra = fields.any("extra_info");
        if (!extra.isNull() && !extra.isObject() && !extra.isTextual()) {
            throw Fields.wrong("extra_info", "объект или строка");
        }
        ObjectNode echo = Json.object();
        echo.put("id", id).put("status", "NOT_TRANSFERRED");
        echo.put("created_at", IokaContext.time(context.now())).put("shop_id", IokaContext.SHOP_ID);
        echo.put("type", fields.oneOf("type", Set.of("PAYOUT", "TOPUP"), "PAYOUT"));
        echo.put("amount", amount);
        echo.put("currency", fields.oneOf("currency", Set.of(IokaContext.CURRENCY), IokaContext.CURRENCY));
        echo.put("external_id", fields.text("external_id"));
        echo.put("description", fields.text("description", 0, Integer.MAX_VALUE));
        echo.set("extra_info", extra);
        var due = fields.time("due_date");
        echo.put("due_date", due == null ? null : IokaContext.time(due));
        echo.put("corp_card_id", fields.text("corp_account_id"));
        echo.put("receiver_id", fields.text("receiver_id"));
        for (String url : List.of("back_url", "success_url", "failure_url")) {
            echo.put(url, fields.url(url));
        }
        echo.put("template", fields.text("template"));
        return echo.put("checkout_url", context.url("/transfer-orders/" + id));
    }

    private SimulatedResponse list(ReceivedRequest request) {
        ArrayNode found = Json.array();
        String externalId = request.query("external_id").orElse(null);
        orders.values().stream()
                .filter(order -> context.isListed(order.createdAt))
                .filter(order -> externalId == null || externalId.equals(order.externalId))
                .forEach(order -> found.add(order.json()));
        if (externalId != null && found.isEmpty() && switches.searchMissIs404) {
            throw Problem.orderNotFound();
        }
        return Json.answer(200, found).withHeader("x-count", String.valueOf(found.size()));
    }

    private SimulatedResponse get(String id) {
        requireRoutes();
        TransferOrder order = find(id);
        SimulatedResponse answer = Json.answer(switches.getHttpStatus, order.jsonWithTransfers(switches));
        if (order.stage() == Stage.PAID_HIDDEN_ONCE) {
            announce(order, order.reveal());
        }
        return answer;
    }

    private SimulatedResponse payout(ReceivedRequest request, String id) {
        requireRoutes();
        TransferOrder order = find(id);
        Fields fields = new Fields(Json.readObject(request.body()));
        Card card = cards.saved(fields.requiredText("receiver_id", Integer.MAX_VALUE));
        if (!order.payout) {
            throw Problem.invalid("Заказ не для выплаты.");
        }
        if (order.stage() == Stage.PAID && switches.repeatedPayoutShowsTransfer) {
            return Json.answer(
                    switches.payoutHttpStatus,
                    order.answered(order.paidAttempt().orElseThrow()));
        }
        if (context.isBusy()) {
            throw context.later(() -> attempt(order, card.pan));
        }
        Attempt attempt = attempt(order, card.pan);
        Execution.Decline decline = attempt.decline();
        if (decline != null && switches.declineAsError) {
            throw new Problem(400, decline.code(), decline.message());
        }
        return Json.answer(switches.payoutHttpStatus, order.answered(attempt));
    }

    /** Tries to pay to a card, whether it came by id or through the form. */
    Attempt attempt(TransferOrder order, String pan) {
        requirePayable(order);
        Scenario scenario = context.scenario(order.amount);
        Execution.refuse(scenario);
        Attempt attempt = order.begin(context.now(), Card.mask(pan));
        Execution.Decline decline = Execution.decline(scenario, pan, switches);
        if (decline != null) {
            order.declined(attempt, decline);
            notify("TRANSFER_DECLINED", order, attempt);
        } else if (scenario == Scenario.UNSURE) {
            order.unsure(attempt);
        } else {
            pay(order, attempt, scenario);
        }
        Execution.loseAnswer(scenario);
        return attempt;
    }

    /** Whether the due date has come. */
    boolean isExpired(TransferOrder order) {
        return order.dueDate != null && !context.now().isBefore(order.dueDate);
    }

    private void requirePayable(TransferOrder order) {
        if (order.stage() == Stage.PAID && !switches.paysAgain) {
            throw new Problem(409, "OrderHasApprovedPayment", "По заказу уже есть успешная выплата.");
        }
        if (order.stage() != Stage.OPEN && order.stage() != Stage.PAID) {
            throw Problem.attemptStarted(order.lastAttempt().orElseThrow().id);
        }
        if (isExpired(order)) {
            throw new Problem(400, "OrderExpired", "Срок действия заказа истёк.");
        }
    }

    private void pay(TransferOrder order, Attempt attempt, Scenario scenario) {
        context.pay(order.reference(), order.id, order.amount, attempt.cardMask);
        if (scenario == Scenario.WRONG_ECHO) {
            order.echoAmount(order.amount + 1);
        }
        if (scenario == Scenario.SLOW) {
            order.paid(attempt, "PENDING", "NOT_TRANSFERRED", Stage.PAID_HIDDEN);
            return;
        }
        if (scenario == Scenario.UNDOCUMENTED_STATUS) {
            order.paid(attempt, Execution.UNDOCUMENTED_WORD, Execution.UNDOCUMENTED_WORD, Stage.PAID);
        } else if (switches.registeredFirst || !switches.firstTransferStatus.equals("APPROVED")) {
            String shown = switches.registeredFirst ? "REGISTERED" : "NOT_TRANSFERRED";
            order.paid(attempt, switches.firstTransferStatus, shown, Stage.PAID_HIDDEN_ONCE);
            return;
        } else {
            order.paid(attempt, "APPROVED", "TRANSFERRED", Stage.PAID);
        }
        announce(order, attempt);
    }

    private void announce(TransferOrder order, Attempt attempt) {
        notify(switches.approvedEvent, order, attempt);
    }

    private void notify(String event, TransferOrder order, Attempt attempt) {
        if (!switches.transferEvents) {
            return;
        }
        ObjectNode parts = Json.object();
        parts.set("order", order.json());
        String key = switches.transferKey;
        if (key != null) {
            parts.set(key, order.lookedUp(attempt, switches.transferredAmountInOrder));
        }
        context.notifier.send(event, parts);
    }

    private SimulatedResponse corporateAccount() {
        ObjectNode account = Json.object().put("id", IokaSimulator.CORPORATE_ACCOUNT_ID);
        account.putNull("external_id").put("emitter_code", "halykbank").put("emitter_name", "Halyk Bank");
        return Json.answer(200, account);
    }

    private @Nullable TransferOrder byExternalId(String externalId) {
        for (TransferOrder order : orders.values()) {
            if (externalId.equals(order.externalId)) {
                return order;
            }
        }
        return null;
    }

    private void requireRoutes() {
        if (!switches.transferOrderRoutes) {
            throw Problem.noRoute();
        }
    }
}
