package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.request;

import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import javax.crypto.KeyGenerator;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.CardNumber;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.Participant;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.journal.SimulatedProvider.Fault;
import org.unipayout.journal.internal.run.Checkpoint;

class CardsTest {
    private static final String NUMBER = "4111111111111111";
    private static final String OTHER_NUMBER = "5555555555554444";

    private static PayoutRequest cardRequest(String number) {
        return PayoutRequest.builder(
                        "r-1",
                        Money.ofMinor(15_000, "KZT"),
                        new Recipient.Card(CardNumber.of(number), new Recipient.CardExpiry(12, 2031), "TEST HOLDER"))
                .recipientDetails(
                        Participant.builder().fullName("Test Recipient").build())
                .build();
    }

    private static SecretKey key() {
        try {
            KeyGenerator generator = KeyGenerator.getInstance("AES");
            generator.init(256);
            return generator.generateKey();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void pay_cardNumberWithoutVault_isPaidAndNowhereInTheDatabase(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);

        PayoutRecord record = journal.payouts.pay(cardRequest(NUMBER), SimulatedProvider.NAME);

        assertThat(record.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(Tables.everything(journal.dataSource))
                .contains("lastFour=1111")
                .doesNotContain(NUMBER)
                .doesNotContain("expiry");
    }

    /** Whoever looks has no card number; the call that has it goes on from what it finds then. */
    @ParameterizedTest
    @EnumSource(Databases.class)
    void pay_cardNumberOfAPayoutThatIsLookedAtBeforeItIsSent_isPaid(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_REFERENCE);
        AtomicReference<Payouts> looking = new AtomicReference<>();
        Payouts payouts = journal.journal(builder -> builder.checkpoints((checkpoint, reference) -> {
            if (checkpoint == Checkpoint.INTENT_STORED) {
                Payouts another = Objects.requireNonNull(looking.get());
                assertThat(another.find(reference).orElseThrow().attention()).contains(Attention.CARD_NEEDED);
            }
        }));
        looking.set(payouts);

        PayoutRecord record = payouts.pay(cardRequest(NUMBER), SimulatedProvider.NAME);

        assertThat(record.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(record.attention()).isEmpty();
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void pay_cardNumberInTheCallersTransaction_needsAVault() throws SQLException {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        try (Connection connection = journal.dataSource.getConnection()) {
            connection.setAutoCommit(false);

            assertThatThrownBy(() -> journal.payouts.pay(connection, cardRequest(NUMBER), SimulatedProvider.NAME))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("vault")
                    .hasMessageNotContaining(NUMBER);
        }
    }

    @Test
    void cardNumberLostBeforeItWasSent_asksForItAndIsPaidByTheSameReference() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT);
        journal.payouts.pay(cardRequest(NUMBER), SimulatedProvider.NAME);

        PayoutRecord waiting = journal.recover(journal.payouts, "r-1", Duration.ofMinutes(1), 3);
        assertThat(waiting.status()).isEqualTo(PayoutStatus.PREPARED);
        assertThat(waiting.attention()).contains(Attention.CARD_NEEDED);

        PayoutRecord paid = journal.payouts.pay(cardRequest(NUMBER), SimulatedProvider.NAME);
        assertThat(paid.status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(paid.attention()).isEmpty();
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void cardNumberGivenAgainWhileASubmitIsUnclear_waitsForTheProofOfAbsence() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        journal.payouts.pay(cardRequest(NUMBER), SimulatedProvider.NAME);

        journal.payouts.pay(cardRequest(NUMBER), SimulatedProvider.NAME);
        assertThat(journal.provider.submits("r-1")).isZero();

        PayoutRecord proven = journal.recover(journal.payouts, "r-1", Duration.ofSeconds(31), 4);
        assertThat(proven.attention()).contains(Attention.CARD_NEEDED);

        journal.payouts.pay(cardRequest(NUMBER), SimulatedProvider.NAME);
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void cancelThatStaysUnclear_asksForNoCardAnyMore() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST).fault(Operation.CANCEL, Fault.BROKEN);
        journal.payouts.pay(cardRequest(NUMBER), SimulatedProvider.NAME);
        PayoutRecord proven = journal.recover(journal.payouts, "r-1", Duration.ofSeconds(31), 4);
        assertThat(proven.attention()).contains(Attention.CARD_NEEDED);

        PayoutRecord unclear = journal.payouts.by(ANNA).cancel("r-1");

        assertThat(unclear.attention()).isEmpty();
        assertThat(journal.recover(journal.payouts, "r-1", Duration.ofHours(13), 2))
                .satisfies(record -> assertThat(record.attention()).contains(Attention.OVERDUE))
                .satisfies(record -> assertThat(record.openVerbs()).contains(Verb.CANCEL, Verb.SETTLE));
    }

    @Test
    void pay_otherCard_isAConflict() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.payouts.pay(cardRequest(NUMBER), SimulatedProvider.NAME);

        assertThatThrownBy(() -> journal.payouts.pay(cardRequest(OTHER_NUMBER), SimulatedProvider.NAME))
                .isInstanceOfSatisfying(
                        PayoutConflictException.class,
                        conflict -> assertThat(conflict.fields()).containsExactly("recipient.lastFour"))
                .hasMessageNotContaining("4444");
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void pay_cardNumberWithVault_isStoredSealedAndCarriedOnByAnotherProcess(Databases database) {
        JournalFixture journal = new JournalFixture(database, SAME_HANDLE);
        SecretKey key = key();
        AesGcmVault vault = AesGcmVault.builder("2026", key).build();
        Payouts first = journal.journal(builder -> builder.vault(vault));
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT);
        first.pay(cardRequest(NUMBER), SimulatedProvider.NAME);

        assertThat(Tables.everything(journal.dataSource))
                .doesNotContain(NUMBER)
                .doesNotContain("lastFour")
                .doesNotContain("Test Recipient")
                .doesNotContain("TEST HOLDER");
        Payouts second = journal.journal(
                builder -> builder.vault(AesGcmVault.builder("2026", key).build()));
        assertThat(second.recoverNow("r-1").status()).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(journal.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void vault_rotated_readsOldAndSealsUnderTheNewKey() {
        JournalFixture journal = new JournalFixture(Databases.H2, SAME_HANDLE);
        SecretKey old = key();
        SecretKey fresh = key();
        journal.provider.fault(Operation.SUBMIT, Fault.NOT_SENT);
        journal.journal(builder -> builder.vault(AesGcmVault.builder("old", old).build()))
                .pay(cardRequest(NUMBER), SimulatedProvider.NAME);

        Payouts rotated = journal.journal(builder -> builder.vault(
                AesGcmVault.builder("new", fresh).oldKey("old", old).build()));
        assertThat(rotated.recoverNow("r-1").status()).isEqualTo(PayoutStatus.PROCESSING);
        rotated.pay(request("r-2"), SimulatedProvider.NAME);

        assertThat(Tables.everything(journal.dataSource))
                .contains("aes-gcm:1:old:")
                .contains("aes-gcm:1:new:");
        Payouts withoutOld = journal.journal(
                builder -> builder.vault(AesGcmVault.builder("new", fresh).build()));
        assertThat(withoutOld.find("r-2")).isPresent();
        assertThatThrownBy(() -> withoutOld.find("r-1")).isInstanceOf(JournalException.class);
    }

    @Test
    void vault_textMovedToAnotherPayout_isNotOpened() {
        AesGcmVault vault = AesGcmVault.builder("k", key()).build();
        String sealed = vault.seal("clear", "r-1");

        assertThat(vault.open(sealed, "r-1")).isEqualTo("clear");
        assertThatThrownBy(() -> vault.open(sealed, "r-2")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> vault.open("clear", "r-1")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void vault_sameTextTwice_isSealedDifferently() {
        AesGcmVault vault = AesGcmVault.builder("k", key()).build();

        assertThat(vault.seal("clear", "r-1")).isNotEqualTo(vault.seal("clear", "r-1"));
    }

    @Test
    void vault_printsNoKey_andRefusesOtherKeys() {
        assertThat(AesGcmVault.builder("k", key()).build().toString()).isEqualTo("AesGcmVault[k of [k]]");
        SecretKey other = new SecretKeySpec(new byte[16], "HmacSHA256");
        assertThatThrownBy(() -> AesGcmVault.builder("k", other)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AesGcmVault.builder("a:b", key())).isInstanceOf(IllegalArgumentException.class);
    }
}
