package org.unipayout.ioka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.unipayout.Advice;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.ioka.internal.IokaErrors;

class IokaErrorBookTest {
    /** Every code of ioka's error list, decline list and samples. */
    private static final List<String> PUBLISHED = List.of(
            "Unauthorized",
            "Forbidden",
            "InvalidRequest",
            "ValidationError",
            "BadGateway",
            "OrderNotFound",
            "OrderExists",
            "OrderExpired",
            "OrderHasApprovedPayment",
            "PaymentStarted",
            "OrderHasNoAttemptsLeftError",
            "OrderUnpaid",
            "OrderHasNoApprovedPayment",
            "RefundNotFound",
            "CustomerNotFound",
            "CardNotFound",
            "BindingNotFound",
            "WebhookNotFound",
            "BinNotFound",
            "CustomerExists",
            "BindingStarted",
            "InvalidPaymentToken",
            "ShopConfigNotFound",
            "ProviderNotConnected",
            "InvalidTransactionAmount",
            "ProcessingDeadlineReachedError",
            "PaymentTokenNotFound",
            "DeclinedByBankLimit",
            "TRANSACTION_ERROR",
            "ACQUIRER_SYSTEM_ERROR",
            "BANK_CONNECTION_ERROR",
            "DATA_INPUT_TIMEOUT",
            "DECLINED_BY_ISSUER",
            "NOT_ENOUGH_MONEY",
            "NO_CARD_RECORD",
            "CARD_LIMITATIONS_EXCEEDED",
            "EXCEEDS_DAILY_SUM_WITHDRAWAL_LIMIT",
            "DECLINED_BY_CLIENT",
            "DECLINED_BY_FRAUD",
            "WRONG_REQUEST_PARAMS",
            "TRANSACTION_NOT_FOUND",
            "INVALID_AMOUNT",
            "DECLINE_SINCE_UNABLE_TO_PROCESS",
            "DECLINED_BY_3DSEC",
            "TDS_RULE_INVALID",
            "PARES_STATUS_UNKNOWN",
            "VERES_STATUS_UNKNOWN",
            "DECLINED_BY_DS_TIMEOUT",
            "TRANSACTION_IN_WRONG_STATE",
            "WRONG_CARD_DATA",
            "WRONG_CARD_DATA_INPUT");

    private final ErrorBook book = IokaErrors.read();

    @Test
    void find_eachPublishedCode_isInTheBook() {
        long mapped =
                PUBLISHED.stream().filter(code -> book.find(code).isPresent()).count();
        System.out.printf("error-book ioka codes=%d mapped=%d%n", PUBLISHED.size(), mapped);

        assertThat(PUBLISHED)
                .doesNotHaveDuplicates()
                .allSatisfy(code -> assertThat(book.find(code)).as(code).isPresent());
    }

    @Test
    void entries_rowThatProvesNothing_adviseToAsk() {
        assertThat(book.entries())
                .filteredOn(entry -> entry.proves() == ErrorEntry.Proves.NOTHING)
                .hasSizeGreaterThanOrEqualTo(4)
                .allSatisfy(entry -> assertThat(entry.advice()).isEqualTo(Advice.ASK_STATUS));
    }

    @Test
    void entries_technicalDeclines_proveNothingAtOnce() {
        assertThat(List.of("TRANSACTION_ERROR", "ACQUIRER_SYSTEM_ERROR", "BANK_CONNECTION_ERROR", "DATA_INPUT_TIMEOUT"))
                .allSatisfy(code -> assertThat(book.entry(code).proves()).isEqualTo(ErrorEntry.Proves.NOTHING));
    }
}
