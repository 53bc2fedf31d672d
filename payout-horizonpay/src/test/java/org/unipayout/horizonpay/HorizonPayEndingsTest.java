package org.unipayout.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.testkit.Fault;

/** What each answer to a submit ends in. */
class HorizonPayEndingsTest {
    private static final String SUBMIT = "/transactions/payouts";
    private static final String OURS = "'uid':'a','tracking_id':'order-1','amount':15000,'currency':'KZT'";

    @RegisterExtension
    static final HorizonPaySimulator HORIZONPAY = HorizonPaySimulator.start();

    private Shop shop;

    @BeforeEach
    void open() {
        shop = new Shop(HORIZONPAY);
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {OURS,'status':'successful'} | SUCCEEDED",
                "201 | {'transaction':{OURS,'status':'successful'}} | SUCCEEDED",
                "200 | {OURS,'status':'failed','code':'F.0105'} | FAILED",
                "422 | {OURS,'status':'failed','code':'F.0105'} | FAILED",
                "200 | {OURS,'status':'failed','code':'F.0777'} | FAILED",
                "200 | {OURS,'status':'failed','code':'E.1999'} | UNDOCUMENTED_STATUS",
                "200 | {OURS,'status':'failed','code':'S.0000'} | UNDOCUMENTED_STATUS",
                "200 | {OURS,'status':'failed','code':'F.1900'} | PROVIDER_UNSURE",
                "200 | {OURS,'status':'expired'} | EXPIRED",
                "200 | {OURS,'status':'pending'} | PROCESSING",
                "200 | {OURS,'status':'error','code':'E.1025'} | UNDOCUMENTED_STATUS",
                "200 | {OURS,'status':'failed','code':'F.0105','transaction':{'status':'successful'}} | CONTRADICTING_ANSWER",
                "200 | {OURS,'status':'successful','transaction':{'status':'failed'}} | CONTRADICTING_ANSWER",
                "200 | {OURS,'status':'successful','transaction':{'amount':14999}} | CONTRADICTING_ANSWER",
                "200 | {OURS,'status':'successful','transaction':{'currency':'RUB'}} | CONTRADICTING_ANSWER",
                "200 | {OURS,'status':'successful','transaction':{'status':null,'amount':null}} | SUCCEEDED",
                "200 | {OURS,'status':'successful','recipient':{'payment_method':{'last_4':'1111'}}} | OTHER_PAYOUT",
                "200 | {OURS,'status':'successful','created_at':'2024-04-02T14:57:57.638Z'} | OTHER_PAYOUT",
                "422 | {OURS,'status':'successful'} | CONTRADICTING_ANSWER",
                "403 | {OURS,'status':'pending'} | CONTRADICTING_ANSWER",
                "422 | {'uid':'a','status':'successful'} | UNDOCUMENTED_ANSWER",
                "200 | {'uid':'a','status':'successful'} | UNREADABLE_ANSWER",
                "200 | {'uid':'a','status':'successful','amount':15000,'currency':'KZT'} | UNIDENTIFIED_ANSWER",
                "200 | {'uid':'a','status':'successful','tracking_id':'order-1'} | UNREADABLE_ANSWER",
                "200 | {'uid':'a b','status':'successful','amount':15000,'currency':'KZT','tracking_id':'order-1'} | UNREADABLE_ANSWER",
                "200 | {'uid':'a','status':'successful','amount':1,'currency':'???','tracking_id':'order-1'} | UNREADABLE_ANSWER",
                "200 | {'uid':'a','status':'successful','amount':15000,'currency':'KZT','tracking_id':'order-2'} | UNIDENTIFIED_ANSWER",
                "200 | {'code':'E.1025','message':'no'} | UNDOCUMENTED_ANSWER",
                "200 | {'transaction':{'status':'successful'}} | UNDOCUMENTED_ANSWER",
                "200 | not json | UNREADABLE_ANSWER",
                "422 | {'code':'E.1025','message':'no','errors':{'amount':['bad']}} | REJECTED",
                "422 | {'code':'E.1025','message':{},'friendly_message':[],'errors':[]} | REJECTED",
                "400 | {'response':{'message':'no','errors':{'amount':['bad']}}} | REJECTED",
                "400 | {'message':'no','errors':{'base':'bad'}} | REJECTED",
                "400 | {'response':{'message':'no'}} | UNDOCUMENTED_ANSWER",
                "400 | {'response':{'status':'error','message':'Access denied'}} | UNDOCUMENTED_ANSWER",
                "409 | {'response':{'message':'no','errors':{'amount':['bad']}}} | UNDOCUMENTED_ANSWER",
                "403 | {'response':{'status':'error','message':'Access denied'}} | REJECTED",
                "401 | {'message':'Unauthorized'} | REJECTED",
                "403 | <html>blocked</html> | UNDOCUMENTED_ANSWER",
                "429 | slow down | REJECTED",
                "422 | {'code':'E.1000','message':'no'} | OPEN_CODE",
                "422 | {'code':'E.1035','message':'no'} | OPEN_CODE",
                "422 | {'code':'E.1036','message':'no'} | OPEN_CODE",
                "422 | {'code':'F.1901','message':'no'} | OPEN_CODE",
                "422 | {'code':'E.1999','message':'no'} | UNDOCUMENTED_ANSWER",
                "422 | {'code':'F.0105','message':'no'} | UNDOCUMENTED_ANSWER",
                "500 | {'code':'E.1025','message':'no'} | SERVER_ERROR",
                "302 | {OURS,'status':'successful'} | UNDOCUMENTED_ANSWER",
                "404 | {'message':'Record not found'} | UNDOCUMENTED_ANSWER",
            })
    void submit_answer_endsAsTheTableSays(int status, String body, String expected) {
        shop.answer("POST", SUBMIT, status, body.replace("OURS", OURS).replace('\'', '"'));

        assertThat(ending()).isEqualTo(expected);
    }

    @Test
    void submit_answerLostAndPayoutNotVisibleForAWhile_isFoundBeforeAbsenceCounts() {
        HORIZONPAY.hideFor(Duration.ofMinutes(5));
        PayoutRef ref = loseAnAnswer();

        Payout early = shop.client.get(ref);
        HORIZONPAY.clock().advance(shop.options.absenceWindow());
        Payout late = shop.client.get(ref);

        assertThat(early.evidence().map(Evidence::kind)).contains(Evidence.Kind.ABSENT);
        assertThat(late.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        HORIZONPAY.ledger().assertPaidExactlyOnce(Shop.REFERENCE);
    }

    @Test
    void submit_repeatedAtOnceWhileTheFirstIsNotVisible_isUnknownAndPaidOnce() {
        HORIZONPAY.hideFor(Duration.ofMinutes(5));
        PayoutRef ref = loseAnAnswer();

        Payout repeated = shop.client.submit(ref, Shop.request().build());

        assertThat(repeated.evidence().map(Evidence::kind)).contains(Evidence.Kind.EQUAL_PAYOUT);
        HORIZONPAY.ledger().assertPaidExactlyOnce(Shop.REFERENCE);
    }

    @Test
    void submit_fieldsRefused_areNamedWithTheRequestId() {
        HORIZONPAY.switches().requiredFields = Set.of("recipient.taxpayer_id", "sender.email");

        PayoutRejectedException refused = catchThrowableOfType(
                PayoutRejectedException.class,
                () -> shop.client.create(Shop.request().build()));

        assertThat(refused).hasMessageContaining("recipient.taxpayer_id, sender.email");
        assertThat(refused.requestId()).isPresent();
        assertThat(refused.error().orElseThrow().text(Locale.forLanguageTag("ru")))
                .contains("recipient.taxpayer_id, sender.email");
    }

    @Test
    void submit_refusedWithAnythingElseThanFieldNames_repeatsNone() {
        shop.answer(
                "POST",
                SUBMIT,
                422,
                "{\"code\":\"E.1025\",\"errors\":{\"4200000000000000 JOHN\":[\"bad\"],\"base\":[\"x\"],\"a\":{\"b\":[\"JANE\"]}}}");

        assertThatThrownBy(() -> shop.client.create(Shop.request().build()))
                .isInstanceOf(PayoutRejectedException.class)
                .hasMessageContaining("a.b")
                .hasMessageNotContaining("4200")
                .hasMessageNotContaining("JANE")
                .hasMessageNotContaining("base");
    }

    @Test
    void submit_failedWithoutACode_isAskedForTheCodeById() {
        shop.answer("POST", SUBMIT, 200, transaction("failed", ""));
        shop.answer("GET", "/transactions/a", 200, transaction("failed", ",'code':'F.1900'"));

        Payout unsure = shop.client.create(Shop.request().build());

        assertThat(unsure.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(unsure.evidence().map(Evidence::kind)).contains(Evidence.Kind.PROVIDER_UNSURE);
    }

    @ParameterizedTest
    @CsvSource({"404, not-found", "503, down"})
    void submit_failedWithoutACodeAndTheCodeCannotBeAsked_isUnknown(int status, String why) {
        shop.answer("POST", SUBMIT, 200, transaction("failed", ""));
        shop.answer("GET", "/transactions/a", status, "{\"message\":\"Record not found\"}");

        Payout unsure = shop.client.create(Shop.request().build());

        assertThat(unsure.status()).as(why).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(unsure.ref().providerId()).contains("a");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'recipient':[],'links':[]",
                "'recipient':{'payment_method':[]}",
                "'recipient_credit_card':'x','credit_card':[]",
                "'transaction':[]",
                "'payout':[]",
                "'rrn':{},'auth_code':[],'message':{},'friendly_message':[1]",
                "'redirect_url':{},'paid_at':{},'updated_at':[],'created_at':{}",
            })
    void submit_describingFieldOfAnotherForm_isDroppedAndTheAnswerKept(String fields) {
        shop.answer("POST", SUBMIT, 200, transaction("successful", "," + fields));

        assertThat(shop.client.create(Shop.request().build()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "'last_4':'0000'                                      | ****0000",
                "'last_4':'4200000000000000'                          | ****0000",
                "'bin':'42000000','last_4':'0000'                     | 420000****0000",
                "'bin':'4200000000000000','last_4':'0000'             | 420000****0000",
                "'first_1':'4','last_4':'0000'                        | 4****0000",
                "'first_1':'4200000000000000','last_4':'0000'         | ****0000",
                "'bin':'420000','last_4':'JOHN DOE'                   |",
            })
    void submit_cardInTheAnswer_isMaskedToFirstSixAndLastFour(String card, String mask) {
        shop.answer("POST", SUBMIT, 200, transaction("successful", ",'recipient_credit_card':{" + card + "}"));

        assertThat(shop.client.create(Shop.request().build()).recipientMask()).isEqualTo(Optional.ofNullable(mask));
    }

    @Test
    void submit_pastItsExpiry_isNotSent() {
        PayoutRequest late = Shop.request()
                .expiresAt(HORIZONPAY.clock().instant().minusSeconds(1))
                .build();

        assertThatThrownBy(() -> shop.client.create(late))
                .isInstanceOf(PayoutNotSentException.class)
                .hasMessageContaining("expiresAt");
        assertThat(shop.calls("POST", SUBMIT)).isZero();
    }

    @Test
    void submit_beforeItsExpiry_isPaid() {
        PayoutRequest request = Shop.request()
                .expiresAt(HORIZONPAY.clock().instant().plusSeconds(60))
                .build();

        assertThat(shop.client.create(request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    private static String transaction(String status, String more) {
        return ("{" + OURS + ",'status':'" + status + "'" + more + "}").replace('\'', '"');
    }

    private PayoutRef loseAnAnswer() {
        PayoutRef ref = shop.client.prepare(Shop.request().build()).ref();
        shop.network.on(call -> call.method().equals("POST")).play(Fault.RESET_AFTER_REQUEST);
        Payout unclear = shop.client.submit(ref, Shop.request().build());
        assertThat(unclear.evidence().map(Evidence::kind)).contains(Evidence.Kind.NO_ANSWER);
        return unclear.ref();
    }

    private String ending() {
        Payout[] payout = new Payout[1];
        Throwable thrown = catchThrowable(() -> payout[0] = shop.client.create(
                Shop.request().requestedAt(HORIZONPAY.clock().instant()).build()));
        if (thrown instanceof PayoutException exception) {
            return exception instanceof PayoutRejectedException ? "REJECTED" : exception.toString();
        }
        return payout[0]
                .evidence()
                .map(evidence -> evidence.kind().name())
                .orElseGet(() -> payout[0].status().name());
    }
}
