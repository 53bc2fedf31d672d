package org.unipayout.examples.newprovider.internal;

import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.ErrorEntry.Proves;
import org.unipayout.Evidence;
import org.unipayout.Operation;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.examples.newprovider.TinypayOptions;
import org.unipayout.examples.newprovider.internal.wire.PayoutState;
import org.unipayout.http.Ending;
import org.unipayout.http.HttpCall;
import org.unipayout.http.HttpOptions;
import org.unipayout.http.HttpTransport;
import org.unipayout.http.Json;
import org.unipayout.http.Redaction;
import org.unipayout.http.Reply;
import org.unipayout.http.UnreadableBodyException;

/** Tinypay's calls, one method each, and what its answers prove. Thread-safe; close it. */
public final class TinypayApi implements AutoCloseable {
    private static final Redaction REDACTION =
            Redaction.showing("id", "reference", "amount", "currency", "status", "code");

    private final TinypayOptions options;
    private final HttpTransport transport;
    private final ErrorBook errorBook;

    private TinypayApi(TinypayOptions options, HttpTransport transport, ErrorBook errorBook) {
        this.options = options;
        this.transport = transport;
        this.errorBook = errorBook;
    }

    /** Opens the way to Tinypay; makes no call. */
    public static TinypayApi open(String provider, TinypayOptions options, HttpOptions http, ErrorBook errorBook) {
        return new TinypayApi(options, HttpTransport.open(provider, options.baseUrl(), http, REDACTION), errorBook);
    }

    /** {@code POST /payouts}, which moves money. */
    public Ending<PayoutState> pay(PayoutRef ref, PayoutRequest request) {
        HttpCall call = call(Operation.SUBMIT, "POST", "/payouts", ref)
                .body(Json.write(TinypayMapping.newPayout(request)))
                .build();
        return transport.sendOnce(call).judgedBy(this::judge);
    }

    /** {@code GET /payouts}: by Tinypay's id once it is known, else by the reference. */
    public Ending<PayoutState> ask(Operation operation, PayoutRef ref) {
        HttpCall call = ref.providerId()
                .filter(TinypayMapping::isUsableId)
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

    /** A good answer is a payout. An error counts with its documented HTTP status only, which is part of its row. */
    private Ending<PayoutState> judge(Reply.Answer answer) {
        if (answer.successful()) {
            return payout(answer);
        }
        ErrorEntry row = TinypayMapping.error(answer, errorBook);
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

    @Override
    public void close() {
        transport.close();
    }
}
