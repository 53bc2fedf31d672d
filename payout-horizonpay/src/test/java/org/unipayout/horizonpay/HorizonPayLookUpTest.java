package org.unipayout.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Decline;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.testkit.Scenario;

/** Look-ups, duplicates and several transactions under one reference. */
class HorizonPayLookUpTest {
    private static final String BY_REFERENCE = "/v2/transactions/tracking_id/";
    private static final String BY_ID = "/transactions/";
    private static final String SUBMIT = "/transactions/payouts";
    private static final String NOTHING = "{\"transactions\":[]}";

    @RegisterExtension
    static final HorizonPaySimulator HORIZONPAY = HorizonPaySimulator.start();

    private Shop shop;
    private PayoutRef ref;

    @BeforeEach
    void open() {
        shop = new Shop(HORIZONPAY);
        ref = shop.client.prepare(Shop.request().build()).ref();
    }

    @AfterEach
    void close() {
        shop.close();
    }

    @ParameterizedTest
    @CsvSource({
        "failed, successful, b, SUCCEEDED",
        "successful, failed, a, SUCCEEDED",
        "pending, failed, a, PROCESSING",
        "failed, pending, b, PROCESSING",
        "failed, under_review, b, UNKNOWN",
        "pending, successful, b, SUCCEEDED",
        "failed, failed, b, FAILED",
        "expired, failed, b, FAILED",
    })
    void get_severalUnderOneReference_takesTheOneThatTellsAboutTheMoney(
            String older, String newer, String expectedId, PayoutStatus expected) {
        shop.answer(
                "GET",
                BY_REFERENCE,
                200,
                list(transaction("a", older, "F.0105", 1, 15_000), transaction("b", newer, "F.0105", 2, 15_000)));

        Payout found = shop.client.get(ref);

        assertThat(found.status()).isEqualTo(expected);
        if (expected != PayoutStatus.UNKNOWN) {
            assertThat(found.ref().providerId()).contains(expectedId);
        }
    }

    @Test
    void get_knownOneFailedAndASecondWasPaid_findsThePaidOne() {
        shop.answer("GET", BY_ID + "a", 200, transaction("a", "failed", "F.0105", 1, 15_000));
        shop.answer(
                "GET",
                BY_REFERENCE,
                200,
                list(
                        transaction("a", "failed", "F.0105", 1, 15_000),
                        transaction("b", "successful", "S.0000", 2, 15_000)));

        Payout found = shop.client.get(ref.withProviderId("a"));

        assertThat(found.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(found.ref().providerId()).contains("b");
    }

    @Test
    void get_listThatShowsItUnderAnotherReference_provesNoFailure() {
        String failed = transaction("a", "failed", "F.0105", 1, 15_000);
        shop.answer("GET", BY_ID + "a", 200, failed);
        shop.answer("GET", BY_REFERENCE, 200, list(failed.replace(Shop.REFERENCE, "other-1")));

        assertThatThrownBy(() -> shop.client.get(ref.withProviderId("a"))).isInstanceOf(PayoutReadException.class);
    }

    @Test
    void get_anotherAmountUnderTheReference_isUnknownAndNamed() {
        shop.answer("GET", BY_REFERENCE, 200, list(transaction("a", "successful", "S.0000", 1, 15_001)));

        assertThat(shop.client.get(ref).evidence()).hasValueSatisfying(evidence -> {
            assertThat(evidence.kind()).isEqualTo(Evidence.Kind.OTHER_PAYOUT);
            assertThat(evidence.text()).contains("amount");
        });
    }

    @Test
    void get_otherTypesUnderTheReference_doNotCount() {
        String tokenization = transaction("a", "successful", "S.0000", 1, 15_000)
                .replace("\"type\":\"payout\"", "\"type\":\"recipient_tokenization\"");
        shop.answer("GET", BY_REFERENCE, 200, list(tokenization));

        assertThat(shop.client.get(ref).evidence().map(Evidence::kind)).contains(Evidence.Kind.ABSENT);
    }

    @Test
    void get_failureWithoutACode_isAskedAgainById() {
        shop.answer("GET", BY_ID + "a", 200, transaction("a", "failed", "F.0111", 1, 15_000));
        shop.answer(
                "GET",
                BY_REFERENCE,
                200,
                list(transaction("a", "failed", "", 1, 15_000).replace("\"code\":\"\",", "")));

        assertThat(shop.client.get(ref).decline().map(Decline::code)).contains("F.0111");
    }

    @ParameterizedTest
    @ValueSource(strings = {"E.1000", "E.1035", "E.1036", "F.1900", "F.1901"})
    void get_failedWithACodeThatProvesNothing_isUnknown(String code) {
        shop.answer("GET", BY_REFERENCE, 200, list(transaction("a", "failed", code, 1, 15_000)));

        Payout found = shop.client.get(ref);

        assertThat(found.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(found.evidence().map(Evidence::kind)).contains(Evidence.Kind.PROVIDER_UNSURE);
    }

    @Test
    void get_oneTransactionInsteadOfAnArray_isRead() {
        shop.answer("GET", BY_REFERENCE, 200, transaction("a", "successful", "S.0000", 1, 15_000));

        assertThat(shop.client.get(ref).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void get_elementThatCannotBeRead_throwsReadBecauseItMayBeThePaidOne() {
        shop.answer(
                "GET",
                BY_REFERENCE,
                200,
                "{\"transactions\":[{\"id\":1}," + transaction("b", "failed", "F.0105", 1, 15_000) + "]}");

        assertThatThrownBy(() -> shop.client.get(ref)).isInstanceOf(PayoutReadException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<html>not found</html>", "{}", "{\"message\":\"URL not found\",\"code\":\"E.1002\"}"})
    void get_notFoundThatIsNotTheGatewaysOwn_throwsReadAndIsNoAbsence(String body) {
        shop.answer("GET", BY_REFERENCE, 404, body);

        assertThatThrownBy(() -> shop.client.get(ref)).isInstanceOf(PayoutReadException.class);
    }

    @Test
    void submit_repeatedAfterTheDuplicateWindow_paysOnce() {
        shop.client.submit(ref, Shop.request().build());
        HORIZONPAY.clock().advance(Duration.ofHours(1));

        Payout again = shop.client.submit(ref, Shop.request().build());

        assertThat(again.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        HORIZONPAY.ledger().assertPaidExactlyOnce(Shop.REFERENCE);
    }

    @Test
    void submit_idIsKnownAndNothingIsFoundUnderIt_isNotSent() {
        PayoutRef known = ref.withProviderId("a");
        shop.answer("GET", "/", 404, "{\"response\":{\"message\":\"Record not found\"}}");

        assertThat(shop.client.submit(known, Shop.request().build()).status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(shop.calls("POST", SUBMIT)).isZero();
    }

    @Test
    void submit_lookUpHasNoAnswer_throwsNotSent() {
        shop.answer("GET", BY_REFERENCE, 503, "");

        assertThatThrownBy(() -> shop.client.submit(ref, Shop.request().build()))
                .isInstanceOf(PayoutNotSentException.class);
        assertThat(shop.calls("POST", SUBMIT)).isZero();
    }

    @Test
    void submit_withoutLooking_makesOneCall() {
        try (Shop trusting = new Shop(HORIZONPAY, HorizonPayOptions.Builder::submitWithoutLooking)) {
            trusting.client.submit(ref, Shop.request().build());

            assertThat(trusting.network.exchanges()).hasSize(1);
        }
    }

    @Test
    void submit_duplicateOfOurOwn_adoptsIt() {
        try (Shop trusting = new Shop(HORIZONPAY, HorizonPayOptions.Builder::submitWithoutLooking)) {
            Payout first = trusting.client.submit(ref, Shop.request().build());

            Payout second = trusting.client.submit(ref, Shop.request().build());

            assertThat(second.ref()).isEqualTo(first.ref());
            assertThat(second.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            HORIZONPAY.ledger().assertPaidExactlyOnce(Shop.REFERENCE);
        }
    }

    @Test
    void submit_duplicateThatIsNotFound_isUnknownAndSaysOnlyThatThisCallWasNotExecuted() {
        shop.answer("GET", BY_REFERENCE, 200, NOTHING);
        shop.answer("POST", SUBMIT, 422, "{\"code\":\"E.1018\",\"message\":\"Duplicate transaction\"}");

        Payout submitted = shop.client.submit(ref, Shop.request().build());

        assertThat(submitted.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(submitted.evidence().map(Evidence::kind)).contains(Evidence.Kind.EQUAL_PAYOUT);
    }

    @Test
    void submit_duplicateWithAnotherAmountUnderTheReference_isRejectedAndNamed() {
        try (Shop trusting = new Shop(HORIZONPAY, HorizonPayOptions.Builder::submitWithoutLooking)) {
            trusting.answer("GET", BY_REFERENCE, 200, list(transaction("a", "successful", "S.0000", 1, 15_001)));
            trusting.answer("POST", SUBMIT, 422, "{\"code\":\"E.1018\",\"message\":\"Duplicate transaction\"}");

            assertThatThrownBy(() -> trusting.client.submit(ref, Shop.request().build()))
                    .isInstanceOf(PayoutRejectedException.class)
                    .hasMessageContaining("amount");
        }
    }

    @Test
    void submit_failedAsDuplicateAtTheBank_isNeverADecline() {
        shop.answer("GET", BY_REFERENCE, 200, NOTHING);
        shop.answer("POST", SUBMIT, 200, transaction("b", "failed", "F.0108", 2, 15_000));

        Payout submitted = shop.client.submit(ref, Shop.request().build());

        assertThat(submitted.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(submitted.ref().providerId()).contains("b");
        assertThat(submitted.evidence().map(Evidence::kind)).contains(Evidence.Kind.DUPLICATE);
    }

    @Test
    void get_failedAsDuplicateAndTheOriginalWasPaid_findsTheOriginal() {
        shop.answer("GET", BY_ID + "b", 200, transaction("b", "failed", "F.0108", 2, 15_000));
        shop.answer(
                "GET",
                BY_REFERENCE,
                200,
                list(
                        transaction("a", "successful", "S.0000", 1, 15_000),
                        transaction("b", "failed", "F.0108", 2, 15_000)));

        Payout found = shop.client.get(ref.withProviderId("b"));

        assertThat(found.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(found.ref().providerId()).contains("a");
    }

    @Test
    void get_twoPaidUnderOneReference_isPaidTwice() {
        shop.answer(
                "GET",
                BY_REFERENCE,
                200,
                list(
                        transaction("a", "successful", "S.0000", 1, 15_000),
                        transaction("b", "successful", "S.0000", 2, 15_000)));

        Payout found = shop.client.get(ref);

        assertThat(found.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(found.ref().providerId()).contains("a");
        assertThat(found.hasEvidence(Evidence.Kind.PAID_TWICE)).isTrue();
    }

    @Test
    void get_knownOneWasPaidAndASecondToo_isPaidTwice() {
        shop.answer("GET", BY_ID + "a", 200, transaction("a", "successful", "S.0000", 1, 15_000));
        shop.answer(
                "GET",
                BY_REFERENCE,
                200,
                list(
                        transaction("a", "successful", "S.0000", 1, 15_000),
                        transaction("b", "successful", "S.0000", 2, 15_000)));

        assertThat(shop.client.get(ref.withProviderId("a")).hasEvidence(Evidence.Kind.PAID_TWICE))
                .isTrue();
    }

    @Test
    void get_paidTwiceAtTheGateway_isNoticed() {
        try (Shop trusting = new Shop(HORIZONPAY, HorizonPayOptions.Builder::submitWithoutLooking)) {
            PayoutRequest request = Shop.request()
                    .extras(HorizonPayExtras.builder().allowEqualPayout().build())
                    .build();
            trusting.client.submit(ref, request);
            Payout second = trusting.client.submit(ref, request);

            Payout found = trusting.client.get(second.ref());

            assertThat(found.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(found.hasEvidence(Evidence.Kind.PAID_TWICE)).isTrue();
            assertThat(HORIZONPAY.ledger().movements()).hasSize(2);
        }
    }

    @Test
    void get_knownOneWasPaidAndTheListHasNoAnswer_isPaid() {
        Payout paid = shop.client.submit(ref, Shop.request().build());
        shop.answer("GET", BY_REFERENCE, 503, "");

        assertThat(shop.client.get(paid.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void get_paidByHandAfterItFailed_isPaid() {
        Payout failed =
                shop.client.create(Shop.request(Scenario.DECLINED.amount(150)).build());
        HORIZONPAY.correctByHand(failed.ref().providerId().orElseThrow());

        assertThat(shop.client.get(failed.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({"9, FAILED", "10, UNKNOWN"})
    void get_onlyFailuresInAList_isFinalUnlessTheListIsCut(int listed, PayoutStatus expected) {
        shop.answer(
                "GET",
                BY_REFERENCE,
                200,
                list(IntStream.range(0, listed)
                        .mapToObj(n -> transaction("a" + n, "failed", "F.0105", n % 10, 15_000))
                        .toArray(String[]::new)));
        shop.answer("GET", BY_ID + "a0", 200, transaction("a0", "failed", "F.0105", 0, 15_000));

        assertThat(shop.client.get(ref).status()).isEqualTo(expected);
        assertThat(shop.client.get(ref.withProviderId("a0")).status()).isEqualTo(expected);
    }

    @Test
    void get_tenOthersInAList_isNoAbsence() {
        String[] tokens = IntStream.range(0, 10)
                .mapToObj(n -> transaction("a" + n, "successful", "S.0000", n, 15_000)
                        .replace("\"type\":\"payout\"", "\"type\":\"recipient_tokenization\""))
                .toArray(String[]::new);
        shop.answer("GET", BY_REFERENCE, 200, list(tokens));

        assertThatThrownBy(() -> shop.client.get(ref)).isInstanceOf(PayoutReadException.class);
    }

    private static String list(String... transactions) {
        return "{\"transactions\":[" + String.join(",", List.of(transactions)) + "]}";
    }

    private static String transaction(String uid, String status, String code, int minute, long amount) {
        return "{\"uid\":\"" + uid + "\",\"code\":\"" + code + "\",\"status\":\"" + status
                + "\",\"type\":\"payout\",\"amount\":" + amount + ",\"currency\":\"KZT\",\"tracking_id\":\""
                + Shop.REFERENCE + "\",\"created_at\":\"2026-01-01T00:0" + minute + ":00.000Z\"}";
    }
}
