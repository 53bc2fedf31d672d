package org.unipayout.ioka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.Payout;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutStatus;
import org.unipayout.Secret;
import org.unipayout.simulator.ioka.IokaSimulator;

/** Keys that expire. */
class IokaKeysTest {
    @RegisterExtension
    static final IokaSimulator IOKA = IokaSimulator.start();

    @BeforeEach
    void onlyKeysThatExpire() {
        IOKA.switches().staticApiKey = false;
    }

    @Test
    void create_withClientCredentials_getsOneKeyAndUsesIt() {
        try (Shop shop = shop()) {
            pay(shop, "k-1");
            pay(shop, "k-2");

            assertThat(renewals()).isEqualTo(1);
            assertThat(shop.exchanges)
                    .allSatisfy(exchange -> assertThat(exchange.requestBody() + exchange.responseBody())
                            .doesNotContain(IOKA.clientSecret(), IOKA.clientId()));
            assertThat(shop.transfers.toString()).doesNotContain(IOKA.clientSecret(), IOKA.clientId());
        }
    }

    @Test
    void create_aMinuteBeforeExpiry_renewsInTime() {
        try (Shop shop = shop()) {
            pay(shop, "k-1");
            IOKA.clock().advance(Duration.ofMinutes(58));
            pay(shop, "k-2");
            assertThat(renewals()).isEqualTo(1);

            IOKA.clock().advance(Duration.ofSeconds(61));
            pay(shop, "k-3");

            assertThat(renewals()).isEqualTo(2);
        }
    }

    @Test
    void create_manyAtOnce_renewOnce() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        try (Shop shop = shop()) {
            List<Callable<Boolean>> calls = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                String reference = "k-" + i;
                calls.add(() -> {
                    pay(shop, reference);
                    return true;
                });
            }
            for (Future<Boolean> paid : threads.invokeAll(calls)) {
                assertThat(paid.get()).isTrue();
            }

            assertThat(renewals()).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void get_keyWithdrawnEarly_renewsOnceAndAsksAgain() {
        try (Shop shop = shopWithASlowClock()) {
            Payout paid = pay(shop, "k-1");
            IOKA.clock().advance(Duration.ofMinutes(61));

            assertThat(shop.transfers.get(paid.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        }
    }

    @Test
    void prepare_keyWithdrawnEarly_isRefusedAndTheNextCallHasANewKey() {
        try (Shop shop = shopWithASlowClock()) {
            pay(shop, "k-1");
            IOKA.clock().advance(Duration.ofMinutes(61));

            assertThatThrownBy(() -> shop.transfers.prepare(
                            Shop.toSavedCard("k-2", 15000).build()))
                    .isInstanceOf(PayoutRejectedException.class);

            pay(shop, "k-2");
        }
    }

    @Test
    void create_wrongSecret_isRefused() {
        IokaOptions.Builder options = IokaOptions.builder(IOKA.baseUrl(), IOKA.clientId(), Secret.of("not-the-secret"));
        try (Shop shop = new Shop(IOKA, options)) {
            assertThatThrownBy(() ->
                            shop.transfers.create(Shop.toSavedCard("k-1", 15000).build()))
                    .isInstanceOf(PayoutRejectedException.class)
                    .hasMessageNotContaining("not-the-secret");
            assertThatThrownBy(() -> shop.transfers.customers().cards(IokaSimulator.CUSTOMER_ID))
                    .isInstanceOf(PayoutReadException.class);
        }
    }

    @Test
    void create_merchantKeyExpired_isRefused() {
        IOKA.switches().merchantKeyExpired = true;
        try (Shop shop = shop()) {
            assertThatThrownBy(() ->
                            shop.transfers.create(Shop.toSavedCard("k-1", 15000).build()))
                    .isInstanceOf(PayoutRejectedException.class);
        }
    }

    @Test
    void create_noKeyToBeHad_isNotSent() {
        IokaOptions.Builder options = IokaOptions.builder(
                URI.create("https://provider.invalid"), IOKA.clientId(), Secret.of(IOKA.clientSecret()));
        try (Shop shop = new Shop(IOKA, options)) {
            assertThatThrownBy(() ->
                            shop.transfers.create(Shop.toSavedCard("k-1", 15000).build()))
                    .isInstanceOf(PayoutNotSentException.class);
        }
    }

    private static Shop shop() {
        return new Shop(IOKA, options());
    }

    /** Its clock stands, so it goes on believing in a key that ioka has let expire. */
    private static Shop shopWithASlowClock() {
        return new Shop(IOKA, options(), Clock.fixed(IOKA.clock().instant(), ZoneOffset.UTC));
    }

    private static IokaOptions.Builder options() {
        return IokaOptions.builder(IOKA.baseUrl(), IOKA.clientId(), Secret.of(IOKA.clientSecret()));
    }

    private static Payout pay(Shop shop, String reference) {
        Payout paid = shop.transfers.create(Shop.toSavedCard(reference, 15000).build());
        assertThat(paid.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        return paid;
    }

    private static long renewals() {
        return IOKA.requests().stream()
                .filter(call -> call.path().equals("/v2/auth/token"))
                .count();
    }
}
