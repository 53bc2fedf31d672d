package org.unipayout.simulator.ioka;

import org.jspecify.annotations.Nullable;
import org.unipayout.testkit.SimulatedResponse;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** A refusal on its way to the caller: HTTP status and ioka's flat {@code {code, message}}. */
final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final String text;
    private final @Nullable String paymentId;

    Problem(int status, String code, String text) {
        this(status, code, text, null);
    }

    private Problem(int status, String code, String text, @Nullable String paymentId) {
        super(code, null, false, false);
        this.status = status;
        this.code = code;
        this.text = text;
        this.paymentId = paymentId;
    }

    static Problem invalid(String text) {
        return new Problem(400, "InvalidRequest", text);
    }

    static Problem unprocessable(String text) {
        return new Problem(422, "InvalidRequest", text);
    }

    static Problem noRoute() {
        return new Problem(404, "NotFound", "Адрес не найден.");
    }

    static Problem orderNotFound() {
        return new Problem(404, "OrderNotFound", "Заказ не найден.");
    }

    static Problem orderExists() {
        return new Problem(409, "OrderExists", "Заказ с указанным external_id уже существует.");
    }

    static Problem cardNotFound() {
        return new Problem(404, "CardNotFound", "Карта не найдена.");
    }

    static Problem unauthorized() {
        return new Problem(401, "Unauthorized", "Ошибка авторизации.");
    }

    /** The one code whose body has a third member; reference 7.1. */
    static Problem attemptStarted(String attemptId) {
        return new Problem(409, "PaymentStarted", "По заказу уже начата выплата.", attemptId);
    }

    int status(IokaSwitches switches) {
        return switches.errorStatus.getOrDefault(code, status);
    }

    String text() {
        return text;
    }

    SimulatedResponse answer(IokaSwitches switches) {
        ObjectNode body = Json.object();
        body.put("code", switches.errorNames.getOrDefault(code, code));
        body.put("message", text);
        if (paymentId != null) {
            body.put("payment_id", paymentId);
        }
        return Json.answer(status(switches), body);
    }
}
