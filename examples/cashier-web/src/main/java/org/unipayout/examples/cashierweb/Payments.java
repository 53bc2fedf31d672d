package org.unipayout.examples.cashierweb;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.unipayout.journal.Actor;
import org.unipayout.spring.TransactionalPayouts;

/** The shop's own table beside the journal, written in one transaction with it. */
@Service
class Payments {
    private final JdbcClient jdbc;
    private final TransactionalPayouts payouts;

    Payments(JdbcClient jdbc, TransactionalPayouts payouts) {
        this.jdbc = jdbc;
        this.payouts = payouts;
    }

    /**
     * What the shop keeps of a payment.
     *
     * @param reference the shop's own number of it
     * @param recipient the person's name
     * @param purpose what it is paid for
     */
    record Kept(String reference, String recipient, String purpose) {}

    /** The reference is kept for another recipient. */
    static final class OtherRecipientException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /**
     * Stores the payout and the shop's row, or neither; a worker sends it after the commit. The same payment again is the same payout.
     *
     * @return whether it is new
     * @throws OtherRecipientException if the reference is kept for somebody else; nothing was stored
     * @throws org.unipayout.journal.PayoutConflictException if it was stored with other content; nothing was stored
     * @throws IllegalArgumentException if the account would not take the request; nothing was stored
     */
    @Transactional
    public boolean pay(Payment payment, Actor actor) {
        payouts.by(actor).pay(payment.request(), payment.account(), payment.confirmation());
        String reference = payment.request().reference();
        Kept kept = kept(List.of(reference)).get(reference);
        if (kept == null) {
            jdbc.sql("insert into payment (reference, recipient, purpose) values (?, ?, ?)")
                    .params(
                            reference,
                            payment.recipient(),
                            payment.request().description().orElse(""))
                    .update();
            return true;
        }
        if (!kept.recipient().equals(payment.recipient())) {
            throw new OtherRecipientException();
        }
        return false;
    }

    /** What is kept under these references, by reference. */
    Map<String, Kept> kept(List<String> references) {
        if (references.isEmpty()) {
            return Map.of();
        }
        return jdbc
                .sql("select reference, recipient, purpose from payment where reference in (:references)")
                .param("references", references)
                .query(Kept.class)
                .list()
                .stream()
                .collect(Collectors.toMap(Kept::reference, kept -> kept));
    }
}
