package org.unipayout.journal;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.unipayout.PayoutStatus;
import org.unipayout.testkit.world.Notices;

/** What the merchant of a {@link World} was told, by whatever way. */
final class Books {
    private final Set<String> asked = new TreeSet<>();
    private final Map<String, List<StatusChange>> heard = new HashMap<>();
    private final Map<String, Set<String>> paidIds = new HashMap<>();
    private final Set<String> second = new HashSet<>();
    private final Set<String> returned = new HashSet<>();
    private final Set<String> corrected = new HashSet<>();
    private final List<String> broken = new ArrayList<>();

    /** The merchant was told that it is stored. */
    void asked(String reference) {
        asked.add(reference);
    }

    boolean wasAsked(String reference) {
        return asked.contains(reference);
    }

    /**
     * The database has lost the end of what was told: a listener hears it again, or otherwise. Which notifications were lost is not known
     * here, so nothing is expected of any.
     *
     * @param kept how far a history still goes
     */
    void forgetWhatIsLost(ToLongFunction<String> kept) {
        heard.forEach(
                (reference, changes) -> changes.removeIf(change -> change.number() > kept.applyAsLong(reference)));
        paidIds.clear();
        second.clear();
        returned.clear();
        corrected.clear();
    }

    void hear(StatusChange change) {
        heard.computeIfAbsent(change.reference(), any -> new ArrayList<>()).add(change);
    }

    List<StatusChange> heard(String reference) {
        return heard.getOrDefault(reference, List.of());
    }

    /** A notification was taken; whether it proves anything is the provider's trait. */
    void notified(Notices.Notice notice, @Nullable PayoutStatus before) {
        if (notice.status() == PayoutStatus.SUCCEEDED) {
            Set<String> ids = paidIds.computeIfAbsent(notice.reference(), any -> new HashSet<>());
            if (notice.bringsId()) {
                ids.add(notice.id());
            }
            if (ids.size() > 1) {
                second.add(notice.reference());
            }
            if (before == PayoutStatus.FAILED) {
                corrected.add(notice.reference());
            }
        }
        if (notice.status() == PayoutStatus.RETURNED) {
            returned.add(notice.reference());
        }
    }

    void secondSeen(String reference) {
        second.add(reference);
    }

    boolean secondTold(String reference) {
        return second.contains(reference);
    }

    boolean returnTold(String reference) {
        return returned.contains(reference);
    }

    boolean correctionTold(String reference) {
        return corrected.contains(reference);
    }

    /** A method ended in a way that its documents do not know. */
    void broken(String what) {
        broken.add(what);
    }

    List<String> broken() {
        return broken;
    }
}
