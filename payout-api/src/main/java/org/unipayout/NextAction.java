package org.unipayout;

import java.net.URI;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where the recipient must go for the payout to continue. Immutable; prints the host only, since the rest of the
 * address may hold an access token.
 */
public final class NextAction {
    private final URI url;
    private final @Nullable Instant expiresAt;

    /**
     * An address for the recipient's browser.
     *
     * @param url the provider's page; treat it as opaque
     * @param expiresAt when it stops working, UTC, or null if the provider does not say
     */
    public NextAction(URI url, @Nullable Instant expiresAt) {
        this.url = Checks.present(url, "url");
        this.expiresAt = expiresAt;
    }

    /** {@return the provider's page, for the recipient's browser} */
    public URI url() {
        return url;
    }

    /** {@return when it stops working, UTC} */
    public Optional<Instant> expiresAt() {
        return Optional.ofNullable(expiresAt);
    }

    @Override
    public String toString() {
        return "NextAction[" + url.getHost() + "]";
    }
}
