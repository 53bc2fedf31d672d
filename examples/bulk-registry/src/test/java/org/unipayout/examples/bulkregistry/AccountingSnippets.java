package org.unipayout.examples.bulkregistry;

import java.io.IOException;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.commons.csv.CSVPrinter;
import org.unipayout.Money;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Actor;
import org.unipayout.journal.Confirmation;
import org.unipayout.journal.PayoutPage;
import org.unipayout.journal.PayoutQuery;
import org.unipayout.journal.PayoutRecord;
import org.unipayout.journal.Payouts;
import org.unipayout.journal.StatusChange;

/** The Java snippets of docs/accounting.md, so that they compile; {@link JournalGuideTest} holds the two together. */
abstract class AccountingSnippets {
    void close(Payouts payouts, LocalDate day) {
        // snippet: day
        ZoneId zone = ZoneId.of("Asia/Almaty");
        PayoutQuery moved = PayoutQuery.between(
                        day.atStartOfDay(zone).toInstant(),
                        day.plusDays(1).atStartOfDay(zone).toInstant())
                .statuses(PayoutStatus.SUCCEEDED, PayoutStatus.RETURNED);
        PayoutPage<StatusChange> page = payouts.ends(moved);
        book(page);
        while (page.next() != null) {
            page = payouts.ends(moved.after(page.next()));
            book(page);
        }
        // end
    }

    void line(CSVPrinter csv, StatusChange end, ZoneId zone) throws IOException {
        // snippet: line
        Money fee = end.fee();
        csv.printRecord(
                end.reference(),
                end.provider(),
                end.providerId(),
                end.to(),
                end.amount().major().toPlainString(),
                end.amount().currency().getCurrencyCode(),
                fee == null ? null : fee.major().toPlainString(),
                end.rrn(),
                end.at().atZone(zone).toLocalDateTime(),
                end.finishedAt());
        // end
    }

    void bring(Payouts payouts, Actor migration, Old old) {
        // snippet: bring
        payouts.by(migration).takeOver(PayoutRef.parse(old.ref()), old.request(), "ioka");
        // end
    }

    PayoutRecord another(Payouts payouts, Actor cashier, PayoutRequest request) {
        // snippet: instead
        PayoutRecord second = payouts.by(cashier).instead("invoice-17", request, "bereke", Confirmation.AUTOMATIC);
        // end
        return second;
    }

    /** What a merchant has stored of a direct call. */
    interface Old {
        String ref();

        PayoutRequest request();
    }

    abstract void book(PayoutPage<StatusChange> page);
}
