package org.unipayout.spring;

import org.springframework.boot.actuate.health.AbstractHealthIndicator;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.Status;

/** The journal's health, as Boot 3 asks for it. */
final class Boot3Health extends AbstractHealthIndicator {
    private final JournalHealth journal;

    Boot3Health(JournalHealth journal) {
        super(JournalHealth.UNREADABLE);
        this.journal = journal;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        JournalHealth.Answer answer = journal.answer();
        builder.status(answer.up() ? Status.UP : Status.DOWN).withDetails(answer.details());
    }
}
