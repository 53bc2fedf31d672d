package org.unipayout.simulator.bereke;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.simulator.bereke.BerekeOrder.State;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.SimulatedResponse;

/** The bank's pages: the card form behind {@code formUrl} and the final page that leads back to the merchant. */
final class HostedPage {
    static final String FORM = "/payment/merchants/unipayout/payment_ru.html";
    static final String FINAL = "/payment/merchants/unipayout/finish_ru.html";

    private final OrderBook book;
    private final CardRules cards;

    HostedPage(BerekeSwitches switches, OrderBook book) {
        this.book = book;
        this.cards = new CardRules(switches);
    }

    static boolean serves(ReceivedRequest request) {
        return request.path().equals(FORM) || request.path().equals(FINAL);
    }

    SimulatedResponse answer(ReceivedRequest request) {
        Map<String, String> form = request.method().equals("POST") ? parse(request.text()) : Map.of();
        String orderId = form.getOrDefault("mdOrder", request.query("mdOrder").orElse(""));
        Optional<BerekeOrder> order = book.byId(orderId);
        if (order.isEmpty()) {
            return page(404, "Заказ не найден", "");
        }
        if (request.path().equals(FINAL)) {
            return finalPage(order.get());
        }
        return request.method().equals("POST") ? submit(order.get(), form) : cardForm(order.get(), "");
    }

    private SimulatedResponse cardForm(BerekeOrder order, String problem) {
        if (order.state != State.REGISTERED) {
            return redirect(FINAL + "?mdOrder=" + order.orderId);
        }
        if (book.isExpired(order)) {
            return expired();
        }
        String form = """
                <p id="amount">%s KZT</p>
                <p id="problem">%s</p>
                <form method="post" action="%s">
                <input type="hidden" name="mdOrder" value="%s">
                <label>Номер карты <input name="pan" inputmode="numeric" autocomplete="cc-number" required></label>
                <label>Имя на карте <input name="cardholder" maxlength="26" autocomplete="cc-name"></label>
                <button type="submit">Получить</button>
                </form>
                """.formatted(BigDecimal.valueOf(order.amount, 2), escape(problem), FORM, order.orderId);
        return page(200, "Получение выплаты", form);
    }

    private SimulatedResponse submit(BerekeOrder order, Map<String, String> form) {
        if (order.state != State.REGISTERED) {
            return redirect(FINAL + "?mdOrder=" + order.orderId);
        }
        if (book.isExpired(order)) {
            return expired();
        }
        String pan = form.getOrDefault("pan", "").replace(" ", "");
        try {
            cards.check(pan);
        } catch (BerekeRefusal refusal) {
            return cardForm(order, String.valueOf(refusal.getMessage()));
        }
        if (order.scenario == Scenario.RATE_LIMITED) {
            return page(429, "Слишком много запросов", "");
        }
        if (order.scenario == Scenario.SERVER_ERROR_NOT_PAID) {
            return page(502, "Ошибка сервера", "");
        }
        order.cardholder = form.getOrDefault("cardholder", "").isBlank() ? order.cardholder : form.get("cardholder");
        book.execute(order, pan);
        return switch (order.scenario) {
            case SERVER_ERROR_PAID -> page(504, "Сервер не ответил", "");
            case UNDOCUMENTED_CODE -> page(400, "Ошибка " + PayoutsApi.UNDOCUMENTED_CODE, "");
            default -> redirect(FINAL + "?mdOrder=" + order.orderId);
        };
    }

    private SimulatedResponse finalPage(BerekeOrder order) {
        return switch (order.state) {
            case REGISTERED -> redirect(FORM + "?mdOrder=" + order.orderId);
            case DECLINED ->
                leave("declined", "Выплата отклонена", order.failUrl == null ? order.returnUrl : order.failUrl);
            case OPEN -> leave("processing", "Выплата обрабатывается", order.returnUrl);
            case PAID, RETURNED -> leave("paid", "Выплата выполнена", order.returnUrl);
        };
    }

    /** Shows the result and takes the browser back to the merchant, if the merchant said where to. */
    private static SimulatedResponse leave(String result, String title, @Nullable String url) {
        String body = "<p id=\"result\">" + result + "</p>";
        if (url == null) {
            return page(200, title, body);
        }
        String link = escape(url);
        String refresh = "<meta http-equiv=\"refresh\" content=\"1; url=" + link + "\">";
        return page(200, title, refresh, body + "<a id=\"back\" href=\"" + link + "\">Вернуться</a>");
    }

    private static SimulatedResponse expired() {
        return page(410, "Срок действия ссылки истёк", "");
    }

    private static SimulatedResponse redirect(String location) {
        return SimulatedResponse.empty(303).withHeader("Location", location);
    }

    private static SimulatedResponse page(int status, String title, String body) {
        return page(status, title, "", body);
    }

    private static SimulatedResponse page(int status, String title, String head, String body) {
        String html = """
                <!DOCTYPE html>
                <html lang="ru">
                <head><meta charset="utf-8"><title>%s</title>%s</head>
                <body><h1>%s</h1>%s</body>
                </html>
                """.formatted(title, head, title, body);
        return SimulatedResponse.text(status, "text/html", html);
    }

    private static Map<String, String> parse(String form) {
        Map<String, String> values = new HashMap<>();
        for (String pair : form.split("&", -1)) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                values.put(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
            }
        }
        return values;
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
