package org.unipayout.ioka;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Advice;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Capabilities.Webhooks;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.ErrorEntry.Proves;
import org.unipayout.Evidence;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.RecipientKind;
import org.unipayout.Resubmission;
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.http.HttpOptions;
import org.unipayout.ioka.internal.IokaApi;
import org.unipayout.ioka.internal.IokaRequests;
import org.unipayout.ioka.internal.IokaRules;
import org.unipayout.ioka.internal.TransferOrderApi;
import org.unipayout.ioka.internal.TransferReadings;
import org.unipayout.ioka.internal.Verdict;
import org.unipayout.ioka.internal.wire.Transfer;
import org.unipayout.ioka.internal.wire.TransferOrder;

/**
 * Pays through ioka's transfer orders: from the merchant's corporate card to a person's card.
 *
 * <pre>
 *              prepare                    submit                              webhook or get
 * saved card   POST /transfer-orders ──►  POST /transfer-orders/{id}/payout   TRANSFERRED
 * hosted form  POST /transfer-orders ──►  the recipient types the card at ioka TRANSFERRED
 * </pre>
 *
 * <p>An order is created under the merchant's reference ({@code external_id}), which ioka takes once, and is paid at most
 * once. {@link #submit} reads the order first and pays only one that has no attempt; the {@code idempotency-key} covers
 * the moment between. So a submit without a clear answer may be repeated under the same handle.
 *
 * <p>Thread-safe. Owns its connections: close it. Source: ioka.kz/docs, "payout"; docs/providers/ioka.md has the decisions.
 */
public final class IokaPayoutClient implements PayoutClient {
    /** The provider's short name. */
    public static final String PROVIDER = "ioka";

    private final IokaOptions options;
    private final IokaApi api;
    private final TransferOrderApi orders;
    private final Clock clock;
    private final Capabilities capabilities;

    private IokaPayoutClient(IokaOptions options, HttpOptions http) {
        this.options = Objects.requireNonNull(options, "options");
        clock = http.clock();
        capabilities = Capabilities.builder(
                        PROVIDER, IokaRules.REFERENCE, new Resubmission.SameHandle(), http.callDeadline())
                .recipients(RecipientKind.SAVED_CARD, RecipientKind.HOSTED_FORM)
                .currencies("KZT")
                .minimum(1)
                .features(Feature.LOOKUP_BY_REFERENCE, Feature.LOOKUP_BY_PROVIDER_ID)
                .webhooks(Webhooks.HINT)
                .build();
        api = IokaApi.open(PROVIDER, options, http);
        orders = new TransferOrderApi(api, options);
    }

    /**
     * Opens a client with default timeouts. Makes no call.
     *
     * @param options the merchant
     * @return the client; close it
     * @throws IllegalArgumentException if the base URL is not https with a host, or http on this machine
     */
    public static IokaPayoutClient open(IokaOptions options) {
        return open(options, HttpOptions.defaults());
    }

    /**
     * Opens a client. Makes no call.
     *
     * @param options the merchant
     * @param http timeouts, proxy, TLS and audit
     * @return the client; close it
     * @throws IllegalArgumentException if the base URL is not https with a host, or http on this machine
     */
    public static IokaPayoutClient open(IokaOptions options, HttpOptions http) {
        return new IokaPayoutClient(options, http);
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
        PayoutRef ref = PayoutRef.of(PROVIDER, request);
        Instant asked = clock.instant();
        Verdict<TransferOrder> verdict = orders.create(ref, request);
        if (verdict instanceof Verdict.Told<TransferOrder> told) {
            return api.usable(seen(ref, told, asked), verdict);
        }
        if (verdict instanceof Verdict.Refused<TransferOrder> refused
                && refused.error().proves() == Proves.EARLIER_SEND) {
            return adopt(ref, request, refused);
        }
        throw api.notDone(Operation.PREPARE, ref, verdict);
    }

    /** The reference is taken: the order is ours if it asks for the same, and somebody else's if not. */
    private Payout adopt(PayoutRef ref, PayoutRequest request, Verdict.Refused<TransferOrder> refused) {
        try {
            TransferOrder order = orders.find(Operation.PREPARE, ref)
                    .orElseThrow(() -> api.notPrepared(
                            Operation.PREPARE, ref, refused, "the reference is taken, and its order is not found"));
            Optional<String> collision = TransferReadings.collision(ref, request, order);
            if (collision.isPresent()) {
                throw api.rejected(
                        Operation.PREPARE,
                        ref,
                        refused,
                        "the reference belongs to an order with another " + collision.get());
            }
            return api.usable(look(Operation.PREPARE, ref.withProviderId(String.valueOf(order.id()))), refused);
        } catch (PayoutReadException e) {
            throw api.notPrepared(
                    Operation.PREPARE, ref, refused, "the reference is taken, and its order could not be read");
        }
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        ref.requireProvider(PROVIDER);
        ref.requireMadeFrom(request);
        check(request);
        Payout present = api.lookBefore(Operation.SUBMIT, ref, () -> look(Operation.SUBMIT, ref));
        String receiverId = IokaRequests.receiverId(request.recipient()).orElse(null);
        if (present.status() != PayoutStatus.PREPARED || receiverId == null) {
            return present;
        }
        Instant asked = clock.instant();
        return outcome(present.ref(), orders.pay(present.ref(), receiverId), asked);
    }

    @Override
    public Payout get(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        return look(Operation.GET, ref);
    }

    /**
     * Refuses: a transfer order has no confirmation.
     *
     * @param ref the stored handle
     * @return never
     * @throws UnsupportedPayoutException always; nothing left the process
     */
    @Override
    public Payout confirm(PayoutRef ref) {
        throw unsupported(Operation.CONFIRM, ref, "transfer orders have no confirmation");
    }

    /**
     * Refuses: a transfer order cannot be canceled.
     *
     * @param ref the stored handle
     * @return never
     * @throws UnsupportedPayoutException always; nothing left the process
     */
    @Override
    public Payout cancel(PayoutRef ref) {
        throw unsupported(Operation.CANCEL, ref, "transfer orders cannot be canceled; set expiresAt to end them");
    }

    /**
     * Refuses: ioka does not tell what the corporate card holds.
     *
     * @return never
     * @throws UnsupportedPayoutException always; nothing left the process
     */
    @Override
    public List<Balance> balance() {
        throw unsupported(Operation.BALANCE, null, "transfer orders have no balance");
    }

    private UnsupportedPayoutException unsupported(Operation operation, @Nullable PayoutRef ref, String reason) {
        return new UnsupportedPayoutException(
                api.details(operation, reason, Advice.NEVER, ref).build());
    }

    @Override
    public void close() {
        api.close();
    }

    private void check(PayoutRequest request) {
        capabilities.check(request);
        IokaRules.check(request);
    }

    // ---------------------------------------------------------------- how calls end

    /** The ending of a submit, by the table of the money contract. */
    private Payout outcome(PayoutRef ref, Verdict<Transfer> verdict, Instant asked) {
        if (verdict instanceof Verdict.Told<Transfer> told) {
            return TransferReadings.payout(ref, told.body(), errorBook(), asked).toBuilder()
                    .requestId(told.traceId())
                    .build();
        }
        if (verdict instanceof Verdict.Unclear<Transfer> unclear) {
            return Payout.unknown(ref, unclear.words(), unclear.evidence()).toBuilder()
                    .requestId(unclear.traceId())
                    .build();
        }
        Verdict.Refused<Transfer> refused = (Verdict.Refused<Transfer>) verdict;
        if (refused.error().proves() == Proves.NOT_EXECUTED) {
            throw api.rejected(Operation.SUBMIT, ref, refused, "ioka refused the call");
        }
        return lookAfter(ref, refused);
    }

    /**
     * ioka says in an error that the payout was declined, or that there was an earlier one. The order has the last word:
     * ioka does not say how a declined payout is answered, nor a second one.
     */
    private Payout lookAfter(PayoutRef ref, Verdict.Refused<Transfer> refused) {
        ErrorEntry error = refused.error();
        Payout found;
        try {
            found = look(Operation.SUBMIT, ref);
        } catch (PayoutReadException e) {
            return duplicate(ref, error, "ioka refused, and looking the order up had no usable answer");
        }
        if (found.status() != PayoutStatus.PREPARED) {
            return found;
        }
        if (error.proves() == Proves.EARLIER_SEND) {
            return duplicate(ref, error, "An earlier call exists, and the order does not show it");
        }
        PayoutStatus ending = error.category() == ErrorCategory.EXPIRED ? PayoutStatus.EXPIRED : PayoutStatus.FAILED;
        return Payout.builder(found.ref(), ending, error.code())
                .decline(new Decline(error, refused.message()))
                .requestId(refused.traceId())
                .build();
    }

    private static Payout duplicate(PayoutRef ref, ErrorEntry error, String text) {
        return Payout.unknown(ref, error.code(), new Evidence(Evidence.Kind.DUPLICATE, text));
    }

    /** Asks for an order, by its id if the handle has it, else by our reference. */
    private Payout look(Operation operation, PayoutRef ref) {
        PayoutRef named = ref;
        if (ref.providerId().isEmpty()) {
            String found = orders.find(operation, ref).map(TransferOrder::id).orElse(null);
            if (found == null) {
                return IokaApi.absent(ref);
            }
            named = ref.withProviderId(found);
        }
        Instant asked = clock.instant();
        Verdict<TransferOrder> verdict = orders.get(operation, named);
        if (verdict instanceof Verdict.Told<TransferOrder> told) {
            Payout seen = seen(named, told, asked);
            boolean unreadable = seen.evidence()
                    .filter(evidence -> evidence.kind() == Evidence.Kind.UNREADABLE_ANSWER)
                    .isPresent();
            if (!unreadable) {
                return seen;
            }
        }
        if (verdict.isRefusedAs(ErrorCategory.NOT_FOUND)) {
            return IokaApi.absent(ref);
        }
        throw api.unread(operation, ref, verdict);
    }

    private Payout seen(PayoutRef ref, Verdict.Told<TransferOrder> told, Instant asked) {
        return TransferReadings.payout(ref, told.body().unwrapped(), errorBook(), asked).toBuilder()
                .requestId(told.traceId())
                .build();
    }

    // ---------------------------------------------------------------- what only ioka has

    /** {@return the people who are paid and their saved cards; uses this client's connections} */
    public IokaCustomers customers() {
        return new IokaCustomers(api);
    }

    /** {@return the addresses that notifications go to; uses this client's connections} */
    public IokaWebhookAddresses webhookAddresses() {
        return new IokaWebhookAddresses(api);
    }

    /**
     * A corporate account or card that pays.
     *
     * @param id for {@link IokaOptions.Builder#corpAccountId}
     * @param emitterCode the bank as ioka spells it, for example {@code halykbank}; empty if ioka does not say
     * @param emitterName the bank's name; empty if ioka does not say
     */
    public record CorpAccount(String id, String emitterCode, String emitterName) {}

    /**
     * Lists the merchant's corporate accounts ({@code GET /v2/corp-accounts}).
     *
     * @return the accounts, in ioka's order; unmodifiable
     * @throws PayoutReadException if no usable answer came; nothing changed
     */
    public List<CorpAccount> corpAccounts() {
        Verdict<JsonNode> verdict = orders.corporateAccounts();
        if (!(verdict instanceof Verdict.Told<JsonNode> told)) {
            throw api.unread(Operation.EXTRA, null, verdict);
        }
        Iterable<JsonNode> accounts = told.body().isArray() ? told.body() : List.of(told.body()); // ioka documents one
        List<CorpAccount> result = new ArrayList<>();
        for (JsonNode account : accounts) {
            if (!account.path("id").isTextual()) {
                throw api.unread(Operation.EXTRA, null, verdict);
            }
            result.add(new CorpAccount(
                    account.path("id").textValue(),
                    account.path("emitter_code").asText(""),
                    account.path("emitter_name").asText("")));
        }
        return List.copyOf(result);
    }

    @Override
    public String toString() {
        return "IokaPayoutClient[" + options + "]";
    }
}
