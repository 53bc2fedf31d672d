package org.unipayout.examples.quickstart;

import java.net.URI;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.testkit.Simulator;

/** One provider as the merchant sets it up. What differs between providers is here and nowhere else. */
interface Provider {

    /** {@return the provider on this machine} */
    Simulator simulator();

    /**
     * Builds the merchant's client.
     *
     * @param baseUrl where the provider answers
     * @return a client; close it
     */
    PayoutClient client(URI baseUrl);

    /**
     * The provider's own documented example of a payout.
     *
     * @param reference the merchant's reference
     * @param minorUnits the amount
     * @return the request
     */
    PayoutRequest request(String reference, long minorUnits);

    /**
     * Whether an HTTP call sends a payout on its way.
     *
     * @param path its path
     * @return true for the call whose answer gets lost in one of the stories
     */
    boolean submits(String path);
}
