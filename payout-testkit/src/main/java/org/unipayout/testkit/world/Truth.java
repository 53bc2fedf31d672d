package org.unipayout.testkit.world;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.unipayout.testkit.Ledger;
import org.unipayout.testkit.world.Transaction.Maker;

/**
 * What the provider's side knows of one intent of the merchant's.
 *
 * @param bank the provider behind its doors
 * @param about which transactions are about it
 */
record Truth(Bank bank, Predicate<Transaction> about) {
    /** The movements of the merchant's own, those of another system of the same merchant among them. */
    List<Ledger.Movement> statement() {
        return movements(one -> one.maker != Maker.FOREIGN).toList();
    }

    /** The payments that followed from sends of the merchant whose world it is. */
    List<Ledger.Movement> sendsPaid() {
        return movements(one -> one.maker == Maker.MERCHANT)
                .filter(movement -> movement.kind() == Ledger.Kind.PAID)
                .toList();
    }

    /** Whether anybody was paid, a stranger under the same reference too. */
    boolean anybodyPaid() {
        return movements(one -> true).anyMatch(movement -> movement.kind() == Ledger.Kind.PAID);
    }

    boolean mayStillPay() {
        return transactions().anyMatch(Transaction::mayStillPay);
    }

    boolean corrected() {
        return transactions().anyMatch(one -> one.corrected);
    }

    Stream<Transaction> transactions() {
        return bank.transactions().filter(about);
    }

    private Stream<Ledger.Movement> movements(Predicate<Transaction> whose) {
        return bank.ledger.movements().stream()
                .filter(movement -> bank.byId(movement.providerId())
                        .filter(about.and(whose))
                        .isPresent());
    }
}
