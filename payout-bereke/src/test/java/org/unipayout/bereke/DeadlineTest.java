package org.unipayout.bereke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.simulator.bereke.BerekeSimulator;

/** {@code expiresAt}: after it the payout may not start. */
class DeadlineTest {
    @RegisterExtension
    static final BerekeSimulator BANK = BerekeSimulator.start();

    private final BerekePayoutClient client = new Merchant(BANK).client();

    @AfterEach
    void close() {
        client.close();
    }

    private static Instant in(Duration time) {
        return BANK.clock().instant().plus(time);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, -3600})
    void create_cardPastItsDeadline_isRefusedBeforeAnyCall(long seconds) {
        PayoutRequest request = Merchant.toCard("payout-1", 1200)
                .expiresAt(in(Duration.ofSeconds(seconds)))
                .build();

        assertRefused(request);
    }

    @Test
    void submit_deadlinePassedSincePrepare_isRefusedBeforeAnyCall() {
        PayoutRequest request = Merchant.toCard("payout-1", 1200)
                .expiresAt(in(Duration.ofMinutes(5)))
                .build();
        PayoutRef ref = client.prepare(request).ref();
        BANK.clock().advance(Duration.ofMinutes(6));

        assertThatThrownBy(() -> client.submit(ref, request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expiresAt:");
        assertThat(BANK.requests()).isEmpty();
    }

    @Test
    void create_cardBeforeItsDeadline_isPaid() {
        PayoutRequest request = Merchant.toCard("payout-1", 1200)
                .expiresAt(in(Duration.ofMinutes(5)))
                .build();

        assertThat(client.create(request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    /** A form lives until the deadline, or less long if the extras say so; never longer. */
    @ParameterizedTest
    @CsvSource({"120, , 120", "120, 300, 120", "7200, , 7200", "7200, 300, 300", ", 300, 300", ", , 1200"})
    void prepare_form_livesUntilItsDeadlineAtMost(Long deadline, Long timeout, long expected) {
        PayoutRequest.Builder request = Merchant.toForm("payout-1", 1200);
        if (deadline != null) {
            request.expiresAt(in(Duration.ofSeconds(deadline).plusMillis(900)));
        }
        if (timeout != null) {
            request.extras(BerekeExtras.builder()
                    .sessionTimeout(Duration.ofSeconds(timeout))
                    .build());
        }
        Payout form = client.prepare(request.build());

        BANK.clock().advance(Duration.ofSeconds(expected - 30));
        assertThat(isOpen(form)).isTrue();
        BANK.clock().advance(Duration.ofSeconds(31));
        assertThat(isOpen(form)).isFalse();
        assertThat(form.nextAction().orElseThrow().expiresAt().orElseThrow())
                .isBetween(BANK.clock().instant().minusSeconds(15), BANK.clock().instant());
    }

    @ParameterizedTest
    @ValueSource(longs = {999, 0, -60_000})
    void prepare_formWithoutAWholeSecondLeft_isRefusedBeforeAnyCall(long millis) {
        PayoutRequest request = Merchant.toForm("payout-1", 1200)
                .expiresAt(in(Duration.ofMillis(millis)))
                .build();

        assertRefused(request);
    }

    /** Nothing is sent by it, and the form may have been paid meanwhile. */
    @Test
    void submit_formPastItsDeadline_saysOnlyThatItWasGivenOut() {
        PayoutRequest request = Merchant.toForm("payout-1", 1200)
                .expiresAt(in(Duration.ofMinutes(5)))
                .build();
        PayoutRef ref = client.prepare(request).ref();
        BANK.clock().advance(Duration.ofMinutes(6));

        assertThat(client.submit(ref, request).status()).isEqualTo(PayoutStatus.AWAITING_RECIPIENT);
    }

    private void assertRefused(PayoutRequest request) {
        assertThatThrownBy(() -> client.create(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("expiresAt:");
        assertThat(BANK.requests()).isEmpty();
    }

    private static boolean isOpen(Payout form) {
        return HostedPage.isOpen(form.nextAction().orElseThrow().url());
    }
}
