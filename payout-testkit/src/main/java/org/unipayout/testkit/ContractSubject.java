package org.unipayout.testkit;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import org.unipayout.ErrorEntry;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutWebhooks;
import org.unipayout.RecipientKind;

/**
 * What an adapter tells {@link PayoutClientContract} about itself: how to build its client, what a good request looks
 * like, and which HTTP calls do what.
 */
public abstract class ContractSubject {
    /** For subclasses. */
    protected ContractSubject() {}

    /** {@return the provider's simulator, registered as an extension so that it is reset before each test} */
    public abstract Simulator simulator();

    /**
     * Builds the client under test.
     *
     * @param baseUrl where the provider seems to be: a fault server before the simulator
     * @param settings timeouts, limits, time and sink that the client must use
     * @return a new client with good credentials; the suite closes it
     */
    public abstract PayoutClient client(URI baseUrl, ContractSettings settings);

    /**
     * Builds a client that the provider will not let in.
     *
     * @param baseUrl where the provider seems to be
     * @param settings timeouts, limits, time and sink that the client must use
     * @return a new client with wrong credentials; the suite closes it
     */
    public abstract PayoutClient clientWithWrongCredentials(URI baseUrl, ContractSettings settings);

    /**
     * A good request to the adapter's usual kind of recipient, which is not a hosted form.
     *
     * @param reference the merchant's reference
     * @param minorUnits the amount, which chooses the {@link Scenario}
     * @return a builder, for tests that change a field
     */
    public abstract PayoutRequest.Builder request(String reference, long minorUnits);

    /**
     * A good request to one kind of recipient.
     *
     * @param kind a kind that the capabilities claim
     * @param reference the merchant's reference
     * @param minorUnits the amount
     * @return a builder
     */
    public abstract PayoutRequest.Builder request(RecipientKind kind, String reference, long minorUnits);

    /**
     * Whether an HTTP call is the one that {@link PayoutClient#prepare} makes.
     *
     * @param method HTTP method
     * @param path path without query
     * @return false for all calls if prepare makes none
     */
    public abstract boolean prepares(String method, String path);

    /**
     * Whether an HTTP call is the one that {@link PayoutClient#submit} makes to send the payout on its way.
     *
     * @param method HTTP method
     * @param path path without query
     * @return true for it
     */
    public abstract boolean submits(String method, String path);

    /**
     * Whether an HTTP call is the one that {@link PayoutClient#confirm} makes to let the payout go.
     *
     * @param method HTTP method
     * @param path path without query
     * @return false for all calls if the provider has no confirmation
     */
    public boolean confirms(String method, String path) {
        return false;
    }

    /**
     * Whether an HTTP call is the one that {@link PayoutClient#cancel} makes.
     *
     * @param method HTTP method
     * @param path path without query
     * @return false for all calls if the provider has no cancellation
     */
    public boolean cancels(String method, String path) {
        return false;
    }

    /**
     * Everything in the client and in its requests that must never print: keys, passwords, card numbers, tokens, names,
     * accounts.
     *
     * @return the values in clear, as {@link #request} and {@link #client} use them
     */
    public abstract List<String> secrets();

    /** {@return the reader of the simulator's notifications, if the provider has any} */
    public Optional<PayoutWebhooks> webhooks() {
        return Optional.empty();
    }

    /** {@return whether the notification's signature covers the raw bytes, so that one more space breaks it} */
    public boolean signatureCoversRawBytes() {
        return true;
    }

    /** {@return whether the provider refuses a second payout of another amount under one reference} */
    public boolean refusesReusedReference() {
        return false;
    }

    /** {@return the kind of recipient from which a payout may come back, if the provider reports it} */
    public Optional<RecipientKind> reportsReturnsFrom() {
        return Optional.empty();
    }

    /**
     * What the adapter makes of answers that bring an error code beside a status, one for each status that the provider
     * has; none if the provider gives no codes there.
     *
     * @param row a row of the adapter's error book
     * @return what a question about the payout would come to
     */
    public List<Payout> payouts(ErrorEntry row) {
        return List.of();
    }

    /** {@return the provider's name as this flow's capabilities spell it; a provider may have two flows} */
    public String provider() {
        return simulator().provider();
    }

    /**
     * Plays the recipient on the hosted form, for adapters that claim {@link RecipientKind#HOSTED_FORM}.
     *
     * @param payout a payout that waits for its recipient
     */
    public void completeHostedForm(Payout payout) {
        throw new AssertionError("the capabilities claim a hosted form, so this method must play its recipient");
    }
}
