package org.unipayout.tinypay.internal;

import java.io.InputStream;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.ErrorEntry.Proves;
import org.unipayout.Evidence;
import org.unipayout.Operation;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.http.Ending;
import org.unipayout.http.HttpCall;
import org.unipayout.http.HttpOptions;
import org.unipayout.http.HttpTransport;
import org.unipayout.http.Json;
import org.unipayout.http.Redaction;
import org.unipayout.http.Reply;
import org.unipayout.http.UnreadableBodyException;
import org.unipayout.tinypay.TinypayOptions;
import org.unipayout.tinypay.TinypayPayoutClient;
import org.unipayout.tinypay.internal.wire.ErrorBody;
import org.unipayout.tinypay.internal.wire.PayoutState;

/** Tinypay as the client sees it: one method per call of its API; endings come back. Thread-safe; close it. */
public final class TinypayApi implements AutoCloseable {
    private static final Redaction REDACTION =
            Redaction.showing("id", "reference", "amount", "currency", "status", "code");

    /** Short words only, because a code shows in messages. */
    private static final Pattern CODE = Pattern.compile("[a-z_]{1,40}");

    private final TinypayOptions options;
    private final HttpTransport transport;
    private final ErrorBook errorBook;

    private TinypayApi(TinypayOptions options, HttpTransport transport, ErrorBook errorBook) {
        this.options = options;
        this.transport = transport;
        this.errorBook = errorBook;
    }

    /** Opens the way to Tinypay; makes no call. */
    public static TinypayApi open(TinypayOptions options, HttpOptions http) {
        InputStream rows = TinypayPayoutClient.class.getResourceAsStream("error-book.tsv");
        ErrorBook errorBook = ErrorBook.read(Objects.requireNonNull(rows, "error-book.tsv is part of this module"));
        return new TinypayApi(
                options,
                HttpTransport.open(TinypayPayoutClient.PROVIDER, options.baseUrl(), http, REDACTION),
                errorBook);
    }

    /** Tinypay's codes, with this client's count of unlisted ones. */
    public ErrorBook errorBook() {
        return errorBook;
    }

    // ---------------------------------------------------------------- calls

    /** {@code POST /payouts}, which moves money. */
    public Ending<PayoutState> pay(PayoutRef ref, PayoutRequest request) {
        HttpCall call = call(Operation.SUBMIT, "POST", "/payouts", ref)
                .body(Json.write(TinypayRequests.newPayout(request)))
                .build();
        return transport.sendOnce(call).judgedBy(this::judge);
    }

    /** {@code GET /payouts}: by Tinypay's id once it is known, else by the reference. */
    public Ending<PayoutState> ask(Operation operation, PayoutRef ref) {
        HttpCall call = ref.providerId()
                .filter(TinypayReadings::isUsableId)
                .map(id -> call(operation, "GET", "/payouts/" + id, ref))
                .orElseGet(() -> call(operation, "GET", "/payouts", ref).query("reference", ref.reference()))
                .build();
        return transport.read(call).judgedBy(this::judge);
    }

    private HttpCall.Builder call(Operation operation, String method, String path, PayoutRef ref) {
        return HttpCall.builder(operation, method, path)
                .reference(ref.reference())
                .secretHeader("API-KEY", options.apiKey());
    }

    // ---------------------------------------------------------------- what answers prove

    /** Whether Tinypay says that it knows no such payout. */
    public static boolean isNotFound(Ending<?> ending) {
        return ending.row()
                .filter(row -> row.code().equals(TinypayTables.NOT_FOUND))
                .isPresent();
    }

    /** A good answer is a payout. An error counts with its documented HTTP status only, which is part of its row. */
    private Ending<PayoutState> judge(Reply.Answer answer) {
        if (answer.successful()) {
            return payout(answer);
        }
        ErrorEntry row = errorBook.entry(answer.status() + "/" + code(answer));
        return row.proves() == Proves.DECLINED // a decline is a payout with that status
                ? answer.unclear(Evidence.Kind.UNDOCUMENTED_ANSWER, "a decline's code and no payout", row)
                : answer.error(row, null);
    }

    private static Ending<PayoutState> payout(Reply.Answer answer) {
        try {
            return answer.told(answer.json(PayoutState.class));
        } catch (UnreadableBodyException e) {
            return answer.unclear(Evidence.Kind.UNREADABLE_ANSWER, "a body that is not a payout");
        }
    }

    private static String code(Reply.Answer answer) {
        try {
            return word(answer.json(ErrorBody.class).code());
        } catch (UnreadableBodyException e) {
            return "";
        }
    }

    /** A code as it may be shown; empty if it is not one. */
    static String word(@Nullable String code) {
        return code != null && CODE.matcher(code).matches() ? code : "";
    }

    @Override
    public void close() {
        transport.close();
    }
}
