package org.unipayout.simulator.ioka;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.SimulatedResponse;
import wiremock.com.fasterxml.jackson.databind.node.ArrayNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** Customers and their saved cards; reference 5. */
final class Cards {
    private static final Pattern EXPIRY = Pattern.compile("(0[1-9]|1[0-2])/\\d{2}");
    private static final Pattern CVC = Pattern.compile("\\d{3,4}");

    private final Map<String, Customer> customers = new LinkedHashMap<>();
    private final Map<String, Card> saved = new LinkedHashMap<>();
    private final IokaContext context;

    Cards(IokaContext context) {
        this.context = context;
        reset();
    }

    /** One customer, the owner of saved cards. */
    static final class Customer {
        final String id;
        final String accessToken;
        final @Nullable String backUrl;
        final @Nullable String externalId;
        private final String createdAt;
        private final @Nullable String email;
        private final @Nullable String phone;

        @Nullable Card lastTried;

        private Customer(String id, String createdAt, Fields fields) {
            this.id = id;
            this.createdAt = createdAt;
            this.accessToken = id + "_secret_" + IokaContext.hex(64);
            this.externalId = fields.text("external_id");
            this.email = fields.text("email");
            this.phone = fields.text("phone");
            this.backUrl = fields.url("back_url");
        }
    }

    void routes(Router router) {
        router.on("POST", "/v2/customers", (request, ids) -> create(request));
        router.on("GET", "/v2/customers", (request, ids) -> search(request));
        router.on("GET", "/v2/customers/{id}", (request, ids) -> Json.answer(200, full(customer(ids.first()))));
        router.on("GET", "/v2/customers/{id}/cards", (request, ids) -> list(customer(ids.first())));
        router.on(
                "GET",
                "/v2/customers/{id}/cards/{card}",
                (request, ids) ->
                        Json.answer(200, card(ids.first(), ids.second()).json()));
        router.on("DELETE", "/v2/customers/{id}/cards/{card}", (request, ids) -> {
            saved.remove(card(ids.first(), ids.second()).id);
            return SimulatedResponse.empty(204);
        });
    }

    /** The one call that the customer's token opens instead of the merchant's key. */
    void openRoutes(Router router) {
        router.on("POST", "/v2/customers/{id}/bindings", (request, ids) -> bind(request, customer(ids.first())));
    }

    void reset() {
        customers.clear();
        saved.clear();
        Customer customer =
                new Customer(IokaSimulator.CUSTOMER_ID, IokaContext.time(context.now()), new Fields(Json.object()));
        customers.put(customer.id, customer);
        keep(IokaSimulator.SAVED_VISA_ID, customer, "4405630000000013");
        keep(IokaSimulator.SAVED_MASTERCARD_ID, customer, IokaSimulator.RECEIVER_CARD);
    }

    /** Saves a card without asking anybody, for tests that need one. */
    String add(String pan) {
        return keep(IokaContext.id(""), customer(IokaSimulator.CUSTOMER_ID), pan).id;
    }

    Card saved(String id) {
        Card card = saved.get(id);
        if (card == null) {
            throw Problem.cardNotFound();
        }
        return card;
    }

    Card card(String customerId, String cardId) {
        Card card = saved(cardId);
        if (!card.customerId.equals(customer(customerId).id)) {
            throw Problem.cardNotFound();
        }
        return card;
    }

    Customer customer(String id) {
        Customer customer = customers.get(id);
        if (customer == null) {
            throw new Problem(404, "CustomerNotFound", "Клиент не найден.");
        }
        return customer;
    }

    /** Checks and saves a card that its owner typed, and tells the merchant; the two declining test cards are refused. */
    Card bind(Customer customer, Fields fields) {
        String pan = fields.requiredPattern("pan", Fields.PAN);
        String expiry = fields.requiredPattern("exp", EXPIRY);
        fields.requiredPattern("cvc", CVC);
        Execution.Decline decline = Execution.decline(Scenario.PAID, pan, context.switches);
        Card card =
                new Card(IokaContext.id(""), customer.id, context.now(), pan, expiry, fields.text("holder"), decline);
        if (card.approved()) {
            saved.put(card.id, card);
        }
        customer.lastTried = card;
        ObjectNode parts = Json.object();
        parts.set("customer", brief(customer));
        parts.set("card", card.json());
        context.notifier.send(card.approved() ? "CARD_APPROVED" : "CARD_DECLINED", parts);
        return card;
    }

    boolean isReady(Customer customer) {
        return saved.values().stream().anyMatch(card -> card.customerId.equals(customer.id));
    }

    Card keep(Customer customer, String pan) {
        return keep(IokaContext.id(""), customer, pan);
    }

    private Card keep(String id, Customer customer, String pan) {
        Card card = new Card(id, customer.id, context.now(), pan, "01/25", null, null);
        saved.put(id, card);
        return card;
    }

    private SimulatedResponse create(ReceivedRequest request) {
        Fields fields = new Fields(Json.readObject(request.body()));
        Customer customer = new Customer(IokaContext.id(""), IokaContext.time(context.now()), fields);
        if (customer.externalId != null
                && customers.values().stream().anyMatch(other -> customer.externalId.equals(other.externalId))) {
            throw new Problem(409, "CustomerExists", "Клиент с указанным external_id уже существует.");
        }
        customers.put(customer.id, customer);
        ObjectNode answer = Json.object();
        answer.set("customer", full(customer));
        return Json.answer(201, answer.put("customer_access_token", customer.accessToken));
    }

    private SimulatedResponse search(ReceivedRequest request) {
        Optional<String> externalId = request.query("external_id");
        List<ObjectNode> found = customers.values().stream()
                .filter(customer -> externalId.isEmpty() || externalId.equals(Optional.ofNullable(customer.externalId)))
                .map(this::full)
                .toList();
        return Json.answer(
                200,
                context.switches.customersAsPage
                        ? Paging.of(request, found)
                        : Json.array().addAll(found));
    }

    private SimulatedResponse bind(ReceivedRequest request, Customer customer) {
        if (!request.header("X-Customer-Access-Token").equals(Optional.of(customer.accessToken))) {
            throw Problem.unauthorized();
        }
        return Json.answer(
                201, bind(customer, new Fields(Json.readObject(request.body()))).json());
    }

    private SimulatedResponse list(Customer customer) {
        ArrayNode cards = Json.array();
        saved.values().stream()
                .filter(card -> card.customerId.equals(customer.id))
                .forEach(card -> cards.add(card.json()));
        return Json.answer(200, cards);
    }

    private ObjectNode brief(Customer customer) {
        ObjectNode json = Json.object();
        json.put("id", customer.id).put("shop_id", IokaContext.SHOP_ID);
        json.put("status", isReady(customer) ? "READY" : "PENDING").put("created_at", customer.createdAt);
        return json.put("external_id", customer.externalId)
                .put("email", customer.email)
                .put("phone", customer.phone);
    }

    private ObjectNode full(Customer customer) {
        ObjectNode json = brief(customer);
        json.putArray("accounts");
        json.put("access_token", customer.accessToken);
        return json.put(
                "checkout_url", context.url("/customers/" + customer.id + "?access_token=" + customer.accessToken));
    }
}
