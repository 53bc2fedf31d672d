package org.unipayout.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.Advice;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutException;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;

/** How calls end: every row of "what a call may end in", with the ledger as the judge. */
interface EndingsContract extends ContractGroup {

    /**
     * Faults after which bytes may have left and no complete answer came.
     *
     * @return the faults
     */
    static Stream<Fault> unansweredFaults() {
        return Stream.of(
                Fault.RESET_INSIDE_REQUEST,
                Fault.LOSE_REQUEST,
                Fault.RESET_AFTER_REQUEST,
                Fault.CLOSE_AFTER_REQUEST,
                Fault.HANG_AFTER_REQUEST,
                Fault.CUT_HEADERS,
                Fault.CUT_BODY,
                Fault.STALL_BODY);
    }

    /**
     * Complete answers that cannot be read.
     *
     * @return the faults
     */
    static Stream<Fault> unreadableFaults() {
        return Stream.of(Fault.GARBLE_BODY, Fault.EMPTY_BODY, Fault.OVERSIZE_BODY, Fault.DEEP_JSON);
    }

    /**
     * Answers from which nothing follows about the money, given after the provider took the payout.
     *
     * @return the faults
     */
    static Stream<Fault> unclearAnswers() {
        return Stream.of(
                Fault.HTML_ERROR,
                Fault.answer(500, Map.of(), "").afterForwarding(),
                Fault.answer(502, Map.of(), "<html>bad gateway</html>").afterForwarding(),
                Fault.answer(504, Map.of(), "{}").afterForwarding(),
                Fault.answer(301, Map.of("Location", "/elsewhere"), "").afterForwarding(),
                Fault.answer(418, Map.of(), "{\"unlisted\":true}").afterForwarding(),
                Fault.answer(200, Map.of(), "{}").afterForwarding(),
                Fault.answer(200, Map.of(), "[]").afterForwarding(),
                Fault.answer(204, Map.of(), "").afterForwarding());
    }

    /**
     * Answers that make a careless HTTP library send the same POST again.
     *
     * @return the faults
     */
    static Stream<Fault> answersThatInviteARepeat() {
        return Stream.of(
                Fault.answer(408, Map.of(), "").afterForwarding(),
                Fault.answer(503, Map.of("Retry-After", "0"), "<html></html>").afterForwarding(),
                Fault.answer(307, Map.of("Location", "/elsewhere"), "").afterForwarding(),
                Fault.answer(308, Map.of("Location", "/elsewhere"), "").afterForwarding(),
                Fault.answer(421, Map.of(), "").afterForwarding());
    }

    @ParameterizedTest
    @MethodSource("org.unipayout.testkit.EndingsContract#unansweredFaults")
    default void submit_noCompleteAnswer_isUnknownSentOnceAndPaidOnceInTheEnd(Fault fault) {
        unclearSubmit(fault, Evidence.Kind.NO_ANSWER);
    }

    @ParameterizedTest
    @MethodSource("org.unipayout.testkit.EndingsContract#unreadableFaults")
    default void submit_unreadableAnswer_isUnknownSentOnceAndPaidOnceInTheEnd(Fault fault) {
        unclearSubmit(fault, Evidence.Kind.UNREADABLE_ANSWER);
    }

    @ParameterizedTest
    @MethodSource("org.unipayout.testkit.EndingsContract#unclearAnswers")
    default void submit_answerThatProvesNothing_isUnknownSentOnceAndPaidOnceInTheEnd(Fault fault) {
        unclearSubmit(fault);
    }

    @ParameterizedTest
    @MethodSource("org.unipayout.testkit.EndingsContract#answersThatInviteARepeat")
    default void submit_answerThatInvitesARepeat_isUnknownSentOnceAndPaidOnceInTheEnd(Fault fault) {
        unclearSubmit(fault);
    }

    private void unclearSubmit(Fault fault, Evidence.Kind... kinds) {
        try (Stage stage = stage();
                PayoutClient hasty = stage.subject.client(stage.network.baseUrl(), stage.settings.hastyToRead())) {
            PayoutRef ref = stage.client.prepare(stage.request()).ref();
            stage.breakSubmit(fault);
            PayoutClient client = fault == Fault.HANG_AFTER_REQUEST || fault == Fault.STALL_BODY ? hasty : stage.client;

            Payout unclear = client.submit(ref, stage.request());

            assertThat(unclear.status()).isEqualTo(PayoutStatus.UNKNOWN);
            if (kinds.length > 0) {
                assertThat(unclear.evidence().map(Evidence::kind))
                        .hasValueSatisfying(kind -> assertThat(kind).isIn((Object[]) kinds));
            }
            assertThat(stage.submits()).as("submitting calls on the wire").isEqualTo(1);
            stage.network.heal();
            assertThat(stage.recover(unclear.ref(), stage.request()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    /**
     * A lost request and a lost answer, for each kind of recipient.
     *
     * @return the cases
     */
    @TestFactory
    default Stream<DynamicTest> submit_noAnswer_isPaidOnceByTheRuleOfItsKind() {
        return forEachKind((stage, kind) -> {
            assumeTrue(kind != RecipientKind.HOSTED_FORM, "the recipient submits a form");
            for (Fault fault : List.of(Fault.LOSE_REQUEST, Fault.RESET_AFTER_REQUEST)) {
                boolean lost = fault == Fault.LOSE_REQUEST; // and no two equal payouts within a minute
                PayoutRequest request = stage.subject
                        .request(kind, lost ? "order-lost" : "order-paid", Stage.AMOUNT + (lost ? 100 : 0))
                        .requestedAt(stage.askedAt)
                        .build();
                PayoutRef ref = stage.client.prepare(request).ref();
                stage.breakSubmit(kind, fault);

                Payout unclear = stage.client.submit(ref, request);

                assertThat(unclear.status()).isEqualTo(PayoutStatus.UNKNOWN);
                assertThat(stage.recover(unclear.ref(), request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
                stage.ledger().assertPaidExactlyOnce(request.reference());
            }
        });
    }

    @Test
    default void submit_connectionRefused_throwsNotSentAndCanBeRepeated() {
        try (Stage stage = stage()) {
            PayoutRef ref = stage.client.prepare(stage.request()).ref();
            stage.network.refuseConnections();

            assertNotSent(() -> stage.client.submit(ref, stage.request()));

            stage.network.acceptAgain();
            assertThat(stage.finish(stage.client.submit(ref, stage.request())).status())
                    .isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    @Test
    default void submit_connectTimeout_throwsNotSent() {
        try (Stage stage = stage();
                UnreachableAddress nowhere = FaultServer.unreachable();
                PayoutClient client = stage.subject.client(nowhere.baseUrl(), stage.settings.hastyToConnect())) {
            PayoutRef ref = stage.client.prepare(stage.request()).ref();

            assertNotSent(() -> client.submit(ref, stage.request()));
        }
    }

    @Test
    default void submit_nameDoesNotResolve_throwsNotSent() {
        try (Stage stage = stage();
                PayoutClient client = stage.subject.client(URI.create("https://provider.invalid"), stage.settings)) {
            PayoutRef ref = stage.client.prepare(stage.request()).ref();

            assertNotSent(() -> client.submit(ref, stage.request()));
        }
    }

    @Test
    default void submit_tlsFails_throwsNotSent() {
        try (Stage stage = stage();
                PayoutClient client = stage.subject.client(
                        URI.create(stage.network.baseUrl().toString().replace("http:", "https:")), stage.settings)) {
            PayoutRef ref = stage.client.prepare(stage.request()).ref();
            long before = stage.subject.simulator().requests().size();

            assertNotSent(() -> client.submit(ref, stage.request()));
            assertThat(stage.subject.simulator().requests()).hasSize((int) before);
        }
    }

    @Test
    default void submit_serverErrorAfterPaying_isUnknownAndFoundPaid() {
        scenarioWithoutAnswer(Scenario.SERVER_ERROR_PAID);
    }

    @Test
    default void submit_serverErrorWithoutPaying_isUnknownAndPaidOnceInTheEnd() {
        scenarioWithoutAnswer(Scenario.SERVER_ERROR_NOT_PAID);
    }

    @Test
    default void submit_undocumentedCodeAfterPaying_isUnknownAndFoundPaid() {
        scenarioWithoutAnswer(Scenario.UNDOCUMENTED_CODE);
    }

    private void scenarioWithoutAnswer(Scenario scenario) {
        try (Stage stage = stage()) {
            PayoutRef ref = stage.client.prepare(stage.request()).ref();
            stage.subject.simulator().force(scenario);
            Payout unclear = stage.client.submit(ref, stage.request());
            stage.subject.simulator().force(Scenario.PAID);

            assertThat(unclear.status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(stage.submits()).isEqualTo(1);
            assertThat(stage.recover(unclear.ref(), stage.request()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    @Test
    default void submit_answerAboutAnotherAmount_isUnknown() {
        try (Stage stage = stage()) {
            Payout unclear = stage.client.create(stage.request(Scenario.WRONG_ECHO.amount(150)));
            for (int i = 0; i < 3 && unclear.status() == PayoutStatus.PROCESSING; i++) {
                unclear = stage.client.get(unclear.ref());
            }

            assertThat(unclear.status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(unclear.evidence()).hasValueSatisfying(evidence -> {
                assertThat(evidence.kind()).isIn(Evidence.Kind.CONTRADICTING_ANSWER, Evidence.Kind.OTHER_PAYOUT);
                assertThat(evidence.text()).contains("amount");
            });
        }
    }

    @Test
    default void submit_tooManyRequests_throwsRejectedAndCanBeRepeated() {
        try (Stage stage = stage()) {
            PayoutRef ref = stage.client.prepare(stage.request()).ref();
            stage.subject.simulator().force(Scenario.RATE_LIMITED);

            PayoutRejectedException refused = catchThrowableOfType(
                    PayoutRejectedException.class, () -> stage.client.submit(ref, stage.request()));

            assertThat(refused.advice()).isEqualTo(Advice.SAME_REFERENCE_LATER);
            stage.ledger().assertNotPaid(Stage.REFERENCE);
            stage.subject.simulator().force(Scenario.PAID);
            assertThat(stage.finish(stage.client.submit(ref, stage.request())).status())
                    .isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    @Test
    default void submit_wrongCredentials_throwsRejected() {
        try (Stage stage = stage();
                PayoutClient stranger =
                        stage.subject.clientWithWrongCredentials(stage.network.baseUrl(), stage.settings)) {
            PayoutRef ref = stage.client.prepare(stage.request()).ref();

            PayoutRejectedException refused =
                    catchThrowableOfType(PayoutRejectedException.class, () -> stranger.submit(ref, stage.request()));

            assertThat(refused.provider()).isEqualTo(stage.client.capabilities().provider());
            assertThat(refused.reference()).contains(Stage.REFERENCE);
            stage.ledger().assertNotPaid(Stage.REFERENCE);
        }
    }

    @Test
    default void prepare_answerLost_throwsNotPreparedAndCanBeRepeated() {
        try (Stage stage = stage()) {
            stage.client.prepare(stage.request());
            assumeTrue(
                    stage.network.exchanges().stream()
                            .anyMatch(call -> stage.subject.prepares(call.method(), call.path())),
                    "prepare makes no call");
            stage.breakPrepare(Fault.RESET_AFTER_REQUEST);

            assertThatThrownBy(() -> stage.client.prepare(stage.request()))
                    .isInstanceOf(PayoutNotPreparedException.class);

            Payout prepared = stage.client.prepare(stage.request());
            assertThat(stage.finish(stage.client.submit(prepared.ref(), stage.request()))
                            .status())
                    .isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    @Test
    default void submit_interruptedBeforeTheFirstByte_throwsNotSentAndKeepsTheFlag() {
        try (Stage stage = stage()) {
            PayoutRef ref = stage.client.prepare(stage.request()).ref();
            Thread.currentThread().interrupt();
            try {
                assertNotSent(() -> stage.client.submit(ref, stage.request()));
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(stage.submits()).isZero();
        }
    }

    @Test
    default void submit_interruptedWhileWaiting_isUnknownAtOnceAndKeepsTheFlag() throws Exception {
        try (Stage stage = stage()) {
            PayoutRef ref = stage.client.prepare(stage.request()).ref();
            stage.breakSubmit(Fault.HANG_AFTER_REQUEST);
            AtomicBoolean flag = new AtomicBoolean();
            FutureTask<Payout> submit = new FutureTask<>(() -> {
                Payout payout = stage.client.submit(ref, stage.request());
                flag.set(Thread.currentThread().isInterrupted());
                return payout;
            });
            Thread caller = new Thread(submit, "merchant");
            caller.start();
            stage.awaitSubmitAtProvider();

            caller.interrupt();

            assertThat(submit.get(60, TimeUnit.SECONDS).status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(flag).isTrue();
            assertThat(stage.submitsAtProvider()).isEqualTo(1);
        }
    }

    @Test
    default void submit_redirectToAnotherHost_carriesNothingThere() {
        try (Stage stage = stage();
                FaultServer stranger =
                        FaultServer.before(stage.subject.simulator().baseUrl())) {
            PayoutRef ref = stage.client.prepare(stage.request()).ref();
            stage.breakSubmit(Fault.answer(307, Map.of("Location", stranger.baseUrl() + "/collect"), ""));

            assertThat(stage.client.submit(ref, stage.request()).status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(stranger.connections()).isZero();
        }
    }

    @Test
    default void submit_afterIdleConnectionWasClosed_isNotUnknown() {
        try (Stage stage = stage()) {
            stage.network.on(call -> true).always().play(Fault.CLOSE_IDLE);
            PayoutRef ref = stage.client.prepare(stage.request()).ref();
            stage.client.create(
                    stage.subject.request("order-0", Stage.AMOUNT + 100).build());
            long before = stage.submits();

            Payout submitted = stage.client.submit(ref, stage.request());

            assertThat(submitted.status()).isNotEqualTo(PayoutStatus.UNKNOWN);
            assertThat(stage.submits()).isEqualTo(before + 1);
        }
    }

    @Test
    default void get_networkDown_throwsReadAndChangesNothing() {
        try (Stage stage = stage()) {
            Payout paid = stage.finish(stage.client.create(stage.request()));
            stage.network.refuseConnections();

            assertThatThrownBy(() -> stage.client.get(paid.ref())).isInstanceOf(PayoutReadException.class);

            stage.network.acceptAgain();
            assertThat(stage.client.get(paid.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        }
    }

    @ParameterizedTest
    @MethodSource("org.unipayout.testkit.EndingsContract#unreadableFaults")
    default void get_unreadableAnswer_throwsReadAndNeverInventsAnOutcome(Fault fault) {
        try (Stage stage = stage()) {
            Payout paid = stage.finish(stage.client.create(stage.request()));
            stage.network.on(call -> true).always().play(fault);

            assertThatThrownBy(() -> stage.client.get(paid.ref())).isInstanceOf(PayoutReadException.class);
        }
    }

    @Test
    default void get_firstAnswersFail_isAskedAgain() {
        try (Stage stage = stage()) {
            Payout paid = stage.finish(stage.client.create(stage.request()));
            stage.network.on(call -> true).play(Fault.answer(503, Map.of("Retry-After", "1"), ""));
            stage.network.on(call -> true).play(Fault.RESET_AFTER_REQUEST);

            assertThat(stage.client.get(paid.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        }
    }

    @Test
    default void get_interrupted_throwsReadAndKeepsTheFlag() {
        try (Stage stage = stage()) {
            Payout paid = stage.finish(stage.client.create(stage.request()));
            Thread.currentThread().interrupt();
            try {
                assertThatThrownBy(() -> stage.client.get(paid.ref())).isInstanceOf(PayoutReadException.class);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
        }
    }

    @Test
    default void get_unknownPayout_isNeverAFailure() {
        try (Stage stage = stage()) {
            PayoutRef ref = stage.client.prepare(stage.request()).ref().withProviderId("no_such_payout");

            Payout observed = stage.client.get(ref);

            assertThat(observed.status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(Stage.absent(observed)).isTrue();
        }
    }

    @Test
    default void submit_afterClose_throwsNotSent() {
        try (Stage stage = stage()) {
            PayoutRef ref = stage.client.prepare(stage.request()).ref();
            stage.client.close();

            assertNotSent(() -> stage.client.submit(ref, stage.request()));
            assertThat(stage.submits()).isZero();
        }
    }

    private static void assertNotSent(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        PayoutException thrown = catchThrowableOfType(PayoutNotSentException.class, call);
        assertThat(thrown.advice()).isEqualTo(Advice.SAME_REFERENCE_LATER);
        assertThat(thrown.reference()).contains(Stage.REFERENCE);
    }
}
