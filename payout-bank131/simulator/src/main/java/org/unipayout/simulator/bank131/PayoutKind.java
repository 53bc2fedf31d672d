package org.unipayout.simulator.bank131;

/** Whose account a payout is paid from, and whether it goes to a card or makes a tax receipt. */
enum PayoutKind {
    /** From the collateral account. */
    PLAIN,
    /** From the collateral account, with a tax receipt for a self-employed recipient. */
    FISCALIZATION,
    /** From a settlement account (rko) to an account. */
    SETTLEMENT,
    /** From an escrow (nominal) account to an account. */
    ESCROW,
    /** From a settlement account to a card. */
    SETTLEMENT_TO_CARD,
    /** From an escrow account to a card. */
    ESCROW_TO_CARD;

    boolean fromCollateral() {
        return this == PLAIN || this == FISCALIZATION;
    }

    boolean fromEscrow() {
        return this == ESCROW || this == ESCROW_TO_CARD;
    }

    boolean internalTransfer() {
        return this == SETTLEMENT_TO_CARD || this == ESCROW_TO_CARD;
    }

    /** Settlement and escrow payouts are confirmed with what the bank sent to be checked (section 6.1). */
    boolean needsConfirmInformation() {
        return !fromCollateral();
    }
}
