package org.unipayout.simulator.bereke;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.unipayout.simulator.bereke.BerekeOrder.Decline;
import org.unipayout.simulator.bereke.BerekeOrder.State;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.Ledger.Movement;
import org.unipayout.testkit.Scenario;

/** All orders and saved recipient cards, and the one place where simulated money moves. */
final class OrderBook {
    private static final int HELD = 1;
    private static final int RETURNED = 4;
    private static final int ACS_STARTED = 5;
    private static final int DECLINED = 6;
    private static final int UNDOCUMENTED = 8;

    private final Clock clock;
    private final Ledger ledger;
    private final BerekeSwitches switches;
    private final Callbacks callbacks;
    private final Map<String, BerekeOrder> byNumber = new LinkedHashMap<>();
    private final Map<String, Binding> bindings = new LinkedHashMap<>();
    private Duration hiding = Duration.ZERO;

    /** A saved recipient card. Keeps the card number to itself. */
    static final class Binding {
        private final String id;
        private final String clientId;
        private final String pan;

        private Binding(String id, String clientId, String pan) {
            this.id = id;
            this.clientId = clientId;
            this.pan = pan;
        }

        String pan() {
            return pan;
        }

        private boolean isFor(String client, String card) {
            return clientId.equals(client) && pan.equals(card);
        }
    }

    OrderBook(Clock clock, Ledger ledger, BerekeSwitches switches, Callbacks callbacks) {
        this.clock = clock;
        this.ledger = ledger;
        this.switches = switches;
        this.callbacks = callbacks;
    }

    void clear() {
        byNumber.clear();
        bindings.clear();
        hiding = Duration.ZERO;
    }

    void hideFor(Duration time) {
        hiding = time;
    }

    boolean isTaken(String orderNumber) {
        BerekeOrder order = byNumber.get(orderNumber);
        return order != null
                && Duration.between(order.createdAt, clock.instant()).compareTo(switches.numberLifetime) < 0;
    }

    BerekeOrder register(Fields fields, Scenario scenario) {
        Instant now = clock.instant();
        return add(new BerekeOrder(fields, scenario, now, now.plus(hiding)));
    }

    /** An order that was made and paid before, by another system of the merchant. */
    void addPaid(Fields fields, String pan, Duration age) {
        Instant then = clock.instant().minus(age);
        BerekeOrder order = add(new BerekeOrder(fields, Scenario.PAID, then, then));
        execute(order, pan, then);
    }

    private BerekeOrder add(BerekeOrder order) {
        byNumber.put(order.orderNumber, order);
        return order;
    }

    Optional<BerekeOrder> byId(String orderId) {
        return byNumber.values().stream()
                .filter(order -> order.orderId.equals(orderId))
                .findFirst();
    }

    /** What a status call finds; a look-up after the one that showed it paid finds a returned payout returned. */
    Optional<BerekeOrder> lookUp(Fields fields) {
        Optional<BerekeOrder> found = byNumber.values().stream()
                .filter(order -> !fields.has("orderNumber") || order.orderNumber.equals(fields.text("orderNumber")))
                .filter(order -> !fields.has("orderId") || order.orderId.equals(fields.text("orderId")))
                .filter(order -> !clock.instant().isBefore(order.hiddenUntil)
                        || (fields.has("orderId") && switches.orderIdsDoNotLag))
                .findFirst();
        found.ifPresent(this::takeBackIfSeen);
        return found;
    }

    Optional<Binding> binding(String bindingId, String clientId) {
        return Optional.ofNullable(bindings.get(bindingId)).filter(binding -> binding.clientId.equals(clientId));
    }

    /** Makes a payout to a card, as its scenario wants it. The caller has checked the card. */
    void execute(BerekeOrder order, String pan) {
        execute(order, pan, clock.instant());
    }

    private void execute(BerekeOrder order, String pan, Instant now) {
        order.pan = pan;
        order.executedAt = now;
        order.interimUntil = order.executedAt.plus(switches.interimTime);
        order.refNum = Long.toString(948_498_232_196L + byNumber.size());
        if (order.scenario == Scenario.INSUFFICIENT_FUNDS || (switches.balanceLimits && order.amount > balance())) {
            decline(order, Decline.INSUFFICIENT_FUNDS);
            return;
        }
        if (order.scenario == Scenario.DECLINED || pan.equals(BerekeSimulator.DECLINED_CARD)) {
            decline(order, Decline.ISSUER);
            return;
        }
        order.bindingId = order.clientId == null ? null : bind(order.clientId, pan);
        order.state = State.OPEN;
        if (order.scenario != Scenario.UNSURE) {
            moveMoney(order, Ledger.Kind.PAID);
        }
        if (order.scenario != Scenario.UNSURE && order.scenario != Scenario.SLOW) {
            finishPaid(order);
        }
    }

    void settle() {
        for (BerekeOrder order : byNumber.values()) {
            order.interimUntil = Instant.MIN;
            if (order.state == State.OPEN) {
                if (!order.moneyMoved) {
                    moveMoney(order, Ledger.Kind.PAID);
                }
                finishPaid(order);
            }
        }
    }

    int shownStatus(BerekeOrder order) {
        if (order.isFinished() && clock.instant().isBefore(order.interimUntil)) {
            return switches.interimStatus;
        }
        return switch (order.state) {
            case REGISTERED -> isExpired(order) ? switches.expiredStatus : 0;
            case OPEN -> order.scenario == Scenario.SLOW ? HELD : ACS_STARTED;
            case PAID -> order.scenario == Scenario.UNDOCUMENTED_STATUS ? UNDOCUMENTED : switches.paidStatus;
            case DECLINED -> DECLINED;
            case RETURNED -> RETURNED;
        };
    }

    /** Whether answers may show its operation. */
    boolean showsOperation(BerekeOrder order) {
        return order.isFinished() && !clock.instant().isBefore(order.interimUntil);
    }

    boolean isExpired(BerekeOrder order) {
        return order.state == State.REGISTERED && !clock.instant().isBefore(order.expiresAt);
    }

    long balance() {
        return switches.openingBalance - ledger.total("KZT");
    }

    private void takeBackIfSeen(BerekeOrder order) {
        if (order.scenario != Scenario.RETURNED || order.state != State.PAID || !showsOperation(order)) {
            return;
        }
        if (!order.seenPaid) {
            order.seenPaid = true;
            return;
        }
        order.state = State.RETURNED;
        moveMoney(order, Ledger.Kind.RETURNED);
        callbacks.announce(order, "refunded", true);
    }

    private void decline(BerekeOrder order, Decline reason) {
        order.state = State.DECLINED;
        order.decline = reason;
        callbacks.announce(order, "deposited", false);
    }

    private void finishPaid(BerekeOrder order) {
        order.state = State.PAID;
        callbacks.announce(order, "deposited", true);
    }

    private void moveMoney(BerekeOrder order, Ledger.Kind kind) {
        order.moneyMoved = true;
        ledger.add(new Movement(
                kind,
                order.orderNumber,
                order.orderId,
                order.amount,
                "KZT",
                CardRules.mask(order.pan),
                clock.instant()));
    }

    private String bind(String clientId, String pan) {
        for (Binding binding : bindings.values()) {
            if (binding.isFor(clientId, pan)) {
                return binding.id;
            }
        }
        String id = UUID.randomUUID().toString();
        bindings.put(id, new Binding(id, clientId, pan));
        return id;
    }
}
