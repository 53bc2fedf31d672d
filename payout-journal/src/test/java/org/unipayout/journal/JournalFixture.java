package org.unipayout.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Resubmission;
import org.unipayout.testkit.MovableClock;

/** A provider, a database and journals that come and go over them. */
final class JournalFixture {
    static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
    static final Actor ANNA = new Actor("anna");
    static final Actor BORIS = new Actor("boris");
    static final Resubmission SAME_HANDLE = new Resubmission.SameHandle();
    static final Resubmission SAME_REFERENCE = new Resubmission.SameReference(2, Duration.ofSeconds(30));
    static final Resubmission AFTER_ABSENCE =
            new Resubmission.AfterAbsence(Duration.ofHours(2), 2, Duration.ofMinutes(5));

    final MovableClock clock = MovableClock.standingAt(START);
    final DataSource dataSource;
    final SimulatedProvider provider;
    final Payouts payouts;

    JournalFixture(Databases database, Resubmission resubmission) {
        dataSource = database.fresh();
        provider = new SimulatedProvider(clock, resubmission);
        payouts = journal(builder -> builder);
        payouts.createSchema();
    }

    /** Another process over the same database and provider. */
    Payouts journal(UnaryOperator<PayoutsBuilder> settings) {
        return settings.apply(Payouts.builder(dataSource)
                        .provider(SimulatedProvider.NAME, provider)
                        .time(clock, clock::advance, () -> 1.0))
                .build();
    }

    PayoutRecord pay(String reference) {
        return payouts.pay(request(reference), SimulatedProvider.NAME);
    }

    PayoutStatus status(String reference) {
        return payouts.find(reference)
                .map(PayoutRecord::payout)
                .map(Payout::status)
                .orElseThrow();
    }

    String story(String reference) {
        return payouts.explain(reference, Locale.ENGLISH).orElseThrow();
    }

    /** Looks at a payout again and again, with time passing between, until it is over. */
    PayoutRecord recover(Payouts journal, String reference, Duration pause, int times) {
        PayoutStatus status = PayoutStatus.UNKNOWN;
        for (int i = 0; i < times && !status.isFinal(); i++) {
            clock.advance(pause);
            status = journal.recoverNow(reference).status();
        }
        return journal.recoverNow(reference);
    }

    static PayoutRequest request(String reference) {
        return PayoutRequest.builder(reference, Money.ofMinor(15_000, "KZT"), new Recipient.SavedCard("token-1"))
                .description("Salary")
                .build();
    }
}
