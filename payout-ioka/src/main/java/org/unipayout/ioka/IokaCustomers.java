package org.unipayout.ioka;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import org.unipayout.NextAction;
import org.unipayout.Operation;
import org.unipayout.Participant;
import org.unipayout.PayoutNotPreparedException;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRejectedException;
import org.unipayout.Recipient;
import org.unipayout.http.Ending;
import org.unipayout.http.Required;
import org.unipayout.ioka.internal.IokaApi;
import org.unipayout.ioka.internal.IokaCall;
import org.unipayout.ioka.internal.IokaRules;
import org.unipayout.ioka.internal.Values;
import org.unipayout.ioka.internal.wire.CardObject;
import org.unipayout.ioka.internal.wire.CustomerObject;
import org.unipayout.ioka.internal.wire.CustomerRequest;

/**
 * The people who are paid, and the cards they have saved at ioka.
 *
 * <p>{@link #create} a customer, send the person to {@link Customer#form}, and take the card from {@link #cards} or from
 * the {@code CARD_APPROVED} notification: {@link SavedCard#recipient} is what a request needs. No card number passes
 * through the merchant. Moves no money. Thread-safe. Source: ioka.kz/docs, "save-card".
 */
public final class IokaCustomers {
    private static final String CUSTOMERS = "/v2/customers";
    private static final String CUSTOMER = CUSTOMERS + "/***";
    private static final String CARDS = CUSTOMER + "/cards";
    private static final String CARD = CARDS + "/***";

    private final IokaApi api;

    IokaCustomers(IokaApi api) {
        this.api = api;
    }

    /**
     * A person who is paid.
     *
     * @param id ioka's id
     * @param status ioka's word: PENDING until a card is saved, then READY
     * @param reference the merchant's own id of the person, if it was given
     * @param form where the person saves a card; present after {@link #create}
     */
    public record Customer(String id, String status, Optional<String> reference, Optional<NextAction> form) {
        @Override
        public String toString() {
            return "Customer[" + id + ", " + status + "]";
        }
    }

    /**
     * A card that a person has saved.
     *
     * @param recipient what a request needs, in both flows
     * @param mask the number with all but its first six and last four digits hidden; empty if ioka does not say
     * @param paymentSystem for example {@code VISA}; empty if ioka does not say
     * @param emitter the bank as ioka spells it; empty if ioka does not say
     * @param status ioka's word, for example APPROVED; empty if ioka does not say
     */
    public record SavedCard(
            Recipient.SavedCard recipient, String mask, String paymentSystem, String emitter, String status) {}

    /**
     * Adds a person.
     *
     * @param person {@link Participant#reference}, {@link Participant#email} and {@link Participant#phone} are sent, each
     *     if it is there
     * @param returnUrl where the person is sent after the form, or null
     * @return the person with the form's address
     * @throws IllegalArgumentException if the address is malformed; nothing left the process
     * @throws PayoutNotSentException if ioka received nothing
     * @throws PayoutRejectedException if ioka refused, for example because it has this person already (CustomerExists):
     *     {@link #find} tells which one
     * @throws PayoutNotPreparedException if no clear answer came; with a reference, repeating is harmless
     */
    public Customer create(Participant person, @Nullable URI returnUrl) {
        IokaRules.url(returnUrl, "returnUrl");
        CustomerRequest body = new CustomerRequest(
                person.reference().orElse(null),
                person.email().orElse(null),
                person.phone().orElse(null),
                returnUrl == null ? null : returnUrl.toString());
        IokaCall call = IokaCall.post(Operation.EXTRA, CUSTOMERS, null, body).shownAs(CUSTOMERS);
        person.reference().ifPresent(reference -> call.onceForThisBody("customer", reference));
        Ending<CustomerObject> ending = api.prepare(call, CustomerObject.class);
        if (!(ending instanceof Ending.Told<CustomerObject> told)) {
            throw ending.notDone();
        }
        return customer(told.body()).orElseThrow(() -> ending.notPrepared("ioka's answer lacks the customer's id"));
    }

    /**
     * Asks for a person.
     *
     * @param customerId ioka's id
     * @return the person as ioka knows it now
     * @throws IllegalArgumentException if the id is malformed; nothing left the process
     * @throws PayoutReadException if there is no such person or no usable answer came
     */
    public Customer get(String customerId) {
        Ending<CustomerObject> ending =
                api.read(IokaCall.get(Operation.EXTRA, path(customerId), null).shownAs(CUSTOMER), CustomerObject.class);
        return customer(IokaApi.told(ending)).orElseThrow(ending::unread);
    }

    /**
     * Finds a person by the merchant's own id, for example after {@code CustomerExists}.
     *
     * @param reference as it was given to {@link #create}
     * @return the person as ioka knows it now; empty if ioka has none
     * @throws IllegalArgumentException if the reference is blank; nothing left the process
     * @throws PayoutReadException if no usable answer came, or more than one person has this id
     */
    public Optional<Customer> find(String reference) {
        IokaCall call = IokaCall.get(Operation.EXTRA, CUSTOMERS, null)
                .shownAs(CUSTOMERS)
                .query("external_id", Required.text(reference, "reference"));
        Ending<CustomerObject> ending = api.search(call, JsonNode.class, found -> customersOf(found, reference));
        return IokaApi.found(ending).map(found -> customer(found).orElseThrow(ending::unread));
    }

    /**
     * Lists the cards of a person.
     *
     * @param customerId ioka's id
     * @return the cards, in ioka's order; unmodifiable
     * @throws IllegalArgumentException if the id is malformed; nothing left the process
     * @throws PayoutReadException if there is no such person or no usable answer came
     */
    public List<SavedCard> cards(String customerId) {
        IokaCall call =
                IokaCall.get(Operation.EXTRA, path(customerId) + "/cards", null).shownAs(CARDS);
        return Arrays.stream(IokaApi.told(api.read(call, CardObject[].class)))
                .filter(card -> card != null && IokaCall.isUsableId(card.id()))
                .map(card -> card(customerId, card))
                .toList();
    }

    /**
     * Asks for a card.
     *
     * @param card the card, with its customer
     * @return the card as ioka knows it now
     * @throws IllegalArgumentException if the token does not name a customer; nothing left the process
     * @throws PayoutReadException if there is no such card or no usable answer came
     */
    public SavedCard card(Recipient.SavedCard card) {
        String[] ids = ids(card);
        IokaCall call = IokaCall.get(Operation.EXTRA, path(ids[0]) + "/cards/" + ids[1], null)
                .shownAs(CARD);
        Ending<CardObject> ending = api.read(call, CardObject.class);
        return Optional.of(IokaApi.told(ending))
                .filter(told -> IokaCall.isUsableId(told.id()))
                .map(told -> card(ids[0], told))
                .orElseThrow(ending::unread);
    }

    /**
     * Lets ioka forget a card.
     *
     * @param card the card, with its customer
     * @throws IllegalArgumentException if the token does not name a customer; nothing left the process
     * @throws PayoutNotSentException if ioka received nothing
     * @throws PayoutRejectedException if ioka refused, for example because there is no such card
     * @throws PayoutNotPreparedException if no clear answer came; delete again
     */
    public void delete(Recipient.SavedCard card) {
        String[] ids = ids(card);
        api.prepareWithoutAnswer(IokaCall.delete(Operation.EXTRA, path(ids[0]) + "/cards/" + ids[1])
                .shownAs(CARD));
    }

    private static String path(String customerId) {
        return CUSTOMERS + '/' + IokaCall.segment(customerId, "customerId");
    }

    private static String[] ids(Recipient.SavedCard card) {
        String[] ids = card.token().split("/", -1);
        if (ids.length != 2) {
            throw new IllegalArgumentException("card: must be customerId/cardId, as cards() gives it");
        }
        IokaCall.segment(ids[1], "cardId");
        return ids;
    }

    private static Optional<Customer> customer(CustomerObject answer) {
        CustomerObject customer = answer.unwrapped();
        String id = customer.id();
        if (id == null || !IokaCall.isUsableId(id)) {
            return Optional.empty();
        }
        return Optional.of(new Customer(
                id,
                Objects.requireNonNullElse(customer.status(), ""),
                Optional.ofNullable(customer.externalId()),
                Values.form(customer.checkoutUrl(), null)));
    }

    /** ioka does not say whether found customers come as a list or as a page; null if it is neither. */
    private static @Nullable List<CustomerObject> customersOf(JsonNode found, String reference) {
        JsonNode customers = found.isArray() ? found : found.path("items");
        if (!customers.isArray()) {
            return null;
        }
        return StreamSupport.stream(customers.spliterator(), false)
                .filter(customer ->
                        reference.equals(customer.path("external_id").textValue()))
                .map(customer -> new CustomerObject(
                        customer.path("id").textValue(),
                        customer.path("status").textValue(),
                        reference,
                        customer.path("checkout_url").textValue(),
                        null))
                .toList();
    }

    private static SavedCard card(String customerId, CardObject card) {
        return new SavedCard(
                new Recipient.SavedCard(customerId + '/' + card.id()),
                Objects.requireNonNullElse(Values.mask(card.panMasked()), ""),
                Objects.requireNonNullElse(card.paymentSystem(), ""),
                Objects.requireNonNullElse(card.emitter(), ""),
                Objects.requireNonNullElse(card.status(), ""));
    }
}
