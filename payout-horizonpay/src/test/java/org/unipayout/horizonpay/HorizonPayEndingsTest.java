package org.unipayout.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutStatus;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.testkit.Fault;

/** What each answer to a submit ends in. */
class HorizonPayEndingsTest {
    private static final String SUBMIT = "/transactions/payouts";

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
                "200 | {'uid':'a','status':'successful'}                                      | SUCCEEDED",
                "201 | {'transaction':{'uid':'a','status':'successful'}}                      | SUCCEEDED",
                "200 | {'uid':'a','status':'failed','code':'F.0105'}                          | FAILED",
                "422 | {'uid':'a','status':'failed','code':'F.0105'}                          | FAILED",
                "200 | {'uid':'a','status':'failed','code':'F.0777'}                          | FAILED",
                "200 | {'uid':'a','status':'failed','code':'F.1900'}                          | PROVIDER_UNSURE",
                "200 | {'uid':'a','status':'expired'}                                         | EXPIRED",
                "200 | {'uid':'a','status':'pending'}                                         | PROCESSING",
                "200 | {'uid':'a','status':'error','code':'E.1025'}                           | UNDOCUMENTED_ANSWER",
                "200 | {'uid':'a b','status':'successful'}                                    | UNREADABLE_ANSWER",
                "200 | {'uid':'a','status':'successful','amount':1,'currency':'???'}          | UNREADABLE_ANSWER",
                "200 | {'uid':'a','status':'successful','tracking_id':'order-2'}              | CONTRADICTING_ANSWER",
                "200 | {'code':'E.1025','message':'no'}                                       | UNDOCUMENTED_ANSWER",
                "200 | {'transaction':{'status':'successful'}}                                | UNDOCUMENTED_ANSWER",
                "422 | {'code':'E.1025','message':'no','errors':{'amount':['bad']}}           | REJECTED",
                "400 | {'response':{'message':'no','errors':{'amount':['bad']}}}              | REJECTED",
                "400 | {'message':'no','errors':{'base':'bad'}}                               | REJECTED",
                "400 | {'response':{'message':'no'}}                                          | UNDOCUMENTED_ANSWER",
                "409 | {'response':{'message':'no','errors':{'amount':['bad']}}}              | UNDOCUMENTED_ANSWER",
                "403 | {'response':{'status':'error','message':'Access denied'}}              | REJECTED",
                "401 | {'message':'Unauthorized'}                                             | REJECTED",
                "403 | <html>blocked</html>                                                   | UNDOCUMENTED_ANSWER",
                "429 | slow down                                                              | REJECTED",
                "422 | {'code':'E.1000','message':'no'}                                       | PROVIDER_UNSURE",
                "422 | {'code':'E.1035','message':'no'}                                       | PROVIDER_UNSURE",
                "422 | {'code':'E.1036','message':'no'}                                       | PROVIDER_UNSURE",
                "422 | {'code':'F.1901','message':'no'}                                       | PROVIDER_UNSURE",
                "422 | {'code':'E.1999','message':'no'}                                       | UNDOCUMENTED_ANSWER",
                "422 | {'code':'F.0105','message':'no'}                                       | UNDOCUMENTED_ANSWER",
                "500 | {'code':'E.1025','message':'no'}                                       | SERVER_ERROR",
                "302 | {'uid':'a','status':'successful'}                                      | UNDOCUMENTED_ANSWER",
                "404 | {'message':'Record not found'}                                         | UNDOCUMENTED_ANSWER",
            })
    void submit_answer_endsAsTheTableSays(int status, String body, String expected) {
        shop.answer("POST", SUBMIT, status, body.replace('\'', '"'));

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

        assertThat(repeated.evidence().map(Evidence::kind)).contains(Evidence.Kind.DUPLICATE);
        HORIZONPAY.ledger().assertPaidExactlyOnce(Shop.REFERENCE);
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
        Throwable thrown = catchThrowable(
                () -> payout[0] = shop.client.create(Shop.request().build()));
        if (thrown instanceof PayoutException exception) {
            return exception instanceof PayoutRejectedException ? "REJECTED" : exception.toString();
        }
        return payout[0]
                .evidence()
                .map(evidence -> evidence.kind().name())
                .orElseGet(() -> payout[0].status().name());
    }
}
