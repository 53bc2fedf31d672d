package org.unipayout.ioka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.unipayout.Advice;
import org.unipayout.Decline;
import org.unipayout.Door;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.http.Json;
import org.unipayout.http.UnreadableBodyException;
import org.unipayout.ioka.internal.IokaErrors;
import org.unipayout.ioka.internal.PayoutOrderReadings;
import org.unipayout.ioka.internal.wire.PayoutOrder;

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
    void text_ofAFailedPayout_neverSaysThatItIsOpen() throws Exception {
        for (ErrorEntry entry : book.entries()) {
            Decline decline = failedBy(entry.code()).decline().orElseThrow();

            assertThat(decline.code()).isEqualTo(entry.code());
            assertThat(decline.text(Locale.ENGLISH))
                    .as(entry.code())
                    .doesNotContain("Wait for", "do not pay again", "Look at its status", "still arrive");
            assertThat(decline.text(Locale.forLanguageTag("ru")))
                    .as(entry.code())
                    .doesNotContain("Дождитесь", "не отправляйте повторно", "Проверьте его статус", "ещё могут дойти");
        }
    }

    /** A payout order that failed long ago. */
    private Payout failedBy(String code) throws UnreadableBodyException {
        String order = """
                {"uuid": "1", "external_id": "b-1", "amount": 15000, "currency": "KZT", "status": "FAILED",
                 "updated_at": "2023-08-01T09:47:30", "payout": {"uuid": "2", "error": {"code": "%s"}}}""".formatted(code);
        return PayoutOrderReadings.payout(
                PayoutRef.of(
                        IokaPayoutOrderClient.PROVIDER,
                        Shop.toSavedCard("b-1", 15000).build()),
                Json.read(order.getBytes(StandardCharsets.UTF_8), PayoutOrder.class),
                Door.PROVIDER_ID,
                book,
                Instant.parse("2023-08-02T00:00:00Z"));
    }

    @Test
    void entries_technicalDeclines_proveNothingAtOnce() {
        assertThat(List.of("TRANSACTION_ERROR", "ACQUIRER_SYSTEM_ERROR", "BANK_CONNECTION_ERROR", "DATA_INPUT_TIMEOUT"))
                .allSatisfy(code -> assertThat(book.entry(code).proves()).isEqualTo(ErrorEntry.Proves.NOTHING));
    }
}
