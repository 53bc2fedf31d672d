package org.unipayout.bank131.internal.wire;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import org.jspecify.annotations.Nullable;

/** {@code payment_details} of a transfer from a settlement or escrow account to a card. */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
public record InternalTransfer(String type, Source internalTransfer) {

    /** Out of a settlement account. */
    public static InternalTransfer fromSettlementAccount(String description) {
        return new InternalTransfer(
                "internal_transfer", new Source("transfer_from_bank_account", new Transfer(description), null));
    }

    /** Out of an escrow account. */
    public static InternalTransfer fromEscrowAccount(String description) {
        return new InternalTransfer(
                "internal_transfer", new Source("transfer_from_nominal_account", null, new Transfer(description)));
    }

    /** {@code internal_transfer}. */
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    public record Source(
            String type,
            @Nullable Transfer transferFromBankAccount,
            @Nullable Transfer transferFromNominalAccount) {}

    /** Either kind of transfer. */
    public record Transfer(String description) {
        @Override
        public String toString() {
            return "Transfer[***]";
        }
    }
}
