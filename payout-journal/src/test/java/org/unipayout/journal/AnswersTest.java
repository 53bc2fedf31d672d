package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Advice;
import org.unipayout.CardNumber;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.FailureDetails;
import org.unipayout.Money;
import org.unipayout.NextAction;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.journal.internal.decide.Answers;

/** What a client's answers and exceptions prove, and about whom. */
class AnswersTest {
    private static final Instant ASKED = Instant.parse("2026-03-01T10:00:00Z");
    private static final Recipient CARD = new Recipient.Card(CardNumber.of("4242424242424242"));
    private static final PayoutRef KNOWN = ref("simulated", "r-1", 15_000, CARD);
    private static final ErrorEntry ROW = new ErrorEntry(
            "E7",
            ErrorEntry.Proves.DECLINED,
            ErrorCategory.AMOUNT,
            ErrorEntry.Actor.MERCHANT,
            Advice.NEW_PAYOUT_AFTER_FIX,
            "Text.",
            "Текст.");

    private static PayoutRef ref(String provider, String reference, long amount, Recipient recipient) {
        return PayoutRef.of(
                provider,
                PayoutRequest.builder(reference, Money.ofMinor(amount, "KZT"), recipient)
                        .requestedAt(ASKED)
                        .build());
    }

    private static Payout.Builder paid(PayoutRef ref) {
        return Payout.builder(ref, PayoutStatus.SUCCEEDED, "word");
    }

    private static PayoutRejectedException rejected(Advice advice, ErrorEntry row) {
        return new PayoutRejectedException(FailureDetails.builder("simulated", Operation.SUBMIT, "no", advice)
                .error(row)
                .requestId("q-1")
                .build());
    }

    // ---- about whom

    @Test
    void checked_theOtherOneOfTwoPayments_saysThatThereAreTwo() {
        Evidence two = new Evidence(Evidence.Kind.PAID_TWICE, "two");
        Payout answer = paid(KNOWN.withProviderId("id-2")).evidence(two).build();

        Payout checked = Answers.checked(KNOWN.withProviderId("id-1"), answer);

        assertThat(checked.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(checked.evidence()).contains(two);
        assertThat(checked.ref().providerId()).contains("id-1");
    }

    @ParameterizedTest
    @EnumSource(names = {"PROCESSING", "SUCCEEDED", "RETURNED"})
    void told_moneyUnderOurReferenceByAnotherId_isASightingForAPerson(PayoutStatus status) {
        Payout answer =
                Payout.builder(KNOWN.withProviderId("id-2"), status, "theirs").build();

        Payout told = Answers.told(KNOWN.withProviderId("id-1"), answer);

        assertThat(told.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(told.hasEvidence(Evidence.Kind.CONTRADICTING_ANSWER)).isTrue();
        assertThat(told.ref().providerId()).contains("id-1");
        assertThat(Answers.told(KNOWN, answer)).as("no id was known").isSameAs(answer);
    }

    @Test
    void told_noMoneyByAnotherId_orSomebodyElsesMoney_provesNothing() {
        PayoutRef ours = KNOWN.withProviderId("id-1");
        Payout canceled = Payout.builder(KNOWN.withProviderId("id-2"), PayoutStatus.CANCELED, "theirs")
                .build();
        Payout anothers = paid(ref("simulated", "r-2", 15_000, CARD).withProviderId("id-2"))
                .build();

        assertThat(Answers.told(ours, canceled).hasEvidence(Evidence.Kind.UNIDENTIFIED_ANSWER))
                .isTrue();
        assertThat(Answers.told(ours, anothers).hasEvidence(Evidence.Kind.UNIDENTIFIED_ANSWER))
                .isTrue();
    }

    @Test
    void checked_ours_isTaken() {
        Payout answer = paid(KNOWN.withProviderId("id-1"))
                .recipientMask("424242******4242")
                .createdAt(ASKED)
                .build();

        assertThat(Answers.checked(KNOWN, answer)).isSameAs(answer);
    }

    @Test
    void checked_answerWithoutTheKnownId_keepsIt() {
        Payout taken = Answers.checked(KNOWN.withProviderId("id-1"), paid(KNOWN).build());

        assertThat(taken.ref().providerId()).contains("id-1");
        assertThat(taken.status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void checked_handleOfAnotherRecipient_isADifferentPayout() {
        Recipient other = new Recipient.Card(CardNumber.of("5555555555554444"));
        Payout unsure = Payout.unknown(
                ref("simulated", "r-1", 15_000, other).withProviderId("id-1"),
                "",
                new Evidence(Evidence.Kind.PROVIDER_UNSURE, "simulated"));

        Payout taken = Answers.checked(KNOWN, unsure);

        assertThat(taken.hasEvidence(Evidence.Kind.OTHER_PAYOUT)).isTrue();
        assertThat(taken.ref()).isEqualTo(KNOWN);
    }

    @Test
    void checked_handleThatKnowsLess_keepsWhatWasAskedFor() {
        PayoutRef less = PayoutRef.parse(
                "payout:1?provider=simulated&reference=r-1&amount=15000&currency=KZT&recipient=CARD_NUMBER&id=id-1&earlier=yes");

        Payout taken = Answers.checked(KNOWN, paid(less).build());

        assertThat(taken.ref()).isEqualTo(KNOWN.withProviderId("id-1").withEarlierSend());
    }

    @Test
    void withKnownPage_answerThatStillWaitsForTheRecipient_keepsIt() {
        NextAction page = new NextAction(URI.create("https://provider.example/form"), null);
        Payout known = Payout.builder(KNOWN, PayoutStatus.AWAITING_RECIPIENT, "")
                .nextAction(page)
                .build();
        Payout waits = Payout.builder(KNOWN, PayoutStatus.AWAITING_RECIPIENT, "created")
                .build();
        Payout paid = paid(KNOWN).build();

        assertThat(Answers.withKnownPage(known, waits).nextAction()).contains(page);
        assertThat(Answers.withKnownPage(known, waits).providerStatus()).isEqualTo("created");
        assertThat(Answers.withKnownPage(known, paid)).isSameAs(paid);
        assertThat(Answers.withKnownPage(paid, waits)).isSameAs(waits);
    }

    @Test
    void checked_payoutOfAnotherProvider_provesNothing() {
        Payout taken =
                Answers.checked(KNOWN, paid(ref("other", "r-1", 15_000, CARD)).build());

        assertThat(taken.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(taken.ref()).isEqualTo(KNOWN);
        assertThat(taken.evidence())
                .contains(new Evidence(
                        Evidence.Kind.UNIDENTIFIED_ANSWER, "The answer is about another provider's payout"));
    }

    @Test
    void checked_anotherReference_provesNothing() {
        Payout taken = Answers.checked(
                KNOWN, paid(ref("simulated", "r-2", 15_000, CARD)).build());

        assertThat(taken.hasEvidence(Evidence.Kind.UNIDENTIFIED_ANSWER)).isTrue();
        assertThat(taken.ref()).isEqualTo(KNOWN);
    }

    @Test
    void checked_ourReferenceWithSomethingElse_isADifferentPayout() {
        Recipient account = Recipient.KazakhAccount.builder("KZ000000000000000012", "000000000000", "Ivanov Ivan")
                .build();
        Recipient phone = new Recipient.Phone("79680000000", "100000000069");

        assertThat(collides(KNOWN, paid(ref("simulated", "r-1", 15_001, CARD)))).isTrue();
        assertThat(collides(KNOWN, paid(ref("simulated", "r-1", 15_000, new Recipient.SavedCard("t")))))
                .isTrue();
        assertThat(collides(KNOWN, paid(KNOWN).recipientMask("424242******0013")))
                .isTrue();
        assertThat(collides(KNOWN, paid(KNOWN).createdAt(ASKED.minus(Duration.ofHours(1)))))
                .isTrue();
        assertThat(collides(
                        ref("simulated", "r-1", 15_000, account),
                        paid(ref("simulated", "r-1", 15_000, account)).recipientMask("KZ00**0013")))
                .isTrue();
        assertThat(collides(
                        ref("simulated", "r-1", 15_000, phone),
                        paid(ref("simulated", "r-1", 15_000, phone)).recipientMask("+7968*****01")))
                .isTrue();
    }

    private static boolean collides(PayoutRef known, Payout.Builder answer) {
        return Answers.checked(known, answer.build()).hasEvidence(Evidence.Kind.OTHER_PAYOUT);
    }

    // ---- what it proves

    @Test
    void settled_theStateBeforeTheCall_provesNothing() {
        Payout prepared = Payout.builder(KNOWN, PayoutStatus.PREPARED, "new").build();
        Payout paid = paid(KNOWN).build();

        assertThat(Answers.settled(paid, PayoutStatus.PREPARED)).isSameAs(paid);
        assertThat(Answers.settled(prepared, PayoutStatus.PREPARED)).satisfies(unclear -> {
            assertThat(unclear.hasEvidence(Evidence.Kind.NO_ANSWER)).isTrue();
            assertThat(unclear.providerStatus()).isEqualTo("new");
        });
    }

    @Test
    void brokenContract_provesNothing() {
        Payout before = paid(KNOWN).build();

        assertThat(Answers.brokenContract(before, null).hasEvidence(Evidence.Kind.NO_ANSWER))
                .isTrue();
    }

    @ParameterizedTest
    @EnumSource(Evidence.Kind.class)
    void proves_whatItsKindProves(Evidence.Kind kind) {
        Payout unknown = Payout.unknown(KNOWN, "", new Evidence(kind, "Text"));

        for (Evidence.Proves what : Evidence.Proves.values()) {
            assertThat(Answers.proves(unknown, what)).isEqualTo(kind.proves() == what);
            assertThat(Answers.proves(paid(KNOWN).build(), what)).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({"SAME_REFERENCE_LATER, false", "ASK_STATUS, false", "NEW_PAYOUT_AFTER_FIX, true", "NEVER, true"})
    void isFinal_unlessItMayBeTriedAgain(Advice advice, boolean last) {
        assertThat(Answers.isFinal(rejected(advice, ROW))).isEqualTo(last);
    }

    // ---- what is kept of it

    @Test
    void refusal_keepsTheRowAndTheRequestId() {
        assertThat(Answers.refusal(rejected(Advice.NEVER, ROW)).all())
                .containsOnlyKeys("reason", "requestId", "code", "english", "russian")
                .containsEntry("reason", "PayoutRejectedException")
                .containsEntry("requestId", "q-1")
                .containsEntry("code", "E7")
                .containsEntry("english", "Text.")
                .containsEntry("russian", "Текст.");
        assertThat(Answers.refusal(null).all()).isEmpty();
    }

    @Test
    void decline_refusedWithARow_isThatRow() {
        assertThat(Answers.decline(rejected(Advice.NEVER, ROW)).code()).isEqualTo("E7");
        assertThat(Answers.decline(new PayoutRejectedException(
                                FailureDetails.builder("simulated", Operation.SUBMIT, "no", Advice.NEVER)
                                        .build()))
                        .code())
                .isEqualTo("not-sent");
    }

    @ParameterizedTest
    @ValueSource(strings = {"recipient.number: must be 14 to 19 digits", "recipient.number:", "recipient.number: a: b"})
    void invalid_field_isNamedAndNothingElseOfTheMessage(String message) {
        assertThat(Answers.invalid(new IllegalArgumentException(message)).text(Locale.ENGLISH))
                .isEqualTo("The request cannot be sent to this provider; wrong is: recipient.number.");
        assertThat(Answers.invalid(new IllegalArgumentException(message)).text(Locale.forLanguageTag("ru")))
                .isEqualTo("Запрос нельзя отправить этому провайдеру; ошибка в поле: recipient.number.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4242424242424242: no", ": no", "no field", "card\n1: no"})
    void invalid_whatIsNoFieldsName_isNotRepeated(String message) {
        assertThat(Answers.invalid(new IllegalArgumentException(message)).text(Locale.ENGLISH))
                .isEqualTo("The request cannot be sent to this provider.");
        assertThat(Answers.invalid(new IllegalStateException("amount: no")).text(Locale.ENGLISH))
                .isEqualTo("The request cannot be sent to this provider.");
        assertThat(Answers.invalid(new IllegalArgumentException()).code()).isEqualTo("not-sent");
    }

    @Test
    void ourOwnDeclines_sayWhatBecameOfTheMoney() {
        assertThat(Answers.taken()).satisfies(decline -> {
            assertThat(decline.code()).isEqualTo("reference-taken");
            assertThat(decline.advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX);
        });
        assertThat(Answers.notified().code()).isEqualTo("notified");
        assertThat(Answers.settledAsNotPaid().code()).isEqualTo("settled-not-paid");
    }
}
