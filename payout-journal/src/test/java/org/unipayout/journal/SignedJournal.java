package org.unipayout.journal;

import static org.unipayout.journal.JournalFixture.AFTER_ABSENCE;
import static org.unipayout.journal.JournalFixture.request;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.unipayout.Money;
import org.unipayout.PayoutStatus;
import org.unipayout.PayoutWebhooks;
import org.unipayout.Resubmission;
import org.unipayout.WebhookEvent;

/** A journal with one payout, {@code r-1}, whose provider signs what it notifies. */
abstract class SignedJournal {
    /** The body is {@code key reference id status minorUnits}, and is taken for signed. */
    static final PayoutWebhooks SIGNED = request -> {
        String[] parts = new String(request.body(), StandardCharsets.UTF_8).split(" ", -1);
        return WebhookEvent.builder(SimulatedProvider.NAME, "changed", WebhookEvent.Trust.VERIFIED, parts[0])
                .reference(parts[1])
                .providerId(parts[2])
                .status(PayoutStatus.valueOf(parts[3]), "word")
                .amount(Money.ofMinor(Long.parseLong(parts[4]), "KZT"))
                .build();
    };

    JournalFixture journal = new JournalFixture(Databases.H2, AFTER_ABSENCE);
    Payouts payouts = journal.payouts;

    void at(Databases database, Resubmission rule, Absence absence) {
        journal = new JournalFixture(database, rule);
        payouts = journal.journal(builder -> builder.provider(SimulatedProvider.NAME, journal.provider, SIGNED)
                .afterAbsence(absence));
    }

    PayoutRecord pay() {
        return payouts.pay(request("r-1"), SimulatedProvider.NAME);
    }

    Optional<PayoutRecord> receive(String body) {
        return payouts.webhook(SimulatedProvider.NAME, body.getBytes(StandardCharsets.UTF_8), Map.of());
    }

    PayoutRecord recover(Duration pause, int times) {
        return journal.recover(payouts, "r-1", pause, times);
    }
}
