package org.unipayout.bank131.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.bank131.Samples.byToken;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Advice;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.bank131.Samples;
import org.unipayout.bank131.internal.wire.Session;
import org.unipayout.bank131.internal.wire.SessionAnswer;
import org.unipayout.http.Json;
import org.unipayout.http.UnreadableBodyException;

class Bank131ReadingsTest {
    private final ErrorBook errorBook = Bank131Tables.errorBook();
    private final PayoutRef ref =
            PayoutRef.of("bank131", byToken("order-1").build()).withProviderId("ps_3230");

    // ---------------------------------------------------------------- the page about payouts by token

    @Test
    void payout_createAnswerOfThePage_isPrepared() throws Exception {
        Payout payout = payout("create-answer.json");

        assertThat(payout.status()).isEqualTo(PayoutStatus.PREPARED);
        assertThat(payout.ref().providerId()).contains("ps_3230");
        assertThat(payout.createdAt()).contains(Instant.parse("2018-05-27T02:03:00Z"));
    }

    @Test
    void payout_startAnswerOfThePage_isProcessing() throws Exception {
        Payout payout = payout("start-answer.json");

        assertThat(payout.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(payout.providerStatus()).isEqualTo("in_progress/in_progress");
    }

    @Test
    void payout_webhookOfThePage_awaitsConfirmationForTheWindow() throws Exception {
        Payout payout = payout("ready-to-confirm.json");

        assertThat(payout.status()).isEqualTo(PayoutStatus.AWAITING_CONFIRMATION);
        assertThat(payout.confirmBefore()).contains(Instant.parse("2018-05-27T06:03:00Z"));
    }

    // ---------------------------------------------------------------- statuses

    @ParameterizedTest
    @CsvSource({
        "created,,,PREPARED",
        "in_progress,,,PROCESSING",
        "cancelled,,,CANCELED",
        "accepted,,,UNKNOWN",
        "error,,,UNKNOWN",
        "in_progress,in_progress,,PROCESSING",
        "in_progress,pending,,PROCESSING",
        "in_progress,pending,confirm,AWAITING_CONFIRMATION",
        "in_progress,pending,capture,UNKNOWN",
        "in_progress,pending,ready_to_confirm,UNKNOWN",
        "in_progress,succeeded,,SUCCEEDED",
        "accepted,succeeded,,SUCCEEDED",
        "cancelled,failed,,FAILED",
        "accepted,failed,,FAILED",
        "in_progress,failed,,UNKNOWN",
        "cancelled,succeeded,,UNKNOWN",
        "cancelled,pending,,UNKNOWN",
        "created,in_progress,,UNKNOWN",
        "error,in_progress,,UNKNOWN",
        "error,pending,confirm,UNKNOWN",
        "error,succeeded,,UNKNOWN",
        "error,failed,,UNKNOWN",
        "archived,credited,,UNKNOWN",
        "accepted,credited,,UNKNOWN",
        "canceled,failed,,UNKNOWN",
        "ACCEPTED,succeeded,,UNKNOWN"
    })
    void payout_eachCombinationOfStatuses_isReadByTheTable(
            String session, @Nullable String payout, @Nullable String nextAction, PayoutStatus expected)
            throws Exception {
        assertThat(seen(session(session, payout, nextAction, "")).status()).isEqualTo(expected);
    }

    @Test
    void payout_sessionError_isTheProvidersOwnDoubt() throws Exception {
        Payout payout = seen(session("error", "failed", null, ",\"error\":{\"code\":\"provider_timeout\"}"));

        assertThat(payout.evidence()).map(Evidence::kind).contains(Evidence.Kind.PROVIDER_UNSURE);
        assertThat(payout.providerStatus()).isEqualTo("error/failed");
    }

    @Test
    void payout_unknownWord_keepsItRaw() throws Exception {
        Payout payout = seen(session("accepted", "credited", null, ""));

        assertThat(payout.evidence()).map(Evidence::kind).contains(Evidence.Kind.UNDOCUMENTED_STATUS);
        assertThat(payout.providerStatus()).isEqualTo("accepted/credited");
    }

    @ParameterizedTest
    @CsvSource({
        "session_cancelled,CANCELED",
        "session_cancelled_by_partner,CANCELED",
        "confirm_timeout,EXPIRED",
        "capture_timeout,EXPIRED",
        "declined_by_issuer_bank,FAILED",
        "a_code_of_tomorrow,FAILED"
    })
    void payout_failedWithACode_endsAsTheCodeSays(String code, PayoutStatus expected) throws Exception {
        Payout payout = seen(session("cancelled", "failed", null, ",\"error\":{\"code\":\"" + code + "\"}"));

        assertThat(payout.status()).isEqualTo(expected);
        assertThat(payout.decline()).map(decline -> decline.code()).contains(code);
    }

    @ParameterizedTest
    @CsvSource({"accepted,RETURNED", "in_progress,SUCCEEDED", "declined,SUCCEEDED", "error,SUCCEEDED"})
    void payout_withARefund_isReturnedOnceTheRefundIsDone(String refund, PayoutStatus expected) throws Exception {
        String refunds = ",\"refunds\":[{\"id\":\"rf_1\",\"status\":\"" + refund
                + "\",\"amount_details\":{\"amount\":4000,\"currency\":\"rub\"}}]";

        assertThat(seen(session("accepted", "succeeded", null, refunds)).status())
                .isEqualTo(expected);
    }

    @Test
    void payout_returnedInTwoParts_addsThemUp() throws Exception {
        String part =
                "{\"id\":\"rf\",\"status\":\"accepted\",\"amount_details\":{\"amount\":4000,\"currency\":\"rub\"}}";

        assertThat(seen(session("accepted", "succeeded", null, ",\"refunds\":[" + part + "," + part + "]"))
                        .returned())
                .contains(Money.ofMinor(8000, "RUB"));
    }

    @Test
    void payout_finished_carriesFeeRrnCodeAndMask() throws Exception {
        Payout payout = seen(session(
                "accepted",
                "succeeded",
                null,
                ",\"finished_at\":\"2026-05-27T05:05:00.000000+03:00\""
                        + ",\"amounts\":{\"fee\":{\"merchant_fee\":{\"amount\":10,\"currency\":\"RUB\"}}}"
                        + ",\"payment_method\":{\"type\":\"card\",\"card\":{\"last4\":\"4940\",\"brand\":\"mir\"}}"
                        + ",\"transaction_info\":{\"rrn\":\"425307614918\",\"auth_code\":\"057441\"}"));

        assertThat(payout.fee()).contains(Money.ofMinor(10, "RUB"));
        assertThat(payout.rrn()).contains("425307614918");
        assertThat(payout.authorizationCode()).contains("057441");
        assertThat(payout.recipientMask()).contains("****4940");
        assertThat(payout.finishedAt()).contains(Instant.parse("2026-05-27T02:05:00Z"));
    }

    // ---------------------------------------------------------------- a code that leaves the outcome open

    @Test
    void payout_failedByEachCodeOfTheBook_hasATextAndAnAdviceThatAgreeWithItsStatus() throws Exception {
        Instant later = Instant.parse("2026-05-29T02:03:00Z");
        for (ErrorEntry row : errorBook.entries()) {
            String more = ",\"finished_at\":\"2026-05-27T02:03:00Z\",\"error\":{\"code\":\"" + row.code() + "\"}";
            Session session = session("cancelled", "failed", null, more);

            Payout now = seen(session);
            boolean open = row.advice() == Advice.ASK_STATUS;
            assertThat(now.status() == PayoutStatus.UNKNOWN).as(row.code()).isEqualTo(open);
            assertThat(now.lastDecline().isPresent()).as(row.code()).isEqualTo(open);
            Decline decline = seen(session, later).decline().orElseThrow();
            assertThat(decline.advice()).as(row.code()).isIn(Advice.NEVER, Advice.NEW_PAYOUT_AFTER_FIX);
            assertThat(decline.text(Locale.ENGLISH))
                    .as(row.code())
                    .doesNotContain("Wait", "wait", "not clear", "do not pay", "do not send", "Look at its status");
            assertThat(decline.text(Locale.forLanguageTag("ru")))
                    .as(row.code())
                    .doesNotContain("Дождитесь", "неясно", "не платите", "не отправляйте", "Посмотрите её статус");
        }
    }

    @Test
    void payout_openCodeWithoutAnyTime_staysOpen() throws Exception {
        Session session = session("cancelled", "failed", null, ",\"error\":{\"code\":\"provider_timeout\"}");

        assertThat(seen(session, Instant.MAX).status()).isEqualTo(PayoutStatus.UNKNOWN);
    }

    // ---------------------------------------------------------------- an internal transfer before the payout

    @ParameterizedTest
    @CsvSource({
        "in_progress,in_progress,,,PROCESSING",
        "in_progress,pending,,confirm,AWAITING_CONFIRMATION",
        "in_progress,pending,in_progress,confirm,AWAITING_CONFIRMATION",
        "in_progress,succeeded,in_progress,,PROCESSING",
        "in_progress,failed,in_progress,,PROCESSING",
        "accepted,succeeded,succeeded,,SUCCEEDED",
        "accepted,succeeded,,,SUCCEEDED",
        "cancelled,failed,,,FAILED",
        "cancelled,succeeded,failed,,FAILED",
        "accepted,failed,succeeded,,UNKNOWN",
        "cancelled,succeeded,,,UNKNOWN",
        "error,failed,,,UNKNOWN"
    })
    void payout_withItsTransferListed_isReadFromBoth(
            String session, String transfer, @Nullable String payout, @Nullable String next, PayoutStatus expected)
            throws Exception {
        for (String list : List.of("acquiring_payments", "payment_list")) {
            String json = "{\"id\":\"ps_3230\",\"status\":\"" + session + "\""
                    + (next == null ? "" : ",\"next_action\":\"" + next + "\"")
                    + (payout == null ? "" : ",\"payout_list\":[{\"id\":\"po_1\",\"status\":\"" + payout + "\"}]")
                    + ",\"" + list + "\":[{\"id\":\"pm_1\",\"status\":\"" + transfer
                    + "\",\"amount_details\":{\"amount\":10000,\"currency\":\"rub\"}}]}";

            assertThat(seen(Json.read(bytes(json), Session.class)).status()).isEqualTo(expected);
        }
    }

    // ---------------------------------------------------------------- fields that only describe

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'amounts':{'fee':{'merchant_fee':{'amount':10.5,'currency':'RUB'}}}",
                "'payment_method':{'type':'recurrent','recurrent':'tok'}",
                "'payment_method':{'type':'card','card':{'last4':{}}}",
                "'refunds':[{'status':'in_progress','amount_details':[]}]",
                "'transaction_info':'none'",
                "'customer':[]",
                "'error':'none'"
            })
    void payout_describingFieldInAnotherForm_isDropped(String field) throws Exception {
        String json = "{\"id\":\"ps_3230\",\"status\":\"accepted\",\"error\":[],\"payments\":[{\"id\":\"po_1\","
                + "\"status\":\"succeeded\"," + field.replace('\'', '"') + "}]}";

        assertThat(seen(Json.read(bytes(json), Session.class)).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void payout_oneReturnWithoutAnAmount_tellsNoSum() throws Exception {
        String parts = ",\"refunds\":[{\"id\":\"rf_1\",\"status\":\"accepted\",\"amount_details\":[]},"
                + "{\"id\":\"rf_2\",\"status\":\"accepted\",\"amount_details\":{\"amount\":1,\"currency\":\"rub\"}}]";
        Payout payout = seen(session("accepted", "succeeded", null, parts));

        assertThat(payout.status()).isEqualTo(PayoutStatus.RETURNED);
        assertThat(payout.returned()).isEmpty();
    }

    // ---------------------------------------------------------------- whose answer it is

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "10001;rub;\"order-1\";ps_3230;amount",
                "10000;usd;\"order-1\";ps_3230;currency",
            })
    void payout_anotherAmountUnderOurId_contradicts(
            long amount, String currency, String reference, String id, String field) throws Exception {
        String answer = "{\"id\":\"" + id + "\",\"status\":\"accepted\",\"payout_list\":[{\"status\":\"succeeded\","
                + "\"amount_details\":{\"amount\":" + amount + ",\"currency\":\"" + currency + "\"},"
                + "\"metadata\":{\"reference\":" + reference + "}}]}";
        Payout payout = seen(Json.read(bytes(answer), Session.class));

        assertThat(payout.evidence())
                .contains(new Evidence(Evidence.Kind.CONTRADICTING_ANSWER, "The answer has another " + field));
        assertThat(payout.ref()).isEqualTo(ref);
    }

    @ParameterizedTest
    @CsvSource({
        "order-2,ps_3230,card,4940,UNIDENTIFIED_ANSWER",
        "order-1,ps_9999,card,4940,UNIDENTIFIED_ANSWER",
        "order-1,ps_3230,wallet,4940,OTHER_PAYOUT",
        "order-1,ps_3230,recurrent,4940,",
        "order-1,ps_3230,unheard_of,4940,",
        "order-1,ps_3230,card,4940,"
    })
    void payout_anotherPayoutsAnswer_isNotAdopted(
            String reference, String id, String type, String last4, Evidence.@Nullable Kind expected) throws Exception {
        String answer = "{\"id\":\"" + id + "\",\"status\":\"accepted\",\"payout_list\":[{\"status\":\"succeeded\","
                + "\"payout_details\":{\"type\":\"" + type + "\",\"card\":{\"last4\":\"" + last4 + "\"}},"
                + "\"metadata\":{\"reference\":\"" + reference + "\"}}]}";

        assertThat(seen(Json.read(bytes(answer), Session.class)).evidence().map(Evidence::kind))
                .isEqualTo(Optional.ofNullable(expected));
    }

    @ParameterizedTest
    @CsvSource({
        "'','{''type'':''card'',''card'':{''last4'':''4242''}}',true",
        "'','{''type'':''card'',''card'':{''last4'':''4243''}}',false",
        "'','{''type'':''card'',''card'':{''bin'':''42424299'',''last4'':''4242''}}',true",
        "'','{''type'':''card'',''card'':{''bin'':''424243'',''last4'':''4242''}}',false",
        "'','{''type'':''card'',''card'':{''last4'':''4242424242424242''}}',true",
        "'','{''type'':''card'',''card'':{''bank_card'':{''number'':''4242424242424242''}}}',true",
        "account,'{''type'':''bank_account'',''bank_account'':{''system_type'':''ru'',''ru'':{''account'':''40817***9535''}}}',true",
        "account,'{''type'':''bank_account'',''bank_account'':{''system_type'':''ru'',''ru'':{''account'':''40817***9536''}}}',false",
        "account,'{''type'':''bank_account'',''bank_account'':{''system_type'':''faster_payment_system''}}',false",
        "phone,'{''type'':''bank_account'',''bank_account'':{''system_type'':''faster_payment_system'',''faster_payment_system'':{''phone'':''0079680000000''}}}',true",
        "phone,'{''type'':''bank_account'',''bank_account'':{''system_type'':''faster_payment_system'',''faster_payment_system'':{''phone'':''79680000001''}}}',false",
        "wallet,'{''type'':''wallet'',''wallet'':{''type'':''yoomoney'',''yoomoney'':{''account'':''410012411727100''}}}',true",
        "wallet,'{''type'':''wallet'',''wallet'':{''type'':''yoomoney'',''yoomoney'':{''account'':''410012411727101''}}}',false"
    })
    void payout_recipientInTheAnswer_isCompared(String kind, String instrument, boolean ours) throws Exception {
        Recipient recipient = switch (kind) {
            case "account" -> Samples.account();
            case "phone" -> new Recipient.Phone("79680000000", "100000000069");
            case "wallet" -> new Recipient.Wallet("yoomoney", "410012411727100");
            default -> Samples.card();
        };
        PayoutRef handle = PayoutRef.of(
                        "bank131",
                        PayoutRequest.builder("order-1", Samples.AMOUNT, recipient)
                                .build())
                .withProviderId("ps_3230");
        String answer = "{\"id\":\"ps_3230\",\"status\":\"accepted\",\"payments\":[{\"status\":\"succeeded\","
                + "\"payment_method\":" + instrument.replace('\'', '"') + "}]}";

        assertThat(Bank131Identity.difference(handle, Json.read(bytes(answer), Session.class))
                        .map(Evidence::kind))
                .isEqualTo(ours ? Optional.empty() : Optional.of(Evidence.Kind.OTHER_PAYOUT));
    }

    @Test
    void payout_twoPayoutsInOneSession_contradictUnlessBothWerePaid() throws Exception {
        Session session = Json.read(
                bytes("{\"id\":\"ps_3230\",\"status\":\"accepted\",\"payments\":["
                        + "{\"id\":\"po_1\",\"status\":\"succeeded\"},{\"id\":\"po_2\",\"status\":\"failed\"}]}"),
                Session.class);

        assertThat(seen(session).evidence()).map(Evidence::kind).contains(Evidence.Kind.CONTRADICTING_ANSWER);
    }

    @Test
    void payout_samePayoutUnderBothNames_countsOnce() throws Exception {
        Session session = Json.read(
                bytes("{\"id\":\"ps_3230\",\"status\":\"accepted\",\"payments\":[{\"id\":\"po_1\","
                        + "\"status\":\"succeeded\"}],\"payout_list\":[{\"id\":\"po_1\",\"status\":\"succeeded\"}]}"),
                Session.class);

        assertThat(seen(session).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"status\":\"accepted\",\"payments\":[{\"status\":\"succeeded\"}]}",
                "{\"id\":\"ps_1\\n\",\"status\":\"created\"}",
                "{\"id\":\"ps_3230\",\"status\":\"accepted\",\"payments\":[{\"status\":\"succeeded\",\"amount_details\":{\"amount\":10000}}]}",
                "{\"id\":\"ps_3230\",\"status\":\"accepted\",\"payments\":[{\"status\":\"succeeded\",\"amount_details\":{\"amount\":10000,\"currency\":\"tonc\"}}]}"
            })
    void payout_sessionWithoutUsableIdOrAmount_isUnreadable(String session) throws Exception {
        assertThat(seen(Json.read(bytes(session), Session.class)).evidence())
                .map(Evidence::kind)
                .contains(Evidence.Kind.UNREADABLE_ANSWER);
    }

    @Test
    void payout_timeInAnotherForm_isLeftOut() throws Exception {
        Session session = Json.read(
                bytes("{\"id\":\"ps_3230\",\"status\":\"created\",\"created_at\":\"yesterday\"}"), Session.class);

        assertThat(seen(session).createdAt()).isEmpty();
    }

    // ---------------------------------------------------------------- help

    private Payout payout(String page) throws UnreadableBodyException {
        return seen(Objects.requireNonNull(
                Json.read(Samples.page(page), SessionAnswer.class).session()));
    }

    private Payout seen(Session session) {
        return seen(session, Instant.parse("2026-05-27T02:03:00Z"));
    }

    private Payout seen(Session session, Instant now) {
        return Bank131Readings.of(errorBook, Samples.options().build(), Clock.fixed(now, ZoneOffset.UTC))
                .payout(ref, new SessionAnswer("ok", session, null, null));
    }

    private static Session session(String session, @Nullable String payout, @Nullable String nextAction, String more)
            throws UnreadableBodyException {
        String list = payout == null
                ? ""
                : ",\"payments\":[{\"id\":\"po_2018\",\"status\":\"" + payout
                        + "\",\"amount_details\":{\"amount\":10000,\"currency\":\"rub\"}" + more + "}]";
        String next = nextAction == null ? "" : ",\"next_action\":\"" + nextAction + "\"";
        return Json.read(
                bytes("{\"id\":\"ps_3230\",\"status\":\"" + session + "\"" + next + list + "}"), Session.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
