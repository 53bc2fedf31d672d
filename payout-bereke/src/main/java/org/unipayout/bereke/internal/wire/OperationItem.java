package org.unipayout.bereke.internal.wire;

import org.jspecify.annotations.Nullable;
import org.unipayout.http.Describing;

/** One finished operation of an order. Tables and examples on the bank's page name its date and its card differently. */
public record OperationItem(
        @Describing @Nullable String operationType,
        @Describing @Nullable Long amount,
        @Describing @Nullable String operationDate,
        @Describing @Nullable String datetime,
        @Describing @Nullable String panMaskedTo,
        @Describing @Nullable String pan,
        @Describing @Nullable String refNum,
        @Describing @Nullable String resultCode,
        @Describing @Nullable String resultCodeDescription) {

    /** When it was done, as epoch milliseconds in text. */
    public @Nullable String date() {
        return operationDate != null ? operationDate : datetime;
    }

    /** The masked card. */
    public @Nullable String mask() {
        return panMaskedTo != null ? panMaskedTo : pan;
    }

    /** Whether it pays the recipient. Others, such as the debit of a corporate card, have no documented names. */
    public boolean isCredit() {
        return operationType == null || operationType.equals("P2P_CREDIT");
    }

    /** Whether the bank says that it was done. */
    public boolean worked() {
        return "0".equals(resultCode);
    }

    /** Whether the bank says that it failed. */
    public boolean failed() {
        return resultCode != null && !worked();
    }

    @Override
    public String toString() {
        return "OperationItem[***]";
    }
}
