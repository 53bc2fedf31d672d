package org.unipayout.tinypay;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Capabilities.Webhooks;
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
import org.unipayout.http.Ending;
import org.unipayout.http.HttpOptions;
import org.unipayout.tinypay.internal.TinypayApi;
import org.unipayout.tinypay.internal.TinypayReadings;
import org.unipayout.tinypay.internal.TinypayRules;
import org.unipayout.tinypay.internal.wire.PayoutState;

/**
 * Pays through Tinypay, to saved cards, in tenge.
 *
 * <pre>
 * prepare ──► submit          ──► observe
 * no call     POST /payouts       GET /payouts/{id}, or by reference
 * </pre>
 *
 * <p>A payout with {@code expiresAt} is not started after it; once sent it cannot be held back. Thread-safe. Owns its
 * connections: close it. Source: tinypay-api.md.
 */
public final class TinypayPayoutClient implements PayoutClient {
    /** The provider's short name. */
    public static final String PROVIDER = "tinypay";

    private final TinypayOptions options;
    private final TinypayApi api;
    private final Clock clock;
    private final Capabilities capabilities;

    private TinypayPayoutClient(TinypayOptions options, HttpOptions http) {
        this.options = options;
        clock = http.clock();
        capabilities = capabilities(http.callDeadline());
        api = TinypayApi.open(options, http);
    }

    /**
     * Opens a client with the usual timeouts. Makes no call.
     *
     * @param options the merchant's access
     * @return the client; close it
     */
    public static TinypayPayoutClient open(TinypayOptions options) {
        return open(options, HttpOptions.defaults());
    }

    /**
     * Opens a client. Makes no call.
     *
     * @param options the merchant's access
     * @param http timeouts, proxy, TLS and audit
     * @return the client; close it
     */
    public static TinypayPayoutClient open(TinypayOptions options, HttpOptions http) {
        return new TinypayPayoutClient(
                Objects.requireNonNull(options, "options"), Objects.requireNonNull(http, "http"));
    }

    private static Capabilities capabilities(Duration callDeadline) {
        return Capabilities.builder(PROVIDER, TinypayRules.REFERENCE, TinypayRules.RESUBMISSION, callDeadline)
                .recipients(RecipientKind.SAVED_CARD)
                .currencies("KZT")
                .minimum(1)
                .maximum(TinypayRules.GREATEST_AMOUNT)
                .features(Feature.LOOKUP_BY_REFERENCE, Feature.LOOKUP_BY_PROVIDER_ID)
                .webhooks(Webhooks.NONE)
                .passesOn() // it has no field for a description, a name or metadata
                .build();
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public ErrorBook errorBook() {
        return api.errorBook();
    }

    // ---------------------------------------------------------------- the flow

    @Override
    public Payout prepare(PayoutRequest request) {
        check(request);
        return Payout.builder(PayoutRef.of(PROVIDER, request), PayoutStatus.PREPARED, "")
                .build();
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        ref.requireProvider(PROVIDER);
        check(request);
        ref.requireMadeFrom(request);
        return api.pay(ref, request)
                .fold(
                        told -> told.withRequestId(TinypayReadings.paid(ref, told.body(), errorBook())),
                        refused -> refused(ref, refused),
                        unclear -> unclear.payout(ref));
    }

    @Override
    public Payout get(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        Ending<PayoutState> ending = api.ask(Operation.GET, ref);
        if (ending instanceof Ending.Told<PayoutState> told) {
            return seen(ref, told);
        }
        if (TinypayApi.isNotFound(ending)) {
            return ending.absent(ref);
        }
        throw ending.unread();
    }

    @Override
    public void close() {
        api.close();
    }

    // ---------------------------------------------------------------- duplicates

    private Payout refused(PayoutRef ref, Ending.Refused<PayoutState> refused) {
        if (!refused.proves(Proves.EARLIER_SEND)) {
            throw refused.rejected();
        }
        return adopted(ref, refused)
                .orElseGet(() -> refused.duplicate(ref, "An earlier payout exists and was not shown clearly"));
    }

    /** The payout that already has this reference, looked up once; a different one is refused. */
    private Optional<Payout> adopted(PayoutRef ref, Ending.Refused<PayoutState> refused) {
        Ending.Told<PayoutState> earlier = earlier(ref).orElse(null);
        if (earlier == null) {
            return Optional.empty();
        }
        Identity identity = TinypayReadings.identity(ref, earlier.body());
        if (identity.collides()) {
            throw refused.taken(identity);
        }
        return Optional.of(seen(ref, earlier)).filter(payout -> payout.status() != PayoutStatus.UNKNOWN);
    }

    private Optional<Ending.Told<PayoutState>> earlier(PayoutRef ref) {
        try {
            return api.ask(Operation.SUBMIT, ref) instanceof Ending.Told<PayoutState> told
                    ? Optional.of(told)
                    : Optional.empty();
        } catch (PayoutReadException unanswered) {
            return Optional.empty();
        }
    }

    // ---------------------------------------------------------------- what all calls share

    private Payout seen(PayoutRef ref, Ending.Told<PayoutState> told) {
        return told.withRequestId(TinypayReadings.payout(ref, told.body(), errorBook()));
    }

    private void check(PayoutRequest request) {
        capabilities.check(request);
        TinypayRules.check(request, clock.instant());
    }

    @Override
    public String toString() {
        return "TinypayPayoutClient[" + options + "]";
    }
}
