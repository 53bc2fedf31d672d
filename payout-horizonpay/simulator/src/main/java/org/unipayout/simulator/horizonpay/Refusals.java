package org.unipayout.simulator.horizonpay;

import org.jspecify.annotations.Nullable;
import org.unipayout.simulator.horizonpay.HorizonPaySwitches.Envelope;
import org.unipayout.testkit.SimulatedResponse;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** Every answer that refuses a request, in the form that its envelope asks for. */
final class Refusals {
    private final HorizonPaySwitches switches;

    Refusals(HorizonPaySwitches switches) {
        this.switches = switches;
    }

    SimulatedResponse invalid(Envelope envelope, FieldErrors errors) {
        return invalid(envelope, "E.1025", errors);
    }

    SimulatedResponse invalid(Envelope envelope, String code, FieldErrors errors) {
        return refuse(validationStatus(envelope), envelope, code, errors.message(), errors.tree());
    }

    SimulatedResponse unusable(Envelope envelope, String code) {
        return refuse(validationStatus(envelope), envelope, code, Codes.friendly(code), null);
    }

    SimulatedResponse duplicate(Envelope envelope) {
        FieldErrors errors = FieldErrors.of("base", "Duplicate transaction.");
        return refuse(switches.duplicateStatus, envelope, "E.1018", errors.message(), errors.tree());
    }

    SimulatedResponse unauthorized(Envelope envelope) {
        return access(switches.unauthorizedStatus, envelope, "E.1021");
    }

    SimulatedResponse forbidden(Envelope envelope, String code) {
        return access(switches.accessDeniedStatus, envelope, code);
    }

    /** No page gives the v3 form of this answer; E.1002 ("not found") is the nearest documented code. */
    SimulatedResponse notFound(Envelope envelope) {
        return refuse(404, envelope, "E.1002", "Record not found", null);
    }

    SimulatedResponse contentTypeOnGet() {
        ObjectNode body = Json.object();
        body.putObject("response").put("message", "'Content-type' HEADER is not allowed for GET request.");
        return SimulatedResponse.json(400, Json.write(body));
    }

    /** No Retry-After: none is documented. */
    SimulatedResponse tooManyRequests() {
        return page(429, "Too Many Requests");
    }

    /** What stands before the gateway, such as a list of allowed addresses, and knows nothing of its answers. */
    SimulatedResponse firewall() {
        return page(403, "Forbidden");
    }

    SimulatedResponse serverError(int status, String title, Envelope envelope) {
        return switches.serverErrorsAsHtml
                ? page(status, title)
                : refuse(status, envelope, "E.1000", Codes.friendly("E.1000"), null);
    }

    /** A code that no list has, whatever became of the payout. */
    SimulatedResponse undocumented(Envelope envelope) {
        FieldErrors errors = FieldErrors.of("base", "Operation was interrupted.");
        return invalid(envelope, "E.1999", errors);
    }

    private SimulatedResponse access(int status, Envelope envelope, String code) {
        if (envelope == Envelope.V3) {
            return refuse(status, envelope, code, Codes.friendly(code), null);
        }
        ObjectNode error = Json.object();
        error.put("status", "error");
        error.put("message", code.equals("E.1065") ? Codes.friendly(code) : "Access denied");
        return SimulatedResponse.json(status, Json.write(wrapped(error)));
    }

    private SimulatedResponse refuse(
            int status, Envelope envelope, String code, String message, @Nullable ObjectNode errors) {
        ObjectNode error = Json.object();
        if (envelope == Envelope.V3) {
            error.put("code", code);
            error.put("friendly_message", Codes.friendly(code));
        }
        error.put("message", message);
        if (errors != null) {
            error.set("errors", errors);
        }
        return SimulatedResponse.json(status, Json.write(envelope == Envelope.V3 ? error : wrapped(error)));
    }

    private ObjectNode wrapped(ObjectNode error) {
        return switches.errorsWrapped ? Json.object().set("response", error) : error;
    }

    private int validationStatus(Envelope envelope) {
        return envelope == Envelope.V3 ? switches.validationStatusV3 : switches.validationStatusV2;
    }

    private static SimulatedResponse page(int status, String title) {
        String heading = status + " " + title;
        return SimulatedResponse.text(
                status,
                "text/html",
                "<html><head><title>" + heading + "</title></head><body><center><h1>" + heading
                        + "</h1></center><hr><center>nginx</center></body></html>");
    }
}
