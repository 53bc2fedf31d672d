package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.unipayout.PayoutClient;
import org.unipayout.PayoutStatus;
import org.unipayout.Secret;
import org.unipayout.bereke.BerekeOptions;
import org.unipayout.bereke.BerekePayoutClient;
import org.unipayout.horizonpay.HorizonPayOptions;
import org.unipayout.horizonpay.HorizonPayPayoutClient;
import org.unipayout.http.HttpOptions;
import org.unipayout.simulator.bereke.BerekeSimulator;
import org.unipayout.simulator.horizonpay.HorizonPaySimulator;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.Simulator;

/** Payouts that were paid while the answer was lost, and that no look-up shows for long. Real adapters throughout. */
class HiddenPayoutTest {
    private static final Duration FOR_EVER = Duration.ofDays(9999);

    private final HorizonPaySimulator horizonPay = HorizonPaySimulator.start();
    private final BerekeSimulator bereke = BerekeSimulator.start();
    private final FaultServer beforeHorizonPay = FaultServer.before(horizonPay.baseUrl());
    private final FaultServer beforeBereke = FaultServer.before(bereke.baseUrl());

    @AfterEach
    void close() {
        beforeHorizonPay.close();
        beforeBereke.close();
        horizonPay.close();
        bereke.close();
    }

    @Test
    void horizonPay_hiddenForMoreThanHalfOfItsWindow_isNotSentAgain() {
        horizonPay.hideFor(Duration.ofMinutes(9));

        PayoutRecord end = payToHorizonPay(Absence.RESUBMIT, Duration.ofMinutes(1), 20);

        assertThat(end.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(sends(beforeHorizonPay)).isEqualTo(1);
        assertThat(payments(horizonPay)).isEqualTo(1);
    }

    @Test
    void horizonPay_hiddenPastItsWindow_waitsForAPersonAndNeverFails() {
        horizonPay.hideFor(FOR_EVER);

        PayoutRecord end = payToHorizonPay(Absence.ASK_MERCHANT, Duration.ofHours(1), 48);

        assertThat(end.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(end.attention()).contains(Attention.DECISION_NEEDED);
        assertThat(sends(beforeHorizonPay)).isEqualTo(1);
        assertThat(payments(horizonPay)).isEqualTo(1);
    }

    @Test
    void bereke_hiddenForMoreThanHalfOfItsRule_isNotSentAgain() {
        bereke.hideFor(Duration.ofMinutes(18));

        PayoutRecord end = payToBereke(Duration.ofMinutes(1), 30);

        assertThat(end.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(sends(beforeBereke)).isEqualTo(1);
        assertThat(payments(bereke)).isEqualTo(1);
    }

    @Test
    void bereke_hiddenPastItsRule_isRefusedByTheBankAndEndsInAttention() {
        bereke.hideFor(FOR_EVER);

        PayoutRecord end = payToBereke(Duration.ofHours(1), 48);

        assertThat(end.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(end.attention()).isPresent();
        assertThat(sends(beforeBereke)).isEqualTo(2);
        assertThat(payments(bereke)).isEqualTo(1);
    }

    private PayoutRecord payToHorizonPay(Absence absence, Duration pause, int looks) {
        beforeHorizonPay.on(request -> isSend(request.method(), request.path())).play(Fault.CLOSE_AFTER_REQUEST);
        URI network = beforeHorizonPay.baseUrl();
        HorizonPayOptions options = HorizonPayOptions.builder(
                        network, horizonPay.shopId(), Secret.of(horizonPay.secretKey()))
                .build();
        try (PayoutClient client = HorizonPayPayoutClient.open(options, http(horizonPay))) {
            return payAndLook("horizonpay", client, horizonPay, absence, pause, looks);
        }
    }

    private PayoutRecord payToBereke(Duration pause, int looks) {
        beforeBereke.on(request -> isSend(request.method(), request.path())).play(Fault.CLOSE_AFTER_REQUEST);
        BerekeOptions options = BerekeOptions.builder(
                        beforeBereke.baseUrl(), bereke.userName(), Secret.of(bereke.password()))
                .build();
        try (PayoutClient client = BerekePayoutClient.open(options, http(bereke))) {
            return payAndLook("bereke", client, bereke, Absence.ASK_MERCHANT, pause, looks);
        }
    }

    private static HttpOptions http(Simulator simulator) {
        return HttpOptions.builder()
                .time(simulator.clock(), simulator.clock()::advance, () -> 1.0)
                .build();
    }

    private static PayoutRecord payAndLook(
            String name, PayoutClient client, Simulator simulator, Absence absence, Duration pause, int looks) {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        Payouts payouts = Payouts.builder(Databases.H2.fresh())
                .provider(name, client)
                .vault(AesGcmVault.builder("test", new SecretKeySpec(key, "AES"))
                        .build())
                .afterAbsence(absence)
                .time(simulator.clock(), simulator.clock()::advance, () -> 1.0)
                .build();
        payouts.createSchema();
        String reference = CrashFlow.named(name).reference(1);
        payouts.pay(CrashFlow.request(reference), name);
        for (int i = 0; i < looks; i++) {
            simulator.clock().advance(pause);
            payouts.recoverNow(reference);
        }
        return payouts.recoverNow(reference);
    }

    private static boolean isSend(String method, String path) {
        return method.equals("POST") && (path.endsWith("/transactions/payouts") || path.endsWith("/performPayout.do"));
    }

    private static long sends(FaultServer network) {
        return network.exchanges().stream()
                .filter(exchange -> isSend(exchange.method(), exchange.path()))
                .count();
    }

    private static long payments(Simulator simulator) {
        return simulator.ledger().movements().stream()
                .filter(movement -> movement.kind() == Ledger.Kind.PAID)
                .count();
    }
}
