package org.unipayout.bank131;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.bank131.Samples.byToken;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Advice;
import org.unipayout.Decline;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.Resubmission;
import org.unipayout.Secret;
import org.unipayout.WebhookEvent;
import org.unipayout.WebhookRequest;
import org.unipayout.bank131.Bank131Options.Dialect;
import org.unipayout.http.HttpOptions;
import org.unipayout.simulator.bank131.Bank131Simulator;
import org.unipayout.simulator.bank131.Bank131Switches.Flag;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.ReceivedRequest;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.SimulatedResponse;

/** What an answer of this bank proves, about which payout: with a bank as nasty as its documents allow. */
class Bank131EvidenceTest {
    @RegisterExtension
    static final Bank131Simulator BANK = Bank131Simulator.start();

    private static final String STATUS = "/api/v1/session/status";
    private static final String START = "/api/v1/session/start/payout";
    private static final String OTHER_TOKEN = "1".repeat(64);

    private final PayoutRequest request = byToken("order-1").build();

    // ---------------------------------------------------------------- a reference that was used before

    @Test
    void create_againAfterTheHandleWasLost_neverSaysPreparedNorCanceled() {
        BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
        try (Bank131PayoutClient client = client()) {
            client.create(request);

            Payout second = client.create(request);
            PayoutRef stored = PayoutRef.parse(second.ref().toString());

            assertDuplicate(second);
            assertDuplicate(client.get(stored));
            assertDuplicate(client.submit(stored, request));
            assertDuplicate(client.cancel(stored));
            assertDuplicate(client.get(stored));
            BANK.ledger().assertPaidExactlyOnce("order-1");
        }
    }

    @Test
    void submit_usedReferenceAfterTheKeyIsForgotten_startsNothing() {
        BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
        BANK.switches().idempotencyLifetime(Duration.ofHours(24));
        try (Bank131PayoutClient client = client()) {
            client.create(request);
            Payout second = client.create(request);

            BANK.clock().advance(Duration.ofHours(25));

            assertDuplicate(client.submit(second.ref(), request));
            BANK.ledger().assertPaidExactlyOnce("order-1");
        }
    }

    @Test
    void submit_usedReferenceAndNothingIsShownAfterwards_theEmptySessionIsNotTheEnd() {
        BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
        AtomicInteger looks = new AtomicInteger();
        try (FaultServer network = FaultServer.before(BANK.baseUrl());
                Bank131PayoutClient client =
                        Bank131PayoutClient.open(options(network.baseUrl()).build())) {
            client.create(request);
            PayoutRef second = client.prepare(request).ref();
            network.on(call -> call.path().equals(STATUS) && looks.incrementAndGet() == 2)
                    .play(Fault.answer(403, Map.of("Content-Type", "text/html"), "<html></html>"));

            PayoutRef stored = client.submit(second, request).ref();
            client.cancel(stored);

            assertDuplicate(client.get(stored));
            BANK.ledger().assertPaidExactlyOnce("order-1");
        }
    }

    @Test
    void submit_usedReferenceOnACanceledSession_isNotTheEnd() {
        BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
        try (Bank131PayoutClient client = client()) {
            client.create(request);
            PayoutRef second = client.prepare(request).ref();
            client.cancel(second);

            Payout submitted = client.submit(second, request);

            assertDuplicate(submitted);
            assertDuplicate(client.get(submitted.ref()));
            BANK.ledger().assertPaidExactlyOnce("order-1");
        }
    }

    @Test
    void submit_canceledSession_isCanceled() {
        try (Bank131PayoutClient client = client()) {
            PayoutRef ref = client.prepare(request).ref();
            client.cancel(ref);

            assertThat(client.submit(ref, request).status()).isEqualTo(PayoutStatus.CANCELED);
            BANK.ledger().assertNotPaid("order-1");
        }
    }

    @Test
    void get_usedReferenceWithTheSessionOfTheWebhook_tellsThePayout() {
        BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
        try (Bank131PayoutClient client = client()) {
            String paid = client.create(request).ref().providerId().orElseThrow();
            PayoutRef lost = client.create(request).ref();

            assertThat(client.get(lost.withProviderId(paid)).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        }
    }

    // ---------------------------------------------------------------- one handle, one payment

    @Test
    void submit_aDayLaterAtABankThatForgetsKeysAndAllowsSecondStarts_paysOnce() {
        BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
        BANK.switches().turnOn(Flag.SECOND_START);
        BANK.switches().idempotencyLifetime(Duration.ofHours(24));
        try (Bank131PayoutClient client = client()) {
            Payout first = client.create(request);
            BANK.clock().advance(Duration.ofHours(25));

            assertThat(client.submit(first.ref(), request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            BANK.ledger().assertPaidExactlyOnce("order-1");
        }
    }

    @Test
    void submit_inOneCallAfterTheKeyIsForgotten_startsNothing() {
        BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
        BANK.switches().idempotencyLifetime(Duration.ofHours(24));
        try (Bank131PayoutClient client = client(options().directInit())) {
            PayoutRef prepared = client.prepare(request).ref();
            Payout first = client.submit(prepared, request);
            Payout second = client.submit(prepared, request);
            assertDuplicate(second);
            BANK.clock().advance(Duration.ofHours(25));

            assertDuplicate(client.submit(second.ref(), request));
            assertThat(client.submit(first.ref(), request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            BANK.ledger().assertPaidExactlyOnce("order-1");
        }
    }

    @Test
    void submit_queuedStart_paysOnceWhateverIsSentMeanwhile() {
        BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
        BANK.switches().startDelay(Duration.ofMinutes(2));
        try (Bank131PayoutClient client = client()) {
            PayoutRef ref = client.prepare(request).ref();
            Payout unclear = client.submit(ref, request);
            assertThat(unclear.status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(client.get(unclear.ref()).status()).isEqualTo(PayoutStatus.PREPARED);

            BANK.switches().startDelay(Duration.ZERO);
            client.submit(unclear.ref(), request);
            BANK.clock().advance(Duration.ofMinutes(3));
            BANK.settle();

            assertThat(client.get(unclear.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            BANK.ledger().assertPaidExactlyOnce("order-1");
        }
    }

    @Test
    void cancel_whileTheStartIsQueued_neverPaysAfterwards() {
        BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
        BANK.switches().startDelay(Duration.ofMinutes(2));
        try (Bank131PayoutClient client = client()) {
            PayoutRef ref = client.prepare(request).ref();
            client.submit(ref, request);

            assertThat(client.cancel(ref).status()).isEqualTo(PayoutStatus.CANCELED);
            BANK.clock().advance(Duration.ofMinutes(3));
            BANK.settle();
            BANK.ledger().assertNotPaid("order-1");
        }
    }

    @Test
    void submit_anotherCardUnderOneHandle_isRefusedBeforeAnyCall() {
        try (Bank131PayoutClient client = client()) {
            Payout first = client.create(request);
            int before = BANK.requests().size();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.submit(
                            first.ref(),
                            PayoutRequest.builder("order-1", Samples.AMOUNT, new Recipient.SavedCard(OTHER_TOKEN))
                                    .build()))
                    .withMessageContaining("another recipient");
            assertThat(BANK.requests()).hasSize(before);
        }
    }

    @Test
    void submit_sessionHoldsAPayoutToAnotherCard_isRejectedAndNothingIsSent() {
        try (Bank131PayoutClient client = client()) {
            Payout first = client.create(request);
            PayoutRequest other = PayoutRequest.builder("order-1", Samples.AMOUNT, new Recipient.SavedCard(OTHER_TOKEN))
                    .build();
            PayoutRef stolen = PayoutRef.of("bank131", other)
                    .withProviderId(first.ref().providerId().orElseThrow());
            int before = BANK.requests().size();

            assertThatThrownBy(() -> client.submit(stolen, other))
                    .isInstanceOfSatisfying(
                            PayoutRejectedException.class,
                            rejected -> assertThat(rejected.advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX))
                    .hasMessageContaining("another payout");
            assertThat(client.get(stolen).evidence()).map(Evidence::kind).contains(Evidence.Kind.OTHER_PAYOUT);
            assertThat(paths().subList(before, paths().size())).containsOnly(STATUS);
        }
    }

    @Test
    void get_sessionOfAnotherReference_isNotAboutUs() {
        try (Bank131PayoutClient client = client()) {
            Payout other = client.create(byToken("order-2").build());
            PayoutRef stolen = PayoutRef.of("bank131", request)
                    .withProviderId(other.ref().providerId().orElseThrow());

            assertThat(client.get(stolen).evidence()).map(Evidence::kind).contains(Evidence.Kind.UNIDENTIFIED_ANSWER);
            assertThat(client.submit(stolen, request).status()).isEqualTo(PayoutStatus.UNKNOWN);
            BANK.ledger().assertNotPaid("order-1");
        }
    }

    @Test
    void get_sessionMuchOlderThanTheIntent_isAnotherPayout() {
        try (Bank131PayoutClient client = client()) {
            Payout old = client.create(request);
            Instant asked = BANK.clock().instant().plus(Duration.ofDays(40));
            PayoutRef today = PayoutRef.of(
                            "bank131", byToken("order-1").requestedAt(asked).build())
                    .withProviderId(old.ref().providerId().orElseThrow());

            assertThat(client.get(today).evidence()).map(Evidence::kind).contains(Evidence.Kind.OTHER_PAYOUT);
        }
    }

    @Test
    void submit_sessionThatTheBankDoesNotKnow_isRejectedAndNothingIsSent() {
        try (Bank131PayoutClient client = client()) {
            PayoutRef ref = PayoutRef.of("bank131", request).withProviderId("ps_0");

            assertThatThrownBy(() -> client.submit(ref, request))
                    .isInstanceOf(PayoutRejectedException.class)
                    .hasMessageContaining("knows no session");
            assertThat(paths()).containsExactly(STATUS);
        }
    }

    @Test
    void capabilities_directInit_claimNothingOfTheKey() {
        Bank131Options options = options().directInit().build();
        try (Bank131PayoutClient client = Bank131PayoutClient.open(options)) {
            assertThat(client.capabilities().resubmission(RecipientKind.SAVED_CARD))
                    .isInstanceOf(Resubmission.AfterAbsence.class);
        }
    }

    // ---------------------------------------------------------------- answers that contradict themselves

    @Test
    void submit_startTakenAndSessionStillCreated_isUnknown() {
        BANK.switches().turnOn(Flag.START_SHOWS_CREATED);
        try (Bank131PayoutClient client = client()) {
            Payout created = client.create(request);

            assertThat(created.status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(client.get(created.ref()).status()).isEqualTo(PayoutStatus.AWAITING_CONFIRMATION);
        }
    }

    @Test
    void submit_ourPayoutBesideAnError_isUnknownWithBothKept() {
        BANK.switches().turnOn(Flag.ERROR_BESIDE_PAYOUT);
        try (Bank131PayoutClient client = client()) {
            Payout created = client.create(request);

            assertThat(created.evidence()).map(Evidence::kind).contains(Evidence.Kind.CONTRADICTING_ANSWER);
            assertThat(created.providerStatus()).isEqualTo("in_progress/in_progress");
            assertThat(created.lastDecline()).map(Decline::code).contains("authentication_error");
            assertThat(created.ref().providerId()).isPresent();
        }
    }

    @Test
    void submit_okAndAnErrorAtOnce_isUnknown() {
        try (Bank131PayoutClient client = client()) {
            PayoutRef ref = client.prepare(request).ref();
            BANK.answerNext(
                    START,
                    SimulatedResponse.json(200, "{\"status\":\"ok\",\"error\":{\"code\":\"authentication_error\"}}"));

            assertThat(client.submit(ref, request).status()).isEqualTo(PayoutStatus.UNKNOWN);
        }
    }

    @Test
    void get_onePayoutInTwoStates_isUnknown() {
        BANK.switches().turnOn(Flag.LISTS_DISAGREE);
        BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
        try (Bank131PayoutClient client = client(options().dialect(Dialect.V2))) {
            Payout created = client.create(request);

            assertThat(client.get(created.ref()).evidence())
                    .map(Evidence::kind)
                    .contains(Evidence.Kind.CONTRADICTING_ANSWER);
        }
    }

    @Test
    void get_twoPayoutsPaidInOneSession_isPaidTwice() {
        BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
        BANK.switches().turnOn(Flag.SECOND_START);
        BANK.switches().startDelay(Duration.ofMinutes(2));
        BANK.switches().idempotencyLifetime(Duration.ofMinutes(1));
        try (Bank131PayoutClient client = client()) {
            PayoutRef ref = client.prepare(request).ref();
            client.submit(ref, request);
            BANK.switches().startDelay(Duration.ZERO);
            client.submit(ref, request);
            BANK.clock().advance(Duration.ofMinutes(3));
            BANK.settle();

            Payout found = client.get(ref);

            assertThat(found.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(found.evidence()).map(Evidence::kind).contains(Evidence.Kind.PAID_TWICE);
        }
    }

    // ---------------------------------------------------------------- fields that only describe

    @ParameterizedTest
    @EnumSource(Scenario.class)
    void getAndReceive_emptyObjectsAsLists_endAsTheyWould(Scenario scenario) {
        BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
        PayoutRequest payout = PayoutRequest.builder(
                        "order-1", Money.ofMinor(scenario.amount(100), "RUB"), new Recipient.SavedCard(Samples.TOKEN))
                .build();
        try (Bank131PayoutClient client = client()) {
            PayoutStatus plain = outcome(client, payout);
            BANK.reset();
            BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
            BANK.switches().turnOn(Flag.EMPTY_OBJECTS_AS_LISTS);

            assertThat(outcome(client, payout)).isEqualTo(plain);
            assertThat(BANK.webhooks().created())
                    .allSatisfy(sent -> assertThat(
                                    event(sent.headers(), sent.body()).status())
                            .isPresent());
        }
    }

    private static PayoutStatus outcome(Bank131PayoutClient client, PayoutRequest payout) {
        try {
            return client.get(client.create(payout).ref()).status();
        } catch (PayoutRejectedException e) {
            return PayoutStatus.PREPARED;
        }
    }

    @Test
    void get_wholeNumberInLast4_isMaskedToFourDigits() {
        BANK.switches().turnOn(Flag.WHOLE_NUMBER_IN_LAST4);
        BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
        try (Bank131PayoutClient client = client()) {
            Payout paid = client.get(client.create(PayoutRequest.builder("order-1", Samples.AMOUNT, Samples.card())
                            .build())
                    .ref());

            assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(paid.recipientMask()).contains("****4242");
        }
    }

    // ---------------------------------------------------------------- what the bank is not sure of

    @Test
    void get_sessionInError_keepsTheBanksCode() {
        try (Bank131PayoutClient client = client()) {
            Payout unsure = paid(client, Scenario.UNSURE);

            assertThat(unsure.evidence()).map(Evidence::kind).contains(Evidence.Kind.PROVIDER_UNSURE);
            assertThat(unsure.lastDecline()).map(Decline::code).contains("provider_timeout");
        }
    }

    @Test
    void get_sessionInErrorThatTheBankCallsFinal_failsWithATextThatAgrees() {
        try (Bank131PayoutClient client = client(options().sessionErrorIsFinal())) {
            assertThat(paid(client, Scenario.UNSURE).status()).isEqualTo(PayoutStatus.UNKNOWN);
            BANK.clock().advance(Duration.ofHours(25));
            Payout failed = client.get(ref);

            assertThat(failed.status()).isEqualTo(PayoutStatus.FAILED);
            assertThat(failed.decline()).hasValueSatisfying(decline -> {
                assertThat(decline.code()).isEqualTo("provider_timeout");
                assertThat(decline.advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX);
                assertThat(decline.text(Locale.ENGLISH)).doesNotContain("Wait", "do not pay");
            });
        }
    }

    @Test
    void get_errorThatIsDecidedLater_failsAfterTheSettlingTimeAndIsNotifiedTwice() {
        BANK.switches().turnOn(Flag.ERROR_IS_DECIDED_LATER);
        try (Bank131PayoutClient client = client(options().settlingTime(Duration.ofHours(2)))) {
            paid(client, Scenario.UNSURE);
            BANK.settle();

            assertThat(client.get(ref).evidence()).map(Evidence::kind).contains(Evidence.Kind.PROVIDER_UNSURE);
            BANK.clock().advance(Duration.ofHours(3));
            assertThat(client.get(ref).status()).isEqualTo(PayoutStatus.FAILED);
            assertThat(keys("payment_finished")).hasSize(2).doesNotHaveDuplicates();
        }
    }

    @Test
    void receive_returnInProgressAndDone_haveKeysOfTheirOwn() {
        BANK.switches().turnOn(Flag.RETURNS_TAKE_TIME);
        PayoutRequest toAccount = PayoutRequest.builder(
                        "order-1", Money.ofMinor(Scenario.RETURNED.amount(100), "RUB"), Samples.account())
                .description("За услуги")
                .build();
        try (Bank131PayoutClient client = client()) {
            PayoutRef paid = client.create(toAccount).ref();
            client.confirm(paid);
            assertThat(client.get(paid).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(client.get(paid).status()).isEqualTo(PayoutStatus.SUCCEEDED);

            assertThat(client.get(paid).status()).isEqualTo(PayoutStatus.RETURNED);
            assertThat(keys("payment_refunded")).hasSize(2).doesNotHaveDuplicates();
        }
    }

    // ---------------------------------------------------------------- time

    @Test
    void get_payoutStartedLongAfterItsSession_mayBeConfirmedForTheWindowFromItsStart() {
        try (Bank131PayoutClient client = client()) {
            PayoutRef prepared = client.prepare(request).ref();
            BANK.clock().advance(Duration.ofHours(3));
            client.submit(prepared, request);

            Payout waiting = client.get(prepared);

            assertThat(waiting.confirmBefore())
                    .contains(waiting.createdAt().orElseThrow().plus(Duration.ofHours(4)))
                    .hasValueSatisfying(end ->
                            assertThat(end).isAfter(BANK.clock().instant().plus(Duration.ofHours(3))));
        }
    }

    @Test
    void prepareAndSubmit_afterTheMerchantsEnd_areRefusedBeforeAnyCall() {
        PayoutRequest ends = byToken("order-1")
                .expiresAt(BANK.clock().instant().plus(Duration.ofMinutes(10)))
                .build();
        try (Bank131PayoutClient client = client()) {
            PayoutRef prepared = client.prepare(ends).ref();
            BANK.clock().advance(Duration.ofMinutes(11));
            int before = BANK.requests().size();

            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.submit(prepared, ends))
                    .withMessageStartingWith("expiresAt:");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.prepare(ends))
                    .withMessageStartingWith("expiresAt:");
            assertThat(BANK.requests()).hasSize(before);
        }
    }

    // ---------------------------------------------------------------- a key that a refused start used up

    @Test
    void submit_refusedStartThatUsedTheKeyUp_sendsTheMerchantToANewReferenceAndPaysOnce() {
        BANK.switches().turnOn(Flag.REFUSALS_USE_UP_THE_KEY);
        BANK.switches().turnOn(Flag.AUTO_CONFIRMATION);
        try (Bank131PayoutClient client = client()) {
            PayoutRef prepared = client.prepare(request).ref();
            BANK.answerNext(START, SimulatedResponse.json(400, error("insufficient_wallet_balance")));

            assertThatThrownBy(() -> client.submit(prepared, request))
                    .isInstanceOfSatisfying(
                            PayoutRejectedException.class,
                            rejected -> assertThat(rejected.advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX));

            client.create(byToken("order-2").build());
            BANK.ledger().assertNotPaid("order-1");
            BANK.ledger().assertPaidExactlyOnce("order-2");
        }
    }

    @Test
    void submit_keyUsedUpByARefusedStart_isADuplicateAndNeverPaid() {
        BANK.switches().turnOn(Flag.REFUSALS_USE_UP_THE_KEY);
        try (Bank131PayoutClient client = client()) {
            PayoutRef prepared = client.prepare(request).ref();
            BANK.force(Scenario.RATE_LIMITED);
            assertThatThrownBy(() -> client.submit(prepared, request)).isInstanceOf(PayoutRejectedException.class);
            BANK.force(Scenario.PAID);

            assertDuplicate(client.submit(prepared, request));
            BANK.ledger().assertNotPaid("order-1");
        }
    }

    // ---------------------------------------------------------------- signed words that no page has

    @ParameterizedTest
    @ValueSource(strings = {"in\\u0000progress", "line\\nbreak", "\\u001b[31m"})
    void get_controlCharactersInAStatus_doNotPrint(String word) {
        try (Bank131PayoutClient client = client()) {
            PayoutRef prepared = client.prepare(request).ref();
            BANK.answerNext(
                    STATUS,
                    SimulatedResponse.json(
                            200,
                            "{\"status\":\"ok\",\"session\":{\"id\":\""
                                    + prepared.providerId().orElseThrow() + "\",\"status\":\"" + word + "\"}}"));

            assertThat(client.get(prepared).providerStatus()).doesNotContainPattern("\\p{Cntrl}");
        }
    }

    // ---------------------------------------------------------------- help

    private PayoutRef ref = PayoutRef.of("bank131", request);

    /** A payout that was confirmed, as the bank then shows it. */
    private Payout paid(Bank131PayoutClient client, Scenario scenario) {
        BANK.force(scenario);
        ref = client.create(request).ref();
        client.confirm(ref);
        return client.get(ref);
    }

    private static void assertDuplicate(Payout payout) {
        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.evidence()).map(Evidence::kind).contains(Evidence.Kind.DUPLICATE);
    }

    private static Bank131Options.Builder options() {
        return options(BANK.baseUrl());
    }

    private static Bank131Options.Builder options(URI baseUrl) {
        return Bank131Options.builder(baseUrl, BANK.projectId(), Secret.pem(BANK.partnerPrivateKeyPem()));
    }

    private static Bank131PayoutClient client() {
        return client(options());
    }

    private static Bank131PayoutClient client(Bank131Options.Builder options) {
        HttpOptions http = HttpOptions.builder()
                .time(BANK.clock(), BANK.clock()::advance, () -> 0.5)
                .build();
        return Bank131PayoutClient.open(options.build(), http);
    }

    private static List<String> keys(String type) {
        return BANK.webhooks().created().stream()
                .map(sent -> event(sent.headers(), sent.body()))
                .filter(event -> event.type().equals(type))
                .map(WebhookEvent::dedupeKey)
                .toList();
    }

    private static WebhookEvent event(Map<String, String> headers, byte[] body) {
        return Bank131Webhooks.of(List.of(BANK.bankPublicKeyPem()))
                .receive(new WebhookRequest(body, Map.of("X-PARTNER-SIGN", List.of(headers.get("X-PARTNER-SIGN")))));
    }

    private static List<String> paths() {
        return BANK.requests().stream().map(ReceivedRequest::path).toList();
    }

    private static String error(String code) {
        return "{\"status\":\"error\",\"error\":{\"code\":\"" + code + "\",\"description\":\"text\"}}";
    }
}
