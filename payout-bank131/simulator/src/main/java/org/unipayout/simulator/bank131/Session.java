package org.unipayout.simulator.bank131;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** A payment session: created, started, confirmed or cancelled, ended. */
final class Session {
    static final String CREATED = "created";
    static final String IN_PROGRESS = "in_progress";
    static final String ACCEPTED = "accepted";
    static final String CANCELLED = "cancelled";
    static final String ERROR = "error";

    private final String id;
    private final Instant createdAt;
    private final PayoutKind kind;
    private final ObjectNode draft;
    private final List<Payout> payouts = new ArrayList<>();
    private Dialect dialect;
    private Instant updatedAt;
    private String status = CREATED;
    private @Nullable Failure failure;
    private @Nullable Instant waitingSince;

    Session(String id, ApiMethod method, ObjectNode draft, Instant createdAt) {
        this.id = id;
        this.kind = method.kind();
        this.dialect = method.dialect();
        this.draft = draft;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    String id() {
        return id;
    }

    /** The kind of payout that it was created for. */
    PayoutKind kind() {
        return kind;
    }

    ObjectNode draft() {
        return draft;
    }

    Instant createdAt() {
        return createdAt;
    }

    Instant updatedAt() {
        return updatedAt;
    }

    List<Payout> payouts() {
        return payouts;
    }

    /** The version in which webhooks are written: that of the latest start. */
    Dialect dialect() {
        return dialect;
    }

    String status() {
        return status;
    }

    @Nullable Failure failure() {
        return failure;
    }

    void start(Payout payout, Dialect version, Instant at) {
        payouts.add(payout);
        dialect = version;
        change(IN_PROGRESS, null, at);
    }

    void change(String next, @Nullable Failure why, Instant at) {
        status = next;
        failure = why;
        touch(at);
    }

    /** Every change is strictly later than the one before it. */
    void touch(Instant at) {
        updatedAt = at.isAfter(updatedAt) ? at : updatedAt.plusNanos(1000);
    }

    @Nullable Instant waitingSince() {
        return waitingSince;
    }

    void waitForPartner(Instant at) {
        waitingSince = at;
    }

    void stopWaiting() {
        waitingSince = null;
    }

    boolean waits() {
        return waitingSince != null;
    }
}
