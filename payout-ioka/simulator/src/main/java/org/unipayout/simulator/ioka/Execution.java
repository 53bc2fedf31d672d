package org.unipayout.simulator.ioka;

import org.jspecify.annotations.Nullable;
import org.unipayout.testkit.Scenario;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** What a scenario does to one money-moving call, the same for both products. */
final class Execution {
    /** A status word that ioka does not document, for orders and attempts alike. */
    static final String UNDOCUMENTED_WORD = "ROUTED";

    private static final String UNDOCUMENTED_CODE = "RoutedElsewhere";

    private Execution() {}

    /** Why an attempt failed, as it stands in {@code error}. */
    record Decline(String code, String message) {
        ObjectNode json() {
            return Json.object().put("code", code).put("message", message);
        }
    }

    /** Refuses before anything is recorded. */
    static void refuse(Scenario scenario) {
        if (scenario == Scenario.RATE_LIMITED) {
            throw new Problem(429, "TooManyRequests", "Слишком много запросов.");
        }
        if (scenario == Scenario.SERVER_ERROR_NOT_PAID) {
            throw new Problem(500, "InternalServerError", "Непредвиденная ошибка.");
        }
    }

    /** Loses the true answer after everything is recorded. */
    static void loseAnswer(Scenario scenario) {
        if (scenario == Scenario.SERVER_ERROR_PAID) {
            throw new Problem(504, "GatewayTimeout", "Результат операции не определён.");
        }
        if (scenario == Scenario.UNDOCUMENTED_CODE) {
            throw new Problem(400, UNDOCUMENTED_CODE, "Операция передана дальше.");
        }
    }

    /** The reason to decline, by scenario or else by one of the two declining test cards; null if there is none. */
    static @Nullable Decline decline(Scenario scenario, @Nullable String pan, IokaSwitches switches) {
        if (scenario == Scenario.DECLINED) {
            return new Decline(switches.declineCode, "Операция отклонена.");
        }
        if (scenario == Scenario.INSUFFICIENT_FUNDS || IokaSimulator.CARD_WITHOUT_MONEY.equals(pan)) {
            return notEnoughMoney();
        }
        if (IokaSimulator.CARD_OVER_LIMIT.equals(pan)) {
            return new Decline("CARD_LIMITATIONS_EXCEEDED", "Превышен лимит карты.");
        }
        return null;
    }

    static Decline notEnoughMoney() {
        return new Decline("NOT_ENOUGH_MONEY", "Недостаточно средств.");
    }
}
