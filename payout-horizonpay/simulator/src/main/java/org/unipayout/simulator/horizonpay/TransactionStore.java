package org.unipayout.simulator.horizonpay;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All saved transactions; look-ups cost the same however many there are. */
final class TransactionStore {
    private final List<Transaction> inOrder = new ArrayList<>();
    private final Map<String, Transaction> byUid = new HashMap<>();
    private final Map<String, List<Transaction>> byTrackingId = new HashMap<>();
    private final List<Transaction> open = new ArrayList<>();

    void add(Transaction transaction) {
        inOrder.add(transaction);
        byUid.put(transaction.uid, transaction);
        String trackingId = transaction.trackingId();
        if (trackingId != null) {
            byTrackingId.computeIfAbsent(trackingId, key -> new ArrayList<>()).add(transaction);
        }
        open.add(transaction);
    }

    Optional<Transaction> byUid(String uid) {
        return Optional.ofNullable(byUid.get(uid));
    }

    /** Newest first. */
    List<Transaction> byTrackingId(String trackingId) {
        List<Transaction> found = new ArrayList<>(byTrackingId.getOrDefault(trackingId, List.of()));
        Collections.reverse(found);
        return found;
    }

    /** Newest first. */
    List<Transaction> createdAfter(Instant instant) {
        List<Transaction> found = new ArrayList<>();
        for (int i = inOrder.size() - 1; i >= 0 && inOrder.get(i).createdAt.isAfter(instant); i--) {
            found.add(inOrder.get(i));
        }
        return found;
    }

    /** Those that something will still happen to, oldest first. */
    List<Transaction> open() {
        open.removeIf(transaction -> !transaction.isOpen());
        return List.copyOf(open);
    }
}
