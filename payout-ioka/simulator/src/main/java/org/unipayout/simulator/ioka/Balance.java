package org.unipayout.simulator.ioka;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.SimulatedResponse;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** The merchant's one balance that product B pays from; reference 4.2. The bodies of operations are the simulator's own. */
final class Balance {
    private static final long OPENING = 1_000_000_000_000L;
    private static final String ROOT = "/v2/balances";

    private final Map<String, ObjectNode> operations = new LinkedHashMap<>();
    private final IokaContext context;
    private final String id = UUID.randomUUID().toString();
    private final Instant createdAt;
    private Instant updatedAt;
    private long total = OPENING;
    private long held;

    Balance(IokaContext context) {
        this.context = context;
        this.createdAt = context.now();
        this.updatedAt = createdAt;
    }

    void routes(Router router) {
        router.on("GET", ROOT, (request, ids) -> Json.answer(200, Paging.of(request, balances())));
        router.on("GET", ROOT + "/{id}", (request, ids) -> {
            requireKnown(ids.first());
            return Json.answer(200, json());
        });
        router.on("GET", ROOT + "/{id}/operations", (request, ids) -> list(request, ids.first()));
        router.on("POST", ROOT + "/{id}/operations", (request, ids) -> operate(request, ids.first()));
    }

    void reset() {
        operations.clear();
        total = OPENING;
        held = 0;
    }

    String id() {
        return id;
    }

    boolean covers(long amount) {
        return amount <= total - held;
    }

    void hold(long amount) {
        held += amount;
        updatedAt = context.now();
    }

    void release(long amount) {
        held -= amount;
        updatedAt = context.now();
    }

    void debit(long amount) {
        total -= amount;
        updatedAt = context.now();
    }

    private SimulatedResponse list(ReceivedRequest request, String balance) {
        requireKnown(balance);
        return Json.answer(200, Paging.of(request, List.copyOf(operations.values())));
    }

    /** The balance that pays, and empty ones if a test asks for more than one page. */
    private List<ObjectNode> balances() {
        List<ObjectNode> balances = new ArrayList<>(List.of(json()));
        for (int i = 1; i < context.switches.balances; i++) {
            ObjectNode empty = json().put(
                            "uuid",
                            UUID.nameUUIDFromBytes(new byte[] {(byte) i}).toString());
            balances.add(
                    empty.put("available_amount", 0).put("pending_amount", 0).put("total_amount", 0));
        }
        return balances;
    }

    private SimulatedResponse operate(ReceivedRequest request, String balance) {
        requireKnown(balance);
        Fields fields = new Fields(Json.readObject(request.body()));
        String type = fields.requiredOneOf("type", Set.of("CREDIT", "DEBIT"));
        long amount = fields.amount(1, Long.MAX_VALUE);
        String externalId = fields.text("external_id");
        String uuid = UUID.randomUUID().toString();
        String key = externalId == null ? uuid : externalId;
        if (operations.containsKey(key)) {
            throw new Problem(409, "ResourceExists", "Операция уже создана.");
        }
        total += type.equals("CREDIT") ? amount : -amount;
        updatedAt = context.now();
        ObjectNode operation = Json.object().put("uuid", uuid).put("balance_id", id);
        operation.put("created_at", IokaContext.time(updatedAt)).put("updated_at", IokaContext.time(updatedAt));
        operation.put("type", type);
        operation.put("amount", amount).put("external_id", externalId);
        operations.put(key, operation);
        return Json.answer(201, operation);
    }

    private void requireKnown(String balance) {
        if (!balance.equals(id)) {
            throw new Problem(404, "BalanceNotFound", "Баланс не найден.");
        }
    }

    private ObjectNode json() {
        ObjectNode json = Json.object().put("uuid", id);
        json.put("created_at", IokaContext.time(createdAt)).put("updated_at", IokaContext.time(updatedAt));
        json.put("shop_id", IokaContext.SHOP_ID).put("currency", IokaContext.CURRENCY);
        json.put("available_amount", total - held).put("pending_amount", held);
        return json.put("total_amount", total);
    }
}
