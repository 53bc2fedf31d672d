package org.unipayout.examples.recipes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.testkit.FakePayoutClient;

/** How a merchant's own code is tried: with a client in memory whose answers get lost. */
class YourCodeTest {
    /** In place of the merchant's code. */
    private static final class CashDesk {
        private final PayoutClient client;

        CashDesk(PayoutClient client) {
            this.client = client;
        }

        PayoutStatus pay(String reference) {
            Payout payout = client.create(PayoutRequest.builder(
                            reference, Money.ofMinor(15000, "KZT"), new Recipient.SavedCard("a-saved-card"))
                    .build());
            return payout.status() == PayoutStatus.UNKNOWN
                    ? client.get(payout.ref()).status()
                    : payout.status();
        }
    }

    // snippet: testing
    @Test
    void answerThatGetsLost_isNoReasonToPayAgain() {
        try (FakePayoutClient client = new FakePayoutClient().nextAnswerIsLost()) {
            PayoutStatus told = new CashDesk(client).pay("order-1");

            assertThat(told).isEqualTo(PayoutStatus.SUCCEEDED);
            client.ledger().assertPaidExactlyOnce("order-1");
        }
    }
    // end
}
