package org.unipayout.bank131;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.unipayout.Advice;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.bank131.internal.Bank131Tables;

class Bank131ErrorBookTest {
    /** The codes of the bank's errors pages, all editions, and of its SDK. */
    private static final List<String> PUBLISHED = List.of(
            "identification_error",
            "authentication_error",
            "authorization_error",
            "invalid_request",
            "internal_error",
            "idempotency_key_already_exists",
            "taxpayer_unknown",
            "taxpayer_not_bound",
            "taxpayer_already_bound",
            "taxpayer_income_exceeds_amount_limit",
            "provider_internal_error",
            "provider_issuer_unavailable",
            "provider_foreign_transfer_prohibited",
            "provider_exceeds_amount_limit",
            "provider_timeout",
            "session_cancelled",
            "session_cancelled_by_partner",
            "session_wrong_state",
            "operation_rejected",
            "npd_service_internal_error",
            "wallet_internal_error",
            "routing_internal_error",
            "bank_card_expired",
            "declined_by_issuer_bank",
            "not_permitted_by_issuer_bank",
            "insufficient_wallet_balance",
            "insufficient_funds",
            "refund_amount_too_large",
            "capture_timeout",
            "confirm_timeout",
            "card_number_does_not_exist",
            "account_not_found",
            "activity_count_exceeded",
            "amount_less_allowed_provider",
            "binding_is_deactivated",
            "3DS_error");

    private final ErrorBook book = Bank131Tables.errorBook();

    @Test
    void find_eachPublishedCode_isInTheBookInBothLanguages() {
        long mapped =
                PUBLISHED.stream().filter(code -> book.find(code).isPresent()).count();
        System.out.printf("error-book bank131 codes=%d mapped=%d%n", PUBLISHED.size(), mapped);

        assertThat(PUBLISHED)
                .doesNotHaveDuplicates()
                .allSatisfy(code -> assertThat(book.find(code)).as(code).hasValueSatisfying(entry -> {
                    assertThat(entry.text(Locale.ENGLISH)).matches("\\p{ASCII}+");
                    assertThat(entry.text(Locale.forLanguageTag("ru"))).matches("(?s).*\\p{IsCyrillic}.*");
                }));
    }

    @Test
    void entries_thatProveNothing_adviseToAskForTheStatus() {
        assertThat(book.entries())
                .filteredOn(entry ->
                        entry.proves() == ErrorEntry.Proves.NOTHING || entry.proves() == ErrorEntry.Proves.EARLIER_SEND)
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.advice()).isEqualTo(Advice.ASK_STATUS));
    }

    @Test
    void entries_thatProveARefusal_neverAdviseToAsk() {
        assertThat(book.entries())
                .filteredOn(entry -> entry.proves() == ErrorEntry.Proves.NOT_EXECUTED
                        || entry.proves() == ErrorEntry.Proves.DECLINED)
                .isNotEmpty()
                .allSatisfy(entry -> assertThat(entry.advice()).isNotEqualTo(Advice.ASK_STATUS));
    }
}
