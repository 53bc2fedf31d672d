package org.unipayout.simulator.ioka;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.SimulatedResponse;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** Product B: payout orders to cards, accounts and the tax office, paid from a balance; reference 4. */
final class PayoutOrders {
    static final Set<String> CAPTURE_METHODS = Set.of("AUTO", "MANUAL");

    private static final Set<String> ACQUIRERS = Set.of(
            "epay",
            "epay_v2",
            "sberbank",
            "forte",
            "ffinance",
            "ffbank",
            "jusan",
            "bcc",
            "eubank",
            "kazpost",
            "bcc_ecom");
    private static final String ROOT = "/v2/payouts/orders";

    private final Map<String, PayoutOrder> orders = new LinkedHashMap<>();
    private final IokaContext context;
    private final IokaSwitches switches;
    private final Cards cards;
    private final Balance balance;

    PayoutOrders(IokaContext context, Cards cards, Balance balance) {
        this.context = context;
        this.switches = context.switches;
        this.cards = cards;
        this.balance = balance;
    }

    void routes(Router router) {
        router.on("POST", ROOT, (request, ids) -> create(request));
        router.on("GET", ROOT, (request, ids) -> list(request));
        router.on(
                "GET",
                ROOT + "/{id}",
                (request, ids) -> Json.answer(200, find(ids.first()).json()));
        router.on("POST", ROOT + "/{id}/confirm", (request, ids) -> confirm(request, find(ids.first())));
        router.on("POST", ROOT + "/{id}/accept", (request, ids) -> accept(find(ids.first())));
        router.on("POST", ROOT + "/{id}/decline", (request, ids) -> decline(find(ids.first())));
        router.on(
                "GET",
                ROOT + "/{id}/events",
                (request, ids) -> Json.answer(200, find(ids.first()).events()));
        router.on(
                "GET",
                ROOT + "/{id}/upc",
                (request, ids) -> Json.answer(200, find(ids.first()).upc()));
    }

    void reset() {
        orders.clear();
    }

    /** Shows the end of everything that was paid in silence. */
    void settle() {
        for (PayoutOrder order : orders.values()) {
            payIfRewired(order);
            if (order.isSlow()) {
                complete(order);
            }
        }
    }

    private void payIfRewired(PayoutOrder order) {
        if (order.isRewired()) {
            book(order);
            complete(order);
        }
    }

    private void complete(PayoutOrder order) {
        order.complete(context.now(), "COMPLETED");
        notify("PAYOUT_APPROVED", order);
    }

    PayoutOrder find(String id) {
        PayoutOrder order = orders.get(id);
        if (order == null) {
            throw Problem.orderNotFound();
        }
        return order;
    }

    /** Supplies the card number of an order that was created without one. */
    void confirm(PayoutOrder order, String pan) {
        requireReadyForCard(order);
        order.recipient.use(pan);
        proceed(order);
    }

    private SimulatedResponse create(ReceivedRequest request) {
        Fields fields = new Fields(Json.readObject(request.body()));
        long amount = fields.amount(switches.minimumPayoutOrderAmount, switches.maximumAmount);
        String acquirer = fields.oneOf("acquirer", ACQUIRERS, "bcc");
        fields.oneOf("currency", Set.of(IokaContext.CURRENCY), IokaContext.CURRENCY);
        JsonNode extra = fields.any("extra_info");
        if (!extra.isNull() && !extra.isObject()) {
            throw Fields.wrong("extra_info", "объект");
        }
        Recipient recipient = Recipient.read(fields, cards);
        PayoutOrder order = new PayoutOrder(fields, amount, acquirer, recipient, context.now(), switches.integerUuid);
        requireNew(order);
        if (recipient.isKnown() && !order.manual && context.isBusy()) {
            throw context.later(() -> {
                requireNew(order);
                keep(order);
            });
        }
        if (recipient.isKnown() && !order.manual) {
            // A call that is refused unexecuted leaves no order behind.
            Execution.refuse(context.scenario(amount));
        }
        keep(order);
        return Json.answer(201, order.json());
    }

    private void requireNew(PayoutOrder order) {
        if (order.externalId != null
                && orders.values().stream().anyMatch(other -> order.externalId.equals(other.externalId))) {
            throw Problem.orderExists();
        }
    }

    private void keep(PayoutOrder order) {
        orders.put(order.uuid, order);
        order.event(context.now(), "ORDER_CREATED", null);
        if (order.recipient.isKnown()) {
            proceed(order);
        } else {
            order.recipient.offerForm(context.url("/payouts/orders/" + order.uuid));
        }
    }

    private SimulatedResponse confirm(ReceivedRequest request, PayoutOrder order) {
        Fields fields = new Fields(Json.readObject(request.body()));
        String pan = fields.pattern("pan", Fields.PAN);
        String cardId = fields.text("card_id");
        String customerId = fields.text("customer_id");
        if (cardId != null) {
            requireReadyForCard(order);
            order.recipient.use(Recipient.find(cards, customerId, cardId));
            proceed(order);
        } else if (pan != null && !order.manual && context.isBusy()) {
            requireReadyForCard(order);
            throw context.later(() -> confirm(order, pan));
        } else if (pan != null) {
            confirm(order, pan);
            if (fields.flag("is_save", false) && customerId != null) {
                order.recipient.use(cards.keep(cards.customer(customerId), pan));
            }
        } else {
            throw Problem.unprocessable("Нужен pan или card_id.");
        }
        return Json.answer(200, order.json());
    }

    private SimulatedResponse accept(PayoutOrder order) {
        requireOnHold(order);
        execute(order);
        return Json.answer(200, order.json());
    }

    private SimulatedResponse decline(PayoutOrder order) {
        requireOnHold(order);
        balance.release(order.amount);
        Execution.Decline reason = new Execution.Decline("DECLINED_BY_CLIENT", "Отменено магазином.");
        order.fail(context.now(), "PAYOUT_CANCELLED", reason);
        notify("PAYOUT_DECLINED", order);
        return Json.answer(200, order.json());
    }

    /** A two-step order waits for its second step, any other is executed. */
    private void proceed(PayoutOrder order) {
        if (!order.manual) {
            execute(order);
            return;
        }
        balance.hold(order.amount);
        order.hold(context.now());
    }

    private void execute(PayoutOrder order) {
        Scenario scenario = context.scenario(order.amount);
        Execution.refuse(scenario);
        if (order.isOnHold()) {
            balance.release(order.amount);
        }
        Instant now = context.now();
        order.begin(now);
        Execution.Decline decline = Execution.decline(scenario, order.recipient.pan(), switches);
        if (decline == null && !balance.covers(order.amount)) {
            decline = Execution.notEnoughMoney();
        }
        if (decline != null) {
            order.fail(now, "PAYOUT_DECLINED", decline);
            notify("PAYOUT_DECLINED", order);
            if (switches.failedIsPaidLater) {
                order.rewire(now);
            }
            if (!switches.failedIsPaidAfter.isZero()) {
                order.rewire(now);
                context.after(switches.failedIsPaidAfter, () -> payIfRewired(order));
            }
        } else if (scenario == Scenario.UNSURE) {
            order.wait(now, false);
        } else {
            pay(order, scenario);
        }
        Execution.loseAnswer(scenario);
    }

    private void pay(PayoutOrder order, Scenario scenario) {
        book(order);
        if (scenario == Scenario.WRONG_ECHO) {
            order.echoAmount(order.amount + 1);
        }
        if (scenario == Scenario.SLOW) {
            order.wait(context.now(), true);
            return;
        }
        boolean undocumented = scenario == Scenario.UNDOCUMENTED_STATUS;
        order.complete(context.now(), undocumented ? Execution.UNDOCUMENTED_WORD : "COMPLETED");
        notify("PAYOUT_APPROVED", order);
    }

    private void book(PayoutOrder order) {
        context.pay(order.reference(), order.uuid, order.amount, order.recipient.masked());
        balance.debit(order.amount);
    }

    private void notify(String event, PayoutOrder order) {
        ObjectNode parts = Json.object();
        parts.set("order", order.notified(switches.payoutEventHasStatus, balance.id()));
        ObjectNode payout = parts.putObject("payout").put("reference", IokaContext.retrievalReference());
        payout.put("transaction_id", IokaContext.id("")).putNull("register_id");
        context.notifier.send(event, parts);
    }

    /** A refusal comes before the card is noted, so that the call can be repeated. */
    private void requireReadyForCard(PayoutOrder order) {
        if (!order.awaitsCard() && !switches.paysAgain) {
            throw Problem.unprocessable("Заказ не ждёт карту.");
        }
        if (!order.manual) {
            Execution.refuse(context.scenario(order.amount));
        }
    }

    private static void requireOnHold(PayoutOrder order) {
        if (!order.isOnHold()) {
            throw Problem.unprocessable("Заказ не ждёт решения магазина.");
        }
    }

    private SimulatedResponse list(ReceivedRequest request) {
        List<ObjectNode> found = orders.values().stream()
                .filter(order -> context.isListed(order.createdAt))
                .filter(filter(request))
                .map(PayoutOrder::json)
                .toList();
        ObjectNode answer = Paging.of(request, found);
        int size = answer.get("size").intValue();
        return Json.answer(200, answer.put("pages", (found.size() + size - 1) / size));
    }

    private static Predicate<PayoutOrder> filter(ReceivedRequest request) {
        return matches(request, "external_id", order -> String.valueOf(order.externalId))
                .and(matches(request, "acquirer", order -> order.acquirer))
                .and(matches(request, "capture_method", order -> order.manual ? "MANUAL" : "AUTO"))
                .and(matches(request, "amount", order -> String.valueOf(order.amount)))
                .and(matches(request, "currency", order -> IokaContext.CURRENCY))
                .and(matches(request, "extra_info", order -> order.extraInfo.toString()))
                .and(order -> !order.createdAt.isBefore(time(request, "from_dt", Instant.MIN)))
                .and(order -> !order.createdAt.isAfter(time(request, "to_dt", Instant.MAX)));
    }

    private static Predicate<PayoutOrder> matches(
            ReceivedRequest request, String name, Function<PayoutOrder, String> value) {
        return order -> request.query(name).map(value.apply(order)::equals).orElse(true);
    }

    private static Instant time(ReceivedRequest request, String name, Instant fallback) {
        try {
            return request.query(name).map(Fields::parseTime).orElse(fallback);
        } catch (DateTimeException e) {
            throw Problem.unprocessable("Параметр " + name + ": дата и время.");
        }
    }
}
