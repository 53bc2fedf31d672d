package org.unipayout.horizonpay.internal;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.unipayout.Evidence;
import org.unipayout.Evidence.Kind;
import org.unipayout.Evidence.Proves;
import org.unipayout.Identity;
import org.unipayout.Payout;
import org.unipayout.PayoutStatus;

/**
 * What is known of all transactions under one reference, which HorizonPay does not keep unique.
 *
 * @param all what each of them says about our payout
 * @param cut whether there may be older ones that were not shown
 * @param collision what differs in one of them that is not ours, or null
 */
record Siblings(List<Payout> all, boolean cut, @Nullable Identity collision) {
    private static final Set<Kind> OF_ONE_TRANSACTION = Set.of(Kind.DUPLICATE, Kind.EQUAL_PAYOUT, Kind.NOT_LET_THROUGH);

    /** Which one tells about the money: one that was paid, else may still be paid, else might be ours, else failed. */
    private static final List<Predicate<Payout>> RANKS = List.of(
            payout -> payout.status() == PayoutStatus.SUCCEEDED,
            payout -> !payout.status().isFinal() && proves(payout, Proves.IT_EXISTS),
            payout -> proves(payout, Proves.NOTHING),
            payout -> payout.status().isFinal(),
            payout -> proves(payout, Proves.NOT_EXECUTED),
            payout -> true);

    Siblings {
        all = all.stream()
                .sorted(Comparator.comparing(
                        (Payout payout) -> payout.createdAt().orElse(Instant.EPOCH), Comparator.reverseOrder()))
                .toList();
    }

    /** Whether what one transaction says leaves room for another one that was paid. */
    static boolean mayStandBeside(Payout known) {
        return known.status().isFinal() || isOfOneTransaction(known);
    }

    /** Whether nothing follows from it for the payout, but only for one transaction. */
    static boolean isOfOneTransaction(Payout known) {
        return known.evidence()
                .filter(evidence -> OF_ONE_TRANSACTION.contains(evidence.kind()))
                .isPresent();
    }

    /** The one that tells what happened to the money; the newest if there are several of its sort. */
    Optional<Payout> decisive() {
        List<Payout> paid = all.stream()
                .filter(payout -> payout.status() == PayoutStatus.SUCCEEDED)
                .toList();
        if (paid.size() > 1) {
            return Optional.of(paidTwice(paid));
        }
        Optional<Payout> first =
                RANKS.stream().flatMap(rank -> all.stream().filter(rank)).findFirst();
        return cut ? first.map(Siblings::asFarAsShown) : first;
    }

    private static Payout paidTwice(List<Payout> paid) {
        Payout first = paid.get(paid.size() - 1);
        return first.toBuilder()
                .evidence(new Evidence(
                        Kind.PAID_TWICE,
                        paid.size() + " transactions under this reference were paid, all of them ours"))
                .build();
    }

    /**
     * Those that were not shown may have been paid: what only says that one transaction paid nothing ends nothing. A fence
     * needs no list to keep a second one from being paid.
     */
    private static Payout asFarAsShown(Payout payout) {
        boolean unpaid = payout.status().isFinal() && payout.status() != PayoutStatus.SUCCEEDED;
        return unpaid || payout.hasEvidence(Kind.EQUAL_PAYOUT)
                ? Payout.unknown(
                        payout.ref(),
                        payout.providerStatus(),
                        new Evidence(
                                Kind.DUPLICATE,
                                "HorizonPay shows the " + HorizonPayTables.MOST_LISTED
                                        + " newest transactions of a reference only; an older one may have been paid"))
                : payout;
    }

    /** A payout without evidence is shown to exist by its status. */
    private static boolean proves(Payout payout, Proves what) {
        return payout.evidence().map(evidence -> evidence.kind().proves()).orElse(Proves.IT_EXISTS) == what;
    }
}
