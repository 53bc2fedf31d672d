package org.unipayout.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.unipayout.Advice;
import org.unipayout.Decline;
import org.unipayout.ErrorEntry;
import org.unipayout.ErrorEntry.Proves;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutStatus;

/**
 * What a cashier reads, held against what the program is told: a text never says the opposite of the status or of the
 * advice beside it, in English or in Russian.
 *
 * <p>{@link PayoutClientContract} does so with every row of an adapter's error book, and with every payout and exception
 * that its cases meet; an adapter's own tests may do so with what its own cases make. Texts are read by the phrases that
 * the error books use.
 */
public final class CashierText {
    private static final Locale RUSSIAN = Locale.forLanguageTag("ru");
    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, RUSSIAN);

    /** "The money may have moved: wait, look, do not pay." */
    private static final Pattern OPEN = phrases(
            "may (still )?arrive",
            "may have been (paid|sent)",
            "not clear (yet )?whether",
            "do not (pay|send it) again",
            "(look at|wait for) (its|the) (payout's )?status",
            "before (doing anything|paying)",
            "does not say that nothing",
            "не (платите|отправляйте (её )?)\\s*повторно",
            "(дождитесь|проверьте|посмотрите|запросите) (её |его )?статус",
            "неясно, ушла",
            "(могут|может) (ещё )?(дойти|прийти)",
            "прежде чем (что-то делать|платить)",
            "не значит, что денег не");

    /** "Nothing was paid." */
    private static final Pattern CLOSED = phrases(
            "(?<!that )nothing (was|is|can be) (paid|sent|done|changed)",
            "paid nothing",
            "no money (was )?moved",
            "деньги не (отправлены|ушли|списаны)",
            "выплата (не отправлена|по ней невозможна)",
            "(?<!что )денег не отправил",
            "ничего не (сделано|изменилось)");

    private CashierText() {}

    private static Pattern phrases(String... phrases) {
        return Pattern.compile(String.join("|", phrases), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }

    /**
     * Checks a row of an error book: what it proves, what it advises, and both texts say the same.
     *
     * @param row the row
     * @throws AssertionError if they do not
     */
    public static void assertAgrees(ErrorEntry row) {
        boolean open = row.proves() == Proves.NOTHING || row.proves() == Proves.EARLIER_SEND;
        assertThat(row.advice() == Advice.ASK_STATUS)
                .as("row %s proves %s, so whether it advises to ask for the status", row.code(), row.proves())
                .isEqualTo(open);
        LANGUAGES.forEach(language -> assertAgrees(row.text(language), row.advice(), "row " + row.code()));
        assertThat(says(OPEN, row.russian()))
                .as("row %s: whether the Russian text leaves the outcome open, as the English one", row.code())
                .isEqualTo(says(OPEN, row.english()));
        assertThat(says(CLOSED, row.russian()))
                .as("row %s: whether the Russian text says that nothing was paid, as the English one", row.code())
                .isEqualTo(says(CLOSED, row.english()));
    }

    /**
     * Checks a payout: its declines fit its status.
     *
     * @param payout what a client said
     * @throws AssertionError if they do not
     */
    public static void assertAgrees(Payout payout) {
        PayoutStatus status = payout.status();
        if (status == PayoutStatus.SUCCEEDED || status == PayoutStatus.RETURNED) {
            assertThat(payout.decline()).as("a decline beside %s", status).isEmpty();
        }
        Optional<Decline> reason = payout.decline().or(payout::lastDecline);
        reason.ifPresent(decline -> LANGUAGES.forEach(language -> assertAgrees(status, decline.text(language))));
        payout.decline()
                .ifPresent(decline -> LANGUAGES.forEach(language ->
                        assertAgrees(decline.text(language), decline.advice(), "the decline beside " + status)));
    }

    private static void assertAgrees(PayoutStatus status, String text) {
        switch (status) {
            case FAILED, CANCELED, EXPIRED ->
                assertThat(says(OPEN, text)).as("beside %s: %s", status, text).isFalse();
            case UNKNOWN, PROCESSING ->
                assertThat(says(CLOSED, text)).as("beside %s: %s", status, text).isFalse();
            default -> {
                // On a form the last attempt was declined, and the next one is the recipient's.
            }
        }
    }

    /**
     * Checks an exception: the row of the error book that it carries fits its advice. A question that had no answer says
     * nothing about the payout, so it is not checked.
     *
     * @param failure what a client threw
     * @throws AssertionError if it does not
     */
    public static void assertAgrees(PayoutException failure) {
        boolean asked = failure instanceof PayoutReadException || failure.operation() == Operation.CANCEL;
        if (asked) {
            return;
        }
        String where = failure.getClass().getSimpleName() + " with code";
        failure.error()
                .ifPresent(row -> LANGUAGES.forEach(
                        language -> assertAgrees(row.text(language), failure.advice(), where + " " + row.code())));
    }

    private static void assertAgrees(String text, Advice advice, String where) {
        if (advice == Advice.ASK_STATUS) {
            assertThat(says(CLOSED, text))
                    .as("%s advises %s: %s", where, advice, text)
                    .isFalse();
        } else {
            assertThat(says(OPEN, text))
                    .as("%s advises %s: %s", where, advice, text)
                    .isFalse();
        }
    }

    private static boolean says(Pattern phrases, String text) {
        return phrases.matcher(text).find();
    }
}
