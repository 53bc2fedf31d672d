package org.unipayout.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import java.util.Currency;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Balance;
import org.unipayout.Capabilities;
import org.unipayout.Capabilities.Feature;
import org.unipayout.ErrorEntry;
import org.unipayout.Money;
import org.unipayout.NextAction;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.Resubmission;
import org.unipayout.UnsupportedPayoutException;

/** Claims: what the capabilities say is so, and what they do not say is refused before any I/O. */
interface CapabilitiesContract extends ContractGroup {

    @ParameterizedTest
    @EnumSource(RecipientKind.class)
    default void create_kindOfRecipient_isPaidIfClaimedElseRefusedBeforeAnyCall(RecipientKind kind) {
        try (Stage stage = stage()) {
            if (stage.client.capabilities().recipients().contains(kind)) {
                PayoutRequest request = stage.subject
                        .request(kind, Stage.REFERENCE, Stage.AMOUNT)
                        .build();
                assertThat(request.recipient().kind()).isEqualTo(kind);
                Payout created = stage.client.create(request);
                if (kind == RecipientKind.HOSTED_FORM) {
                    assertThat(created.status()).isEqualTo(PayoutStatus.AWAITING_RECIPIENT);
                    assertThat(created.nextAction().map(NextAction::url)).isPresent();
                    stage.ledger().assertNotPaid(Stage.REFERENCE);
                    stage.subject.completeHostedForm(created);
                }
                assertThat(stage.finish(created).status()).isEqualTo(PayoutStatus.SUCCEEDED);
                stage.ledger().assertPaidExactlyOnce(Stage.REFERENCE);
            } else {
                PayoutRequest request = PayoutRequest.builder(
                                Stage.REFERENCE, stage.request().amount(), anyRecipient(kind))
                        .build();
                assertThatThrownBy(() -> stage.client.create(request)).isInstanceOf(UnsupportedPayoutException.class);
                assertThat(stage.network.connections()).isZero();
            }
        }
    }

    @Test
    default void create_currencyThatIsNotClaimed_isRefusedBeforeAnyCall() {
        try (Stage stage = stage()) {
            Currency foreign = Currency.getInstance("JPY");
            assertThat(stage.client.capabilities().currencies()).isNotEmpty().doesNotContain(foreign);
            PayoutRequest request = PayoutRequest.builder(
                            Stage.REFERENCE,
                            Money.ofMinor(Stage.AMOUNT, foreign),
                            stage.request().recipient())
                    .build();

            assertThatThrownBy(() -> stage.client.create(request))
                    .isInstanceOf(UnsupportedPayoutException.class)
                    .hasMessageContaining("currency");
            assertThat(stage.network.connections()).isZero();
        }
    }

    @Test
    default void create_referenceThatIsTooLong_isRefusedBeforeAnyCall() {
        try (Stage stage = stage()) {
            int longest = stage.client.capabilities().referenceRule().maxLength();

            assertThatThrownBy(() -> stage.client.create(stage.subject
                            .request("r".repeat(longest + 1), Stage.AMOUNT)
                            .build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("reference");
            assertThat(stage.network.connections()).isZero();
        }
    }

    @Test
    default void create_longestReference_isPaid() {
        try (Stage stage = stage()) {
            String longest =
                    "r".repeat(stage.client.capabilities().referenceRule().maxLength());

            Payout end = stage.finish(stage.client.create(
                    stage.subject.request(longest, Stage.AMOUNT).build()));

            assertThat(end.status()).isEqualTo(PayoutStatus.SUCCEEDED);
            stage.ledger().assertPaidExactlyOnce(longest);
        }
    }

    @Test
    default void get_byReferenceAlone_findsThePayoutIfClaimed() {
        try (Stage stage = stage()) {
            assumeTrue(
                    stage.client.capabilities().has(Feature.LOOKUP_BY_REFERENCE), "the provider cannot be asked by it");
            stage.finish(stage.client.create(stage.request()));

            Payout found =
                    stage.client.get(PayoutRef.of(stage.client.capabilities().provider(), stage.request()));

            assertThat(found.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        }
    }

    @Test
    default void get_byProviderId_findsThePayoutIfClaimed() {
        try (Stage stage = stage()) {
            assumeTrue(
                    stage.client.capabilities().has(Feature.LOOKUP_BY_PROVIDER_ID),
                    "the provider cannot be asked by it");
            Payout end = stage.finish(stage.client.create(stage.request()));

            assertThat(end.ref().providerId()).isPresent();
            assertThat(stage.client.get(end.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        }
    }

    @Test
    default void balance_isToldIfClaimedElseRefusedBeforeAnyCall() {
        try (Stage stage = stage()) {
            if (stage.client.capabilities().has(Feature.BALANCE)) {
                List<Balance> balances = stage.client.balance();
                assertThat(balances).isNotEmpty();
            } else {
                assertThatThrownBy(stage.client::balance).isInstanceOf(UnsupportedPayoutException.class);
                assertThat(stage.network.connections()).isZero();
            }
        }
    }

    @Test
    default void confirmAndCancel_notClaimed_areRefusedBeforeAnyCall() {
        try (Stage stage = stage()) {
            Capabilities capabilities = stage.client.capabilities();
            PayoutRef ref =
                    PayoutRef.of(capabilities.provider(), stage.request()).withProviderId("1");
            if (!capabilities.has(Feature.CONFIRM)) {
                assertThatThrownBy(() -> stage.client.confirm(ref)).isInstanceOf(UnsupportedPayoutException.class);
            }
            if (!capabilities.has(Feature.CANCEL)) {
                assertThatThrownBy(() -> stage.client.cancel(ref)).isInstanceOf(UnsupportedPayoutException.class);
            }
            assertThat(stage.network.connections()).isZero();
        }
    }

    @Test
    default void anyCall_handleOfAnotherProvider_isRefusedBeforeAnyCall() {
        try (Stage stage = stage()) {
            PayoutRef foreign = PayoutRef.of("elsewhere", stage.request()).withProviderId("1");

            assertThatThrownBy(() -> stage.client.get(foreign))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("ref");
            assertThatThrownBy(() -> stage.client.submit(foreign, stage.request()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("ref");
            assertThat(stage.network.connections()).isZero();
        }
    }

    @Test
    default void submit_handleOfAnotherRequest_isRefusedBeforeAnyCall() {
        try (Stage stage = stage()) {
            PayoutRef ref = stage.client.prepare(stage.request()).ref();
            int before = stage.network.exchanges().size();

            assertThatThrownBy(() -> stage.client.submit(ref, stage.request(Stage.AMOUNT + 100)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("amount");
            assertThatThrownBy(() -> stage.client.submit(
                            ref, stage.subject.request("order-2", Stage.AMOUNT).build()))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("reference");
            assertThat(stage.network.exchanges()).hasSize(before);
        }
    }

    @Test
    default void capabilities_claims_areWhole() {
        try (Stage stage = stage()) {
            Capabilities capabilities = stage.client.capabilities();

            assertThat(capabilities.provider()).isEqualTo(stage.subject.provider());
            assertThat(capabilities.recipients()).isNotEmpty();
            assertThat(capabilities.callDeadline()).isEqualTo(stage.settings.callDeadline());
            assertThatCode(() -> capabilities.check(stage.request())).doesNotThrowAnyException();
            capabilities.recipients().forEach(kind -> isWhole(capabilities.resubmission(kind), capabilities));
            assertThat(capabilities.has(Feature.RETURNS))
                    .isEqualTo(stage.subject.reportsReturnsFrom().isPresent());
            assertThat(capabilities.webhooks() == Capabilities.Webhooks.NONE)
                    .isEqualTo(stage.subject.webhooks().isEmpty());
        }
    }

    @Test
    default void errorBook_everyRow_speaksToPeople() {
        try (Stage stage = stage()) {
            assertThat(stage.client.errorBook().entries()).isNotEmpty().allSatisfy(entry -> {
                assertThat(entry.english()).doesNotContainPattern("[а-яА-Я]");
                assertThat(entry.russian()).containsPattern("[а-яА-Я]");
                if (entry.proves() == ErrorEntry.Proves.NOTHING) {
                    assertThat(entry.advice()).isEqualTo(org.unipayout.Advice.ASK_STATUS);
                }
            });
        }
    }

    private static void isWhole(Resubmission rule, Capabilities capabilities) {
        if (rule instanceof Resubmission.SameReference same) {
            assertThat(same.lookups()).isGreaterThanOrEqualTo(2);
            assertThat(same.spacing()).isPositive();
        } else if (rule instanceof Resubmission.Fenced fenced) {
            assertThat(fenced.lookups()).isGreaterThanOrEqualTo(2);
            assertThat(fenced.spacing()).isPositive();
        } else if (rule instanceof Resubmission.AfterAbsence after) {
            assertThat(after.lookups()).isGreaterThanOrEqualTo(2);
            assertThat(after.window()).isGreaterThan(capabilities.callDeadline());
        } else if (rule instanceof Resubmission.SameHandle same) {
            assertThat(same.keptFor()).isGreaterThan(capabilities.callDeadline());
        } else if (rule instanceof Resubmission.Replays replays) {
            assertThat(replays.keptFor()).isGreaterThan(capabilities.callDeadline());
        }
    }

    private static Recipient anyRecipient(RecipientKind kind) {
        return switch (kind) {
            case SAVED_CARD -> new Recipient.SavedCard("token-1");
            case RECURRING_CARD -> new Recipient.RecurringCard("token-1");
            case CARD_NUMBER -> new Recipient.Card(org.unipayout.CardNumber.of("4242424242424242"));
            case ENCRYPTED_CARD -> new Recipient.EncryptedCard("hash-1");
            case HOSTED_FORM -> new Recipient.HostedForm(URI.create("https://shop.example/back"));
            case RUSSIAN_ACCOUNT ->
                Recipient.RussianAccount.builder("044525974", "40817810400003869535", "Ivanov Ivan")
                        .build();
            case KAZAKH_ACCOUNT ->
                Recipient.KazakhAccount.builder("KZ000000000000000000", "000000000000", "Ivanov Ivan")
                        .build();
            case SAVED_ACCOUNT -> new Recipient.SavedAccount("token-1", "Ivanov Ivan");
            case PHONE -> new Recipient.Phone("79680000000", "100000000069");
            case WALLET -> new Recipient.Wallet("yoomoney", "410012411727100");
        };
    }
}
