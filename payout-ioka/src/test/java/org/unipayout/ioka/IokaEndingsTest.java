package org.unipayout.ioka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.Advice;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Secret;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;

/** Answers that only ioka can give, and what a careless reader would make of them. */
class IokaEndingsTest {
    @RegisterExtension
    static final IokaSimulator IOKA = IokaSimulator.start();

    private final PayoutRequest request = Shop.toSavedCard("e-1", 15000).build();
    private final FaultServer network = FaultServer.before(IOKA.baseUrl());
    private final Shop shop = new Shop(IOKA, IokaOptions.builder(network.baseUrl(), Secret.of(IOKA.apiKey())));

    @AfterEach
    void close() {
        shop.close();
        network.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "503; {\"code\": \"Unavailable\", \"message\": \"text\"}; SAME_REFERENCE_LATER",
                "401; {\"code\": \"Unauthorized\", \"message\": \"text\"}; SAME_REFERENCE_LATER",
                "401; {\"code\": \"Anything\", \"message\": \"text\"}; SAME_REFERENCE_LATER",
                "403; {\"code\": \"Forbidden\", \"message\": \"text\"}; SAME_REFERENCE_LATER",
                "404; {\"code\": \"CardNotFound\", \"message\": \"text\"}; NEW_PAYOUT_AFTER_FIX",
                "400; {\"code\": \"InvalidRequest\", \"message\": \"text\"}; NEW_PAYOUT_AFTER_FIX",
                "422; {\"code\": \"InvalidTransactionAmount\"}; NEW_PAYOUT_AFTER_FIX",
                "429; slow down; SAME_REFERENCE_LATER"
            })
    void submit_documentedRefusal_throwsRejected(int status, String body, Advice advice) {
        PayoutRejectedException refused = catchThrowableOfType(
                PayoutRejectedException.class, () -> submitAnswered(Fault.answer(status, Map.of(), body)));

        assertThat(refused.advice()).isEqualTo(advice);
        assertThat(refused.error().map(ErrorEntry::proves)).contains(ErrorEntry.Proves.NOT_EXECUTED);
        IOKA.ledger().assertNotPaid("e-1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "503; <html>unavailable</html>; SERVER_ERROR",
                "503; {\"message\": \"no upstream\"}; SERVER_ERROR",
                "503; {\"code\": 503, \"message\": \"no upstream\"}; SERVER_ERROR",
                "500; {\"code\": \"InvalidRequest\", \"message\": \"text\"}; SERVER_ERROR",
                "504; {\"code\": \"GatewayTimeout\", \"message\": \"text\"}; SERVER_ERROR",
                "502; {\"code\": \"BadGateway\", \"message\": \"text\"}; SERVER_ERROR",
                "400; {\"code\": \"BadGateway\", \"message\": \"text\"}; OPEN_CODE",
                "400; {\"code\": \"NeverHeardOf\", \"message\": \"text\"}; UNDOCUMENTED_ANSWER",
                "401; <html>proxy</html>; UNDOCUMENTED_ANSWER",
                "404; {\"detail\": \"Not Found\"}; UNDOCUMENTED_ANSWER",
                "400; {\"code\": \"DATA_INPUT_TIMEOUT\", \"message\": \"text\"}; OPEN_CODE",
                "201; {\"id\": \"trn_1\"}; UNREADABLE_ANSWER",
                "201; {\"id\": \"trn_1\", \"status\": \"APPROVED\", \"order_id\": \"tro_other\"}; UNIDENTIFIED_ANSWER",
                "201; {\"id\": \"trn_1\", \"status\": \"APPROVED\", \"transferred_amount\": 1}; UNIDENTIFIED_ANSWER"
            })
    void submit_answerThatProvesNothing_isUnknown(int status, String body, Evidence.Kind kind) {
        Payout unclear = submitAnswered(Fault.answer(status, Map.of(), body).afterForwarding());

        assertThat(unclear.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(unclear.evidence().map(Evidence::kind)).contains(kind);
        assertThat(shop.transfers.get(unclear.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        IOKA.ledger().assertPaidExactlyOnce("e-1");
    }

    @ParameterizedTest
    @CsvSource({"OrderHasApprovedPayment, 409", "PaymentStarted, 409", "OrderExists, 422", "NeverHeardOf, 409"})
    void submit_earlierPayout_isAdoptedFromTheOrder(String code, int status) {
        String body = "{\"code\": \"" + code + "\", \"message\": \"text\"}";

        Payout adopted = submitAnswered(Fault.answer(status, Map.of(), body).afterForwarding());

        assertThat(adopted.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        IOKA.ledger().assertPaidExactlyOnce("e-1");
    }

    @Test
    void submit_earlierPayoutThatTheOrderDoesNotShow_isUnknown() {
        Payout unclear =
                submitAnswered(Fault.answer(409, Map.of(), "{\"code\": \"PaymentStarted\", \"message\": \"text\"}"));

        assertThat(unclear.evidence().map(Evidence::kind)).contains(Evidence.Kind.DUPLICATE);
    }

    @Test
    void submit_declineThatTheOrderDoesNotShow_isFailedByItsCode() {
        Payout failed =
                submitAnswered(Fault.answer(400, Map.of(), "{\"code\": \"NO_CARD_RECORD\", \"message\": \"text\"}"));

        assertThat(failed.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(failed.decline().orElseThrow().providerText()).contains("text");
    }

    @Test
    void prepare_referenceTakenAndOrderNotFound_throwsNotPrepared() {
        network.on(call -> call.method().equals("POST"))
                .play(Fault.answer(409, Map.of(), "{\"code\": \"OrderExists\", \"message\": \"text\"}"));

        assertThatThrownBy(() -> shop.transfers.prepare(request))
                .isInstanceOf(PayoutNotPreparedException.class)
                .hasMessageContaining("not found");
    }

    @Test
    void prepare_answerAboutAnotherAmount_throwsNotPrepared() {
        network.on(call -> call.method().equals("POST"))
                .play(Fault.rewriteBody(body -> body.replaceFirst("\"amount\":\\s*15000", "\"amount\":15001")));

        assertThatThrownBy(() -> shop.transfers.prepare(request))
                .isInstanceOf(PayoutNotPreparedException.class)
                .hasMessageContaining("amount");
    }

    @Test
    void get_twoOrdersUnderOneReference_throwsRead() {
        shop.transfers.prepare(request);
        network.on(call -> call.method().equals("GET"))
                .always()
                .play(Fault.rewriteBody(body ->
                        "[" + body.substring(1, body.length() - 1) + "," + body.substring(1, body.length() - 1) + "]"));

        assertThatThrownBy(() -> shop.transfers.get(PayoutRef.of(IokaPayoutClient.PROVIDER, request)))
                .isInstanceOf(org.unipayout.PayoutReadException.class);
    }

    @Test
    void exchanges_ofBothFlows_showOnlyWhatIsAllowed() {
        shop.transfers.create(request);
        shop.orders.create(Shop.toSavedCard("e-2", 15000).build());

        assertThat(shop.exchanges)
                .isNotEmpty()
                .allSatisfy(exchange -> assertThat(exchange.requestBody() + exchange.responseBody())
                        .doesNotContain(IokaSimulator.SAVED_VISA_ID, "440563", "http://", "_secret_")
                        .containsAnyOf("\"external_id\":\"e-", "\"order_id\":\"tro_", "\"receiver_id\":\"***\""));
    }

    private Payout submitAnswered(Fault fault) {
        PayoutRef ref = shop.transfers.prepare(request).ref();
        network.on(call -> call.path().endsWith("/payout")).play(fault);
        return shop.transfers.submit(ref, request);
    }
}
