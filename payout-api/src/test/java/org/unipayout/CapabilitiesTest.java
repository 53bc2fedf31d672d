package org.unipayout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class CapabilitiesTest {
    private final Capabilities capabilities = Capabilities.builder(
                    "bank",
                    new ReferenceRule(8, Pattern.compile("[a-z0-9-]+"), "small letters, digits and dash"),
                    new Resubmission.SameHandle(),
                    Duration.ofSeconds(1))
            .recipients(RecipientKind.SAVED_CARD)
            .currencies("KZT")
            .minimum(1000)
            .maximum(9000)
            .build();

    @Test
    void check_goodRequest_passes() {
        assertThatCode(() -> check("order-1", 1000, "KZT")).doesNotThrowAnyException();
        assertThatCode(() -> check("order-12", 9000, "KZT")).doesNotThrowAnyException();
    }

    @Test
    void check_outsideTheRules_namesTheField() {
        assertThatThrownBy(() -> check("order-123", 1000, "KZT")).hasMessageStartingWith("reference");
        assertThatThrownBy(() -> check("ORDER", 1000, "KZT")).hasMessageContaining("small letters");
        assertThatThrownBy(() -> check("order-1", 999, "KZT")).hasMessageStartingWith("amount");
        assertThatThrownBy(() -> check("order-1", 9001, "KZT")).hasMessageStartingWith("amount");
        assertThatThrownBy(() -> check("order-1", 1000, "RUB"))
                .isInstanceOf(UnsupportedPayoutException.class)
                .hasMessageContaining("currency RUB")
                .hasMessageContaining("KZT");
        PayoutRequest wallet = PayoutRequest.builder(
                        "order-1", Money.ofMinor(1000, "KZT"), new Recipient.Wallet("yoomoney", "410012411727100"))
                .build();
        assertThatThrownBy(() -> capabilities.check(wallet))
                .isInstanceOf(UnsupportedPayoutException.class)
                .hasMessageContaining("WALLET");
    }

    @Test
    void account_isToldFromAnotherAndShowsNeither() {
        String mark = account("api.bank.example", "shop-1");

        assertThat(mark).matches("[0-9a-f]{16}").isEqualTo(account("api.bank.example", "shop-1"));
        assertThat(mark).isNotEqualTo(account("api.bank.example", "shop-2"));
        assertThat(mark).isNotEqualTo(account("sandbox.bank.example", "shop-1"));
        assertThat(capabilities.account()).isEmpty();
    }

    private static String account(String host, String merchant) {
        return Capabilities.builder(
                        "bank",
                        new ReferenceRule(8, Pattern.compile("[a-z]+"), "small letters"),
                        new Resubmission.SameHandle(),
                        Duration.ofSeconds(1))
                .account(host, merchant)
                .build()
                .account()
                .orElseThrow();
    }

    private void check(String reference, long minorUnits, String currency) {
        capabilities.check(
                PayoutRequest.builder(reference, Money.ofMinor(minorUnits, currency), new Recipient.SavedCard("token"))
                        .build());
    }
}
