package org.unipayout.simulator.bereke;

import java.util.Locale;
import org.unipayout.simulator.bereke.BerekeOrder.Decline;
import org.unipayout.simulator.bereke.BerekeOrder.State;
import org.unipayout.simulator.bereke.BerekeSwitches.AnswerForm;
import org.unipayout.simulator.bereke.BerekeSwitches.DeclineForm;
import org.unipayout.simulator.bereke.BerekeSwitches.NotFoundForm;
import org.unipayout.testkit.SimulatedResponse;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** Answer bodies, in the spellings that the switches ask for. */
final class Answers {
    private static final String SUCCESS = "Успешно";
    private static final String TRANSFERRED = "Перевод исполнен";

    private final BerekeSwitches switches;
    private final OrderBook book;

    Answers(BerekeSwitches switches, OrderBook book) {
        this.switches = switches;
        this.book = book;
    }

    /** The call that an order is shown to: the page's examples differ between the two. */
    private enum Call {
        PERFORM,
        STATUS
    }

    static SimulatedResponse error(BerekeRefusal refusal) {
        BerekeError error = refusal.error();
        if (error == BerekeError.METHOD_NOT_FOUND) {
            return SimulatedResponse.empty(error.httpStatus());
        }
        return error(error.httpStatus(), error.code(), String.valueOf(refusal.getMessage()));
    }

    static SimulatedResponse error(int httpStatus, String code, String text) {
        return json(httpStatus, object(code).put("errorMessage", text));
    }

    /** The acquiring module's words; the payouts page has none for a repeated order number. */
    SimulatedResponse duplicate() {
        return error(
                switches.duplicateHttpStatus,
                "1",
                "Order number is duplicated, order with given order number is processed already");
    }

    SimulatedResponse balance() {
        long balance = book.balance();
        ObjectNode body = object("0");
        ObjectNode description = switches.balanceArray
                ? body.putArray("balanceDescriptionList").addObject()
                : body.putObject("balanceDescriptionList");
        description
                .put("balanceAmount", Math.abs(balance))
                .put("balanceCurrency", "398")
                .put("balanceSign", balance < 0 ? "D" : "C");
        return json(200, body);
    }

    SimulatedResponse registered(BerekeOrder order, String formUrl) {
        return json(
                200,
                object("0")
                        .put("orderNumber", order.orderNumber)
                        .put("orderId", order.orderId)
                        .put("formUrl", formUrl));
    }

    SimulatedResponse performed(BerekeOrder order) {
        Decline decline = order.decline;
        if (decline != null && declineForm(decline) == DeclineForm.ERROR_CODE) {
            return error(200, decline.code, decline.text);
        }
        return order(order, Call.PERFORM);
    }

    SimulatedResponse status(BerekeOrder order) {
        return order(order, Call.STATUS);
    }

    SimulatedResponse notFound(Fields fields) {
        if (switches.notFoundForm == NotFoundForm.ERROR) {
            throw new BerekeRefusal(BerekeError.ORDER_NOT_FOUND);
        }
        ObjectNode body = object("0").put("errorMessage", SUCCESS);
        if (switches.notFoundForm == NotFoundForm.ZERO_AMOUNT) {
            body.put("amount", 0).put("currency", "398");
        }
        if (fields.has("orderNumber")) {
            body.put("orderNumber", fields.text("orderNumber"));
        }
        return json(200, body);
    }

    private DeclineForm declineForm(Decline decline) {
        return decline == Decline.INSUFFICIENT_FUNDS ? switches.insufficientFundsForm : switches.declineForm;
    }

    private SimulatedResponse order(BerekeOrder order, Call call) {
        if (switches.thinAnswers) {
            ObjectNode thin = object("0");
            putStatus(thin, book.shownStatus(order));
            return json(200, thin);
        }
        boolean tables = switches.answerForm == AnswerForm.TABLES;
        ObjectNode body = object("0").put("errorMessage", SUCCESS);
        body.put("amount", order.echoedAmount()).put("fee", 0).put("currency", "398");
        if (tables && call == Call.PERFORM) {
            body.put("creationDate", order.createdAt.toEpochMilli());
        }
        if (tables) {
            body.put("orderId", order.orderId);
        }
        body.put("orderNumber", order.orderNumber);
        if (order.description != null) {
            body.put("description", order.description);
        }
        putStatus(body, book.shownStatus(order));
        if (book.showsOperation(order)) {
            putOperations(body, order, call);
        }
        if (order.sourceBindingId != null) {
            body.putObject("source").put("bindingId", order.sourceBindingId);
        }
        if (order.state != State.REGISTERED) {
            putTarget(body.putObject("target"), order);
        }
        if (order.orderParams.isObject() && switches.showsOrderParams) {
            body.set("orderParams", order.orderParams);
        }
        return json(200, switches.junkDetails ? junk(body) : body);
    }

    private static ObjectNode junk(ObjectNode body) {
        body.put("fee", "n/a")
                .put("target", "none")
                .put("operationList", "none")
                .put("description", 1.5);
        body.putArray("creationDate");
        body.putArray("orderParams").add(1);
        return body;
    }

    private void putStatus(ObjectNode body, int status) {
        if (switches.integerStatus) {
            body.put(switches.statusField, status);
        } else {
            body.put(switches.statusField, Integer.toString(status));
        }
    }

    private void putOperations(ObjectNode body, BerekeOrder order, Call call) {
        var operations = body.putArray("operationList");
        if (switches.debitLeg) {
            putOperation(operations.addObject(), order, call, "P2P_DEBIT");
        }
        ObjectNode credit = operations.addObject();
        putOperation(credit, order, call, "P2P_CREDIT");
        credit.put(switches.answerForm == AnswerForm.TABLES ? "panMaskedTo" : "pan", shown(order.pan));
        if (order.cardholder != null) {
            credit.put("cardholderName", order.cardholder.toUpperCase(Locale.ROOT));
        }
    }

    private void putOperation(ObjectNode operation, BerekeOrder order, Call call, String type) {
        boolean tables = switches.answerForm == AnswerForm.TABLES;
        long time = order.executedAt.toEpochMilli();
        if (tables || call == Call.PERFORM) {
            operation.put("operationDate", time);
        } else {
            operation.put("datetime", Long.toString(time));
        }
        operation.put("operationType", type).put("amount", order.echoedAmount());
        if (tables) {
            operation.put("currency", 398);
            operation.put("orderId", order.orderId).put("orderNumber", order.orderNumber);
        } else {
            operation.put("currency", "398");
        }
        Decline decline = order.decline;
        operation.put("resultCode", (decline == null) == switches.contradictingResult ? 1 : 0);
        operation.put("resultCodeDescription", decline == null ? TRANSFERRED : decline.text);
        operation.put("refNum", order.refNum);
    }

    private String shown(String pan) {
        return switches.unmaskedCards ? pan : CardRules.mask(pan);
    }

    private void putTarget(ObjectNode target, BerekeOrder order) {
        if (order.bindingId != null) {
            target.put("bindingId", order.bindingId);
        }
        if (order.clientId != null) {
            target.put("clientId", order.clientId);
        }
        target.put("maskedPan", shown(order.pan));
    }

    private static ObjectNode object(String errorCode) {
        return Fields.JSON.createObjectNode().put("errorCode", errorCode);
    }

    private static SimulatedResponse json(int httpStatus, ObjectNode body) {
        return SimulatedResponse.json(httpStatus, body.toString());
    }
}
