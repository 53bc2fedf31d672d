package org.unipayout.bank131;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.Security;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.ErrorCategory;
import org.unipayout.Payout;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutReadException;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.http.HttpOptions;
import org.unipayout.simulator.bank131.Bank131Simulator;

/** Who signs may be a token or a service: what it gives, the bank verifies; what it does not give was never sent. */
@Timeout(60)
@SuppressWarnings("NullAway") // a merchant's signer may give null
class Bank131SignerTest {
    private static final KeyPair KEYS = Samples.keys();
    private static final Provider TOKEN = new TokenKeys();

    @RegisterExtension
    static final Bank131Simulator BANK =
            Bank131Simulator.builder().partnerPublicKey(Samples.publicPem(KEYS)).start();

    private final PayoutRequest request = Samples.byToken("order-1").build();

    @BeforeAll
    static void plugIn() {
        Security.addProvider(TOKEN);
    }

    @AfterAll
    static void unplug() {
        Security.removeProvider(TOKEN.getName());
    }

    // ---------------------------------------------------------------- what the bank verifies

    @Test
    void keyThatDoesNotShowItself_signsWhatTheBankVerifies() {
        PrivateKey key = TokenKeys.handle(KEYS);
        assertThat(key.getEncoded()).isNull();

        try (Bank131PayoutClient client = client(Bank131Signer.of(key))) {
            Payout payout = client.create(request);

            assertThat(client.confirm(payout.ref()).status()).isEqualTo(PayoutStatus.PROCESSING);
            assertThat(client.fpsBanks()).isNotEmpty(); // a call without a body is signed too
            BANK.ledger().assertPaidExactlyOnce("order-1");
        }
    }

    @Test
    void keyOfTheJdk_signsWhatTheBankVerifies() {
        try (Bank131PayoutClient client = client(Bank131Signer.of(KEYS.getPrivate()))) {
            assertThat(client.create(request).status()).isEqualTo(PayoutStatus.PROCESSING);
        }
    }

    @Test
    void service_signsWhatTheBankVerifies() {
        try (Bank131PayoutClient client = client(Bank131SignerTest::signedByAService)) {
            assertThat(client.create(request).status()).isEqualTo(PayoutStatus.PROCESSING);
        }
    }

    @Test
    void serviceThatChangesWhatItWasGiven_changesNothing() {
        Bank131Signer rude = body -> {
            byte[] signature = signedByAService(body);
            Arrays.fill(body, (byte) ' ');
            return signature;
        };
        try (Bank131PayoutClient client = client(rude)) {
            assertThat(client.create(request).status()).isEqualTo(PayoutStatus.PROCESSING);
        }
    }

    @Test
    void keyExchangedBetweenTwoCalls_theNextCallIsSignedByTheNewOne() {
        AtomicReference<Bank131Signer> present =
                new AtomicReference<>(Bank131Signer.of(Samples.keys().getPrivate()));
        try (Bank131PayoutClient client = client(body -> present.getPlain().sign(body))) {
            assertThatThrownBy(() -> client.prepare(request)).isInstanceOf(PayoutRejectedException.class);

            present.set(Bank131Signer.of(TokenKeys.handle(KEYS)));

            assertThat(client.prepare(request).status()).isEqualTo(PayoutStatus.PREPARED);
        }
    }

    // ---------------------------------------------------------------- what is known before any call

    @Test
    void keyOfAnotherKind_isRefusedBeforeAnyCall() throws Exception {
        KeyPairGenerator ec = KeyPairGenerator.getInstance("EC");
        ec.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bank131Signer.of(ec.generateKeyPair().getPrivate()))
                .withMessage("privateKey: must be an RSA key");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Bank131Signer.of(rsa.generateKeyPair().getPrivate()))
                .withMessageContaining("1024 bits");
    }

    // ---------------------------------------------------------------- what was never sent

    static Stream<Bank131Signer> useless() {
        return Stream.of(
                body -> {
                    throw new IOException("canary-17: the service has no such key");
                },
                body -> {
                    throw new NoClassDefFoundError("canary-17");
                },
                body -> null,
                body -> new byte[0],
                body -> new byte[72], // as long as a signature of an EC key
                body -> new byte[128], // of an RSA key of 1024 bits
                Bank131Signer.of(foreignHandle()));
    }

    @ParameterizedTest
    @MethodSource("useless")
    void noSignature_nothingIsSent(Bank131Signer useless) {
        AtomicReference<Bank131Signer> present = new AtomicReference<>(Bank131SignerTest::signedByAService);
        try (Bank131PayoutClient client = client(body -> present.getPlain().sign(body))) {
            Payout prepared = client.prepare(request);
            int before = BANK.requests().size();
            present.set(useless);

            assertThatThrownBy(() -> client.submit(prepared.ref(), request))
                    .isInstanceOf(PayoutNotSentException.class)
                    .hasMessageNotContaining("canary")
                    .hasNoCause();
            assertThatThrownBy(() -> client.prepare(request)).isInstanceOf(PayoutNotSentException.class);
            assertThatThrownBy(() -> client.confirm(prepared.ref())).isInstanceOf(PayoutNotSentException.class);
            assertThatThrownBy(() -> client.cancel(prepared.ref())).isInstanceOf(PayoutNotSentException.class);
            assertThatThrownBy(() -> client.get(prepared.ref())).isInstanceOf(PayoutReadException.class);
            assertThatThrownBy(client::balance).isInstanceOf(PayoutReadException.class);
            assertThat(BANK.requests()).hasSize(before);

            present.set(Bank131SignerTest::signedByAService);
            assertThat(client.submit(prepared.ref(), request).status()).isEqualTo(PayoutStatus.PROCESSING);
        }
    }

    @Test
    void signatureOfTheRightLengthThatFitsNothing_isRefusedByTheBankAndPaysNothing() {
        try (Bank131PayoutClient client = client(body -> new byte[256])) {
            assertThatThrownBy(() -> client.create(request))
                    .isInstanceOfSatisfying(
                            PayoutRejectedException.class,
                            refused -> assertThat(refused.error())
                                    .hasValueSatisfying(
                                            row -> assertThat(row.category()).isEqualTo(ErrorCategory.CREDENTIALS)));
            BANK.ledger().assertNotPaid("order-1");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void serviceThatNeverAnswers_endsWithTheCallsDeadline(boolean heedsInterrupts) {
        CountDownLatch never = new CountDownLatch(1);
        HttpOptions http = HttpOptions.builder()
                .callDeadline(Duration.ofMillis(300))
                .readDeadline(Duration.ofMillis(300))
                .build();
        Bank131Signer silent = body -> {
            while (never.getCount() > 0) {
                try {
                    never.await();
                } catch (InterruptedException e) {
                    if (heedsInterrupts) {
                        throw e;
                    }
                }
            }
            return new byte[256];
        };
        try (Bank131PayoutClient client = Bank131PayoutClient.open(options(silent), http)) {
            assertThatThrownBy(() -> client.prepare(request))
                    .isInstanceOf(PayoutNotSentException.class)
                    .hasMessageContaining("deadline");
            assertThatThrownBy(client::balance).isInstanceOf(PayoutReadException.class);
            never.countDown();

            assertThat(BANK.requests()).isEmpty();
        }
    }

    // ---------------------------------------------------------------- help

    private static Bank131Options options(Bank131Signer signer) {
        return Bank131Options.builder(BANK.baseUrl(), BANK.projectId(), signer).build();
    }

    private static Bank131PayoutClient client(Bank131Signer signer) {
        return Bank131PayoutClient.open(options(signer));
    }

    private static byte[] signedByAService(byte[] body) throws Exception {
        Signature signature = Signature.getInstance("SHA256withRSA");
        signature.initSign(KEYS.getPrivate());
        signature.update(body);
        return signature.sign();
    }

    /** A key whose token is not plugged in. */
    private static PrivateKey foreignHandle() {
        return new PrivateKey() {
            private static final long serialVersionUID = 1;

            @Override
            public String getAlgorithm() {
                return "RSA";
            }

            @Override
            public String getFormat() {
                return "none";
            }

            @Override
            public byte[] getEncoded() {
                return new byte[0];
            }
        };
    }
}
