package org.unipayout.ioka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Advice;
import org.unipayout.CardNumber;
import org.unipayout.Decline;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.Resubmission;
import org.unipayout.Secret;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.Scenario;

/** What an answer of ioka proves, and what it does not: keys that keep results only, calls in a queue, ends that are none. */
class IokaEvidenceTest {
    @RegisterExtension
    static final IokaSimulator IOKA = IokaSimulator.start();

    private final FaultServer network = FaultServer.before(IOKA.baseUrl());
    private final Shop shop = new Shop(IOKA, IokaOptions.builder(network.baseUrl(), Secret.of(IOKA.apiKey())));

    @AfterEach
    void close() {
        shop.close();
        network.close();
    }

    // ---------------------------------------------------------------- keys and queues

    @Test
    void submit_againWhileTheOrderStillLooksUnpaid_isCoveredByTheKey() {
        IOKA.switches().paysAgain = true;
        PayoutRequest request = Shop.toSavedCard("v-1", 15000).build();
        PayoutRef ref = shop.transfers.prepare(request).ref();
        shop.transfers.submit(ref, request);
        staleOrders();

        assertThat(shop.transfers.submit(ref, request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        IOKA.ledger().assertPaidExactlyOnce("v-1");
    }

    @Test
    void submit_cardNumberAgainWhileTheOrderStillLooksUnpaid_isCoveredByTheKey() {
        IOKA.switches().paysAgain = true;
        PayoutRequest request = toCardNumber("v-1", 15000);
        PayoutRef ref = shop.orders.prepare(request).ref();
        shop.orders.submit(ref, request);
        staleOrders();

        assertThat(shop.orders.submit(ref, request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        IOKA.ledger().assertPaidExactlyOnce("v-1");
    }

    @Test
    void everyCallThatMakesOrMovesSomething_carriesAKeyThatIsTheSameForTheSameCall() {
        payWithEachFlow("v-1");
        List<String> first = keys();
        IOKA.reset();
        payWithEachFlow("v-1");

        assertThat(first).hasSize(6).doesNotHaveDuplicates().allMatch(key -> key.matches("[0-9a-f]{64}"));
        assertThat(keys().get(0)).as("creation, by what it sends").isEqualTo(first.get(0));
    }

    @Test
    void submit_savedCardInTheQueueOfABusyProvider_isFoundPaidOnceItHasSettled() {
        IOKA.switches().executionDelay = Duration.ofSeconds(90);
        IOKA.switches().paysAgain = true;
        PayoutRequest request = Shop.toSavedCard("v-1", 15000).build();
        Payout unclear = shop.transfers.create(request);
        assertThat(unclear.status()).isEqualTo(PayoutStatus.UNKNOWN);

        IOKA.clock().advance(shop.transfers.capabilities().callDeadline().multipliedBy(2));

        assertThat(shop.transfers.submit(unclear.ref(), request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        IOKA.ledger().assertPaidExactlyOnce("v-1");
    }

    @Test
    void resubmission_payoutOrders_isAskedPerKindOfRecipient() {
        assertThat(List.of(RecipientKind.CARD_NUMBER, RecipientKind.HOSTED_FORM))
                .allSatisfy(kind -> assertThat(shop.orders.capabilities().resubmission(kind))
                        .isInstanceOf(Resubmission.SameHandle.class));
        assertThat(List.of(RecipientKind.SAVED_CARD, RecipientKind.KAZAKH_ACCOUNT))
                .allSatisfy(kind -> assertThat(shop.orders.capabilities().resubmission(kind))
                        .isInstanceOf(Resubmission.SameReference.class));
    }

    @Test
    void submit_cardNumberWhoseConfirmationWasLost_isPaidByTheRuleOfItsKind() {
        PayoutRequest request = toCardNumber("v-1", 15000);
        PayoutRef ref = shop.orders.prepare(request).ref();
        network.on(call -> call.path().endsWith("/confirm")).play(Fault.LOSE_REQUEST);
        assertThat(shop.orders.submit(ref, request).status()).isEqualTo(PayoutStatus.UNKNOWN);

        assertThat(shop.orders.get(ref).status()).isEqualTo(PayoutStatus.PREPARED);
        assertThat(shop.orders.submit(ref, request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        IOKA.ledger().assertPaidExactlyOnce("v-1");
    }

    @Test
    void submit_earlierConfirmationThatTheOrderDoesNotShow_isNeverPrepared() {
        PayoutRequest request = toCardNumber("v-1", 15000);
        PayoutRef ref = shop.orders.prepare(request).ref();
        network.on(call -> call.path().endsWith("/confirm"))
                .play(Fault.answer(409, Map.of(), "{\"code\": \"PaymentStarted\", \"message\": \"text\"}"));

        Payout unclear = shop.orders.submit(ref, request);

        assertThat(unclear.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(unclear.hasEvidence(Evidence.Kind.DUPLICATE)).isTrue();
    }

    @Test
    void submit_createdAndNotYetInTheSearch_isADuplicateAndPaidOnce() {
        IOKA.switches().searchLag = Duration.ofMinutes(5);
        PayoutRequest request = Shop.toSavedCard("v-1", 15000).build();
        PayoutRef ref = shop.orders.prepare(request).ref();
        network.on(call -> call.method().equals("POST")).play(Fault.RESET_AFTER_REQUEST.afterForwarding());
        assertThat(shop.orders.submit(ref, request).status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(shop.orders.get(ref).hasEvidence(Evidence.Kind.ABSENT)).isTrue();
        IOKA.clock().advance(Duration.ofMinutes(2));
        forgetKeys();

        assertThat(shop.orders.submit(ref, request).hasEvidence(Evidence.Kind.DUPLICATE))
                .isTrue();

        IOKA.clock().advance(Duration.ofMinutes(5));
        assertThat(shop.orders.get(ref).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        IOKA.ledger().assertPaidExactlyOnce("v-1");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 403})
    void submit_pageOfAFirewall_provesNothing(int status) {
        PayoutRequest request = Shop.toSavedCard("v-1", 15000).build();
        network.on(call -> call.method().equals("POST"))
                .play(Fault.answer(status, Map.of(), "<html>Access denied</html>"));

        Payout unclear = shop.orders.create(request);

        assertThat(unclear.evidence().orElseThrow().kind().proves()).isEqualTo(Evidence.Proves.NOTHING);
        assertThat(shop.orders.get(unclear.ref()).hasEvidence(Evidence.Kind.ABSENT))
                .isTrue();
    }

    // ---------------------------------------------------------------- ends that are none

    @ParameterizedTest
    @ValueSource(strings = {"DATA_INPUT_TIMEOUT", "BANK_CONNECTION_ERROR", "NEVER_HEARD_OF"})
    void get_payoutOrderFailedByACodeThatLeavesItOpen_mayStillBePaid(String code) {
        IOKA.switches().declineCode = code;
        IOKA.switches().failedIsPaidLater = true;

        Payout open = shop.orders.create(
                Shop.toSavedCard("v-1", Scenario.DECLINED.amount(150)).build());
        assertThat(open.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(open.hasEvidence(Evidence.Kind.PROVIDER_UNSURE)).isTrue();
        IOKA.settle();

        assertThat(shop.orders.get(open.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        IOKA.ledger().assertPaidExactlyOnce("v-1");
    }

    @Test
    void get_payoutOrderFailedByACodeThatLeavesItOpen_isFailedOnceSettledAndSaysSo() {
        IOKA.switches().declineCode = "DATA_INPUT_TIMEOUT";
        Payout open = shop.orders.create(
                Shop.toSavedCard("v-1", Scenario.DECLINED.amount(150)).build());
        IOKA.clock().advance(Duration.ofMinutes(15));

        Payout failed = shop.orders.get(open.ref());

        assertThat(failed.status()).isEqualTo(PayoutStatus.FAILED);
        Decline decline = failed.decline().orElseThrow();
        assertThat(decline.code()).isEqualTo("DATA_INPUT_TIMEOUT");
        assertThat(decline.advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX);
        assertThat(decline.text(Locale.ENGLISH)).contains("Nothing was paid").doesNotContain("still arrive");
        IOKA.ledger().assertNotPaid("v-1");
    }

    @Test
    void cancel_historyNotReadable_isNotFailed() {
        Payout waiting = shop.twoStep.create(Shop.toSavedCard("v-1", 15000).build());
        network.on(call -> call.path().endsWith("/events"))
                .always()
                .play(Fault.answer(422, Map.of(), "{\"code\": \"InvalidRequest\", \"message\": \"text\"}"));

        assertThat(shop.twoStep.cancel(waiting.ref()).status()).isEqualTo(PayoutStatus.UNKNOWN);
        IOKA.clock().advance(Duration.ofDays(1));
        assertThat(shop.twoStep.get(waiting.ref()).hasEvidence(Evidence.Kind.PROVIDER_UNSURE))
                .isTrue();
        network.heal();

        assertThat(shop.twoStep.get(waiting.ref()).status()).isEqualTo(PayoutStatus.CANCELED);
    }

    @Test
    void cancel_historyWithoutAnEntry_isNotFailedBeforeItHadTimeToShow() {
        Payout waiting = shop.twoStep.create(Shop.toSavedCard("v-1", 15000).build());
        network.on(call -> call.path().endsWith("/events"))
                .always()
                .play(Fault.answer(200, Map.of("Content-Type", "application/json"), "[]"));

        assertThat(shop.twoStep.cancel(waiting.ref()).hasEvidence(Evidence.Kind.PROVIDER_UNSURE))
                .isTrue();
        IOKA.clock().advance(Duration.ofMinutes(15));
        assertThat(shop.twoStep.get(waiting.ref()).status()).isEqualTo(PayoutStatus.FAILED);
        network.heal();

        assertThat(shop.twoStep.get(waiting.ref()).status()).isEqualTo(PayoutStatus.CANCELED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "\"amount\":15000; \"amount\":15000,\"transferred_amount\":5",
                "\"processing_fee\":0.0; \"processing_fee\":0.0,\"amount\":5",
                "\"error\":null; \"error\":{\"code\":\"DECLINED_BY_ISSUER\"}"
            })
    void get_completedOrderWhosePartsDisagree_isNotBelieved(String from, String to) {
        Payout paid = shop.orders.create(Shop.toSavedCard("v-1", 15000).build());
        network.on(call -> call.method().equals("GET"))
                .always()
                .play(Fault.rewriteBody(body -> body.replace(from, to)));

        assertThat(shop.orders.get(paid.ref()).hasEvidence(Evidence.Kind.CONTRADICTING_ANSWER))
                .isTrue();
    }

    @Test
    void get_failedOrderWhoseHistoryShowsAPayment_isNotBelieved() {
        Payout paid = shop.orders.create(Shop.toSavedCard("v-1", 15000).build());
        network.on(call -> call.path().matches(".*/orders/[^/]+"))
                .always()
                .play(Fault.rewriteBody(body -> body.replace("COMPLETED", "FAILED")));

        assertThat(shop.orders.get(paid.ref()).hasEvidence(Evidence.Kind.CONTRADICTING_ANSWER))
                .isTrue();
    }

    @Test
    void get_expiredOrderWithAnAttemptUnderWay_isExpiredOnceSettled() {
        IOKA.force(Scenario.UNSURE);
        Payout pending = shop.orders.create(Shop.toSavedCard("v-1", 15000).build());
        network.on(call -> call.method().equals("GET"))
                .always()
                .play(Fault.rewriteBody(body -> body.replace("\"PENDING\"", "\"EXPIRED\"")));

        assertThat(shop.orders.get(pending.ref()).hasEvidence(Evidence.Kind.PROVIDER_UNSURE))
                .isTrue();
        IOKA.clock().advance(Duration.ofMinutes(15));
        assertThat(shop.orders.get(pending.ref()).status()).isEqualTo(PayoutStatus.EXPIRED);
    }

    // ---------------------------------------------------------------- what only describes

    @ParameterizedTest
    @EnumSource(
            value = Scenario.class,
            names = {"PAID", "DECLINED"})
    void create_junkInWhatOnlyDescribes_isReadAllTheSame(Scenario scenario) {
        IOKA.switches().junkDescriptions = true;
        PayoutStatus expected = scenario == Scenario.PAID ? PayoutStatus.SUCCEEDED : PayoutStatus.FAILED;
        for (PayoutClient client : List.of(shop.transfers, shop.orders)) {
            String reference = client.capabilities().provider();
            Payout end = client.create(
                    Shop.toSavedCard(reference, scenario.amount(150)).build());

            assertThat(end.status()).isEqualTo(expected);
            assertThat(client.get(end.ref()).status()).isEqualTo(expected);
        }
        assertThat(shop.transfers.create(Shop.toForm("v-2", 15000).build()).status())
                .isEqualTo(PayoutStatus.AWAITING_RECIPIENT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"javascript://x/%0aalert(1)", "http://elsewhere.example/form", "no address"})
    void prepare_formThatNoBrowserMayBeSentTo_isNotGivenOut(String url) {
        network.on(call -> call.method().equals("POST"))
                .play(Fault.rewriteBody(
                        body -> body.replaceFirst("\"checkout_url\":\"[^\"]*\"", "\"checkout_url\":\"" + url + "\"")));

        assertThatThrownBy(
                        () -> shop.transfers.prepare(Shop.toForm("v-1", 15000).build()))
                .isInstanceOf(org.unipayout.PayoutNotPreparedException.class);
    }

    // ---------------------------------------------------------------- what only ioka has

    @Test
    void attempts_declinedAndPaidOnAForm_areToldInFull() {
        Payout waiting = shop.transfers.create(Shop.toForm("v-1", 15000).build());
        IokaSubject.typeCard(waiting, IokaSimulator.CARD_WITHOUT_MONEY);
        IokaSubject.typeCard(waiting, IokaSimulator.RECEIVER_CARD);

        List<IokaPayoutClient.Attempt> attempts = shop.transfers.attempts(waiting.ref());

        assertThat(attempts).extracting(IokaPayoutClient.Attempt::status).containsExactly("DECLINED", "APPROVED");
        assertThat(attempts).extracting(IokaPayoutClient.Attempt::code).containsExactly("NOT_ENOUGH_MONEY", "");
        assertThat(attempts).allSatisfy(attempt -> {
            assertThat(attempt.id()).startsWith("trn_");
            assertThat(attempt.at()).isPresent();
            assertThat(attempt.senderMask()).matches("\\d{6}\\*+\\d{4}");
            assertThat(attempt.processingFee())
                    .hasValueSatisfying(fee -> assertThat(fee).isZero());
        });
        assertThat(attempts.get(1).rrn()).matches("\\d{12}");
        assertThat(attempts.get(1).recipientMask()).isEqualTo("552204******6736");
    }

    @Test
    void balance_moreThanOnePage_isToldWhole() {
        IOKA.switches().balances = 120;

        assertThat(shop.orders.balance()).hasSize(120).doesNotHaveDuplicates();
    }

    @Test
    void balance_samePageAgainAndAgain_isNoAnswer() {
        String page =
                "{'items':[{'uuid':'b-1','currency':'KZT','available_amount':100}],'total':50}".replace('\'', '"');
        network.on(call -> true).always().play(Fault.rewriteBody(body -> page));

        assertThatThrownBy(() -> shop.orders.balance()).isInstanceOf(PayoutReadException.class);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void find_customerWhoExists_isFoundByTheMerchantsOwnId(boolean page) {
        IOKA.switches().customersAsPage = page;
        IokaCustomers customers = shop.transfers.customers();
        IokaCustomers.Customer created = customers.create(
                org.unipayout.Participant.builder().reference("person-1").build(), null);

        assertThat(customers.find("person-1").map(IokaCustomers.Customer::id)).contains(created.id());
        assertThat(customers.find("person-2")).isEmpty();
        assertThatThrownBy(() -> customers.find(" ")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void register_eventsOfTransferOrders_areACallOfTheirOwn() {
        IOKA.switches().transferEventsUnlisted = true;
        IokaWebhookAddresses addresses = shop.transfers.webhookAddresses();
        URI hook = URI.create("https://shop.example/hook");

        assertThatThrownBy(() -> addresses.register(hook, List.of("PAYOUT_APPROVED", "TRANSFER_APPROVED")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("events");
        assertThatThrownBy(() -> addresses.register(hook, IokaWebhookAddresses.TRANSFER_EVENTS))
                .isInstanceOf(PayoutRejectedException.class);
        assertThat(addresses
                        .register(hook, IokaWebhookAddresses.PAYOUT_EVENTS)
                        .address()
                        .events())
                .containsExactlyInAnyOrderElementsOf(IokaWebhookAddresses.PAYOUT_EVENTS);
        assertThat(addresses.list().toString()).doesNotContain("hook");
    }

    // ---------------------------------------------------------------- stage

    /** From now on look-ups show every order as it was before it was paid. */
    private void staleOrders() {
        network.on(call -> call.method().equals("GET"))
                .always()
                .play(Fault.rewriteBody(body -> body.replace("\"TRANSFERRED\"", "\"NOT_TRANSFERRED\"")
                        .replace("\"COMPLETED\"", "\"PENDING\"")
                        .replaceFirst("\"transfers\":\\[.*]", "\"transfers\":[]")
                        .replaceFirst("\"payout\":\\{.*}", "\"payout\":null}")));
    }

    private void payWithEachFlow(String reference) {
        shop.transfers.create(Shop.toSavedCard(reference, 15000).build());
        shop.orders.create(toCardNumber(reference, 15000));
        Payout waiting =
                shop.twoStep.create(Shop.toSavedCard(reference + "-b", 15000).build());
        shop.twoStep.confirm(waiting.ref());
    }

    private static List<String> keys() {
        return IOKA.requests().stream()
                .filter(call -> call.method().equals("POST"))
                .map(IokaEvidenceTest::key)
                .toList();
    }

    private static String key(ReceivedRequest call) {
        return call.header("idempotency-key").orElse("none for " + call.path());
    }

    /** Orders stay, answers kept by key are gone. */
    private static void forgetKeys() {
        IOKA.switches().answersKept = Duration.ZERO;
    }

    private static PayoutRequest toCardNumber(String reference, long minorUnits) {
        return PayoutRequest.builder(
                        reference,
                        Shop.tenge(minorUnits),
                        new Recipient.Card(CardNumber.of(IokaSimulator.RECEIVER_CARD)))
                .build();
    }
}
