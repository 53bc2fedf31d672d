package org.unipayout.simulator.bereke;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The bank's published error table, row by row, letter by letter: two texts hold Cyrillic letters that look Latin, and
 * one holds open-box characters in place of spaces.
 *
 * <p>Words in brackets stand for values that the bank fills in. Most rows answer a bad request; the others are asked
 * for with {@link BerekeSimulator#failNext}.
 */
public enum BerekeError {
    /** A required field is missing. */
    REQUIRED_PARAMETER(400, "98", "[paramName] is \u0430 required parameter"),
    /** A field has the wrong type, length or characters. */
    PATTERN_MISMATCH(400, "98", "[paramName] does not match required pattern [pattern]"),
    /** The request has no body. */
    MESSAGE_NOT_SET(
            400, "98", "Errors while parsing incoming request: [requestMessage] is not set for method [api_method]"),
    /** The body is JSON but no object, not declared as JSON, or contradicts itself. */
    INVALID_REQUEST(400, "98", "Invalid request"),
    /** A status call names neither order id nor order number. */
    NO_ORDER_IDENTIFICATION(400, "98", "No order identification provided to find order in database"),
    /** A status call names an order that does not exist. */
    ORDER_NOT_FOUND(400, "98", "Order not found in payout proxy. Check orderId or orderNumber"),
    /** Another currency than tenge. */
    WRONG_CURRENCY(400, "98", "Currency does not match required pattern"),
    /** The card belongs to a bank that payouts cannot reach. */
    CARD_AFFILIATION(400, "98", "\u0421ard affiliation does not match required pattern"),
    /** User name or password is missing. */
    CREDENTIALS_MISSING(400, "98", "userName and password are mandatory fields"),
    /** The merchant's funding does not fit the payout type; only with {@link BerekeSimulator#failNext}. */
    WRONG_DEBIT_METHOD(400, "98", "Payout config error: debit method is incorrect for specified payout type"),
    /** The funding source is missing or not the merchant's. */
    WRONG_SOURCE(400, "98", "Source is not specified or is incorrect compared to configured debit tools"),
    /** User name or password is wrong. */
    NOT_AUTHENTICATED(401, "90", "User not authenticated"),
    /** Unknown path or HTTP method; the bank promises no body. */
    METHOD_NOT_FOUND(404, "", ""),
    /** The merchant is not set up; only with {@link BerekeSimulator#failNext}. */
    NO_MERCHANT_SETTINGS(500, "99", "No merchant settings available"),
    /** The bank's own settings are broken; only with {@link BerekeSimulator#failNext}. */
    GATEWAY_PARAMETERS(500, "99", "There was an error getting gateway parameters"),
    /** The body is not JSON. */
    UNPARSEABLE(500, "99", "Failed to parse incoming request for [messageType]"),
    /** An inner call failed, outcome unknown; only with {@link BerekeSimulator#failNext}. */
    HESSIAN_CALL(502, "99", "Failed to call hessian method: [hessian_method]"),
    /** An inner call failed, outcome unknown; only with {@link BerekeSimulator#failNext}. */
    REST_CALL(502, "99", "Error calling rest method [service_name]"),
    /** An inner call failed, outcome unknown. */
    REST_RESPONSE(502, "99", "Rest response was unsuccessfull"),
    /** The recipient's bank wants 3-D Secure; only with {@link BerekeSimulator#failNext}. */
    THREE_D_SECURE(502, "99", "3DS authorization was requested but is not supported in API calls"),
    /** No such saved recipient card, or not that client's. */
    UNKNOWN_BINDING(502, "99", "Unable to get card data for specified bindingId"),
    /** A card number that starts with 0, 1, 7, 8 or 9. */
    NO_BIN_RANGE(502, "204", "Cannot find any bin range in db for [bin]"),
    /** A card number that starts with 3. */
    UNSUPPORTED_PAN(502, "204", "Unsupported pan"),
    /** A card number with something else than digits. */
    BIN_NOT_NUMERIC(502, "400", "Invalid request: bin is empty or is not numeric"),
    /** A card number with a wrong check digit. */
    CARD_NOT_KNOWN(502, "98", "Mrbin\u2423can't\u2423find\u2423this\u2423card"),
    /** The gateway did not answer in time, outcome unknown. */
    GATEWAY_TIMEOUT(504, "91", "Timeout when requesting [gateway]"),
    /** A service did not answer in time, outcome unknown; only with {@link BerekeSimulator#failNext}. */
    SERVICE_TIMEOUT(504, "91", "Timeout when requesting [service_name]");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\[(\\w+)]");

    /** What stands for a value of the bank's inside when a test asks for a row without giving one. */
    private static final Map<String, String> SAMPLES = Map.of(
            "paramName", "orderNumber",
            "pattern", "^.{1,32}$",
            "requestMessage", "performPayoutRequest",
            "api_method", "performPayout.do",
            "messageType", "performPayoutRequest",
            "hessian_method", "p2pCredit",
            "service_name", "payout-service",
            "gateway", "svip",
            "bin", "000000");

    private final int httpStatus;
    private final String code;
    private final String template;

    BerekeError(int httpStatus, String code, String template) {
        this.httpStatus = httpStatus;
        this.code = code;
        this.template = template;
    }

    /**
     * The HTTP status of the answer.
     *
     * @return 400 to 504
     */
    public int httpStatus() {
        return httpStatus;
    }

    /**
     * The {@code errorCode} of the answer.
     *
     * @return digits, or empty for {@link #METHOD_NOT_FOUND}, which has no body
     */
    public String code() {
        return code;
    }

    /**
     * The {@code errorMessage} of the answer.
     *
     * @param values what stands in place of the words in brackets, in order; sample values fill up
     * @return the published text
     */
    public String text(String... values) {
        StringBuilder text = new StringBuilder();
        Matcher placeholder = PLACEHOLDER.matcher(template);
        for (int i = 0; placeholder.find(); i++) {
            String value = i < values.length ? values[i] : SAMPLES.getOrDefault(placeholder.group(1), "");
            placeholder.appendReplacement(text, Matcher.quoteReplacement(value));
        }
        return placeholder.appendTail(text).toString();
    }

    /** Whether a payout may have been made behind this answer. */
    boolean leavesOutcomeOpen() {
        return switch (this) {
            case HESSIAN_CALL, REST_CALL, REST_RESPONSE, GATEWAY_TIMEOUT, SERVICE_TIMEOUT -> true;
            default -> false;
        };
    }
}
