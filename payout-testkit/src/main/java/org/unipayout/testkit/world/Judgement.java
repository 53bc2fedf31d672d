package org.unipayout.testkit.world;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.unipayout.MayChange;
import org.unipayout.PayoutStatus;
import org.unipayout.testkit.Ledger;

/**
 * Compares what the merchant was told about one payout with the provider's ledger, after everything has come to rest. Knows
 * nothing of how the payout was carried out.
 *
 * @param kind what is wrong
 * @param reference with which payout
 * @param text in words
 */
@MayChange
public record Judgement(Kind kind, String reference, String text) {

    /** What can be wrong. */
    public enum Kind {
        /** One intent, more than one payment. */
        DOUBLE,
        /** Told as paid, and the money went to somebody else or under another amount. */
        MISDIRECTED,
        /** An end that the ledger contradicts. */
        WRONG,
        /** Told as stored, or paid, and not known. */
        LOST,
        /** Open, nobody works on it, and nothing that is allowed leads to an end. */
        STUCK,
        /** Ledger and books differ, and nobody was asked to look. */
        SILENT
    }

    /**
     * What the merchant's side says about a payout at the end.
     *
     * @param asked whether the merchant was told that it is stored
     * @param status its status; null if it is not known
     * @param flagged whether a person was ever asked to look at it
     * @param returnTold whether the merchant's side has heard of a return, or looks for one where none is told
     * @param correctionTold whether it has heard of the payment that followed a failure
     * @param secondTold whether it has heard of two payments
     */
    public record Books(
            boolean asked,
            @Nullable PayoutStatus status,
            boolean flagged,
            boolean returnTold,
            boolean correctionTold,
            boolean secondTold) {}

    /**
     * Judges one payout.
     *
     * @param provider knows the truth
     * @param reference of which payout
     * @param books what the merchant's side says
     * @return what is wrong; empty if nothing is
     */
    public static List<Judgement> of(NastyProvider provider, String reference, Books books) {
        return of(provider.truth(reference), reference, books);
    }

    static List<Judgement> of(Truth truth, String reference, Books books) {
        List<Ledger.Movement> statement = truth.statement();
        long paid = statement.stream()
                .filter(movement -> movement.kind() == Ledger.Kind.PAID)
                .count();
        long returned = statement.size() - paid;
        List<Judgement> wrong = new ArrayList<>();
        if (truth.sendsPaid().size() > 1) {
            wrong.add(new Judgement(Kind.DOUBLE, reference, "was paid " + paid + " times"));
        }
        PayoutStatus status = books.status();
        if (status == null) {
            if (books.asked() || paid > 0) {
                wrong.add(new Judgement(Kind.LOST, reference, "is not known, and was paid " + paid + " times"));
            }
            return wrong;
        }
        end(truth, books, status, paid, returned)
                .map(kind -> new Judgement(
                        kind, reference, status + ", but paid " + paid + " times and returned " + returned + " times"))
                .ifPresent(wrong::add);
        if (paid > 1 && books.secondTold() && !books.flagged()) {
            wrong.add(new Judgement(Kind.SILENT, reference, "two payments were told, and nobody was asked to look"));
        }
        return wrong;
    }

    private static Optional<Kind> end(Truth truth, Books books, PayoutStatus status, long paid, long returned) {
        if (!status.isFinal()) {
            return truth.mayStillPay() ? Optional.empty() : Optional.of(Kind.STUCK);
        }
        return switch (status.funds()) {
            case MOVED -> moved(truth, books, paid, returned);
            case CAME_BACK -> returned > 0 ? Optional.empty() : Optional.of(Kind.WRONG);
            default -> paid == 0 ? Optional.empty() : unpaid(truth, books);
        };
    }

    private static Optional<Kind> moved(Truth truth, Books books, long paid, long returned) {
        if (paid == 0) {
            return Optional.of(truth.anybodyPaid() ? Kind.MISDIRECTED : Kind.WRONG);
        }
        return returned >= paid && books.returnTold() && !books.flagged() ? Optional.of(Kind.WRONG) : Optional.empty();
    }

    /** The provider's own word that it failed may be believed, until it is heard that it was corrected. */
    private static Optional<Kind> unpaid(Truth truth, Books books) {
        if (truth.sendsPaid().isEmpty()) { // another system of the merchant's paid its own
            return books.secondTold() && !books.flagged() ? Optional.of(Kind.SILENT) : Optional.empty();
        }
        if (!truth.corrected()) {
            return Optional.of(Kind.WRONG);
        }
        return books.correctionTold() && !books.flagged() ? Optional.of(Kind.SILENT) : Optional.empty();
    }
}
