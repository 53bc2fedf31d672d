package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Advice;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.ErrorEntry.Proves;
import org.unipayout.Evidence;
import org.unipayout.Exchange.Progress;
import org.unipayout.Identity;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutException;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;

/** What follows from a judged reply, for all providers alike. */
class EndingTest {
    private static final Origin ORIGIN = new Origin("test", Operation.SUBMIT, "order-7", "x-trace-id");
    private static final String WORDS_OF_THE_PROVIDER = "No funds for TESTHOLDER";
    private static final PayoutRef REF = PayoutRef.of(
            "test",
            PayoutRequest.builder("order-7", Money.ofMinor(100, "KZT"), new Recipient.SavedCard("card-1"))
                    .build());

    @Test
    void error_rowThatProves_isRefused() {
        Ending<String> ending = answer(400).error(row(Proves.NOT_EXECUTED, ErrorCategory.AMOUNT), null);

        assertThat(ending).isInstanceOfSatisfying(Ending.Refused.class, refused -> {
            assertThat(refused.proves(Proves.NOT_EXECUTED)).isTrue();
            assertThat(refused.proves(Proves.EARLIER_SEND)).isFalse();
        });
    }

    @ParameterizedTest
    @CsvSource({
        "400, IN_PROGRESS, OPEN_CODE",
        "500, IN_PROGRESS, OPEN_CODE",
        "400, UNLISTED, UNDOCUMENTED_ANSWER",
        "499, UNLISTED, UNDOCUMENTED_ANSWER",
        "500, UNLISTED, SERVER_ERROR",
        "503, UNLISTED, SERVER_ERROR"
    })
    void error_rowThatProvesNothing_isUnclear(int status, ErrorCategory category, Evidence.Kind kind) {
        Ending<String> ending = answer(status).error(row(Proves.NOTHING, category), null);

        assertThat(ending).isInstanceOfSatisfying(Ending.Unclear.class, unclear -> {
            assertThat(unclear.evidence().kind()).isEqualTo(kind);
            assertThat(unclear.evidence().text()).startsWith("HTTP " + status + " with ");
        });
        assertThat(ending.row().map(ErrorEntry::code)).contains("E7");
    }

    @Test
    void toString_anyEnding_saysWhichOneAndNoWordOfTheProvider() {
        Ending<String> refused = answer(400).error(row(Proves.DECLINED, ErrorCategory.AMOUNT), WORDS_OF_THE_PROVIDER);
        Ending<String> unclear = answer(500).error(row(Proves.NOTHING, ErrorCategory.UNLISTED), WORDS_OF_THE_PROVIDER);

        assertThat(refused).hasToString("Refused[E7, proves DECLINED]");
        assertThat(unclear).hasToString("Unclear[SERVER_ERROR]");
        assertThat(answer(200).told(WORDS_OF_THE_PROVIDER)).hasToString("Told[]");
        assertThat(refused.requestId()).contains("r-1");
    }

    @Test
    void judgedBy_noAnswer_isUnclearWithoutAskingTheJudge() {
        Reply reply = Reply.NoAnswer.of(ORIGIN, Progress.REQUEST_WRITTEN, 0, "the connection broke");

        Ending<String> ending = reply.judgedBy(answer -> {
            throw new AssertionError("there is no answer to judge");
        });

        assertThat(((Ending.Unclear<String>) ending).payout(REF)).satisfies(payout -> {
            assertThat(payout.hasEvidence(Evidence.Kind.NO_ANSWER)).isTrue();
            assertThat(payout.providerStatus()).isEmpty();
            assertThat(payout.requestId()).isEmpty();
        });
    }

    @Test
    void payout_unclearWithACode_isUnknownWithTheCodeAndTheRequestId() {
        Payout payout = ((Ending.Unclear<String>) unsure()).payout(REF);

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.hasEvidence(Evidence.Kind.OPEN_CODE)).isTrue();
        assertThat(payout.providerStatus()).isEqualTo("E7");
        assertThat(payout.requestId()).contains("r-1");
    }

    @Test
    void rejected_saysRowReferenceAndRequestId() {
        PayoutRejectedException rejected = refused().rejected();

        assertThat(rejected)
                .hasMessage("test submit: the provider refused the call [code E7] [reference order-7] [request id r-1]"
                        + " [advice NEW_PAYOUT_AFTER_FIX]");
        assertThat(rejected.error().map(ErrorEntry::category)).contains(ErrorCategory.AMOUNT);
    }

    @Test
    void rejected_withAdvice_outranksTheRow() {
        PayoutRejectedException rejected = refused().rejected("the reference belongs to another payout", Advice.NEVER);

        assertThat(rejected.advice()).isEqualTo(Advice.NEVER);
        assertThat(rejected).hasMessageContaining("the reference belongs to another payout");
    }

    @Test
    void taken_collision_saysTheSameToTheProgramAndToTheCashier() {
        PayoutRejectedException taken = refused().taken(new Identity(Identity.About.COLLISION, "card"));

        assertThat(taken)
                .hasMessageStartingWith(
                        "test submit: the reference belongs to a different payout, with another card [code E7]")
                .hasMessageContaining("[request id r-1]");
        assertThat(taken.advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX);
        assertThat(taken.error().orElseThrow()).satisfies(row -> {
            assertThat(row.advice()).isEqualTo(taken.advice());
            assertThat(row.proves()).isEqualTo(Proves.NOT_EXECUTED);
            assertThat(row.english()).contains("under a new number").doesNotContain("do not pay again");
            assertThat(row.russian()).contains("под новым номером").doesNotContain("не платите повторно");
        });
    }

    @Test
    void taken_withoutACodeOfTheProvider_hasOneOfOurs() {
        assertThat(answer(200).told("body").taken(new Identity(Identity.About.COLLISION, "amount")))
                .hasMessageContaining("[code reference_taken]");
    }

    @ParameterizedTest
    @EnumSource(value = Identity.About.class, mode = EnumSource.Mode.EXCLUDE, names = "COLLISION")
    void taken_identityThatIsNoCollision_isRefused(Identity.About about) {
        assertThatThrownBy(() -> refused().taken(new Identity(about, "")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("identity:");
    }

    @Test
    void rejected_withAnotherRow_takesItsAdvice() {
        ErrorEntry row = row(Proves.NOT_EXECUTED, ErrorCategory.DUPLICATE);

        PayoutRejectedException rejected = refused().rejected("the form is registered already", row);

        assertThat(rejected.error()).contains(row);
        assertThat(rejected.advice()).isEqualTo(row.advice());
    }

    @Test
    void notDone_refused_isRejected() {
        assertThat(refused().notDone()).isInstanceOf(PayoutRejectedException.class);
    }

    @Test
    void notDone_unclear_isNotPrepared() {
        PayoutException notDone = unsure().notDone();

        assertThat(notDone).isInstanceOf(PayoutNotPreparedException.class);
        assertThat(notDone.advice()).isEqualTo(Advice.SAME_REFERENCE_LATER);
        assertThat(notDone.requestId()).contains("r-1");
        assertThat(notDone.error()).contains(row(Proves.NOTHING, ErrorCategory.IN_PROGRESS));
    }

    @Test
    void notPrepared_rowThatLeavesTheOutcomeOpen_tellsTheCashierThatNothingWasPaid() {
        ErrorEntry open = new ErrorEntry(
                "E8",
                Proves.NOTHING,
                ErrorCategory.PROVIDER_FAILURE,
                ErrorEntry.Actor.PROVIDER,
                Advice.ASK_STATUS,
                "Wait for its status and do not pay again.",
                "Дождитесь статуса и не платите повторно.");
        Ending<String> ending = answer(500).error(open, null);

        ErrorEntry told = ending.notPrepared("no form").error().orElseThrow();

        assertThat(told.code()).isEqualTo("E8");
        assertThat(told.advice()).isEqualTo(Advice.SAME_REFERENCE_LATER);
        assertThat(told.english()).contains("Nothing was paid").doesNotContain("Wait");
        assertThat(told.russian()).contains("Деньги не отправлены").doesNotContain("статуса");
    }

    @Test
    void unread_saysWhetherTheProviderRefused() {
        assertThat(refused().unread())
                .hasMessageContaining("refused the question")
                .hasMessageContaining("E7");
        assertThat(unsure().unread()).hasMessageContaining("not clear").hasMessageContaining("E7");
        assertThat(answer(200).told("body").unread("the answer lacks a balance"))
                .hasMessageContaining("the answer lacks a balance")
                .hasMessageContaining("advice ASK_STATUS");
    }

    @Test
    void fold_takesTheOneThatFits() {
        assertThat(folded(answer(200).told("body"))).isEqualTo("told body");
        assertThat(folded(refused())).isEqualTo("refused E7");
        assertThat(folded(unsure())).isEqualTo("unclear OPEN_CODE");
    }

    private static String folded(Ending<String> ending) {
        return ending.fold(
                told -> "told " + told.body(),
                refused -> "refused " + refused.error().code(),
                unclear -> "unclear " + unclear.evidence().kind());
    }

    @Test
    void absentAndDuplicate_areUnknownWithTheirEvidence() {
        assertThat(refused().absent(REF).hasEvidence(Evidence.Kind.ABSENT)).isTrue();
        assertThat(refused().duplicate(REF, "An earlier one exists").hasEvidence(Evidence.Kind.DUPLICATE))
                .isTrue();
    }

    @Test
    void with_partOfTheBody_keepsTheRequestId() {
        Ending.Told<String> whole = (Ending.Told<String>) answer(200).told("a,b");
        Payout prepared = Payout.builder(REF, PayoutStatus.PREPARED, "").build();

        assertThat(whole.with('b').body()).isEqualTo('b');
        assertThat(whole.with('b').withRequestId(prepared).requestId()).contains("r-1");
    }

    @ParameterizedTest
    @CsvSource({"199, false", "200, true", "299, true", "300, false"})
    void successful_is2xx(int status, boolean successful) {
        assertThat(answer(status).successful()).isEqualTo(successful);
        assertThat(answer(status).status()).isEqualTo(status);
    }

    @Test
    void body_isCopied_soThatNobodyChangesWhatWasAnswered() throws Exception {
        byte[] sent = "{\"a\":\"ж\"}".getBytes(StandardCharsets.UTF_8);
        Reply.Answer answer = new Reply.Answer(ORIGIN, 200, headers("X-Trace-Id", "r-1"), sent);

        answer.body()[0] = 0;

        assertThat(answer.body()).isEqualTo(sent).isNotSameAs(answer.bytes());
        assertThat(answer.text()).isEqualTo("{\"a\":\"ж\"}");
        assertThat(answer.header("x-trace-id")).contains("r-1");
        assertThat(answer).hasToString("Answer[200, 10 bytes]");
    }

    @Test
    void noAnswer_saysHowFarTheCallGot() {
        Reply.NoAnswer written = Reply.NoAnswer.of(ORIGIN, Progress.ANSWER_BEGUN, 502, "the connection broke");
        Reply.NoAnswer unwritten = Reply.NoAnswer.of(ORIGIN, Progress.NOTHING_WRITTEN, 0, "no route");

        assertThat(written.progress()).isEqualTo(Progress.ANSWER_BEGUN);
        assertThat(written.status()).isEqualTo(502);
        assertThat(written.nothingWritten()).isFalse();
        assertThat(unwritten.nothingWritten()).isTrue();
        assertThat(unwritten.evidence()).isEqualTo(new Evidence(Evidence.Kind.NO_ANSWER, "no route"));
        assertThat(written).hasToString("NoAnswer[ANSWER_BEGUN, the connection broke]");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "two words", "кириллица"})
    void requestId_unfitForAMessage_isLeftOut(String value) {
        assertThat(new Reply.Answer(ORIGIN, 200, headers("X-Trace-Id", value), new byte[0]).requestId())
                .isEmpty();
    }

    @Test
    void requestId_longerThanAnyId_isLeftOut() {
        assertThat(requestId("x".repeat(128)).requestId()).isPresent();
        assertThat(requestId("x".repeat(129)).requestId()).isEmpty();
    }

    @Test
    void toString_ofEveryEnding_showsNothingOfTheProvider() {
        assertThat(answer(200).told("TESTHOLDER") + refused().toString() + unsure())
                .doesNotContain("TESTHOLDER", WORDS_OF_THE_PROVIDER);
        assertThat(refused().rejected()).message().doesNotContain("TESTHOLDER");
        assertThat(refused().message()).contains(WORDS_OF_THE_PROVIDER);
    }

    @Test
    void lookBefore_seen_isHandedOn() {
        assertThat(HttpTransport.lookBefore(() -> "seen")).isEqualTo("seen");
    }

    @Test
    void lookBefore_unreadAnswer_meansNotSent() {
        assertThatThrownBy(() -> HttpTransport.lookBefore(() -> {
                    throw unsure().unread();
                }))
                .isInstanceOf(PayoutNotSentException.class)
                .hasMessage("test submit: the present state could not be read, so nothing was sent [code E7]"
                        + " [reference order-7] [request id r-1] [advice SAME_REFERENCE_LATER]");
    }

    @Test
    void lookBefore_refusedForGood_isRejectedWithTheRowsAdvice() {
        assertThatThrownBy(() -> HttpTransport.lookBefore(() -> {
                    throw refused().unread();
                }))
                .isInstanceOf(PayoutRejectedException.class)
                .hasMessageContaining("advice NEW_PAYOUT_AFTER_FIX");
    }

    private static Ending.Refused<String> refused() {
        Ending<String> ending =
                answer(400).error(row(Proves.NOT_EXECUTED, ErrorCategory.AMOUNT), WORDS_OF_THE_PROVIDER);
        return (Ending.Refused<String>) ending;
    }

    private static Ending<String> unsure() {
        return answer(400).error(row(Proves.NOTHING, ErrorCategory.IN_PROGRESS), WORDS_OF_THE_PROVIDER);
    }

    private static Reply.Answer answer(int status) {
        return new Reply.Answer(ORIGIN, status, headers("X-Trace-Id", "r-1", "X-Request-Id", "other"), new byte[0]);
    }

    private static Reply.Answer requestId(String value) {
        return new Reply.Answer(ORIGIN, 200, headers("x-trace-id", value), new byte[0]);
    }

    /** As a server may send them, which is more than OkHttp lets a client send. */
    private static Headers headers(String... namesAndValues) {
        Headers.Builder headers = new Headers.Builder();
        for (int index = 0; index < namesAndValues.length; index += 2) {
            headers.addUnsafeNonAscii(namesAndValues[index], namesAndValues[index + 1]);
        }
        return headers.build();
    }

    private static ErrorEntry row(Proves proves, ErrorCategory category) {
        return new ErrorEntry(
                "E7", proves, category, ErrorEntry.Actor.MERCHANT, Advice.NEW_PAYOUT_AFTER_FIX, "Text.", "Текст.");
    }
}
