package org.unipayout.journal;

import org.jspecify.annotations.Nullable;

/** Passes stored texts through the merchant's vault, if there is one. */
final class Sealer {
    private static final String SEALED = "sealed\n";

    private final @Nullable RecipientVault vault;

    Sealer(@Nullable RecipientVault vault) {
        this.vault = vault;
    }

    boolean hides() {
        return vault != null;
    }

    String seal(String clear, String reference) {
        return vault == null ? clear : SEALED + vault.seal(clear, reference);
    }

    String open(String stored, String reference) {
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
