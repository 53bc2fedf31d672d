package org.unipayout.ioka;

import java.net.URI;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.unipayout.Operation;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRejectedException;
import org.unipayout.Secret;
import org.unipayout.http.Ending;
import org.unipayout.ioka.internal.IokaApi;
import org.unipayout.ioka.internal.IokaCall;
import org.unipayout.ioka.internal.IokaRules;
import org.unipayout.ioka.internal.wire.WebhookIn;
import org.unipayout.ioka.internal.wire.WebhookOut;

/** The addresses that ioka sends notifications to. Moves no money. Thread-safe. Source: ioka's OpenAPI file, "webhooks". */
public final class IokaWebhookAddresses {
    /** The events of payout orders. */
    public static final Set<String> PAYOUT_EVENTS = Set.of("PAYOUT_APPROVED", "PAYOUT_DECLINED");

    /** The events of saved cards. */
    public static final Set<String> CARD_EVENTS = Set.of("CARD_APPROVED", "CARD_DECLINED");

    /**
     * The events of transfer orders. ioka's newest list of events does not have them, so they are registered in a call of
     * their own, which may be refused: then ask {@code get}.
     */
    public static final Set<String> TRANSFER_EVENTS = Set.of("TRANSFER_APPROVED", "TRANSFER_DECLINED");

    private static final String WEBHOOKS = "/v2/webhooks";

    private final IokaApi api;

    IokaWebhookAddresses(IokaApi api) {
        this.api = api;
    }

    /**
     * A registered address.
     *
     * @param id ioka's id
     * @param url where notifications go
     * @param events the events that are sent; unmodifiable
     * @param active whether it is in use
     */
    public record Address(String id, String url, List<String> events, boolean active) {
        @Override
        public String toString() {
            return "Address[" + id + ", " + events + ", " + (active ? "active]" : "inactive]");
        }
    }

    /**
     * A new address with the key that its notifications are signed with.
     *
     * @param address the address
     * @param key for {@link IokaWebhooks#of}; store it, ioka need not show it again
     */
    public record Registration(Address address, Secret key) {}

    /**
     * Registers an address.
     *
     * @param url public https address
     * @param events {@link #PAYOUT_EVENTS}, {@link #CARD_EVENTS} or both, or {@link #TRANSFER_EVENTS} alone; at least one
     * @return the address and its key
     * @throws IllegalArgumentException if the address is malformed, there is no event, or events of transfer orders stand
     *     beside others; nothing left the process
     * @throws PayoutNotSentException if ioka received nothing
     * @throws PayoutRejectedException if ioka refused
     * @throws PayoutNotPreparedException if no clear answer came; look at {@link #list} before registering again
     */
    public Registration register(URI url, Collection<String> events) {
        IokaRules.url(Objects.requireNonNull(url, "url"), "url");
        if (events.isEmpty()) {
            throw new IllegalArgumentException("events: at least one is required");
        }
        if (events.stream().anyMatch(TRANSFER_EVENTS::contains) && !TRANSFER_EVENTS.containsAll(events)) {
            throw new IllegalArgumentException(
                    "events: register those of transfer orders in a call of their own, because"
                            + " ioka's newest list does not have them and the whole call may be refused");
        }
        IokaCall call =
                IokaCall.post(Operation.EXTRA, WEBHOOKS, null, new WebhookIn(url.toString(), List.copyOf(events)));
        Ending<WebhookOut> ending = api.prepare(call, WebhookOut.class);
        if (!(ending instanceof Ending.Told<WebhookOut> told)) {
            throw ending.notDone();
        }
        WebhookOut webhook = told.body();
        String key = webhook.key();
        if (!isReadable(webhook) || key == null || key.isBlank()) {
            throw ending.notPrepared("ioka's answer lacks the webhook's id or key");
        }
        return new Registration(address(webhook), Secret.of(key));
    }

    /**
     * Lists the registered addresses.
     *
     * @return the addresses, in ioka's order; unmodifiable
     * @throws PayoutReadException if no usable answer came
     */
    public List<Address> list() {
        IokaCall call = IokaCall.get(Operation.EXTRA, WEBHOOKS, null);
        return Arrays.stream(IokaApi.told(api.read(call, WebhookOut[].class)))
                .filter(webhook -> webhook != null && isReadable(webhook))
                .map(IokaWebhookAddresses::address)
                .toList();
    }

    /**
     * Removes an address.
     *
     * @param id ioka's id
     * @throws IllegalArgumentException if the id is malformed; nothing left the process
     * @throws PayoutNotSentException if ioka received nothing
     * @throws PayoutRejectedException if ioka refused, for example because there is no such address
     * @throws PayoutNotPreparedException if no clear answer came; remove again
     */
    public void remove(String id) {
        api.prepareWithoutAnswer(IokaCall.delete(Operation.EXTRA, WEBHOOKS + '/' + IokaCall.segment(id, "id")));
    }

    private static boolean isReadable(WebhookOut webhook) {
        return IokaCall.isUsableId(webhook.id()) && webhook.url() != null;
    }

    private static Address address(WebhookOut webhook) {
        return new Address(
                String.valueOf(webhook.id()),
                String.valueOf(webhook.url()),
                webhook.events() == null ? List.of() : List.copyOf(webhook.events()),
                !Boolean.FALSE.equals(webhook.active()));
    }
}
