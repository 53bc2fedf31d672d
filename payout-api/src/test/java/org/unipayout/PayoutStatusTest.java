package org.unipayout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class PayoutStatusTest {
    private static final PayoutRef REF = PayoutRef.of(
            "bank131",
            PayoutRequest.builder("order-1", Money.ofMinor(100, "RUB"), new Recipient.SavedCard("t"))
                    .build());

    @ParameterizedTest
    @EnumSource(PayoutStatus.class)
    void mayBecome_fromAFinalStatus_onlyAPaidPayoutMayComeBack(PayoutStatus next) {
        for (PayoutStatus status : PayoutStatus.values()) {
            if (status.isFinal()) {
                boolean comesBack = status == PayoutStatus.SUCCEEDED && next == PayoutStatus.RETURNED;
                assertThat(status.mayBecome(next)).isEqualTo(next == status || comesBack);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(PayoutStatus.class)
    void mayBecome_fromAnOpenStatus_everyEndIsPossible(PayoutStatus end) {
        for (PayoutStatus status : PayoutStatus.values()) {
            if (!status.isFinal() && end.isFinal()) {
                assertThat(status.mayBecome(end)).isTrue();
            }
        }
    }

    @Test
    void mayBecome_whatMayHaveMoved_isNeverUnsaid() {
        assertThat(PayoutStatus.PROCESSING.mayBecome(PayoutStatus.PREPARED)).isFalse();
        assertThat(PayoutStatus.PROCESSING.mayBecome(PayoutStatus.UNKNOWN)).isFalse();
        assertThat(PayoutStatus.UNKNOWN.mayBecome(PayoutStatus.PREPARED)).isTrue();
        assertThat(PayoutStatus.PREPARED.mayBecome(PayoutStatus.UNKNOWN)).isTrue();
        assertThat(PayoutStatus.AWAITING_CONFIRMATION.mayBecome(PayoutStatus.UNKNOWN))
                .isTrue();
        assertThat(PayoutStatus.AWAITING_CONFIRMATION.mayBecome(PayoutStatus.PREPARED))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "PREPARED, AWAITING_RECIPIENT AWAITING_CONFIRMATION PROCESSING UNKNOWN",
        "UNKNOWN, PREPARED AWAITING_RECIPIENT AWAITING_CONFIRMATION PROCESSING",
        "AWAITING_RECIPIENT, AWAITING_CONFIRMATION PROCESSING UNKNOWN",
        "AWAITING_CONFIRMATION, PROCESSING UNKNOWN",
        "PROCESSING, AWAITING_RECIPIENT AWAITING_CONFIRMATION"
    })
    void mayBecome_fromAnOpenStatus_theseOpenOnesAreNews(PayoutStatus status, String news) {
        assertThat(Stream.of(PayoutStatus.values())
                        .filter(next -> next != status && !next.isFinal() && status.mayBecome(next))
                        .map(Enum::name))
                .containsExactlyInAnyOrder(news.split(" ", -1));
        assertThat(status.mayBecome(status)).isTrue();
    }

    @Test
    void update_lateObservation_neverMovesBack() {
        Payout paid = Payout.builder(REF, PayoutStatus.SUCCEEDED, "accepted").build();
        Payout late =
                Payout.builder(REF, PayoutStatus.PROCESSING, "in_progress").build();

        assertThat(paid.update(late)).isSameAs(paid);
        assertThat(late.update(paid)).isSameAs(paid);
    }

    @Test
    void update_samePayoutOfAnotherProvider_isRefused() {
        Payout paid = Payout.builder(REF, PayoutStatus.SUCCEEDED, "").build();
        PayoutRef other = PayoutRef.of(
                "ioka",
                PayoutRequest.builder("order-1", Money.ofMinor(100, "RUB"), new Recipient.SavedCard("t"))
                        .build());

        assertThatThrownBy(() -> paid.update(
                        Payout.builder(other, PayoutStatus.RETURNED, "").build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("later:");
    }

    @Test
    void update_anotherPayout_isRefused() {
        Payout paid = Payout.builder(REF, PayoutStatus.SUCCEEDED, "").build();
        PayoutRef other = PayoutRef.of(
                "bank131",
                PayoutRequest.builder("order-2", Money.ofMinor(100, "RUB"), new Recipient.SavedCard("t"))
                        .build());

        assertThatThrownBy(() -> paid.update(
                        Payout.builder(other, PayoutStatus.SUCCEEDED, "").build()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void build_failedWithoutReasonOrUnknownWithoutEvidence_isRefused() {
        assertThatThrownBy(() -> Payout.builder(REF, PayoutStatus.FAILED, "").build())
                .hasMessageStartingWith("decline");
        assertThatThrownBy(() -> Payout.builder(REF, PayoutStatus.UNKNOWN, "").build())
                .hasMessageStartingWith("evidence");
    }

    @Test
    void webhookHint_withAStatus_isRefused() {
        assertThatThrownBy(() -> WebhookEvent.builder("ioka", "TRANSFER_APPROVED", WebhookEvent.Trust.HINT, "key")
                        .status(PayoutStatus.SUCCEEDED, "APPROVED")
                        .build())
                .hasMessageContaining("hint");
    }
}
