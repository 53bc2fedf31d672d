package org.unipayout.bereke.internal;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.bereke.internal.wire.Envelope;
import org.unipayout.http.Ending;
import org.unipayout.http.Reply;
import org.unipayout.http.UnreadableBodyException;

/**
 * What an answer proves about the call that it answers.
 *
 * <p>HTTP status and {@code errorCode} decide together; the bank's text only where that pair stands for rows of
 * different meaning in the table of errors, and then the row without words is the careful reading.
 */
public final class BerekeErrors {
    /** The row of a repeated order number, whatever HTTP status it comes with. */
    private static final String DUPLICATE = "200/1";

    /** The row of "order not found". */
    private static final String ORDER_NOT_FOUND = "400/98 order not found in payout proxy";

    /** The row of a form that was registered before: the bank does not tell its address again. */
    private static final String FORM_REGISTERED = "form registered";

    private static final int TOO_MANY_REQUESTS = 429;

    /** Short words only, because the code shows in messages. */
    private static final Pattern CODE = Pattern.compile("-?[0-9A-Za-z]{1,8}");

    private BerekeErrors() {}

    /** Whether the bank says that it knows no such order. */
    public static boolean isNotFound(Ending<?> ending) {
        return ending.row().filter(row -> row.code().equals(ORDER_NOT_FOUND)).isPresent();
    }

    /** What to do about a form whose address is lost. */
    public static ErrorEntry formRegistered(ErrorBook errorBook) {
        return errorBook.entry(FORM_REGISTERED);
    }

    /** Judges a complete answer. */
    static <T extends Envelope> Ending<T> judge(Reply.Answer answer, Class<T> type, ErrorBook errorBook) {
        T body;
        try {
            body = answer.json(type);
        } catch (UnreadableBodyException e) {
            return answer.successful()
                    ? answer.unclear(Evidence.Kind.UNREADABLE_ANSWER, "a body that is not the bank's JSON")
                    : withoutCode(answer, errorBook);
        }
        String code = body.errorCode();
        if (answer.successful() && "0".equals(code)) {
            return answer.told(body);
        }
        return code == null || code.equals("0") || !CODE.matcher(code).matches() || answer.status() == TOO_MANY_REQUESTS
                ? withoutCode(answer, errorBook)
                : answer.error(row(errorBook, answer.status(), code, body.errorMessage()), body.errorMessage());
    }

    /** The row of the error book for what the bank said; a row that proves nothing if there is none. */
    private static ErrorEntry row(ErrorBook errorBook, int httpStatus, String code, @Nullable String text) {
        if (code.equals("1") || BankText.speaksOfDuplicate(text)) {
            return errorBook.entry(DUPLICATE);
        }
        String pair = httpStatus + "/" + code;
        String folded = BankText.fold(text);
        return errorBook.entries().stream()
                .filter(entry -> entry.code().startsWith(pair + " "))
                .filter(entry -> folded.contains(entry.code().substring(pair.length() + 1)))
                .findFirst()
                .or(() -> errorBook.find(pair))
                .or(() -> errorBook.find(String.valueOf(httpStatus)))
                .orElseGet(() -> errorBook.entry(pair));
    }

    /** Only "too many requests" speaks for itself: a 404 comes from any proxy, and from a wrong address. */
    private static <T> Ending<T> withoutCode(Reply.Answer answer, ErrorBook errorBook) {
        if (answer.status() == TOO_MANY_REQUESTS) {
            return answer.error(errorBook.entry(String.valueOf(TOO_MANY_REQUESTS)), null);
        }
        return answer.status() >= 500
                ? answer.unclear(Evidence.Kind.SERVER_ERROR, "a server error without a code")
                : answer.unclear(Evidence.Kind.UNDOCUMENTED_ANSWER, "neither a result nor an error code");
    }
}
