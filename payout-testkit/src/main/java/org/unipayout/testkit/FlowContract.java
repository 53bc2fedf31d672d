package org.unipayout.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.unipayout.Advice;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWaiter;

/** The flow: what each scenario ends in, and that a status only moves towards certainty. */
interface FlowContract extends ContractGroup {

    @Test
    default void create_goodRequest_paysExactlyOnce() {
        try (Stage stage = stage()) {
            Payout end = stage.finish(stage.client.create(stage.request()));

            assertThat(end.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(end.ref().amount()).isEqualTo(stage.request().amount());
            assertThat(end.providerStatus()).isNotBlank();
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
            assertThat(stage.ledger().total(end.ref().amount().currency().getCurrencyCode()))
                    .isEqualTo(Stage.AMOUNT);
            assertThat(stage.submits()).isEqualTo(1);
        }
    }

    @Test
    default void prepare_goodRequest_movesNoMoney() {
        try (Stage stage = stage()) {
            Payout prepared = stage.client.prepare(stage.request());

            assertThat(prepared.status()).isEqualTo(PayoutStatus.PREPARED);
            assertThat(stage.submits()).isZero();
            stage.ledger().assertNotPaid(Stage.REFERENCE);
        }
    }

    @Test
    default void prepare_again_leadsToOnePayment() {
        try (Stage stage = stage()) {
            stage.client.prepare(stage.request());
            Payout prepared = stage.client.prepare(stage.request());

            assertThat(stage.finish(stage.client.submit(prepared.ref(), stage.request()))
                            .status())
                    .isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    @Test
    default void submit_afterRestartFromStoredHandle_paysExactlyOnce() {
        try (Stage stage = stage()) {
            String stored = stage.client.prepare(stage.request()).ref().toString();
            try (PayoutClient restarted = stage.subject.client(stage.network.baseUrl(), stage.settings)) {
                PayoutRef ref = PayoutRef.parse(stored);
                Payout submitted = restarted.submit(ref, stage.request());

                assertThat(ref.toString()).isEqualTo(stored);
                assertThat(stage.finish(submitted).status()).isEqualTo(PayoutStatus.SUCCEEDED);
                stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
            }
        }
    }

    @Test
    default void submit_again_paysOnce() {
        try (Stage stage = stage()) {
            PayoutRef ref = stage.client.prepare(stage.request()).ref();
            Payout first = stage.client.submit(ref, stage.request());
            Payout second = stage.client.submit(first.ref(), stage.request());

            assertThat(stage.finish(second).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    @Test
    default void submit_againAfterTheEnd_paysOnceAndTellsTheEnd() {
        try (Stage stage = stage()) {
            PayoutRef ref = stage.client.prepare(stage.request()).ref();
            Payout end = stage.finish(stage.client.submit(ref, stage.request()));

            assertThat(stage.finish(stage.client.submit(end.ref(), stage.request()))
                            .status())
                    .isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    @Test
    default void submit_againAndTheLookUpIsAboutAnotherReference_isNotAdopted() {
        try (Stage stage = stage()) {
            Payout end = stage.finish(stage.client.create(stage.request()));
            int before = stage.network.exchanges().size();
            stage.network
                    .on(call -> !stage.subject.submits(call.method(), call.path()))
                    .always()
                    .play(Fault.rewriteBody(json -> json.replace(Stage.REFERENCE, "order-9")));

            try {
                Payout again = stage.client.submit(end.ref(), stage.request());
                boolean replayed = stage.network.exchanges().stream()
                        .skip(before)
                        .allMatch(call -> stage.subject.submits(call.method(), call.path()));
                assertThat(again.status())
                        .as(replayed ? "nothing was looked up, the first outcome was told again" : "the look-up")
                        .isIn(
                                replayed
                                        ? List.of(PayoutStatus.PROCESSING, PayoutStatus.SUCCEEDED)
                                        : List.of(PayoutStatus.UNKNOWN));
            } catch (PayoutRejectedException refused) {
                assertThat(refused.advice()).isNotEqualTo(Advice.NEW_PAYOUT_AFTER_FIX);
            }
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    @Test
    default void create_referenceOfAnotherAmount_isRefusedAndTheFirstStands() {
        assumeTrue(subject().refusesReusedReference(), "the provider does not compare references");
        try (Stage stage = stage()) {
            stage.finish(stage.client.create(stage.request()));

            assertThatThrownBy(() -> stage.client.create(stage.request(Stage.AMOUNT + 100)))
                    .isInstanceOf(PayoutRejectedException.class)
                    .hasMessageContaining("amount");
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
            assertThat(stage.ledger().movements()).hasSize(1);
        }
    }

    @Test
    default void create_declined_returnsFailedWithTheReason() {
        endsUnpaid(Scenario.DECLINED);
    }

    @Test
    default void create_merchantOutOfFunds_endsUnpaidWithTheReason() {
        endsUnpaid(Scenario.INSUFFICIENT_FUNDS);
    }

    private void endsUnpaid(Scenario scenario) {
        try (Stage stage = stage()) {
            Payout end = stage.finish(stage.client.create(stage.request(scenario.amount(150))));

            assertThat(end.status()).isEqualTo(PayoutStatus.FAILED);
            assertThat(end.decline()).hasValueSatisfying(decline -> {
                assertThat(decline.code()).isNotBlank();
                assertThat(decline.text(java.util.Locale.ENGLISH)).isNotBlank();
                assertThat(decline.text(java.util.Locale.forLanguageTag("ru")))
                        .isNotBlank()
                        .isNotEqualTo(decline.text(java.util.Locale.ENGLISH));
            });
            stage.ledger().assertNotPaid(Stage.REFERENCE);
        }
    }

    @Test
    default void get_slowProvider_neverEndsBeforeTheProviderDoes() {
        try (Stage stage = stage()) {
            Payout waiting = stage.finish(stage.client.create(stage.request(Scenario.SLOW.amount(150))));
            assertThat(waiting.status()).isEqualTo(PayoutStatus.PROCESSING);

            stage.subject.simulator().settle();

            assertThat(stage.finish(waiting).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    @Test
    default void get_providerUnsure_isNeverFinal() {
        try (Stage stage = stage()) {
            Payout unsure = stage.finish(stage.client.create(stage.request(Scenario.UNSURE.amount(150))));

            assertThat(unsure.status().isFinal()).isFalse();
            assertThat(unsure.status()).isNotEqualTo(PayoutStatus.PREPARED);
            if (unsure.status() == PayoutStatus.UNKNOWN) {
                assertThat(unsure.evidence().map(evidence -> evidence.kind().proves()))
                        .as("the provider shows the payout")
                        .contains(Evidence.Proves.IT_EXISTS);
            }
            stage.ledger().assertNotPaid(Stage.REFERENCE);
        }
    }

    @Test
    default void get_undocumentedStatus_isUnknownWithTheRawText() {
        try (Stage stage = stage()) {
            Payout created = stage.client.create(stage.request(Scenario.UNDOCUMENTED_STATUS.amount(150)));
            Payout observed = created.status() == PayoutStatus.AWAITING_CONFIRMATION
                    ? stage.client.confirm(created.ref())
                    : created;
            for (int i = 0; i < 5 && observed.status() != PayoutStatus.UNKNOWN; i++) {
                assertThat(observed.status().isFinal()).isFalse();
                observed = observed.status() == PayoutStatus.AWAITING_CONFIRMATION
                        ? stage.client.confirm(observed.ref())
                        : stage.client.get(observed.ref());
            }

            assertThat(observed.status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(observed.evidence().map(Evidence::kind)).contains(Evidence.Kind.UNDOCUMENTED_STATUS);
            assertThat(observed.providerStatus()).isNotBlank();
        }
    }

    @Test
    default void get_returnedPayout_saysReturned() {
        assumeTrue(subject().reportsReturnsFrom().isPresent(), "the provider does not report returns");
        try (Stage stage = stage()) {
            Payout paid = stage.finish(stage.client.create(stage.subject
                    .request(
                            stage.subject.reportsReturnsFrom().orElseThrow(),
                            Stage.REFERENCE,
                            Scenario.RETURNED.amount(150))
                    .build()));
            assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);

            Payout returned = paid;
            for (int i = 0; i < 3 && returned.status() == PayoutStatus.SUCCEEDED; i++) {
                returned = returned.update(stage.client.get(returned.ref()));
            }

            assertThat(returned.status()).isEqualTo(PayoutStatus.RETURNED);
            assertThat(stage.ledger().total(paid.ref().amount().currency().getCurrencyCode()))
                    .isZero();
        }
    }

    @Test
    default void get_answerWithUnlistedFields_isReadAllTheSame() {
        try (Stage stage = stage()) {
            stage.network
                    .on(call -> true)
                    .always()
                    .play(Fault.rewriteBody(
                            json -> json.replaceFirst("\\{", "{\"unlisted_field\":{\"inner\":[1,null,\"x\"]},")));

            assertThat(stage.finish(stage.client.create(stage.request())).status())
                    .isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    @Test
    default void confirm_again_paysOnce() {
        assumeTrue(confirmation(), "the provider has no confirmation");
        try (Stage stage = stage()) {
            Payout waiting = awaitingConfirmation(stage);
            stage.client.confirm(waiting.ref());
            Payout second = stage.client.confirm(waiting.ref());

            assertThat(stage.finish(second).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    @Test
    default void confirm_answerLost_isUnknownAndFoundAgain() {
        assumeTrue(confirmation(), "the provider has no confirmation");
        try (Stage stage = stage()) {
            Payout waiting = awaitingConfirmation(stage);
            stage.breakConfirm(Fault.RESET_AFTER_REQUEST);

            Payout unclear = stage.client.confirm(waiting.ref());

            assertThat(unclear.status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(stage.confirms()).isEqualTo(1);
            assertThat(stage.finish(unclear).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    @Test
    default void confirm_requestLost_isUnknownAndCanBeConfirmedAgain() {
        assumeTrue(confirmation(), "the provider has no confirmation");
        try (Stage stage = stage()) {
            Payout waiting = awaitingConfirmation(stage);
            stage.breakConfirm(Fault.LOSE_REQUEST);

            Payout unclear = stage.client.confirm(waiting.ref());
            assertThat(unclear.status()).isEqualTo(PayoutStatus.UNKNOWN);
            stage.ledger().assertNotPaid(Stage.REFERENCE);

            assertThat(stage.client.get(waiting.ref()).status()).isEqualTo(PayoutStatus.AWAITING_CONFIRMATION);
            assertThat(stage.finish(unclear).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    @Test
    default void cancel_beforeConfirmation_endsCanceledAndUnpaid() {
        assumeTrue(confirmation() && cancellation(), "the provider has no confirmation to cancel");
        try (Stage stage = stage()) {
            Payout waiting = awaitingConfirmation(stage);

            Payout end = stage.finish(stage.client.cancel(waiting.ref()));

            assertThat(end.status()).isEqualTo(PayoutStatus.CANCELED);
            stage.ledger().assertNotPaid(Stage.REFERENCE);
        }
    }

    @Test
    default void cancel_answerLost_isUnknownAndNeverClaimsMore() {
        assumeTrue(confirmation() && cancellation(), "the provider has no confirmation to cancel");
        try (Stage stage = stage()) {
            Payout waiting = awaitingConfirmation(stage);
            stage.breakCancel(Fault.RESET_AFTER_REQUEST);

            assertThat(stage.client.cancel(waiting.ref()).status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(stage.client.get(waiting.ref()).status()).isEqualTo(PayoutStatus.CANCELED);
            stage.ledger().assertNotPaid(Stage.REFERENCE);
        }
    }

    @Test
    default void cancel_afterThePayment_doesNotTurnItBack() {
        assumeTrue(cancellation(), "the provider cannot cancel");
        try (Stage stage = stage()) {
            Payout paid = stage.finish(stage.client.create(stage.request()));
            try {
                Payout answer = stage.client.cancel(paid.ref());
                assertThat(paid.update(answer).status()).isEqualTo(PayoutStatus.SUCCEEDED);
                assertThat(answer.status()).isNotIn(PayoutStatus.CANCELED, PayoutStatus.FAILED);
            } catch (PayoutRejectedException refused) {
                assertThat(refused.operation()).isEqualTo(org.unipayout.Operation.CANCEL);
            }
            assertThat(stage.client.get(paid.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    @Test
    default void await_slowProvider_returnsTheLastKnownStateAtTheDeadline() {
        try (Stage stage = stage()) {
            Payout waiting = stage.finish(stage.client.create(stage.request(Scenario.SLOW.amount(150))));
            PayoutWaiter waiter = PayoutWaiter.builder(stage.client, java.time.Duration.ofMinutes(3))
                    .time(stage.clock, stage.settings.sleeper(), stage.settings.random())
                    .build();

            Payout later = waiter.await(waiting);

            assertThat(later.status()).isEqualTo(PayoutStatus.PROCESSING);
            stage.subject.simulator().settle();
            assertThat(waiter.await(later).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        }
    }

    @Test
    default void await_confirming_letsAPayoutGoOnceAndSeesItsEnd() {
        try (Stage stage = stage()) {
            PayoutWaiter waiter = PayoutWaiter.builder(stage.client, java.time.Duration.ofMinutes(3))
                    .confirming()
                    .time(stage.clock, stage.settings.sleeper(), stage.settings.random())
                    .build();

            Payout end = waiter.await(stage.client.create(stage.request()));

            assertThat(end.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
        }
    }

    @Test
    default void create_manyAtOnce_paysEachExactlyOnce() throws Exception {
        int payouts = 16;
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Stage stage = stage()) {
            List<Callable<Payout>> calls = new ArrayList<>();
            for (int i = 0; i < payouts; i++) {
                PayoutRequest request = stage.subject
                        .request("parallel-" + i, Stage.AMOUNT + 100L * i)
                        .build();
                calls.add(() -> stage.finish(stage.client.create(request)));
            }
            for (Future<Payout> end : threads.invokeAll(calls)) {
                assertThat(end.get().status()).isEqualTo(PayoutStatus.SUCCEEDED);
            }
            for (int i = 0; i < payouts; i++) {
                stage.ledger().assertPaidExactlyOnce("parallel-" + i);
            }
        } finally {
            threads.shutdownNow();
        }
    }

    /**
     * Whether the client claims a confirmation.
     *
     * @return true if so
     */
    private boolean confirmation() {
        return claims(Feature.CONFIRM);
    }

    private boolean cancellation() {
        return claims(Feature.CANCEL);
    }

    private boolean claims(Feature feature) {
        try (Stage stage = stage()) {
            return stage.client.capabilities().has(feature);
        }
    }

    private static Payout awaitingConfirmation(Stage stage) {
        Payout payout = stage.client.create(stage.request());
        for (int i = 0; i < 10 && payout.status() != PayoutStatus.AWAITING_CONFIRMATION; i++) {
            payout = stage.client.get(payout.ref());
        }
        assertThat(payout.status()).isEqualTo(PayoutStatus.AWAITING_CONFIRMATION);
        return payout;
    }
}
