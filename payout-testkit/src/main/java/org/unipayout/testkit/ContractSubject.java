package org.unipayout.testkit;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.unipayout.ErrorEntry;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutWebhooks;
import org.unipayout.RecipientKind;

/**
 * What an adapter tells {@link PayoutClientContract} about itself: how to build its client, what a good request looks
 * like, which HTTP calls do what, and by what the provider's answers tell two payouts apart.
 *
 * <p>The last is a rule of its own. {@link #shows}, {@link #notificationsShow} and {@link #lookAlikes} decide which
 * cases about a different payout under our reference are played; what is not declared is reported as not applicable.
 * Unless overridden they claim everything. Declare less only where the provider's document says that its answers show
 * less, or as long as the adapter compares less; whoever lets the adapter compare more widens the declaration in the
 * same change.
 */
public abstract class ContractSubject {
    /** By what an answer tells the payout that it is about from a different one under the same reference. */
    public enum Sign {
        /** Every answer about a payout names it, by our reference or by an id that we know. */
        NAME,
        /** The amount and its currency. */
        AMOUNT,
        /** The recipient, whole or masked. */
        RECIPIENT,
        /** Of which kind the recipient is; see {@link #lookAlikes}. */
        KIND,
        /** When the provider created the payout, in a time zone that its document names. */
        TIME
    }

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
     * A request that differs from {@link #request(RecipientKind, String, long)} in nothing but the recipient: another one
     * of the same kind, whom the provider would pay too.
     *
     * @param kind a kind that the capabilities claim, other than {@link RecipientKind#HOSTED_FORM}
     * @param reference the merchant's reference
     * @param minorUnits the amount
     * @return a builder
     */
    public abstract PayoutRequest.Builder requestToAnother(RecipientKind kind, String reference, long minorUnits);

    /**
     * What every answer about a payout shows of it.
     *
     * @param kind the kind of its recipient
     * @return all signs, unless overridden
     */
    public Set<Sign> shows(RecipientKind kind) {
        return EnumSet.allOf(Sign.class);
    }

    /**
     * What every notification about a payout shows of it.
     *
     * @param kind the kind of its recipient
     * @return what the answers show, unless overridden
     */
    public Set<Sign> notificationsShow(RecipientKind kind) {
        return shows(kind);
    }

    /**
     * The kinds of recipient whose payouts look like those to this kind, so that {@link Sign#KIND} does not tell them
     * apart.
     *
     * @param kind the kind of its recipient
     * @return none, unless overridden
     */
    public Set<RecipientKind> lookAlikes(RecipientKind kind) {
        return Set.of();
    }

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
     * The same for one kind of recipient.
     *
     * @param kind a kind that the capabilities claim
     * @param method HTTP method
     * @param path path without query
     * @return what holds for the usual kind, unless overridden
     */
    public boolean submits(RecipientKind kind, String method, String path) {
        return submits(method, path);
    }

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
