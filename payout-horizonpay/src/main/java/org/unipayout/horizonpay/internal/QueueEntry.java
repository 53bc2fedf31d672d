package org.unipayout.horizonpay.internal;

import org.jspecify.annotations.Nullable;
import org.unipayout.horizonpay.internal.wire.Transaction;

/**
 * What the queue has of a payout.
 *
 * @param waiting whether it has not come to it
 * @param transaction what it made of it; null while it waits, and if the queue has no such entry any more
 */
record QueueEntry(boolean waiting, @Nullable Transaction transaction) {
    static final QueueEntry WAITING = new QueueEntry(true, null);
    static final QueueEntry GONE = new QueueEntry(false, null);
}
