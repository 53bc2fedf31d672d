package org.unipayout.spring;

import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

/** The journal's health, as Boot 4 asks for it. */
final class Boot4Health extends AbstractHealthIndicator {
    private final JournalHealth journal;

    Boot4Health(JournalHealth journal) {
        super(JournalHealth.UNREADABLE);
        this.journal = journal;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        JournalHealth.Answer answer = journal.answer();
        builder.status(answer.up() ? Status.UP : Status.DOWN).withDetails(answer.details());
    }
}
