package org.unipayout.simulator.bereke;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.unipayout.simulator.bereke.Merchant.Answer;

class ErrorTableTest {
    @RegisterExtension
    static final BerekeSimulator bank = BerekeSimulator.start();

    private final Merchant merchant = new Merchant(bank);

    /** One way to run into a row by bad input alone, with the text written as the page has it. */
    record Case(BerekeError row, int http, String code, String text, Function<Merchant, Answer> cause) {
        @Override
        public String toString() {
            return row + " " + text;
        }
    }

    static final List<Case> CASES = List.of(
            refused(
                    "orderNumber is а required parameter",
                    BerekeError.REQUIRED_PARAMETER,
                    m -> m.payout("", 1234).perform()),
            refused(
                    "amount does not match required pattern ^[1-9][0-9]{0,11}$",
                    BerekeError.PATTERN_MISMATCH,
                    m -> m.payout("p", 0).perform()),
            refused(
                    "Errors while parsing incoming request: performPayoutRequest is not set for method performPayout.do",
                    BerekeError.MESSAGE_NOT_SET,
                    m -> m.post("performPayout.do", "")),
            refused("Invalid request", BerekeError.INVALID_REQUEST, m -> m.post("performPayout.do", "[]")),
            refused(
                    "Invalid request",
                    BerekeError.INVALID_REQUEST,
                    m -> Merchant.send(m.request("performPayout.do")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString(m.payout("p", 1234).toString()))
                            .build())),
            refused(
                    "Invalid request",
                    BerekeError.INVALID_REQUEST,
                    m -> m.payout("p", 1234)
                            .with("client.clientId", "c")
                            .with("target.bindingId", "83309cde-a56d-7409-88dd-c02e00ab3428")
                            .perform()),
            refused(
                    "No order identification provided to find order in database",
                    BerekeError.NO_ORDER_IDENTIFICATION,
                    m -> m.credentials().call("getPayoutStatus.do")),
            refused(
                    "Order not found in payout proxy. Check orderId or orderNumber",
                    BerekeError.ORDER_NOT_FOUND,
                    m -> m.status("never-sent")),
            refused(
                    "Currency does not match required pattern",
                    BerekeError.WRONG_CURRENCY,
                    m -> m.payout("p", 1234).with("currency", "643").perform()),
            refused(
                    "Сard affiliation does not match required pattern",
                    BerekeError.CARD_AFFILIATION,
                    m -> card(m, "2200000000000053")),
            refused(
                    "userName and password are mandatory fields",
                    BerekeError.CREDENTIALS_MISSING,
                    m -> m.payout("p", 1234).without("password").perform()),
            refused(
                    "userName and password are mandatory fields",
                    BerekeError.CREDENTIALS_MISSING,
                    m -> m.payout("p", 1234)
                            .without("userName")
                            .without("password")
                            .with("token", "t")
                            .perform()),
            refused(
                    "Source is not specified or is incorrect compared to configured debit tools",
                    BerekeError.WRONG_SOURCE,
                    m -> m.payout("p", 1234)
                            .with("source.bindingId", "not-mine")
                            .perform()),
            new Case(
                    BerekeError.NOT_AUTHENTICATED,
                    401,
                    "90",
                    "User not authenticated",
                    m -> m.payout("p", 1234).with("password", "wrong").perform()),
            new Case(
                    BerekeError.UNPARSEABLE,
                    500,
                    "99",
                    "Failed to parse incoming request for performPayoutRequest",
                    m -> m.post("performPayout.do", "{\"amount\":1,}")),
            new Case(
                    BerekeError.UNKNOWN_BINDING,
                    502,
                    "99",
                    "Unable to get card data for specified bindingId",
                    m -> m.order("p", 1234)
                            .with("client.clientId", "c")
                            .with("target.bindingId", "83309cde-a56d-7409-88dd-c02e00ab3428")
                            .perform()),
            new Case(
                    BerekeError.NO_BIN_RANGE,
                    502,
                    "204",
                    "Cannot find any bin range in db for 900000",
                    m -> card(m, "9000000000000001")),
            new Case(BerekeError.UNSUPPORTED_PAN, 502, "204", "Unsupported pan", m -> card(m, "370000000000002")),
            new Case(
                    BerekeError.BIN_NOT_NUMERIC,
                    502,
                    "400",
                    "Invalid request: bin is empty or is not numeric",
                    m -> card(m, "4111-1111-1111-1111")),
            new Case(
                    BerekeError.CARD_NOT_KNOWN,
                    502,
                    "98",
                    "Mrbin␣can't␣find␣this␣card",
                    m -> card(m, "4111111111111112")));

    /** Rows that no input leads to, by what the page prints for them. */
    static final Set<BerekeError> ON_DEMAND = EnumSet.of(
            BerekeError.WRONG_DEBIT_METHOD,
            BerekeError.NO_MERCHANT_SETTINGS,
            BerekeError.GATEWAY_PARAMETERS,
            BerekeError.HESSIAN_CALL,
            BerekeError.REST_CALL,
            BerekeError.REST_RESPONSE,
            BerekeError.THREE_D_SECURE,
            BerekeError.GATEWAY_TIMEOUT,
            BerekeError.SERVICE_TIMEOUT);

    @ParameterizedTest
    @FieldSource("CASES")
    void call_badInput_answersThePublishedRow(Case bad) {
        Answer answer = bad.cause().apply(merchant);

        assertThat(answer.status()).isEqualTo(bad.http());
        assertThat(answer.json().get("errorCode").textValue()).isEqualTo(bad.code());
        assertThat(answer.field("errorMessage")).isEqualTo(bad.text());
        assertThat(bad.row().httpStatus()).isEqualTo(bad.http());
        assertThat(bank.ledger().movements()).isEmpty();
    }

    @Test
    void call_unknownMethod_answers404WithoutBody() {
        for (Answer answer : List.of(
                merchant.credentials().call("refundPayout.do"),
                merchant.post("echo", "{}"),
                merchant.get("/payouts/api/v2/performPayout.do"),
                merchant.get("/payouts/api/v1/echo"))) {
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.text()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(BerekeError.class)
    void failNext_anyRow_answersItOnceAndExecutesNothing(BerekeError row) {
        bank.failNext(row);

        Answer failed = merchant.payout("payout_1", 1234).perform();
        bank.ledger().assertNotPaid("payout_1");
        Answer next = merchant.payout("payout_1", 1234).perform();

        assertThat(failed.status()).isEqualTo(row.httpStatus());
        if (row != BerekeError.METHOD_NOT_FOUND) {
            assertThat(failed.field("errorCode")).isEqualTo(row.code());
            assertThat(failed.field("errorMessage")).isEqualTo(row.text()).doesNotContain("[paramName]", "[gateway]");
        }
        assertThat(next.field("orderStatus")).isEqualTo("2");
    }

    @Test
    void errorTable_everyRow_isReachedByInputOrOnDemand() {
        Set<BerekeError> covered = CASES.stream().map(Case::row).collect(Collectors.toSet());
        covered.addAll(ON_DEMAND);
        covered.add(BerekeError.METHOD_NOT_FOUND);

        assertThat(covered).containsExactlyInAnyOrder(BerekeError.values());
    }

    @Test
    void text_rowsOnDemand_areThePublishedOnes() {
        assertThat(ON_DEMAND)
                .extracting(BerekeError::text)
                .containsExactlyInAnyOrder(
                        "Payout config error: debit method is incorrect for specified payout type",
                        "No merchant settings available",
                        "There was an error getting gateway parameters",
                        "Failed to call hessian method: p2pCredit",
                        "Error calling rest method payout-service",
                        "Rest response was unsuccessfull",
                        "3DS authorization was requested but is not supported in API calls",
                        "Timeout when requesting svip",
                        "Timeout when requesting payout-service");
    }

    private static Case refused(String text, BerekeError row, Function<Merchant, Answer> cause) {
        return new Case(row, 400, "98", text, cause);
    }

    private static Answer card(Merchant merchant, String pan) {
        return merchant.order("p", 1234).with("target.pan", pan).perform();
    }
}
