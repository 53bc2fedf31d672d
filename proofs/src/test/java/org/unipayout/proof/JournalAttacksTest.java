package org.unipayout.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.unipayout.PayoutStatus;
import org.unipayout.WebhookRejectedException;
import org.unipayout.journal.PayoutRecord;
import org.unipayout.journal.Payouts;
import org.unipayout.journal.PayoutsBuilder;
import org.unipayout.testkit.MovableClock;
import org.unipayout.testkit.Scenario;

/** At the journal's door: what is forged changes no status, leaves no row and asks nobody; what is old or another's changes no status. */
class JournalAttacksTest {
    private static final long OPEN = Scenario.SLOW.amount(210);

    private final MovableClock clock = MovableClock.running();
    private final JdbcDataSource tables = new JdbcDataSource();
    private final List<Stand> stands = Stand.all();
    private Payouts payouts;

    @BeforeEach
    void open() {
        tables.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        PayoutsBuilder builder = Payouts.builder(tables).time(clock, clock::advance, () -> 1.0);
        stands.forEach(stand -> builder.provider(stand.toString(), stand.client, stand.receiver));
        payouts = builder.build();
        payouts.createSchema();
    }

    @AfterEach
    void close() {
        payouts.close();
        stands.forEach(Stand::close);
    }

    @Test
    void webhook_forged_changesNothing() {
        for (Stand stand : stands) {
            List<Notice> elsewhere = stand.notices();
            PayoutRecord open = paid(stand, "open-" + stand);
            Notice captured = elsewhere.get(0);
            deliver(stand, captured);
            String before = state(tables);
            int asked = stand.simulator.requests().size();
            Refusals refusals = new Refusals(stand);

            SignatureForgeries.of(captured, List.of(aboutOurs(captured, open)), refusals);
            TextForgeries.of(captured, refusals);
            JsonForgeries.of(captured, elsewhere, refusals);

            assertThat(refusals.count).as("refused by %s", stand).isGreaterThan(300);
            assertThat(state(tables))
                    .as("the tables after forgeries of %s", stand)
                    .isEqualTo(before);
            assertThat(stand.simulator.requests()).hasSize(asked);
            assertThat(open(open.reference())).isEqualTo(PayoutStatus.PROCESSING);
        }
    }

    @Test
    void webhook_genuine_isTakenIn() {
        for (Stand stand : stands) {
            PayoutRecord open = paid(stand, "open-" + stand);
            for (int times = 0; times < 3; times++) { // some wait for a confirmation, and notify of the end after it
                stand.simulator.settle();
                stand.client.get(open.payout().ref());
                clock.advance(Duration.ofMinutes(10));
                stand.sent().forEach(notice -> deliver(stand, notice));
            }

            assertThat(open(open.reference())).as("at %s", stand).isEqualTo(PayoutStatus.SUCCEEDED);
        }
    }

    /** Under our reference, signed, and of another payout: another merchant of the same provider, or a year ago. */
    @Test
    void webhook_ofAnotherPayoutUnderOurReference_endsNothing() {
        for (Stand stand : stands) {
            List<Notice> old = stand.notices();
            stand.simulator.reset();
            PayoutRecord open = paid(stand, "order-paid");

            old.forEach(notice -> deliver(stand, notice));

            assertThat(open(open.reference())).as("at %s", stand).isEqualTo(PayoutStatus.PROCESSING);
            payouts.close();
            open();
        }
    }

    @Test
    void webhook_atAnotherProvidersAddress_endsNothing() {
        for (Stand stand : stands) {
            PayoutRecord open = paid(stand, "open-" + stand);
            List<Notice> ours = stand.notices();
            for (Stand other : stands) {
                if (other != stand) {
                    ours.forEach(notice -> deliver(other, notice));
                }
            }

            assertThat(open(open.reference())).as("at %s", stand).isEqualTo(PayoutStatus.PROCESSING);
        }
    }

    private PayoutRecord paid(Stand stand, String reference) {
        PayoutRecord known = payouts.pay(stand.request(reference, OPEN), stand.toString());
        for (int looks = 0; looks < 10 && known.status() != PayoutStatus.PROCESSING; looks++) {
            clock.advance(Duration.ofMinutes(1));
            known = payouts.recoverNow(reference);
        }
        assertThat(known.status()).as("at %s", stand).isEqualTo(PayoutStatus.PROCESSING);
        return known;
    }

    private PayoutStatus open(String reference) {
        return payouts.stored(reference).orElseThrow().status();
    }

    /** What a stranger would like to say: the same of our own payout. */
    private static Notice aboutOurs(Notice captured, PayoutRecord open) {
        String body = new String(captured.body(), StandardCharsets.UTF_8).replace("order-paid", open.reference());
        return new Notice(body.getBytes(StandardCharsets.UTF_8), captured.headers(), captured.reading());
    }

    private void deliver(Stand stand, Notice notice) {
        try {
            payouts.webhook(stand.toString(), notice.body(), notice.headers());
        } catch (WebhookRejectedException refused) { // as another provider's is
        }
    }

    /** Counts what the journal refused; what it took in says what was signed, so that it must be nothing new to it. */
    private final class Refusals implements Consumer<Forgery> {
        private final Stand stand;
        private int count;

        Refusals(Stand stand) {
            this.stand = stand;
        }

        @Override
        public void accept(Forgery forgery) {
            try {
                payouts.webhook(stand.toString(), forgery.body(), forgery.headers());
            } catch (WebhookRejectedException refused) {
                count++;
            }
        }
    }

    private static String state(DataSource tables) {
        StringBuilder all = new StringBuilder();
        try (Connection connection = tables.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("script nosettings")) {
            while (rows.next()) {
                all.append(rows.getString(1)).append('\n');
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        return all.toString();
    }
}
