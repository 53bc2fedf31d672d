package org.unipayout.simulator.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.simulator.horizonpay.Merchant.payout;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.simulator.horizonpay.Merchant.Answer;
import org.unipayout.testkit.Scenario;

class HorizonPayRedirectPageTest {
    @RegisterExtension
    static final HorizonPaySimulator gateway = HorizonPaySimulator.start();

    private final Merchant merchant = new Merchant(gateway);
    private String uid = "";
    private String url = "";

    @BeforeEach
    void makeIncompletePayout() {
        Answer created = merchant.pay(payout(Scenario.UNSURE.amount(100), "order-1"));
        assertThat(created.json().path("paid_at").isNull()).isTrue();
        assertThat(created.json().path("message").isNull()).isTrue();
        uid = created.at("/uid");
        url = created.at("/redirect_url");
    }

    @Test
    void form_asTheBrowserWouldSubmitIt_paysOnce() {
        Answer page = merchant.open(url);
        assertThat(page.contentType()).startsWith("text/html");

        Answer done = merchant.submitForm(gateway.baseUrl() + actionOf(page.text()), "decision=confirm");

        assertThat(done.text()).contains("successful");
        assertThat(status()).isEqualTo("successful");
        gateway.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void form_submittedTwice_paysOnce() {
        merchant.submitForm(url, "decision=confirm");

        merchant.submitForm(url, "decision=confirm");

        gateway.ledger().assertPaidExactlyOnce("order-1");
    }

    @Test
    void form_refused_fails() {
        merchant.submitForm(url, "decision=decline");

        assertThat(status()).isEqualTo("failed");
        gateway.ledger().assertNotPaid("order-1");
    }

    @Test
    void form_withoutDecision_changesNothing() {
        assertThat(merchant.submitForm(url, "decision=maybe").status()).isEqualTo(400);
        assertThat(status()).isEqualTo("incomplete");
    }

    @Test
    void page_ofHiddenPayout_worksAtOnce() {
        gateway.hideFor(Duration.ofHours(1));
        Answer hidden = merchant.pay(payout(Scenario.UNSURE.amount(200), "order-2"));

        merchant.submitForm(hidden.at("/redirect_url"), "decision=confirm");

        gateway.ledger().assertPaidExactlyOnce("order-2");
    }

    @Test
    void page_ofUnknownPayout_isNotFound() {
        assertThat(merchant.open(gateway.baseUrl() + "/process/nothing").status())
                .isEqualTo(404);
    }

    @Test
    void incomplete_notFinishedInTime_failsAndTheFormCannotPay() {
        gateway.switches().incompleteLifetime = Duration.ofMinutes(10);
        gateway.clock().advance(Duration.ofMinutes(10));

        assertThat(merchant.get("/transactions/" + uid, "3").at("/code")).isEqualTo("F.0998");
        merchant.submitForm(url, "decision=confirm");
        gateway.ledger().assertNotPaid("order-1");
    }

    @Test
    void settle_incomplete_stillWaitsForTheRecipient() {
        gateway.settle();

        assertThat(status()).isEqualTo("incomplete");
    }

    private String status() {
        return merchant.get("/transactions/" + uid, "3").at("/status");
    }

    private static String actionOf(String html) {
        Matcher form =
                Pattern.compile("<form method=\"post\" action=\"([^\"]+)\">").matcher(html);
        assertThat(form.find()).isTrue();
        assertThat(html).contains("name=\"decision\" value=\"confirm\"", "name=\"decision\" value=\"decline\"");
        return form.group(1);
    }
}
