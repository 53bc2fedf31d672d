package org.unipayout;

import java.util.Map;

/**
 * Settings of one request that only one provider has, for example Bank 131's escrow funding.
 *
 * <p>Each adapter has its own typed implementation with a builder. A request may carry extras for several providers;
 * an adapter reads its own and ignores the others, so that the same request can be paid through any of them. The values
 * are plain strings, so that a request can be stored and paid later.
 */
public interface ProviderExtras {
    /** {@return the provider that reads them, as {@link Capabilities#provider} spells it} */
    String provider();

    /** {@return the settings by name; no secret and no card number among them} */
    Map<String, String> values();
}
