package org.unipayout.examples.bulkregistry;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Decline;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.PayoutRecord;

/**
 * What became of one row: one line of the result file.
 *
 * @param reason why it is not paid, in Russian for the accountant; empty if it is, or is on its way
 * @param rrn the number that the recipient's bank knows the payment by; empty if the provider gave none
 */
record Outcome(long line, String reference, @Nullable Money money, State state, String reason, String rrn) {
    private static final Locale RUSSIAN = Locale.forLanguageTag("ru");

    /** Every row is in exactly one. */
    enum State {
        PAID,
        DECLINED,
        /** No answer yet, or not sent yet: start again with the same file. */
        OPEN,
        /** A person has to look: the journal cannot end it by itself, or the money came back. */
        NEEDS_ATTENTION,
        /** The row itself is wrong; nothing was sent. */
        REFUSED
    }

    static Outcome of(Row.Refused row) {
        return new Outcome(
                row.line(),
                row.reference(),
                row.money(),
                State.REFUSED,
                "Строка " + row.line() + ", поле " + row.field() + ": " + row.problem(),
                "");
    }

    static Outcome of(Row.Payable row, PayoutRecord record) {
        Payout payout = record.payout();
        return new Outcome(
                row.line(),
                row.reference(),
                row.request().amount(),
                state(payout.status(), record.attention().isPresent()),
                reason(record),
                payout.rrn().orElse(""));
    }

    /** The end decides; a flag counts only while there is none, so that "paid" always is what was paid. */
    static State state(PayoutStatus status, boolean flagged) {
        return switch (status) {
            case SUCCEEDED -> State.PAID;
            case FAILED, CANCELED, EXPIRED -> State.DECLINED;
            case RETURNED -> State.NEEDS_ATTENTION;
            default -> flagged ? State.NEEDS_ATTENTION : State.OPEN;
        };
    }

    private static String reason(PayoutRecord record) {
        Payout payout = record.payout();
        Optional<String> attention = record.attention().map(flag -> switch (flag) {
            case OVERDUE -> "Нет ответа слишком долго; запросы продолжаются";
            case CARD_NEEDED -> "Нужен номер карты";
            case CONFIRMATION_REFUSED -> "Провайдер отказал в подтверждении";
            case CONTRADICTION -> "Ответы провайдера противоречат друг другу; сверьте с выпиской";
            case SENT_TOO_OFTEN -> "Отправлено много раз без ясного ответа; сверьте с выпиской";
            case DECISION_NEEDED -> "Провайдер не знает выплату; сверьте с выпиской и решите об отправке";
            case END_UNPROVEN -> "Больше не отправляется, а отправленное ещё может исполниться; сверьте с выпиской";
            case NOTIFIED_ONLY -> "О конце говорит только уведомление; сверьте с выпиской";
            case PAID_TWICE -> "Под одним номером больше одной выплаты; верните лишнюю";
            case TAMPERED -> "Записи в базе изменены не журналом; ничего не отправляется, сверьте с выпиской";
            case APPROVAL_NEEDED -> "Ждёт согласия второго сотрудника";
            case OTHER_ACCOUNT -> "Запрошена со счёта другого мерчанта; ничего не отправлено";
            case LISTENER_FAILED -> "Учёт не успевает за выплатой: падает слушатель";
        });
        String ending = switch (payout.status()) {
            case FAILED ->
                payout.decline().or(payout::lastDecline).map(Outcome::text).orElse("Отказ");
            case CANCELED -> "Отменена";
            case EXPIRED -> "Срок истёк";
            case RETURNED -> "Деньги вернулись";
            default -> "";
        };
        return ending.isEmpty() ? attention.orElse("") : ending;
    }

    private static String text(Decline decline) {
        return decline.text(RUSSIAN);
    }
}
