package org.unipayout.journal.internal.store;

import org.jspecify.annotations.Nullable;
import org.unipayout.journal.JournalException;
import org.unipayout.journal.RecipientVault;

/** Passes stored texts through the merchant's vault, if there is one. */
public final class Sealer {
    /** The first form: bound to the payout only. */
    private static final String SEALED = "sealed\n";

    private static final String SEALED_IN_PLACE = "sealed 2\n";

    private final @Nullable RecipientVault vault;
    private final boolean acceptsEarlierForms;

    public Sealer(@Nullable RecipientVault vault) {
        this(vault, false);
    }

    /**
     * Takes the vault.
     *
     * @param acceptsEarlierForms whether texts are believed, in spite of a vault, that are in clear or in the first form
     */
    public Sealer(@Nullable RecipientVault vault, boolean acceptsEarlierForms) {
        this.vault = vault;
        this.acceptsEarlierForms = acceptsEarlierForms;
    }

    /** Where a text is stored: moved to another column, row or payout it cannot be opened. */
    public record Place(String column, long row, String reference) {
        static Place request(long row, String reference) {
            return new Place("request", row, reference);
        }

        static Place observation(long row, String reference) {
            return new Place("observation", row, reference);
        }

        String context() {
            return column + ":" + row + ":" + reference;
        }
    }

    public boolean hides() {
        return vault != null;
    }

    String seal(String clear, Place place) {
        return vault == null ? clear : SEALED_IN_PLACE + vault.seal(clear, place.context());
    }

    /** Whether a text is in a form that a vault has no part in, or that is not bound to its place. */
    boolean refuses(String stored) {
        return vault != null && !acceptsEarlierForms && !stored.startsWith(SEALED_IN_PLACE);
    }

    /** Whether sealing it now would seal it under another key or in another form. */
    boolean isEarlier(String stored) {
        return vault != null
                && !(stored.startsWith(SEALED_IN_PLACE) && vault.isPresent(stored.substring(SEALED_IN_PLACE.length())));
    }

    String open(String stored, Place place) {
        if (stored.startsWith(SEALED_IN_PLACE)) {
            return open(stored.substring(SEALED_IN_PLACE.length()), place.context());
        }
        return stored.startsWith(SEALED) ? open(stored.substring(SEALED.length()), place.reference()) : stored;
    }

    private String open(String sealed, String context) {
        if (vault == null) {
            throw new JournalException("stored payout: is sealed; give the vault to the builder");
        }
        try {
            return vault.open(sealed, context);
        } catch (IllegalArgumentException e) {
            throw new JournalException("stored payout: cannot be opened by this vault", e);
        }
    }
}
