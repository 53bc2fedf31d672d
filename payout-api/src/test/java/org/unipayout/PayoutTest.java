package org.unipayout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PayoutTest {
    private static final PayoutRef REF = PayoutRef.of(
            "bank131",
            PayoutRequest.builder("order-1", Money.ofMinor(15000, "KZT"), new Recipient.SavedCard("t"))
                    .build());
    private static final Decline DECLINE = new Decline(row("E1"), "raw");
    private static final Decline LAST_DECLINE = new Decline(row("E2"), null);
    private static final Evidence EVIDENCE = new Evidence(Evidence.Kind.PAID_TWICE, "Two were paid");
    private static final NextAction FORM = new NextAction(URI.create("https://pay.example/form"), null);

    private static ErrorEntry row(String code) {
        return new ErrorEntry(
                code,
                ErrorEntry.Proves.DECLINED,
                ErrorCategory.AMOUNT,
                ErrorEntry.Actor.MERCHANT,
                Advice.NEW_PAYOUT_AFTER_FIX,
                "Text.",
                "Текст.");
    }

    private static Instant day(int day) {
        return Instant.parse("2026-11-01T00:00:00Z").plusSeconds(86_400L * day);
    }

    private static Payout full() {
        return Payout.builder(REF, PayoutStatus.RETURNED, "came back")
                .nextAction(FORM)
                .decline(DECLINE)
                .lastDecline(LAST_DECLINE)
                .evidence(EVIDENCE)
                .fee(Money.ofMinor(10, "KZT"))
                .returned(Money.ofMinor(14000, "KZT"))
                .rrn("123456789012")
                .authorizationCode("A1B2C3")
                .recipientMask("424242******4242")
                .recipientToken("token-7")
                .requestId("request-9")
                .createdAt(day(1))
                .finishedAt(day(2))
                .confirmBefore(day(3))
                .test()
                .build();
    }

    @Test
    void build_everyField_isThere() {
        Payout payout = full();

        assertThat(payout.ref()).isEqualTo(REF);
        assertThat(payout.status()).isEqualTo(PayoutStatus.RETURNED);
        assertThat(payout.providerStatus()).isEqualTo("came back");
        assertThat(payout.nextAction()).contains(FORM);
        assertThat(payout.decline()).contains(DECLINE);
        assertThat(payout.lastDecline()).contains(LAST_DECLINE);
        assertThat(payout.evidence()).contains(EVIDENCE);
        assertThat(payout.fee()).contains(Money.ofMinor(10, "KZT"));
        assertThat(payout.returned()).contains(Money.ofMinor(14000, "KZT"));
        assertThat(payout.rrn()).contains("123456789012");
        assertThat(payout.authorizationCode()).contains("A1B2C3");
        assertThat(payout.recipientMask()).contains("424242******4242");
        assertThat(payout.recipientToken()).contains("token-7");
        assertThat(payout.requestId()).contains("request-9");
        assertThat(payout.createdAt()).contains(day(1));
        assertThat(payout.finishedAt()).contains(day(2));
        assertThat(payout.confirmBefore()).contains(day(3));
        assertThat(payout.test()).isTrue();
    }

    @Test
    void toBuilder_everyField_isKept() {
        Payout payout = full();

        assertThat(payout.toBuilder().build()).usingRecursiveComparison().isEqualTo(payout);
    }

    @Test
    void toBuilder_handleAndStatus_canBeReplaced() {
        PayoutRef named = REF.withProviderId("id-1");

        Payout payout =
                full().toBuilder().ref(named).status(PayoutStatus.SUCCEEDED).build();

        assertThat(payout.ref()).isEqualTo(named);
        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void build_nothingSaid_isEmptyAndNoTest() {
        Payout payout = Payout.builder(REF, PayoutStatus.PREPARED, "").build();

        assertThat(payout.test()).isFalse();
        assertThat(payout.decline()).isEmpty();
        assertThat(payout.fee()).isEmpty();
        assertThat(payout).hasToString("Payout[bank131 order-1, PREPARED (), 150.00 KZT]");
    }

    @Test
    void toString_saysStatusAmountAndWhy() {
        assertThat(full())
                .hasToString(
                        "Payout[bank131 order-1, RETURNED (came back), 150.00 KZT, Decline[E1, AMOUNT], PAID_TWICE]");
    }

    @Test
    void toBuilder_failedOrUnknownWithoutAReason_isRefused() {
        Payout.Builder prepared = Payout.builder(REF, PayoutStatus.PREPARED, "").build().toBuilder();

        assertThatThrownBy(() -> prepared.status(PayoutStatus.FAILED).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("decline:");
        assertThatThrownBy(() -> prepared.status(PayoutStatus.UNKNOWN).build())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("evidence:");
    }
}
