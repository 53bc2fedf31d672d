package org.unipayout.bereke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Secret;
import org.unipayout.simulator.bereke.BerekeSimulator;

/** The password is exchanged while a client is in use; the login, which names the merchant, is not. */
@SuppressWarnings("NullAway") // a source may give null
class PasswordExchangeTest {
    @RegisterExtension
    static final BerekeSimulator BANK = BerekeSimulator.start();

    private final AtomicReference<Secret> password = new AtomicReference<>(Secret.of("yesterday's-password"));
    private final PayoutRequest request = Merchant.toCard("order-1", 15000).build();

    @Test
    void password_exchangedBetweenTwoCalls_holdsFromTheNextOn() {
        try (BerekePayoutClient client = client()) {
            Optional<String> account = client.capabilities().account();
            assertThatThrownBy(() -> client.create(request)).isInstanceOf(PayoutRejectedException.class);

            password.set(Secret.of(BANK.password()));

            assertThat(client.create(request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(client.capabilities().account()).isPresent().isEqualTo(account);
            BANK.ledger().assertPaidExactlyOnce("order-1");

            password.set(Secret.of("tomorrow's-password"));
            assertThatThrownBy(client::balance).isInstanceOf(PayoutReadException.class);
        }
    }

    @Test
    void password_sourceGivesNone_nothingIsSent() {
        try (BerekePayoutClient client = client()) {
            password.set(null);

            assertThatThrownBy(() -> client.create(request)).isInstanceOf(PayoutNotSentException.class);
            assertThatThrownBy(client::balance).isInstanceOf(PayoutReadException.class);
            assertThat(BANK.requests()).isEmpty();
        }
    }

    @Test
    void password_changesAtEveryLook_oneCallHasOne() {
        AtomicInteger asked = new AtomicInteger();
        Secret restless = Secret.supplied(() -> Secret.of("password-" + asked.incrementAndGet()));
        try (BerekePayoutClient client = new Merchant(BANK).client(options -> options(restless))) {
            assertThatThrownBy(client::balance).isInstanceOf(PayoutReadException.class);

            assertThat(BANK.requests()).hasSize(asked.get());
        }
    }

    @Test
    void extraHeaders_throw_nothingIsSent() {
        try (BerekePayoutClient client = new Merchant(BANK)
                .client(options -> options.extraHeaders((path, body) -> {
                    throw new IllegalStateException("canary-17");
                }))) {
            assertThatThrownBy(() -> client.create(request))
                    .isInstanceOf(PayoutNotSentException.class)
                    .hasMessageNotContaining("canary");
            assertThat(BANK.requests()).isEmpty();
        }
        try (BerekePayoutClient client = new Merchant(BANK)
                .client(options -> options.extraHeaders((path, body) -> Map.of("Host", "elsewhere.example")))) {
            assertThatThrownBy(() -> client.create(request)).isInstanceOf(PayoutNotSentException.class);
            assertThat(BANK.requests()).isEmpty();
        }
    }

    private BerekePayoutClient client() {
        return new Merchant(BANK).client(options -> options(Secret.supplied(password::get)));
    }

    private static BerekeOptions.Builder options(Secret password) {
        return BerekeOptions.builder(BANK.baseUrl(), BANK.userName(), password);
    }
}
