package org.unipayout.ioka;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Detail;
import org.unipayout.Capabilities.Feature;
import org.unipayout.Capabilities.Webhooks;
import org.unipayout.Door;
import org.unipayout.ErrorBook;
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
import org.unipayout.ioka.internal.IokaApi;
import org.unipayout.ioka.internal.IokaRequests;
import org.unipayout.ioka.internal.IokaRules;
import org.unipayout.ioka.internal.LookBack;
import org.unipayout.ioka.internal.TransferOrderApi;
import org.unipayout.ioka.internal.TransferReadings;
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
 * once. {@link #submit} reads the order first and pays only one that has no attempt. The {@code idempotency-key} keeps
 * results, not calls in flight: a submit without a clear answer may be repeated under the same handle only if the order
 * still has no attempt after the first call has settled.
 *
 * <p>Thread-safe. Owns its connections: close it. Source: ioka.kz/docs, "payout"; docs/providers/ioka.md has the decisions.
 */
public final class IokaPayoutClient implements PayoutClient {
    /** The provider's short name. */
    public static final String PROVIDER = "ioka";

    private final IokaOptions options;
    private final IokaApi api;
    private final TransferOrderApi orders;
    private final LookBack lookBack;
    private final Clock clock;
    private final Capabilities capabilities;

    private IokaPayoutClient(IokaOptions options, HttpOptions http) {
        this.options = Objects.requireNonNull(options, "options");
        clock = http.clock();
        capabilities = Capabilities.builder(PROVIDER, IokaRules.REFERENCE, IokaRules.RESUBMISSION, http.callDeadline())
                .recipients(RecipientKind.SAVED_CARD, RecipientKind.HOSTED_FORM)
                .currencies("KZT")
                .minimum(1)
                .features(Feature.LOOKUP_BY_REFERENCE, Feature.LOOKUP_BY_PROVIDER_ID)
                .passesOn(Detail.DESCRIPTION, Detail.METADATA, Detail.RETURN_URLS)
                .webhooks(Webhooks.HINT)
                .build();
        api = IokaApi.open(PROVIDER, options, http);
        orders = new TransferOrderApi(api, options);
        lookBack = new LookBack(api, this::look);
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
        connectAhead(ref);
        Instant asked = clock.instant();
        Ending<TransferOrder> ending = orders.create(ref, request);
        if (ending instanceof Ending.Told<TransferOrder> told) {
            return lookBack.usable(seen(ref, told, Door.PROVIDER_ID, asked), told);
        }
        if (ending instanceof Ending.Refused<TransferOrder> refused) {
            return lookBack.afterCreation(ref, refused);
        }
        throw ending.notDone();
    }

    @Override
    public Payout submit(PayoutRef ref, PayoutRequest request) {
        ref.requireProvider(PROVIDER);
        ref.requireMadeFrom(request);
        check(request);
        connectAhead(ref);
        Payout present = lookBack.before(Operation.SUBMIT, ref);
        String receiverId = IokaRequests.receiverId(request.recipient()).orElse(null);
        if (present.status() != PayoutStatus.PREPARED || receiverId == null) {
            return present;
        }
        PayoutRef named = present.ref();
        Instant asked = clock.instant();
        return orders.pay(named, receiverId)
                .fold(
                        told -> told.withRequestId(TransferReadings.payout(named, told.body(), errorBook(), asked)),
                        refused -> lookBack.after(Operation.SUBMIT, named, refused),
                        unclear -> unclear.payout(named));
    }

    /** A form is paid by its recipient, not by a call of ours. */
    private void connectAhead(PayoutRef ref) {
        if (ref.recipientKind() != RecipientKind.HOSTED_FORM) {
            api.connectAhead(ref);
        }
    }

    @Override
    public Payout get(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        return look(Operation.GET, ref);
    }

    private void check(PayoutRequest request) {
        capabilities.check(request);
        IokaRules.check(request);
    }

    /** Asks for an order, by its id if the handle has it, else by our reference: ioka's list leaves the attempts out. */
    private Payout look(Operation operation, PayoutRef ref) {
        if (ref.providerId().isPresent()) {
            return answered(operation, ref, Door.PROVIDER_ID);
        }
        Instant asked = clock.instant();
        Payout listed = answered(operation, ref, Door.REFERENCE, orders.find(operation, ref), asked);
        return listed.ref().providerId().isPresent() ? answered(operation, listed.ref(), Door.REFERENCE) : listed;
    }

    private Payout answered(Operation operation, PayoutRef named, Door door) {
        Instant asked = clock.instant();
        return answered(operation, named, door, orders.get(operation, named), asked);
    }

    private Payout answered(
            Operation operation, PayoutRef ref, Door door, Ending<TransferOrder> ending, Instant asked) {
        if (!(ending instanceof Ending.Told<TransferOrder> told)) {
            return IokaApi.absent(ref, ending);
        }
        IokaApi.requireOurs(
                operation, () -> TransferReadings.identity(ref, told.body().unwrapped(), door), told);
        return IokaApi.readable(seen(ref, told, door, asked), told);
    }

    private Payout seen(PayoutRef ref, Ending.Told<TransferOrder> told, Door door, Instant asked) {
        return told.withRequestId(TransferReadings.payout(ref, told.body().unwrapped(), door, errorBook(), asked));
    }

    @Override
    public void close() {
        api.close();
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
     * One attempt to pay an order; a form may have several.
     *
     * @param id ioka's id of the transfer ({@code trn_...}), to quote to its support
     * @param at when, UTC; empty if ioka does not say
     * @param status ioka's word, for example {@code DECLINED}
     * @param code the code of a decline; empty if there is none
     * @param message ioka's own text; empty if there is none
     * @param rrn the retrieval reference number of the bank; empty if there is none
     * @param senderMask the card that paid, masked; empty if ioka does not say
     * @param recipientMask the card that was paid, masked; empty if ioka does not say
     * @param processingFee as ioka writes it: no page says whether it is in tenge or in tiyn; empty if ioka does not say
     */
    public record Attempt(
            String id,
            Optional<Instant> at,
            String status,
            String code,
            String message,
            String rrn,
            String senderMask,
            String recipientMask,
            Optional<BigDecimal> processingFee) {}

    /**
     * Asks for all attempts to pay an order.
     *
     * @param ref a handle with the order's id
     * @return the attempts, in ioka's order; unmodifiable
     * @throws IllegalArgumentException if the handle belongs to another provider or has no id
     * @throws PayoutReadException if no usable answer about this order came; nothing changed
     */
    public List<Attempt> attempts(PayoutRef ref) {
        ref.requireProvider(PROVIDER);
        Ending<TransferOrder> ending = orders.get(Operation.EXTRA, ref);
        TransferOrder order = IokaApi.told(ending).unwrapped();
        if (!TransferReadings.identity(ref, order, Door.PROVIDER_ID).ours()) {
            throw ending.unread();
        }
        return TransferReadings.attempts(order);
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
        Ending<JsonNode> ending = orders.corporateAccounts();
        JsonNode answer = IokaApi.told(ending);
        Iterable<JsonNode> accounts = answer.isArray() ? answer : List.of(answer); // ioka documents one
        List<CorpAccount> result = new ArrayList<>();
        for (JsonNode account : accounts) {
            if (!account.path("id").isTextual()) {
                throw ending.unread();
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
