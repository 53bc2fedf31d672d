package org.unipayout.journal.internal.store;

import org.jspecify.annotations.Nullable;
import org.unipayout.journal.JournalException;
import org.unipayout.journal.RecipientVault;

/** Passes stored texts through the merchant's vault, if there is one. */
public final class Sealer {
    private static final String SEALED = "sealed\n";

    private final @Nullable RecipientVault vault;

    public Sealer(@Nullable RecipientVault vault) {
        this.vault = vault;
    }

    public boolean hides() {
        return vault != null;
    }

    public String seal(String clear, String reference) {
        return vault == null ? clear : SEALED + vault.seal(clear, reference);
    }

    public String open(String stored, String reference) {
        if (!stored.startsWith(SEALED)) {
            return stored;
        }
        if (vault == null) {
            throw new JournalException("stored payout: is sealed; give the vault to the builder");
        }
        try {
            return vault.open(stored.substring(SEALED.length()), reference);
        } catch (IllegalArgumentException e) {
            throw new JournalException("stored payout: cannot be opened by this vault", e);
        }
    }
}
