package org.unipayout.simulator.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.horizonpay.Merchant.fullPayout;
import static org.unipayout.simulator.horizonpay.Merchant.payout;

import java.net.http.HttpRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.simulator.horizonpay.HorizonPaySwitches.Envelope;
import org.unipayout.simulator.horizonpay.Merchant.Answer;
import org.unipayout.testkit.Scenario;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** The switches that have no test beside the behaviour they turn. */
class HorizonPaySwitchesTest {
    @RegisterExtension
    static final HorizonPaySimulator gateway = HorizonPaySimulator.start();

    private final Merchant merchant = new Merchant(gateway);

    @Test
    void forcedEnvelope_overridesTheHeader() {
        gateway.switches().forcedEnvelope = Envelope.V2;
        assertThat(merchant.pay(payout(100, "order-1")).at("/transaction/tracking_id"))
                .isEqualTo("order-1");

        gateway.switches().forcedEnvelope = Envelope.V3;
        assertThat(merchant.post("/transactions/payouts", "2", payout(200, "order-2"))
                        .at("/tracking_id"))
                .isEqualTo("order-2");
    }

    @Test
    void trackingElementEnvelope_v3_makesFlatElements() {
        gateway.switches().trackingElementEnvelope = Envelope.V3;
        merchant.pay(payout(100, "order-1"));

        assertThat(merchant.byTrackingId("order-1").at("/transactions/0/code")).isEqualTo("S.0000");
    }

    @Test
    void validationStatus_isTakenPerEnvelope() {
        gateway.switches().validationStatusV2 = 422;
        gateway.switches().validationStatusV3 = 400;

        assertThat(merchant.post("/transactions/payouts", "2", payout(0, "order-1"))
                        .status())
                .isEqualTo(422);
        assertThat(merchant.pay(payout(0, "order-1")).status()).isEqualTo(400);
    }

    @Test
    void errorsWrapped_off_showsV2ErrorsBare() {
        gateway.switches().errorsWrapped = false;

        assertThat(merchant.post("/transactions/payouts", "2", payout(0, "order-1"))
                        .at("/errors/amount/0"))
                .isEqualTo("must be greater than 0");
    }

    @Test
    void duplicateStatus_isTaken() {
        gateway.switches().duplicateStatus = 409;
        merchant.pay(payout(100, "order-1"));

        assertThat(merchant.pay(payout(100, "order-1")).status()).isEqualTo(409);
    }

    @Test
    void unauthorizedStatus_isTaken() {
        gateway.switches().unauthorizedStatus = 403;

        assertThat(Merchant.send(HttpRequest.newBuilder(gateway.baseUrl()).GET())
                        .status())
                .isEqualTo(403);
    }

    @Test
    void payoutsAllowed_off_refusesTheShop() {
        gateway.switches().payoutsAllowed = false;
        gateway.switches().accessDeniedStatus = 401;

        Answer answer = merchant.pay(payout(100, "order-1"));

        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.at("/code")).isEqualTo("E.1022");
        gateway.ledger().assertNotPaid("order-1");
    }

    @Test
    void cardNumbersAllowed_off_stillTakesTokens() {
        gateway.switches().cardNumbersAllowed = false;

        Answer byNumber = merchant.pay(payout(100, "order-1"));
        Answer byToken = merchant.pay(Merchant.payoutToToken(100, "order-2", HorizonPaySimulator.SAMPLE_TOKEN));

        assertThat(byNumber.status()).isEqualTo(403);
        assertThat(byNumber.at("/code")).isEqualTo("E.1065");
        assertThat(byToken.status()).isEqualTo(200);
    }

    @Test
    void serverErrorsAsHtml_off_answersJson() {
        gateway.switches().serverErrorsAsHtml = false;

        Answer answer = merchant.pay(payout(Scenario.SERVER_ERROR_PAID.amount(100), "order-1"));

        assertThat(answer.status()).isEqualTo(502);
        assertThat(answer.at("/code")).isEqualTo("E.1000");
    }

    @Test
    void contentTypeOnGetAllowed_on_answersTheLookUp() {
        gateway.switches().contentTypeOnGetAllowed = true;

        assertThat(Merchant.send(merchant.request("/v2/transactions/tracking_id/x", "3")
                                .header("Content-Type", "application/json")
                                .GET())
                        .status())
                .isEqualTo(200);
    }

    @Test
    void oldDeclineCodes_on_renumbersWhatIsKnown() {
        gateway.switches().oldDeclineCodes = true;

        assertThat(merchant.pay(payout(Scenario.DECLINED.amount(100), "order-1"))
                        .at("/code"))
                .isEqualTo("F.0002");
        assertThat(merchant.pay(payout(Scenario.INSUFFICIENT_FUNDS.amount(100), "order-2"))
                        .at("/code"))
                .isEqualTo("F.0114");
    }

    @Test
    void incompleteCode_isTaken() {
        gateway.switches().incompleteCode = "E.1020";

        assertThat(merchant.pay(payout(Scenario.UNSURE.amount(100), "order-1")).at("/code"))
                .isEqualTo("E.1020");
    }

    @Test
    void expiryMonthDecides_on_declinesOctober() {
        ObjectNode october = fullPayout(100, "order-1");
        ((ObjectNode) october.path("recipient_credit_card")).put("exp_month", "10");
        assertThat(merchant.pay(october).at("/status")).isEqualTo("successful");

        gateway.switches().expiryMonthDecides = true;
        assertThat(merchant.pay(october.put("amount", 200)).at("/status")).isEqualTo("failed");
    }

    @Test
    void cardTypeKey_isTaken() {
        gateway.switches().cardTypeKey = "payment_method_type";

        Answer answer = merchant.pay(payout(100, "order-1"));

        assertThat(answer.at("/recipient/payment_method/payment_method_type")).isEqualTo("credit_card");
        assertThat(answer.at("/recipient/payment_method/type")).isEqualTo("absent");
    }

    @Test
    void cardDetailsInAnswers_on_tellsHolderAndExpiryAsIntegers() {
        gateway.switches().cardDetailsInAnswers = true;

        Answer answer = merchant.pay(fullPayout(100, "order-1"));

        assertThat(answer.at("/recipient/payment_method/holder")).isEqualTo("John Doe");
        assertThat(answer.json().at("/recipient/payment_method/exp_month").isInt())
                .isTrue();
    }

    @Test
    void redirectUrlAlways_off_isNullUnlessIncomplete() {
        gateway.switches().redirectUrlAlways = false;

        assertThat(merchant.pay(payout(100, "order-1"))
                        .json()
                        .path("redirect_url")
                        .isNull())
                .isTrue();
        assertThat(merchant.pay(payout(Scenario.UNSURE.amount(100), "order-2")).at("/redirect_url"))
                .contains("/process/");
    }

    @Test
    void legacyUids_on_looksAsRecorded() {
        gateway.switches().legacyUids = true;

        assertThat(merchant.pay(payout(100, "order-1")).at("/uid")).matches("\\d{4}-[0-9a-f]{10}");
    }
}
