package org.unipayout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.unipayout.Capabilities.Feature;

/** What a client need not write. */
class PayoutClientTest {
    private static final PayoutRequest REQUEST = PayoutRequest.builder(
                    "order-7", Money.ofMinor(100, "KZT"), new Recipient.SavedCard("token"))
            .build();
    private static final PayoutRef REF = PayoutRef.of("bank", REQUEST);

    private final PayoutClient client = new SmallestClient();

    @Test
    void confirmAndCancel_providerHasNeither_saysWhatItHas() {
        assertThatThrownBy(() -> client.confirm(REF))
                .isInstanceOf(UnsupportedPayoutException.class)
                .hasMessage("bank confirm: the provider, as this client is set up, does not do this; it has"
                        + " [LOOKUP_BY_REFERENCE] [reference order-7] [advice NEVER]");
        assertThatThrownBy(() -> client.cancel(REF))
                .isInstanceOf(UnsupportedPayoutException.class)
                .hasMessageStartingWith("bank cancel: ");
    }

    @Test
    void confirmAndCancel_handleOfAnotherProvider_isRefusedFirst() {
        PayoutRef foreign = PayoutRef.of("other", REQUEST);

        assertThatThrownBy(() -> client.confirm(foreign)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> client.cancel(foreign)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void balance_providerDoesNotTell_isUnsupported() {
        assertThatThrownBy(client::balance)
                .isInstanceOf(UnsupportedPayoutException.class)
                .hasMessageStartingWith("bank balance: ");
    }

    @Test
    void hasEvidence_onlyOfItsKind() {
        Payout absent = Payout.unknown(REF, "", new Evidence(Evidence.Kind.ABSENT, "Not known"));

        assertThat(absent.hasEvidence(Evidence.Kind.ABSENT)).isTrue();
        assertThat(absent.hasEvidence(Evidence.Kind.DUPLICATE)).isFalse();
        assertThat(client.prepare(REQUEST).hasEvidence(Evidence.Kind.ABSENT)).isFalse();
    }

    private static final class SmallestClient implements PayoutClient {
        @Override
        public Capabilities capabilities() {
            return Capabilities.builder(
                            "bank",
                            new ReferenceRule(8, Pattern.compile(".+"), "anything"),
                            new Resubmission.SameHandle(),
                            Duration.ofSeconds(1))
                    .features(Feature.LOOKUP_BY_REFERENCE)
                    .build();
        }

        @Override
        public ErrorBook errorBook() {
            throw new AssertionError("nobody asks");
        }

        @Override
        public Payout prepare(PayoutRequest request) {
            return Payout.builder(PayoutRef.of("bank", request), PayoutStatus.PREPARED, "")
                    .build();
        }

        @Override
        public Payout submit(PayoutRef ref, PayoutRequest request) {
            throw new AssertionError("nobody submits");
        }

        @Override
        public Payout get(PayoutRef ref) {
            throw new AssertionError("nobody asks");
        }

        @Override
        public void close() {}
    }
}
