package org.unipayout.simulator.ioka;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.simulator.ioka.TransferOrder.Attempt;
import org.unipayout.simulator.ioka.TransferOrder.Stage;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.SimulatedResponse;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** The hosted pages where people type card numbers; layout and texts are the simulator's own. */
final class Pages {
    private static final String NUMBER_FIELD = """
            <label>Номер карты <input name="pan" inputmode="numeric" autocomplete="cc-number" required></label>
            """;
    private static final String CARD_FIELDS = NUMBER_FIELD + """
            <label>Срок <input name="exp" placeholder="MM/YY" required></label>
            <label>CVC <input name="cvc" inputmode="numeric" required></label>
            <label>Держатель <input name="holder"></label>
            """;

    private final IokaSwitches switches;
    private final TransferOrders transferOrders;
    private final PayoutOrders payoutOrders;
    private final Cards cards;

    Pages(IokaSwitches switches, TransferOrders transferOrders, PayoutOrders payoutOrders, Cards cards) {
        this.switches = switches;
        this.transferOrders = transferOrders;
        this.payoutOrders = payoutOrders;
        this.cards = cards;
    }

    void routes(Router router) {
        router.on("GET", "/transfer-orders/{id}", (request, ids) -> order(transferOrders.find(ids.first())));
        router.on("POST", "/transfer-orders/{id}", (request, ids) -> pay(request, transferOrders.find(ids.first())));
        router.on("GET", "/transfer-orders/{id}/return", (request, ids) -> leave(transferOrders.find(ids.first())));
        router.on("GET", "/payouts/orders/{id}", (request, ids) -> payoutOrder(payoutOrders.find(ids.first())));
        router.on("POST", "/payouts/orders/{id}", (request, ids) -> {
            payoutOrders.confirm(payoutOrders.find(ids.first()), pan(request));
            return redirect(request.path());
        });
        router.on("GET", "/customers/{id}", (request, ids) -> customer(owner(request, ids.first())));
        router.on("POST", "/customers/{id}", (request, ids) -> saveCard(request, owner(request, ids.first())));
    }

    /** A refusal as a person sees it. */
    SimulatedResponse problem(Problem problem) {
        return page(problem.status(switches), problem.text(), "");
    }

    private SimulatedResponse order(TransferOrder order) {
        String back = returnAddress(order) == null ? "" : link("/transfer-orders/" + order.id + "/return");
        if (order.stage() == Stage.PAID) {
            return page(200, "Выплата выполнена", refresh(back) + back);
        }
        if (order.stage() != Stage.OPEN) {
            return page(200, "Выплата обрабатывается", back);
        }
        if (transferOrders.isExpired(order)) {
            return page(410, "Срок действия заказа истёк", back);
        }
        String reason = order.lastAttempt()
                .map(Attempt::decline)
                .map(Execution.Decline::message)
                .orElse("");
        return page(200, "Выплата на карту", reason(reason) + form(NUMBER_FIELD, "Получить") + back);
    }

    private SimulatedResponse pay(ReceivedRequest request, TransferOrder order) {
        transferOrders.attempt(order, pan(request));
        return redirect(request.path());
    }

    private static SimulatedResponse leave(TransferOrder order) {
        String address = returnAddress(order);
        if (address == null) {
            throw Problem.noRoute();
        }
        return redirect(address);
    }

    private static @Nullable String returnAddress(TransferOrder order) {
        String preferred = null;
        if (order.stage() == Stage.PAID) {
            preferred = order.successUrl;
        } else if (order.stage() == Stage.OPEN && order.lastAttempt().isPresent()) {
            preferred = order.failureUrl;
        }
        return preferred == null ? order.backUrl : preferred;
    }

    private static SimulatedResponse payoutOrder(PayoutOrder order) {
        if (order.awaitsCard()) {
            return page(200, "Выплата на карту", form(NUMBER_FIELD, "Получить"));
        }
        return page(200, "Статус выплаты: " + order.status(), "");
    }

    private SimulatedResponse customer(Cards.Customer customer) {
        Card tried = customer.lastTried;
        String outcome = tried == null ? "" : tried.outcome();
        String back = customer.backUrl == null ? "" : link(customer.backUrl);
        return page(200, "Сохранение карты", reason(outcome) + form(CARD_FIELDS, "Сохранить") + back);
    }

    private SimulatedResponse saveCard(ReceivedRequest request, Cards.Customer customer) {
        cards.bind(customer, new Fields(submitted(request)));
        return redirect(request.path() + "?access_token=" + customer.accessToken);
    }

    private Cards.Customer owner(ReceivedRequest request, String id) {
        Cards.Customer customer = cards.customer(id);
        if (!request.query("access_token").equals(Optional.of(customer.accessToken))) {
            throw Problem.unauthorized();
        }
        return customer;
    }

    private static String pan(ReceivedRequest request) {
        return new Fields(submitted(request)).requiredPattern("pan", Fields.PAN);
    }

    /** The members of a submitted form; blanks inside a card number are the typist's, empty members count as absent. */
    private static ObjectNode submitted(ReceivedRequest request) {
        ObjectNode fields = Json.object();
        for (String pair : request.text().split("&", -1)) {
            String[] parts = pair.split("=", 2);
            String value = parts.length < 2
                    ? ""
                    : URLDecoder.decode(parts[1], StandardCharsets.UTF_8).strip();
            if (!value.isEmpty()) {
                fields.put(parts[0], parts[0].equals("pan") ? value.replace(" ", "") : value);
            }
        }
        return fields;
    }

    private static SimulatedResponse redirect(String location) {
        return SimulatedResponse.empty(303).withHeader("Location", location);
    }

    private static String form(String fields, String button) {
        return "<form method=\"post\">\n" + fields + "<button>" + button + "</button>\n</form>\n";
    }

    private static String reason(String text) {
        return text.isEmpty() ? "" : "<p role=\"alert\">" + escape(text) + "</p>\n";
    }

    private static String link(String address) {
        return "<p><a href=\"" + escape(address) + "\">Вернуться в магазин</a></p>\n";
    }

    /** A browser goes back to the shop by itself, unless there is nowhere to go. */
    private static String refresh(String back) {
        return back.isEmpty() ? "" : "<script>setTimeout(() => document.links[0].click(), 2000)</script>\n";
    }

    private static SimulatedResponse page(int status, String title, String body) {
        return SimulatedResponse.text(status, "text/html", """
                <!DOCTYPE html>
                <html lang="ru">
                <head><meta charset="utf-8"><title>%1$s</title></head>
                <body>
                <h1>%1$s</h1>
                %2$s</body>
                </html>
                """.formatted(escape(title), body));
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
