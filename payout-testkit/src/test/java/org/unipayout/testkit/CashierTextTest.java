package org.unipayout.testkit;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.Advice;
import org.unipayout.Decline;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.ErrorEntry.Proves;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;

/** That the check of texts finds what it is for. */
class CashierTextTest {
    private static final String OPEN = "The bank did not answer; the money may still arrive. Do not pay again.";
    private static final String OPEN_RU = "Банк не ответил, деньги ещё могут дойти. Не платите повторно.";
    private static final String CLOSED = "The bank refused. Nothing was paid; use another card.";
    private static final String CLOSED_RU = "Банк отказал. Деньги не отправлены; укажите другую карту.";

    private static ErrorEntry row(Proves proves, Advice advice, String english, String russian) {
        return new ErrorEntry(
                "E7", proves, ErrorCategory.ISSUER_DECLINED, ErrorEntry.Actor.RECIPIENT, advice, english, russian);
    }

    private static ErrorEntry open() {
        return row(Proves.NOTHING, Advice.ASK_STATUS, OPEN, OPEN_RU);
    }

    private static ErrorEntry closed() {
        return row(Proves.DECLINED, Advice.NEW_PAYOUT_AFTER_FIX, CLOSED, CLOSED_RU);
    }

    @Test
    void row_thatAgrees_passes() {
        assertThatCode(() -> CashierText.assertAgrees(open())).doesNotThrowAnyException();
        assertThatCode(() -> CashierText.assertAgrees(closed())).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "NOTHING, NEW_PAYOUT_AFTER_FIX, closed, closed",
        "DECLINED, ASK_STATUS, open, open",
        "DECLINED, NEW_PAYOUT_AFTER_FIX, open, open",
        "NOT_EXECUTED, SAME_REFERENCE_LATER, open, open",
        "NOTHING, ASK_STATUS, closed, closed",
        "EARLIER_SEND, ASK_STATUS, closed, open",
        "NOTHING, ASK_STATUS, open, closed",
        "DECLINED, NEVER, closed, open",
        "DECLINED, NEVER, open, closed"
    })
    void row_thatSaysTheOpposite_isFound(Proves proves, Advice advice, String english, String russian) {
        ErrorEntry row = row(
                proves, advice, english.equals("open") ? OPEN : CLOSED, russian.equals("open") ? OPEN_RU : CLOSED_RU);

        assertThatThrownBy(() -> CashierText.assertAgrees(row)).isInstanceOf(AssertionError.class);
    }

    /** One language alone says it. */
    @ParameterizedTest
    @CsvSource({"english", "russian"})
    void row_ofWhichOneTextIsSilent_isFound(String silent) {
        ErrorEntry row = row(
                Proves.DECLINED,
                Advice.NEVER,
                silent.equals("english") ? "Refused." : CLOSED,
                silent.equals("russian") ? "Отказ." : CLOSED_RU);

        assertThatThrownBy(() -> CashierText.assertAgrees(row)).isInstanceOf(AssertionError.class);
    }

    @ParameterizedTest
    @CsvSource({
        "FAILED, closed, true",
        "FAILED, open, false",
        "CANCELED, open, false",
        "SUCCEEDED, closed, false",
        "RETURNED, closed, false",
        "UNKNOWN, closed, false"
    })
    void payout_declineBesideAStatus_agreesOrIsFound(PayoutStatus status, String text, boolean agrees) {
        Payout payout = payout(status)
                .decline(new Decline(text.equals("open") ? open() : closed(), null))
                .build();

        assertFound(agrees, () -> CashierText.assertAgrees(payout));
    }

    @ParameterizedTest
    @CsvSource({
        "AWAITING_RECIPIENT, closed, true",
        "UNKNOWN, closed, false",
        "PROCESSING, closed, false",
        "UNKNOWN, open, true"
    })
    void payout_lastDeclineBesideAStatus_agreesOrIsFound(PayoutStatus status, String text, boolean agrees) {
        Payout payout = payout(status)
                .lastDecline(new Decline(text.equals("open") ? open() : closed(), null))
                .build();

        assertFound(agrees, () -> CashierText.assertAgrees(payout));
    }

    @ParameterizedTest
    @CsvSource({
        "NEW_PAYOUT_AFTER_FIX, open, false",
        "SAME_REFERENCE_LATER, open, false",
        "NEVER, open, false",
        "ASK_STATUS, closed, false",
        "ASK_STATUS, open, true",
        "NEW_PAYOUT_AFTER_FIX, closed, true"
    })
    void exception_rowBesideAnAdvice_agreesOrIsFound(Advice advice, String text, boolean agrees) {
        FailureDetails details = FailureDetails.builder("test", Operation.SUBMIT, "refused", advice)
                .error(text.equals("open") ? open() : closed())
                .build();

        assertFound(agrees, () -> CashierText.assertAgrees(new PayoutRejectedException(details)));
        assertFound(agrees, () -> CashierText.assertAgrees(new PayoutNotPreparedException(details)));
        assertFound(true, () -> CashierText.assertAgrees(new PayoutReadException(details)));
    }

    private static void assertFound(boolean agrees, Runnable check) {
        if (agrees) {
            assertThatCode(check::run).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(check::run).isInstanceOf(AssertionError.class);
        }
    }

    private static Payout.Builder payout(PayoutStatus status) {
        PayoutRequest request = PayoutRequest.builder(
                        "order-1", Money.ofMinor(100, "KZT"), new Recipient.SavedCard("card-1"))
                .build();
        return Payout.builder(PayoutRef.of("test", request), status, "")
                .evidence(new Evidence(Evidence.Kind.NO_ANSWER, "No answer came"));
    }
}
