package org.unipayout.examples.newprovider;

import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.unipayout.Advice;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Feature;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry.Proves;
import org.unipayout.Identity;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.ReferenceRule;
import org.unipayout.Resubmission;
import org.unipayout.examples.newprovider.internal.TinypayApi;
import org.unipayout.examples.newprovider.internal.TinypayMapping;
import org.unipayout.examples.newprovider.internal.wire.PayoutState;
import org.unipayout.http.Ending;
import org.unipayout.http.HttpOptions;

/**
 * Pays through Tinypay, to saved cards, in tenge.
 *
 * <pre>
 * prepare ──► submit          ──► observe
 * no call     POST /payouts       GET /payouts/{id}, or by reference
 * </pre>
 *
 * <p>Tinypay pays a reference once, so the reference is what makes a repetition harmless. Thread-safe. Owns its
 * connections: close it. Source: tinypay-api.md.
 */
public final class TinypayPayoutClient implements PayoutClient {
    /** The provider's short name. */
    public static final String PROVIDER = "tinypay";

    private static final ReferenceRule REFERENCE =
            new ReferenceRule(40, Pattern.compile("[A-Za-z0-9_-]+"), "letters, digits, dash and underscore");

    /** The page promises that a payout is found after 30 seconds; twice that is the safe side. */
    private static final Resubmission RESUBMISSION = new Resubmission.SameReference(2, Duration.ofMinutes(1));

    private final TinypayOptions options;
    private final TinypayApi api;
    private final Capabilities capabilities;
    private final ErrorBook errorBook;

    private TinypayPayoutClient(TinypayOptions options, HttpOptions http) {
        this.options = options;
        InputStream rows = TinypayPayoutClient.class.getResourceAsStream("error-book.tsv");
        errorBook = ErrorBook.read(Objects.requireNonNull(rows, "error-book.tsv is part of this module"));
        capabilities = Capabilities.builder(PROVIDER, REFERENCE, RESUBMISSION, http.callDeadline())
                .recipients(RecipientKind.SAVED_CARD)
                .currencies("KZT")
                .minimum(1)
                .maximum(100_000_000)
                .features(Feature.LOOKUP_BY_REFERENCE, Feature.LOOKUP_BY_PROVIDER_ID)
                .build();
        api = TinypayApi.open(PROVIDER, options, http, errorBook);
    }

    /** Opens a client with the usual timeouts; makes no call. */
    public static TinypayPayoutClient open(TinypayOptions options) {
        return open(options, HttpOptions.defaults());
    }

    /** Opens a client; makes no call. */
    public static TinypayPayoutClient open(TinypayOptions options, HttpOptions http) {
        return new TinypayPayoutClient(options, http);
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public ErrorBook errorBook() {
        return errorBook;
    }

    // ---------------------------------------------------------------- the flow

    @Override
    public Payout prepare(PayoutRequest request) {
        capabilities.check(request);
        return Payout.builder(PayoutRef.of(PROVIDER, request), PayoutStatus.PREPARED, "")
                .build();
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        ref.requireProvider(PROVIDER);
        capabilities.check(request);
        ref.requireMadeFrom(request);
        return api.pay(ref, request)
                .fold(
                        told -> seen(ref, told),
                        refused -> refused(ref, request, refused),
                        unclear -> unclear.payout(ref));
    }

    @Override
    public Payout get(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        Ending<PayoutState> ending = api.ask(Operation.GET, ref);
        if (ending instanceof Ending.Told<PayoutState> told) {
            return seen(ref, told);
        }
        if (ending.row()
                .filter(row -> row.code().equals(TinypayMapping.NOT_FOUND))
                .isPresent()) {
            return ending.absent(ref);
        }
        throw ending.unread();
    }

    @Override
    public void close() {
        api.close();
    }

    // ---------------------------------------------------------------- how calls end

    private Payout seen(PayoutRef ref, Ending.Told<PayoutState> told) {
        return told.withRequestId(TinypayMapping.payout(ref, told.body(), errorBook));
    }

    private Payout refused(PayoutRef ref, PayoutRequest request, Ending.Refused<PayoutState> refused) {
        if (refused.proves(Proves.EARLIER_SEND)) {
            return earlierPayout(ref, request, refused);
        }
        throw refused.rejected();
    }

    /** The payout that already has this reference, looked up once: ours, a different one, or unclear. */
    private Payout earlierPayout(PayoutRef ref, PayoutRequest request, Ending.Refused<PayoutState> refused) {
        Ending.Told<PayoutState> earlier = earlier(request).orElse(null);
        if (earlier == null) {
            return refused.duplicate(ref, "An earlier payout exists and was not shown");
        }
        Identity identity = TinypayMapping.identity(PayoutRef.of(PROVIDER, request), earlier.body());
        if (identity.collides()) {
            throw refused.rejected(identity.evidence().text(), Advice.NEW_PAYOUT_AFTER_FIX);
        }
        return seen(ref, earlier);
    }

    private Optional<Ending.Told<PayoutState>> earlier(PayoutRequest request) {
        try {
            return api.ask(Operation.SUBMIT, PayoutRef.of(PROVIDER, request)) instanceof Ending.Told<PayoutState> told
                    ? Optional.of(told)
                    : Optional.empty();
        } catch (PayoutReadException unanswered) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        return "TinypayPayoutClient[" + options + "]";
    }
}
