package org.unipayout.simulator.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.horizonpay.Merchant.payout;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.simulator.horizonpay.Merchant.Answer;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.Scenario;

/** What the documentation allows a gateway to do to those who trust it too far. */
class HorizonPayLegalNastinessTest {
    @RegisterExtension
    static final HorizonPaySimulator gateway = HorizonPaySimulator.start();

    private final Merchant merchant = new Merchant(gateway);

    @Test
    void trackingIdLag_idAndNotificationAreAheadOfTheIndex() {
        gateway.switches().trackingIdLag = Duration.ofMinutes(11);
        Answer paid = merchant.pay(payout(100, "order-1").put("notification_url", "https://shop.example/notify"));

        assertThat(gateway.webhooks().created()).hasSize(1);
        assertThat(merchant.get("/transactions/" + paid.at("/uid"), "3").at("/status"))
                .isEqualTo("successful");
        assertThat(merchant.byTrackingId("order-1").json().path("transactions")).isEmpty();
        gateway.clock().advance(Duration.ofMinutes(11));
        assertThat(merchant.byTrackingId("order-1").json().path("transactions")).hasSize(1);
    }

    @Test
    void dotsAreFormats_switched_cutTheReferenceOfALookUp() {
        merchant.pay(payout(100, "order.17"));
        assertThat(merchant.byTrackingId("order.17").json().path("transactions"))
                .hasSize(1);

        gateway.switches().dotsAreFormats = true;

        assertThat(merchant.byTrackingId("order.17").json().path("transactions"))
                .isEmpty();
    }

    @Test
    void asyncTime_payoutIsNotMadeBeforeItsTurn() {
        gateway.switches().asyncTime = Duration.ofMinutes(25);
        merchant.post("/async/transactions/payouts", "3", payout(100, "order-1"));
        gateway.clock().advance(Duration.ofMinutes(24));

        assertThat(merchant.byTrackingId("order-1").json().path("transactions")).isEmpty();
        gateway.ledger().assertNotPaid("order-1");
        gateway.clock().advance(Duration.ofMinutes(1));
        assertThat(merchant.byTrackingId("order-1").json().path("transactions")).hasSize(1);
        gateway.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void asyncTime_equalPayoutsAreComparedWhenTheirTurnComes() {
        merchant.post("/async/transactions/payouts", "3", payout(100, "order-1"));
        Answer second = merchant.post("/async/transactions/payouts", "3", payout(100, "order-2"));
        gateway.clock().advance(Duration.ofSeconds(5));

        assertThat(merchant.get("/async/result/" + second.at("/request_id"), "3")
                        .at("/code"))
                .isEqualTo("E.1018");
        gateway.ledger().assertNotPaid("order-2");
    }

    @Test
    void addEarlierPayout_isFoundUnderTheReferenceWithItsCardAndTime() {
        gateway.addEarlierPayout("order-1", "5555555555554444", 100, "KZT", Duration.ofDays(40));

        Answer found = merchant.byTrackingId("order-1");

        assertThat(found.at("/transactions/0/status")).isEqualTo("successful");
        assertThat(found.at("/transactions/0/recipient_credit_card/last_4")).isEqualTo("4444");
        assertThat(Duration.between(
                        Instant.parse(found.at("/transactions/0/created_at")),
                        gateway.clock().instant()))
                .isBetween(Duration.ofDays(40), Duration.ofDays(41));
        assertThat(gateway.ledger().movements())
                .extracting(Ledger.Movement::reference)
                .containsExactly("order-1");
        assertThat(merchant.pay(payout(100, "order-1")).at("/status")).isEqualTo("successful");
    }

    @Test
    void correctByHand_failedPayout_isPaidAndNotified() {
        Answer failed = merchant.pay(
                payout(Scenario.DECLINED.amount(1), "order-1").put("notification_url", "https://shop.example/notify"));

        gateway.correctByHand(failed.at("/uid"));

        Answer corrected = merchant.get("/transactions/" + failed.at("/uid"), "3");
        assertThat(corrected.at("/status")).isEqualTo("successful");
        assertThat(corrected.json().path("manually_corrected_at").isTextual()).isTrue();
        assertThat(gateway.webhooks().created()).hasSize(2);
        gateway.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void blockNext_answersWithAPageAndExecutesNothing() {
        gateway.blockNext(1);

        Answer blocked = merchant.pay(payout(100, "order-1"));

        assertThat(blocked.status()).isEqualTo(403);
        assertThat(blocked.contentType()).startsWith("text/html");
        gateway.ledger().assertNotPaid("order-1");
        assertThat(merchant.pay(payout(100, "order-1")).status()).isEqualTo(200);
    }

    @Test
    void emptyObjectsAsLists_switched_writesThemSo() {
        assertThat(merchant.pay(payout(100, "order-1"))
                        .json()
                        .at("/recipient/customer")
                        .isObject())
                .isTrue();

        gateway.switches().emptyObjectsAsLists = true;

        Answer answer = merchant.pay(payout(200, "order-2"));
        assertThat(answer.json().at("/recipient/customer").isArray()).isTrue();
        assertThat(answer.at("/recipient/payment_method/last_4")).isEqualTo("0000");
    }

    @Test
    void acquirerStatus_switched_disagreesWithTheWhole() {
        gateway.switches().acquirerStatus = "failed";

        Answer answer = merchant.pay(payout(100, "order-1"));

        assertThat(answer.at("/status")).isEqualTo("successful");
        assertThat(answer.at("/transaction/status")).isEqualTo("failed");
    }
}
