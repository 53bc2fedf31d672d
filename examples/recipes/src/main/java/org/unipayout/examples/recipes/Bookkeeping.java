package org.unipayout.examples.recipes;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.PayoutListener;
import org.unipayout.journal.StatusChange;

/** Books each end once, however often it is told. */
// snippet: books
final class Bookkeeping implements PayoutListener {
    private final DataSource books;

    Bookkeeping(DataSource books) {
        this.books = books;
    }

    @Override
    public void statusChanged(StatusChange change) { // PayoutsBuilder.listener(…), on every machine
        if (change.to() != PayoutStatus.SUCCEEDED && change.to() != PayoutStatus.RETURNED) {
            return;
        }
        // create table entry (reference varchar, number bigint, amount_minor bigint, currency varchar(3), rrn varchar,
        //                     primary key (reference, number))
        try (Connection connection = books.getConnection();
                PreparedStatement insert = connection.prepareStatement("insert into entry select ?, ?, ?, ?, ?"
                        + " where not exists (select 1 from entry where reference = ? and number = ?)")) {
            boolean back = change.to() == PayoutStatus.RETURNED;
            insert.setString(1, change.reference());
            insert.setLong(2, change.number()); // the same in every repetition
            insert.setLong(
                    3, back ? -change.amount().minorUnits() : change.amount().minorUnits());
            insert.setString(4, change.amount().currency().getCurrencyCode());
            insert.setString(5, change.rrn());
            insert.setString(6, change.reference());
            insert.setLong(7, change.number());
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("the books cannot be written; the change comes again", e);
        }
    }
}
// end
