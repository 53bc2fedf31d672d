package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.ANNA;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.request;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Operation;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.WebhookEvent;
import org.unipayout.journal.internal.run.Checkpoint;

/** A process dies right after any of its commits: what it was about to ask, or to say to a person, another one asks and says. */
class DyingProcessTest {
    private static final int MANY = 50;

    /** The body is {@code id status trust minor}, about the reference {@code r-1}. */
    static final PayoutWebhooks WEBHOOKS = request -> {
        String body = new String(request.body(), StandardCharsets.UTF_8);
        String[] parts = body.split(" ", -1);
        WebhookEvent.Trust trust = WebhookEvent.Trust.valueOf(parts[2]);
        WebhookEvent.Builder event = WebhookEvent.builder(SimulatedProvider.NAME, "changed", trust, body)
                .reference("r-1")
                .providerId(parts[0])
                .amount(Money.ofMinor(Long.parseLong(parts[3]), "KZT"));
        return (trust == WebhookEvent.Trust.HINT ? event : event.status(PayoutStatus.valueOf(parts[1]), "word"))
                .build();
    };

    private JournalFixture fixture = new JournalFixture(Databases.H2, SAME_REFERENCE);
    private Payouts others = journal(builder -> builder);

    /** Stands for the end of a process: nothing catches it. */
    private static final class Halt extends Error {
        private static final long serialVersionUID = 1L;
    }

    private Payouts journal(UnaryOperator<PayoutsBuilder> settings) {
        return fixture.journal(
                builder -> settings.apply(builder.provider(SimulatedProvider.NAME, fixture.provider, WEBHOOKS)));
    }

    private void pays(PayoutStatus accepted) {
        fixture = new JournalFixture(Databases.H2, SAME_REFERENCE);
        fixture.provider.accepted = accepted;
        others = journal(builder -> builder);
    }

    private void paid(PayoutStatus accepted) {
        pays(accepted);
        others.pay(request("r-1"), SimulatedProvider.NAME);
        fixture.clock.advance(Duration.ofHours(1));
    }

    private static void receive(Payouts payouts, String body) {
        payouts.webhook(SimulatedProvider.NAME, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    private static Payout paidTwice(PayoutRef ref) {
        return Payout.builder(ref, PayoutStatus.SUCCEEDED, "word")
                .evidence(new Evidence(Evidence.Kind.PAID_TWICE, "simulated"))
                .build();
    }

    /** Whether it lived through it. */
    private boolean does(Consumer<Payouts> work, int dyingAfter) {
        AtomicInteger left = new AtomicInteger(dyingAfter);
        DataSource dying = new FaultyDatabase(fixture.dataSource).seenBy(place -> {
            if (place == FaultyDatabase.Place.COMMITTED && left.decrementAndGet() == 0) {
                throw new Halt();
            }
        });
        Payouts payouts = Payouts.builder(dying)
                .provider(SimulatedProvider.NAME, fixture.provider, WEBHOOKS)
                .time(fixture.clock, fixture.clock::advance, () -> 1.0)
                .build();
        try {
            work.accept(payouts);
            return true;
        } catch (Halt halt) {
            return false;
        }
    }

    /** As workers do when the lease of the dead is over. */
    private void othersGoOn() {
        fixture.clock.advance(Duration.ofHours(1));
        others.sweep();
        Tables.texts(fixture.dataSource, "select task_instance from payout_journal_task")
                .forEach(others::advance);
    }

    private void assertFlagged(Runnable before, Consumer<Payouts> work, Runnable after, Attention attention) {
        boolean lived = false;
        for (int commits = 1; !lived && commits < MANY; commits++) {
            before.run();

            lived = does(work, commits);
            after.run();
            othersGoOn();

            assertThat(others.stored("r-1").orElseThrow().attention())
                    .describedAs("died after commit " + commits)
                    .contains(attention);
        }
        assertThat(lived).isTrue();
    }

    /** What was not acknowledged comes again. */
    @ParameterizedTest
    @CsvSource({
        "SUCCEEDED, id-2 SUCCEEDED VERIFIED 15000, PAID_TWICE",
        "FAILED, id-2 SUCCEEDED VERIFIED 15000, CONTRADICTION",
        "FAILED, id-r-1 SUCCEEDED VERIFIED 99900, CONTRADICTION"
    })
    void webhook_ofASecondPaymentOrAnotherPayout_isFlagged(PayoutStatus end, String body, Attention attention) {
        assertFlagged(() -> paid(end), payouts -> receive(payouts, body), () -> receive(others, body), attention);
    }

    @Test
    void webhook_afterWhichTwoPaymentsAreShown_isFlagged() {
        String hint = "id-r-1 - HINT 15000";
        assertFlagged(
                () -> {
                    paid(PayoutStatus.SUCCEEDED);
                    fixture.provider.onGet = DyingProcessTest::paidTwice;
                },
                payouts -> receive(payouts, hint),
                () -> receive(others, hint),
                Attention.PAID_TWICE);
    }

    @Test
    void find_showsTwoPayments_isFlagged() {
        assertFlagged(
                () -> {
                    paid(PayoutStatus.PROCESSING);
                    fixture.provider.onGet = DyingProcessTest::paidTwice;
                },
                payouts -> payouts.find("r-1"),
                () -> {},
                Attention.PAID_TWICE);
    }

    @Test
    void pay_isAnsweredWithTwoPayments_isFlagged() {
        assertFlagged(
                () -> {
                    pays(PayoutStatus.SUCCEEDED);
                    fixture.provider.onSubmit = DyingProcessTest::paidTwice;
                    fixture.provider.onGet = DyingProcessTest::paidTwice;
                },
                payouts -> payouts.pay(request("r-1"), SimulatedProvider.NAME),
                () -> others.pay(request("r-1"), SimulatedProvider.NAME),
                Attention.PAID_TWICE);
    }

    /** Its end rests on a notification alone, which a person is to know. */
    @ParameterizedTest
    @ValueSource(strings = {"SUCCEEDED", "FAILED"})
    void recoverNow_takesANotificationAtItsWord_isFlagged(String said) {
        assertFlagged(
                () -> {
                    pays(PayoutStatus.PROCESSING);
                    fixture.provider.fault(Operation.SUBMIT, SimulatedProvider.Fault.ANSWER_LOST);
                    fixture.provider.onGet = ref -> {
                        throw new IllegalStateException("down");
                    };
                    others.pay(request("r-1"), SimulatedProvider.NAME);
                    receive(others, "id-r-1 " + said + " VERIFIED 15000");
                    fixture.clock.advance(Duration.ofHours(25));
                },
                payouts -> payouts.recoverNow("r-1"),
                () -> {},
                Attention.NOTIFIED_ONLY);
    }

    @Test
    void restored_whileAReturnIsLost_isAskedAboutAndFound() {
        boolean lived = false;
        for (int commits = 1; !lived && commits < MANY; commits++) {
            paid(PayoutStatus.SUCCEEDED);
            Instant until = fixture.clock.instant();
            fixture.provider.onGet =
                    ref -> Payout.builder(ref, PayoutStatus.RETURNED, "word").build();
            fixture.clock.advance(Duration.ofHours(1));

            lived = does(payouts -> payouts.by(ANNA).restored(until, until), commits);
            fixture.clock.advance(Duration.ofHours(1));
            assertThat(others.by(ANNA).restored(until, until)).isZero();
            othersGoOn();

            assertThat(others.stored("r-1").orElseThrow().status())
                    .describedAs("died after commit " + commits)
                    .isEqualTo(PayoutStatus.RETURNED);
        }
        assertThat(lived).isTrue();
    }

    /** The worker could not see it in its own look, and its removal takes away what would stand for it. */
    @Test
    void webhook_isTakenInWhileAWorkerLetsGo_isFlagged() throws InterruptedException {
        paid(PayoutStatus.SUCCEEDED);
        receive(others, "id-r-1 - HINT 15000");
        Payouts dying = journal(builder -> builder.checkpoints((checkpoint, reference) -> {
            if (checkpoint == Checkpoint.WEBHOOK_APPLIED) {
                throw new Halt();
            }
        }));
        CountDownLatch looks = new CountDownLatch(2);
        Payouts worker = journal(builder -> builder.worker(1, Duration.ofMillis(100))
                .node("worker")
                .checkpoints((checkpoint, reference) -> {
                    if (checkpoint == Checkpoint.RELEASED) {
                        if (looks.getCount() == 2) {
                            assertThatThrownBy(() -> receive(dying, "id-2 SUCCEEDED VERIFIED 15000"))
                                    .isInstanceOf(Halt.class);
                            fixture.clock.advance(Duration.ofHours(1)); // the lease of the dead is over
                        }
                        looks.countDown();
                    }
                }));

        worker.start();
        assertThat(looks.await(10, TimeUnit.SECONDS)).isTrue();
        worker.close();

        assertThat(others.stored("r-1").orElseThrow().attention()).contains(Attention.PAID_TWICE);
    }
}
