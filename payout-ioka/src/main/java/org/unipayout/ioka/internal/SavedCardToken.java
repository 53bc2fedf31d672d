package org.unipayout.ioka.internal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.Recipient;

/**
 * The token of a saved card: {@code cardId}, or {@code customerId/cardId}.
 *
 * <p>Transfer orders need the card only, payout orders take the customer too. Both read both forms, so one stored token
 * works in either flow.
 */
public final class SavedCardToken {
    private final @Nullable String customerId;
    private final String cardId;

    private SavedCardToken(@Nullable String customerId, String cardId) {
        this.customerId = customerId;
        this.cardId = cardId;
    }

    /**
     * Reads a token.
     *
     * @throws IllegalArgumentException if it has neither form; the message does not repeat it
     */
    public static SavedCardToken of(Recipient.SavedCard card) {
        String[] parts = card.token().split("/", -1);
        if (parts.length > 2 || !IokaCall.isUsableId(parts[0]) || !IokaCall.isUsableId(parts[parts.length - 1])) {
            throw new IllegalArgumentException("recipient.token: must be cardId or customerId/cardId");
        }
        return parts.length == 1 ? new SavedCardToken(null, parts[0]) : new SavedCardToken(parts[0], parts[1]);
    }

    /** The customer who owns the card, if the token says so. */
    public Optional<String> customerId() {
        return Optional.ofNullable(customerId);
    }

    /** The card. */
    public String cardId() {
        return cardId;
    }
}
