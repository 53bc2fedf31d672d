package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.AFTER_ABSENCE;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.SAME_HANDLE;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.START;
import static org.unipayout.journal.JournalFixture.request;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.unipayout.CardNumber;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.Participant;
import org.unipayout.Payout;
import org.unipayout.PayoutFence;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Recipient;
import org.unipayout.Resubmission;
import org.unipayout.WebhookEvent;
import org.unipayout.journal.SimulatedProvider.Fault;
import org.unipayout.journal.internal.decide.Answers;
import org.unipayout.journal.internal.run.Checkpoint;

/** Histories that a provider may legally bring about, each of which once paid twice, ended wrongly or stood still. */
@SuppressWarnings("NullAway") // what each test sets first is there
class NastyHistoryTest {
    static final String N = SimulatedProvider.NAME;
    static final Resubmission FENCED = new Resubmission.Fenced(2, Duration.ofSeconds(30));
    /** key reference id status amount; "-" is not there. */
    static final PayoutWebhooks SIGNED = request -> {
        String[] p = new String(request.body(), StandardCharsets.UTF_8).split(" ", -1);
        WebhookEvent.Builder b = WebhookEvent.builder(N, "changed", WebhookEvent.Trust.VERIFIED, p[0])
                .reference(p[1])
                .amount(Money.ofMinor(Long.parseLong(p[4]), "KZT"));
        if (!p[2].equals("-")) b.providerId(p[2]);
        if (!p[3].equals("-")) b.status(PayoutStatus.valueOf(p[3]), "word");
        return b.build();
    };

    static final PayoutFence.Answer YES = new PayoutFence.Answer(200, "text/plain", new byte[] {'y'});
    static final PayoutFence.Answer NO = new PayoutFence.Answer(200, "text/plain", new byte[] {'n'});
    static final PayoutFence FENCE = request -> {
        String[] p = new String(request.body(), StandardCharsets.UTF_8).split(" ", -1);
        return new PayoutFence.Question(
                WebhookEvent.builder(N, "verification", WebhookEvent.Trust.VERIFIED, p[1])
                        .reference(p[0])
                        .providerId(p[1])
                        .amount(Money.ofMinor(Long.parseLong(p[2]), "KZT"))
                        .build(),
                YES,
                NO);
    };
    JournalFixture j;
    Payouts p;

    void at(Resubmission rule, UnaryOperator<PayoutsBuilder> more) {
        j = new JournalFixture(Databases.H2, rule instanceof Resubmission.Fenced ? SAME_REFERENCE : rule);
        j.provider.rule = rule;
        p = j.journal(b -> more.apply(fenced(rule, b.provider(N, j.provider, SIGNED))));
    }

    static PayoutsBuilder fenced(Resubmission r, PayoutsBuilder b) {
        return r instanceof Resubmission.Fenced ? b.fence(N, FENCE) : b;
    }

    PayoutRecord pay() {
        return p.pay(request("r-1"), N);
    }

    Optional<PayoutRecord> receive(String s) {
        return p.webhook(N, s.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    boolean passes(String q) {
        return p.verification(N, q.getBytes(StandardCharsets.UTF_8), Map.of()).equals(YES);
    }

    PayoutRecord recover(Duration d, int n) {
        return j.recover(p, "r-1", d, n);
    }

    static Payout said(PayoutRef ref, @Nullable String id, PayoutStatus s) {
        PayoutRef known = id == null ? ref : ref.withProviderId(id);
        return s == PayoutStatus.UNKNOWN
                ? Payout.unknown(known, "", new Evidence(Evidence.Kind.NO_ANSWER, "x"))
                : Payout.builder(known, s, "w")
                        .decline(s == PayoutStatus.FAILED ? Answers.notified() : null)
                        .build();
    }

    static Payout absent(PayoutRef ref) {
        return Payout.unknown(ref, "", new Evidence(Evidence.Kind.ABSENT, "x"));
    }

    @Test
    void secondSendReturnsFailed_whileFirstPaid() {
        at(AFTER_ABSENCE, b -> b.afterAbsence(Absence.ASK_MERCHANT));
        j.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        j.provider.hiddenFor = Duration.ofHours(20);
        j.provider.accepted = PayoutStatus.SUCCEEDED;
        pay();
        recover(Duration.ofHours(3), 4);
        j.provider.onSubmit = ref -> said(ref, "id-2", PayoutStatus.FAILED);
        PayoutRecord r = p.by(ANNA).resubmit("r-1");
        assertThat(j.provider.payments("r-1")).isEqualTo(1);
        assertThat(r.status()).isNotEqualTo(PayoutStatus.FAILED);
    }

    @Test
    void sameReference_expired_whilePaidAndIndexLags() {
        at(SAME_REFERENCE, b -> b);
        j.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        j.provider.hiddenFor = Duration.ofHours(1);
        j.provider.accepted = PayoutStatus.SUCCEEDED;
        p.pay(request("r-1").toBuilder().expiresAt(START.plusSeconds(3)).build(), N);
        PayoutRecord r = recover(Duration.ofMinutes(1), 6);
        assertThat(j.provider.payments("r-1")).isEqualTo(1);
        assertThat(r.status()).isNotEqualTo(PayoutStatus.EXPIRED);
    }

    @Test
    void sameReference_refusedResend_failedWhilePaid() {
        at(SAME_REFERENCE, b -> b);
        j.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST, Fault.REFUSED);
        j.provider.hiddenFor = Duration.ofHours(1);
        j.provider.accepted = PayoutStatus.SUCCEEDED;
        pay();
        PayoutRecord r = recover(Duration.ofMinutes(1), 8);
        assertThat(j.provider.payments("r-1")).isEqualTo(1);
        assertThat(r.status()).isNotEqualTo(PayoutStatus.FAILED);
    }

    static PayoutRequest card(String ref) {
        return PayoutRequest.builder(
                        ref,
                        Money.ofMinor(15_000, "KZT"),
                        new Recipient.Card(
                                CardNumber.of("4111111111111111"), new Recipient.CardExpiry(12, 2031), "TEST HOLDER"))
                .recipientDetails(
                        Participant.builder().fullName("Test Recipient").build())
                .build();
    }

    @Test
    void signedPaid_arrivesWhileWaitingForTheTurn_paidTwice() {
        AtomicReference<Runnable> hook = new AtomicReference<>(() -> {});
        JournalFixture[] f = new JournalFixture[1];
        at(
                AFTER_ABSENCE,
                b -> b.afterAbsence(Absence.RESUBMIT)
                        .throttle(N, new Throttle(1, 100))
                        .time(
                                clockOf(f),
                                d -> {
                                    hook.get().run();
                                    j.clock.advance(d);
                                },
                                () -> 1.0));
        f[0] = j;
        j.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        j.provider.hiddenFor = Duration.ofDays(999);
        j.provider.idShowsAtOnce = true;
        j.provider.accepted = PayoutStatus.SUCCEEDED;
        p.pay(card("r-1"), N);
        recover(Duration.ofHours(3), 4);
        for (int i = 2; i < 8; i++) p.pay(request("r-" + i), N);
        hook.set(() -> {
            hook.set(() -> {});
            receive("k-1 r-1 id-r-1 SUCCEEDED 15000");
        });
        p.pay(card("r-1"), N);
        assertThat(j.provider.payments("r-1")).isEqualTo(1);
    }

    Clock clockOf(JournalFixture[] f) {
        return new Clock() {
            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId z) {
                return this;
            }

            @Override
            public Instant instant() {
                return j.clock.instant();
            }
        };
    }

    @Test
    void replays_waitsForTheTurn_andSendsAfterTheKeyIsGone() {
        at(new Resubmission.Replays(Duration.ofHours(1)), b -> b.throttle(N, new Throttle(1, 100)));
        j.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        p.pay(card("r-1"), N);
        List<Instant> sent = new ArrayList<>();
        j.provider.onSubmit = ref -> {
            if (ref.reference().equals("r-1")) sent.add(j.clock.instant());
            return null;
        };
        j.clock.advance(Duration.ofHours(1).minusMillis(300));
        for (int i = 2; i < 8; i++) p.pay(request("r-" + i), N);
        p.pay(card("r-1"), N);
        assertThat(sent).allMatch(t -> t.isBefore(START.plus(Duration.ofHours(1))));
    }

    @Test
    void fence_sameQuestionAfterSettledAsNotPaid() {
        at(FENCED, b -> b);
        j.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        pay();
        assertThat(passes("r-1 id-1 15000")).isTrue(); // the answer is lost on its way
        recover(Duration.ofHours(5), 6);
        p.by(ANNA).settle("r-1", Settlement.notPaid("nothing in the statement"));
        assertThat(p.stored("r-1").orElseThrow().status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(passes("r-1 id-1 15000")).as("FAILED, and lets the money go").isFalse();
    }

    @Test
    void fence_letThroughBetweenReadAndEnd() {
        for (int n = 1; n < 9; n++) {
            int at = n;
            AtomicInteger count = new AtomicInteger();
            AtomicBoolean passed = new AtomicBoolean();
            at(
                    FENCED,
                    b -> b.checkpoints((c, ref) -> {
                        if (c == Checkpoint.GET_STORED && count.incrementAndGet() == at)
                            passed.set(passes("r-1 id-1 15000"));
                    }));
            j.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST, Fault.REFUSED);
            pay();
            receive("k-1 r-1 id-1 - 15000");
            PayoutRecord r = recover(Duration.ofSeconds(31), 9);
            if (passed.get()) assertThat(r.status()).as("n=" + n).isNotEqualTo(PayoutStatus.FAILED);
        }
    }

    @Test
    void fence_getSaysNotLetThrough_parks() {
        at(FENCED, b -> b);
        j.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        pay();
        j.provider.onGet = ref -> j.provider.submits("r-1") > 0
                ? null
                : Payout.unknown(ref.withProviderId("id-1"), "", new Evidence(Evidence.Kind.NOT_LET_THROUGH, "x"));
        recover(Duration.ofMinutes(30), 20);
        assertThat(j.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void submitAnswersPaidTwice_silent() {
        at(AFTER_ABSENCE, b -> b.afterAbsence(Absence.RESUBMIT));
        j.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        pay();
        j.provider.onSubmit = ref -> Payout.builder(ref.withProviderId("id-1"), PayoutStatus.SUCCEEDED, "w")
                .evidence(new Evidence(Evidence.Kind.PAID_TWICE, "two"))
                .build();
        PayoutRecord r = recover(Duration.ofHours(3), 5);
        assertThat(r.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(r.attention()).contains(Attention.PAID_TWICE);
    }

    @Test
    void contradictionOverwrittenByDecision() {
        at(AFTER_ABSENCE, b -> b.afterAbsence(Absence.ASK_MERCHANT));
        j.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        pay();
        recover(Duration.ofHours(3), 4);
        j.clock.advance(Duration.ofMinutes(10));
        PayoutRecord r = receive("k-1 r-1 id-9 SUCCEEDED 999").orElseThrow();
        assertThat(r.attention()).contains(Attention.CONTRADICTION);
    }

    @Test
    void paidTwiceOverwrittenByCollisionInOneRun() {
        at(AFTER_ABSENCE, b -> b);
        j.provider.accepted = PayoutStatus.SUCCEEDED;
        j.provider.duringSubmit = () -> {
            receive("k-1 r-1 id-2 SUCCEEDED 15000");
            j.clock.advance(Duration.ofMillis(5));
            receive("k-2 r-1 id-r-1 SUCCEEDED 999");
        };
        pay();
        PayoutRecord r = recover(Duration.ofSeconds(5), 3);
        assertThat(r.attention()).contains(Attention.PAID_TWICE);
    }

    @Test
    void returnedClaimUsedUpByALateSucceeded() {
        at(SAME_REFERENCE, b -> b);
        j.provider.accepted = PayoutStatus.SUCCEEDED;
        pay();
        receive("k-1 r-1 id-r-1 RETURNED 15000");
        j.clock.advance(Duration.ofMinutes(1));
        receive("k-2 r-1 id-r-1 SUCCEEDED 15000");
        j.provider.state("r-1", PayoutStatus.RETURNED);
        PayoutRecord r = null;
        for (int i = 0; i < 60; i++) {
            j.clock.advance(Duration.ofHours(1));
            p.recoverNow();
            r = p.recoverNow("r-1");
        }
        assertThat(r.status()).isEqualTo(PayoutStatus.RETURNED);
    }

    @Test
    void failedClaimTakenAtItsWordWhileTheProviderSaysProcessing() {
        at(SAME_REFERENCE, b -> b);
        pay();
        receive("k-1 r-1 id-r-1 FAILED 15000");
        PayoutRecord r = recover(Duration.ofHours(1), 26);
        j.provider.state("r-1", PayoutStatus.SUCCEEDED);
        for (int i = 0; i < 10; i++) {
            j.clock.advance(Duration.ofHours(1));
            r = p.recoverNow("r-1");
        }
        assertThat(r.status()).isNotEqualTo(PayoutStatus.FAILED);
    }

    @Test
    void settleCannotClearAContradictionByAnOpenClaim() {
        at(SAME_REFERENCE, b -> b);
        pay();
        j.provider.state("r-1", PayoutStatus.FAILED);
        recover(Duration.ofMinutes(1), 2);
        receive("k-1 r-1 id-r-1 SUCCEEDED 15000");
        PayoutRecord r = p.by(ANNA).settle("r-1", Settlement.notPaid("statement"));
        for (int i = 0; i < 300; i++) {
            j.clock.advance(Duration.ofHours(1));
            r = p.recoverNow("r-1");
        }
        assertThat(r.attention()).isEmpty();
    }

    @Test
    void listenerFailedHidesOverdue_noVerb() {
        at(
                SAME_REFERENCE,
                b -> b.listener(c -> {
                    throw new IllegalStateException("books");
                }));
        j.provider.noCancel = true;
        j.provider.strangeSubmit = Evidence.Kind.PROVIDER_UNSURE;
        j.provider.strangeAnswer = Evidence.Kind.PROVIDER_UNSURE;
        pay();
        PayoutRecord r = recover(Duration.ofHours(5), 12);
        assertThat(r.openVerbs()).isNotEmpty();
    }

    @Test
    void cancelAnswersPrepared_thenRefused_isSentAgainBeforeTheFirstHasSettled() {
        at(SAME_HANDLE, b -> b);
        j.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        pay();
        j.clock.advance(Duration.ofSeconds(1));
        p.by(ANNA).cancel("r-1");
        j.provider.fault(Operation.CANCEL, Fault.REFUSED);
        assertThatThrownBy(() -> p.by(ANNA).cancel("r-1")).isInstanceOf(RuntimeException.class);
        j.clock.advance(Duration.ofSeconds(1));
        p.recoverNow("r-1");
        assertThat(j.provider.events().stream().filter("SUBMIT r-1"::equals)).hasSize(1);
    }

    @Test
    void firstPaidBySignedNotification_secondsFailureEndsIt() {
        at(AFTER_ABSENCE, b -> b.afterAbsence(Absence.RESUBMIT));
        j.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        pay();
        for (int i = 0; i < 4; i++) {
            j.clock.advance(Duration.ofHours(1));
            p.recoverNow("r-1");
        }
        receive("k-1 r-1 id-T1 SUCCEEDED 15000");
        j.provider.state("r-1", PayoutStatus.FAILED);
        PayoutRecord r = recover(Duration.ofHours(1), 4);
        assertThat(r.status()).isNotEqualTo(PayoutStatus.FAILED);
    }

    /** The first send was lost, the second was paid, and neither shows. */
    private void twoSendsUnclear() {
        at(AFTER_ABSENCE, b -> b.afterAbsence(Absence.RESUBMIT));
        j.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST, Fault.ANSWER_LOST);
        j.provider.hiddenFor = Duration.ofDays(999);
        j.provider.accepted = PayoutStatus.SUCCEEDED;
        pay();
        for (int i = 0; i < 4; i++) {
            j.clock.advance(Duration.ofHours(1));
            p.recoverNow("r-1");
        }
    }

    @Test
    void twoSendsUnclear_failureOfOneByItsIdEndsBoth() {
        twoSendsUnclear();
        j.provider.onGet = ref -> ref.providerId().isPresent() ? said(ref, "id-T1", PayoutStatus.FAILED) : absent(ref);
        PayoutRecord r = receive("k-1 r-1 id-T1 FAILED 15000").get();
        assertThat(j.provider.payments("r-1")).isEqualTo(1);
        assertThat(r.status()).isNotEqualTo(PayoutStatus.FAILED);
    }

    @Test
    void expiresWhileWaitingForTheTurn_isSentAllTheSame() {
        at(SAME_REFERENCE, b -> b.throttle(N, new Throttle(1, 100)));
        List<Instant> sent = new ArrayList<>();
        j.provider.onSubmit = ref -> {
            if (ref.reference().equals("r-1")) sent.add(j.clock.instant());
            return null;
        };
        for (int i = 2; i < 8; i++) p.pay(request("r-" + i), N);
        p.pay(card("r-1").toBuilder().expiresAt(START.plusMillis(300)).build(), N);
        assertThat(sent).isEmpty();
    }

    @Test
    void formIsOut_collisionAnswer_fails_whileTheRecipientCanPay() {
        at(SAME_REFERENCE, b -> b);
        j.provider.formless = false;
        p.pay(
                PayoutRequest.builder(
                                "r-1",
                                Money.ofMinor(15_000, "KZT"),
                                new Recipient.HostedForm(java.net.URI.create("https://m.example/done")))
                        .build(),
                N);
        j.provider.onGet = ref -> Payout.unknown(ref, "", new Evidence(Evidence.Kind.OTHER_PAYOUT, "x"));
        PayoutRecord r = recover(Duration.ofMinutes(5), 2);
        assertThat(r.status()).isNotEqualTo(PayoutStatus.FAILED);
    }

    @Test
    void waitsForTheCard_isNotAskedAbout_andSentWithoutAsking() {
        at(AFTER_ABSENCE, b -> b.afterAbsence(Absence.ASK_MERCHANT));
        j.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        j.provider.hiddenFor = Duration.ofHours(8);
        j.provider.accepted = PayoutStatus.SUCCEEDED;
        p.pay(card("r-1"), N);
        recover(Duration.ofHours(3), 2);
        p.by(ANNA).resubmit("r-1");
        j.clock.advance(Duration.ofHours(8));
        for (int i = 0; i < 5; i++) {
            j.clock.advance(Duration.ofHours(1));
            p.recoverNow("r-1");
            p.find("r-1");
        }
        p.pay(card("r-1"), N);
        assertThat(j.provider.payments("r-1")).isEqualTo(1);
    }

    @Test
    void fenced_secondSendReturnsFailed_thenFirstIsAsked() {
        at(FENCED, b -> b);
        j.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        pay();
        j.provider.onSubmit = ref -> said(ref, "id-2", PayoutStatus.FAILED);
        PayoutRecord r = recover(Duration.ofSeconds(31), 4);
        assertThat(r.status()).isEqualTo(PayoutStatus.FAILED);
        assertThat(passes("r-1 id-1 15000")).isFalse();
        assertThat(passes("r-1 id-2 15000")).isFalse();
    }

    @Test
    void fence_duringCancel_and_duringSecondSubmit() {
        at(FENCED, b -> b);
        j.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        pay();
        AtomicBoolean during = new AtomicBoolean();
        j.provider.duringCancel = () -> during.set(passes("r-1 id-1 15000"));
        j.provider.fault(Operation.CANCEL, Fault.REQUEST_LOST);
        p.by(ANNA).cancel("r-1");
        assertThat(during).isFalse();
        assertThat(passes("r-1 id-1 15000")).isFalse();
        // first send's question comes while the second is being refused for good
        at(FENCED, b -> b);
        j.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        pay();
        j.provider.fault(Operation.SUBMIT, Fault.REFUSED);
        j.provider.duringSubmit = () -> during.set(passes("r-1 id-1 15000"));
        recover(Duration.ofSeconds(31), 3);
        j.provider.duringSubmit = null;
        PayoutRecord r = recover(Duration.ofSeconds(31), 20);
        assertThat(during).isTrue();
        assertThat(r.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(passes("r-1 id-2 15000")).isFalse();
    }

    @Test
    void confirm_pastTheDeadlineOfTheIntent_needsAnOrder() {
        at(SAME_REFERENCE, b -> b);
        j.provider.confirms = true;
        j.provider.fault(Operation.CONFIRM, Fault.REFUSED_FOR_NOW);
        p.pay(
                request("r-1").toBuilder()
                        .expiresAt(START.plus(Duration.ofHours(1)))
                        .build(),
                N);
        recover(Duration.ofHours(2), 2);
        assertThat(j.provider.payments("r-1")).isZero();
    }

    @Test
    void signedPaymentOfOneOfTwoSends_whileTheIndexShowsOnlyTheFailedOne() {
        twoSendsUnclear();
        receive("k-1 r-1 - SUCCEEDED 15000");
        j.provider.onGet = ref -> said(ref, null, PayoutStatus.FAILED);
        PayoutRecord r = recover(Duration.ofHours(5), 6);
        assertThat(j.provider.payments("r-1")).isEqualTo(1);
        assertThat(r.status()).isNotEqualTo(PayoutStatus.FAILED);
        assertThat(r.attention()).isPresent();
    }

    @Test
    void claimOfOneOfTwoSends_takenAtItsWord_whileTheOtherPaid() {
        twoSendsUnclear();
        receive("k-1 r-1 id-T1 FAILED 15000");
        PayoutRecord r = recover(Duration.ofHours(5), 6);
        assertThat(r.status()).isNotEqualTo(PayoutStatus.FAILED);
    }

    @Test
    void equalPayoutOnAnOrderedResend_isSentOnWithoutANewDecision() {
        at(AFTER_ABSENCE, b -> b.afterAbsence(Absence.ASK_MERCHANT));
        j.provider.fault(Operation.SUBMIT, Fault.REQUEST_LOST);
        pay();
        recover(Duration.ofHours(3), 4);
        AtomicInteger n = new AtomicInteger();
        j.provider.onSubmit = ref ->
                n.incrementAndGet() < 4 ? Payout.unknown(ref, "", new Evidence(Evidence.Kind.EQUAL_PAYOUT, "x")) : null;
        p.by(ANNA).resubmit("r-1");
        recover(Duration.ofMinutes(1), 6);
        assertThat(n.get()).isEqualTo(1);
    }

    @Test
    void signedPaid_betweenTheInboxAndTheAnnouncement_machineStandsStill() {
        AtomicReference<Runnable> hook = new AtomicReference<>(() -> {});
        at(
                AFTER_ABSENCE,
                b -> b.afterAbsence(Absence.RESUBMIT).checkpoints((c, ref) -> {
                    if (c == Checkpoint.SUBMIT_STORED) hook.get().run();
                }));
        j.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        j.provider.hiddenFor = Duration.ofDays(999);
        j.provider.idShowsAtOnce = true;
        j.provider.accepted = PayoutStatus.SUCCEEDED;
        pay();
        hook.set(() -> {
            hook.set(() -> {});
            receive("k-1 r-1 id-r-1 SUCCEEDED 15000");
        });
        recover(Duration.ofHours(3), 4);
    }
}
