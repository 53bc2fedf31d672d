package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.journal.JournalFixture.SAME_REFERENCE;
import static org.unipayout.journal.JournalFixture.request;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.unipayout.Operation;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.WebhookEvent;
import org.unipayout.journal.SimulatedProvider.Fault;
import org.unipayout.journal.internal.run.Checkpoint;

/** What a stranger's notifications may cost: a bounded number of questions and rows, and nothing that is news is lost. */
class QuestionsTest {
    private static final int PER_HOUR = 60;

    /** The body is {@code key reference status}, and the key is a new one for every delivery; without a status it is a hint. */
    private static final PayoutWebhooks WEBHOOKS = request -> {
        String[] parts = new String(request.body(), StandardCharsets.UTF_8).split(" ", -1);
        boolean hint = parts[2].isEmpty();
        return WebhookEvent.builder(
                        SimulatedProvider.NAME,
                        "changed",
                        hint ? WebhookEvent.Trust.HINT : WebhookEvent.Trust.VERIFIED,
                        parts[0])
                .reference(parts[1])
                .status(hint ? null : PayoutStatus.valueOf(parts[2]), hint ? parts[3] : "word")
                .build();
    };

    private JournalFixture journal;
    private Payouts payouts;
    private int deliveries;
    private int scheduledAtOnce;

    @BeforeEach
    void pay() {
        pay(Databases.H2);
    }

    private void pay(Databases database) {
        journal = new JournalFixture(database, SAME_REFERENCE);
        payouts = journal.journal(builder -> builder.provider(SimulatedProvider.NAME, journal.provider, WEBHOOKS)
                .checkpoints((reached, reference) -> {
                    if (reached == Checkpoint.LEASED && deliveries > 1) {
                        scheduledAtOnce += tasksAtOnce();
                    }
                }));
        payouts.pay(request("r-1"), SimulatedProvider.NAME);
    }

    private PayoutStatus receive(String content) {
        deliveries++;
        String body = "key-" + deliveries + " r-1 " + content;
        return payouts.webhook(SimulatedProvider.NAME, body.getBytes(StandardCharsets.UTF_8), Map.of())
                .orElseThrow()
                .status();
    }

    private void replay(int times, String content) {
        for (int i = 0; i < times; i++) {
            journal.clock.advance(Duration.ofSeconds(1));
            receive(content.replace("#", Integer.toString(i)));
        }
    }

    private long questions() {
        return journal.provider.events().stream().filter("GET r-1"::equals).count();
    }

    private int historyRows() {
        return Tables.count(journal.dataSource, "payout_journal_history");
    }

    private int tasksAtOnce() {
        return Tables.texts(
                        journal.dataSource,
                        "select task_instance from payout_journal_task where execution_time <= timestamp with time zone '"
                                + journal.clock.instant() + "'")
                .size();
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void notificationOfEqualContent_replayed_addsNoRows(Databases database) {
        pay(database);
        int rowsBefore = historyRows();

        replay(300, "PROCESSING");

        assertThat(Tables.count(journal.dataSource, "payout_journal_webhook")).isEqualTo(1);
        assertThat(historyRows()).isEqualTo(rowsBefore + 1);
        assertThat(questions()).isBetween(1L, (long) PER_HOUR);
        assertThat(scheduledAtOnce)
                .as("nor does a worker look each time, but once when the submit has settled")
                .isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Databases.class)
    void hintsOfAnyContent_costABoundedNumberOfQuestionsAndRows(Databases database) {
        pay(database);
        int rowsBefore = historyRows();

        replay(300, " word-#");

        assertThat(questions()).isBetween(1L, (long) PER_HOUR);
        assertThat(historyRows()).isLessThanOrEqualTo(rowsBefore + PER_HOUR);
    }

    @Test
    void lookedAtAgainAndAgain_isAskedAboutABoundedNumberOfTimes_andGoesOnLater() {
        for (int i = 0; i < 1000; i++) {
            journal.clock.advance(Duration.ofMillis(3_500));
            assertThat(payouts.find("r-1")).isPresent();
        }
        assertThat(questions()).isBetween(PER_HOUR / 2L, (long) PER_HOUR);

        journal.clock.advance(Duration.ofHours(1));
        long before = questions();
        payouts.find("r-1");
        assertThat(questions()).isEqualTo(before + 1);
    }

    @Test
    void whatIsNotAskedNow_isAskedWhenItIsDue() {
        replay(300, " word");
        journal.provider.settle("r-1");

        assertThat(receive(" word")).isEqualTo(PayoutStatus.PROCESSING);
        assertThat(payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void whatIsNotAskedNow_afterTheEnd_isAskedWhenItIsDue() {
        journal.provider.settle("r-1");
        payouts.recoverNow("r-1");
        replay(300, " word");
        journal.provider.state("r-1", PayoutStatus.RETURNED);
        assertThat(receive(" word")).isEqualTo(PayoutStatus.SUCCEEDED);
        Tables.edit(journal.dataSource, "delete from payout_journal_task");

        payouts.sweep();

        assertThat(tasksAtOnce()).isEqualTo(1);
        assertThat(payouts.recoverNow("r-1").status()).isEqualTo(PayoutStatus.RETURNED);
        assertThat(payouts.recoverNow()).isZero();
        payouts.sweep();
        assertThat(Tables.texts(
                        journal.dataSource, "select dedupe_hash from payout_journal_webhook where applied_at is null"))
                .isEmpty();
    }

    @Test
    void signedNews_isAskedAboutAtOnce_howeverManyCameBefore() {
        replay(300, "PROCESSING");
        replay(300, " word");
        journal.provider.settle("r-1");

        assertThat(receive("SUCCEEDED")).isEqualTo(PayoutStatus.SUCCEEDED);
        journal.provider.state("r-1", PayoutStatus.RETURNED);
        assertThat(receive("RETURNED")).isEqualTo(PayoutStatus.RETURNED);
    }

    @Test
    void signedSighting_stopsTheCountingOfAbsence_howeverManyCameBefore() {
        journal = new JournalFixture(Databases.H2, SAME_REFERENCE);
        journal.provider.fault(Operation.SUBMIT, Fault.ANSWER_LOST);
        journal.provider.hiddenFor = Duration.ofDays(1);
        payouts = journal.journal(builder -> builder.provider(SimulatedProvider.NAME, journal.provider, WEBHOOKS));
        assertThat(payouts.pay(request("r-1"), SimulatedProvider.NAME).status()).isEqualTo(PayoutStatus.UNKNOWN);
        replay(PER_HOUR / 2, " word");
        int rowsBefore = historyRows();

        receive("AWAITING_RECIPIENT");

        assertThat(historyRows()).isEqualTo(rowsBefore + 1);
    }

    @Test
    void questionsWithoutAnAnswer_count() {
        Fault[] silence = new Fault[1000];
        Arrays.fill(silence, Fault.ANSWER_LOST);
        journal.provider.fault(Operation.GET, silence);

        replay(300, " word");

        assertThat(questions()).isBetween(1L, (long) PER_HOUR);
    }

    @Test
    void questionsPerHour_lessThanTwo_isRefused() {
        assertThatThrownBy(() -> Payouts.builder(journal.dataSource).questionsPerHour(1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
