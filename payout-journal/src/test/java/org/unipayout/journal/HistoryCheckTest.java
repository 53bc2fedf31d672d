package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.unipayout.journal.JournalFixture.START;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.internal.decide.Event;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.decide.HistoryCheck;
import org.unipayout.journal.internal.decide.HistoryRow;
import org.unipayout.journal.internal.decide.RowHashes;

/** Each row and each column that does not fit is found and named, whoever wrote it. */
class HistoryCheckTest {
    private static final RowHashes KEYED =
            new RowHashes("h-1", Map.of("h-1", new SecretKeySpec(bytes("history key"), "HmacSHA256")), false);
    private static final RowHashes OTHER_KEY =
            new RowHashes("h-2", Map.of("h-2", new SecretKeySpec(bytes("other key"), "HmacSHA256")), false);

    private final List<HistoryRow> rows = new ArrayList<>();
    private RowHashes hashes = RowHashes.PLAIN;
    private final Fields columns = new Fields()
            .with("provider", "simulated")
            .with("amount", "150.00 KZT")
            .with("recipientKind", "SAVED_CARD")
            .with("confirmation", "AUTOMATIC")
            .with("request", "request")
            .with("observation", "paid")
            .with("providerId", "id-1")
            .with("status", "SUCCEEDED")
            .with("requestedAt", START);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private HistoryCheckTest then(Event event, PayoutStatus status, Fields said) {
        String previous =
                rows.isEmpty() ? HistoryRow.NO_HASH : rows.get(rows.size() - 1).hash();
        rows.add(HistoryRow.next("r-1", rows.size() + 1L, START, event, status, said, "node", previous, hashes));
        return this;
    }

    private Fields asked() {
        return new Fields()
                .with("provider", "simulated")
                .with("amount", "150.00 KZT")
                .with("recipientKind", "SAVED_CARD")
                .with("confirmation", "AUTOMATIC")
                .with("requestHash", HistoryRow.hash("request"));
    }

    private HistoryCheckTest paid() {
        return then(Event.REQUESTED, PayoutStatus.PREPARED, asked())
                .then(Event.PREPARED, PayoutStatus.PREPARED, new Fields())
                .then(Event.SUBMITTING, PayoutStatus.UNKNOWN, new Fields())
                .then(
                        Event.SUBMITTED,
                        PayoutStatus.SUCCEEDED,
                        HistoryRow.withObservation(new Fields(), "paid", "id-1"));
    }

    private HistoryCheck check(long version, String head) {
        HistoryCheck.Row row = new HistoryCheck.Row(
                "r-1",
                columns.need("provider"),
                columns.need("amount"),
                columns.need("recipientKind"),
                columns.need("confirmation"),
                columns.need("request"),
                columns.need("observation"),
                columns.get("providerId"),
                columns.get("letThrough"),
                columns.get("letThroughMark"),
                columns.need("status"),
                columns.get("attention"),
                version,
                head,
                START);
        return HistoryCheck.of(row, rows, hashes);
    }

    private HistoryCheck check() {
        return check(
                rows.size(), rows.isEmpty() ? "" : rows.get(rows.size() - 1).hash());
    }

    private @Nullable String fault() {
        return fault(check().fault());
    }

    private static @Nullable String fault(Optional<HistoryFault> fault) {
        return fault.map(found -> found.number() + " " + found.text()).orElse(null);
    }

    // ---- the rows

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void untouched_fits(boolean keyed) {
        hashes = keyed ? KEYED : RowHashes.PLAIN;
        paid();

        assertThat(fault()).isNull();
        assertThat(check().chainHolds()).isTrue();
        assertThat(check().observationHolds()).isTrue();
        assertThat(check().sound()).isEqualTo(rows);
        assertThat(check().unknownKey()).isEmpty();
        assertThat(check().settledFault()).isEmpty();
    }

    @Test
    void noRows_areMissed() {
        assertThat(fault()).isEqualTo("1 The row is missing.");
        assertThat(check().chainHolds()).isFalse();
        assertThat(check().observationHolds()).isFalse();
        assertThat(check().sound()).isEmpty();
    }

    @Test
    void rowRemoved_isMissed_andWhatStandsBeforeItIsSound() {
        paid();
        rows.remove(2);

        assertThat(fault(check(4, rows.get(2).hash()).fault())).isEqualTo("3 The row is missing.");
        assertThat(check(4, rows.get(2).hash()).sound()).hasSize(2);
    }

    @Test
    void rowEdited_isFound() {
        paid();
        HistoryRow row = rows.get(1);
        rows.set(
                1,
                new HistoryRow(
                        row.reference(),
                        row.number(),
                        row.at(),
                        row.event(),
                        PayoutStatus.PROCESSING,
                        row.proof(),
                        row.node(),
                        row.previousHash(),
                        row.hash()));

        assertThat(fault()).isEqualTo("2 The row was edited.");
        assertThat(check().sound()).hasSize(1);
    }

    @Test
    void rowReplacedWithItsOwnHash_breaksTheChain() {
        paid();
        HistoryRow other = HistoryRow.next(
                "r-1",
                2,
                START,
                Event.PREPARED,
                PayoutStatus.PROCESSING,
                new Fields(),
                "node",
                rows.get(0).hash(),
                hashes);
        rows.set(1, other);

        assertThat(fault()).isEqualTo("3 The row does not follow the one before it.");
    }

    @Test
    void lastRowsRemovedOrAdded_areMissed() {
        paid();
        String head = rows.get(3).hash();

        assertThat(fault(check(5, head).fault())).isEqualTo("5 Rows at the end were removed or added.");
        assertThat(fault(check(4, rows.get(2).hash()).fault())).isEqualTo("5 Rows at the end were removed or added.");
        rows.remove(3);
        assertThat(fault(check(4, head).fault())).isEqualTo("4 Rows at the end were removed or added.");
    }

    @Test
    void keyed_chainRewrittenWithoutTheKey_isNotBelieved() {
        paid();
        hashes = KEYED;

        assertThat(fault()).isEqualTo("4 No row is under a history key.");
        assertThat(check().sound()).isEmpty();
    }

    @Test
    void keyed_rowWithoutAKeyAfterOneWith_isFound() {
        hashes = KEYED;
        then(Event.REQUESTED, PayoutStatus.PREPARED, asked());
        hashes = RowHashes.PLAIN;
        then(Event.PREPARED, PayoutStatus.PREPARED, new Fields());
        hashes = KEYED;

        assertThat(fault()).isEqualTo("2 The row is under no history key, and an earlier one is.");
    }

    @Test
    void keyed_keyThatIsNotKnownHere_isNamed() {
        hashes = KEYED;
        paid();
        hashes = OTHER_KEY;

        assertThat(fault()).isEqualTo("1 The row is under a history key that is not known here.");
        assertThat(check().unknownKey()).contains("h-1");
    }

    // ---- the payout's own row

    @ParameterizedTest
    @CsvSource({
        "status, PROCESSING, 4 The payout's status is not the one of its last row.",
        "request, other, 1 The stored request was edited.",
        "observation, failed, 4 The stored observation or the provider's id was edited.",
        "providerId, id-2, 4 The stored observation or the provider's id was edited.",
        "provider, other, 1 The payout's provider is not the one that was asked for.",
        "amount, 1500.00 KZT, 1 The payout's amount is not the one that was asked for.",
        "recipientKind, HOSTED_FORM, 1 The payout's recipient kind is not the one that was asked for.",
        "confirmation, MANUAL, 1 The payout's confirmation is not the one that was asked for."
    })
    void columnEdited_isNamed(String column, String value, String expected) {
        paid();
        columns.with(column, value);

        assertThat(fault()).isEqualTo(expected);
        assertThat(check().chainHolds()).isTrue();
        assertThat(check().observationHolds())
                .isEqualTo(!column.equals("status") && !column.equals("observation") && !column.equals("providerId"));
    }

    @Test
    void timeEdited_isNamed() {
        then(Event.REQUESTED, PayoutStatus.PREPARED, asked().with("requestedAt", START.minusSeconds(1)));
        columns.with("status", "PREPARED");

        assertThat(fault()).isEqualTo("1 The payout's time is not the one that was asked for.");
    }

    @Test
    void requestSealedAnew_isHeldAgainstThatRow() {
        paid().then(
                        Event.RESEALED,
                        PayoutStatus.SUCCEEDED,
                        new Fields().with("requestHash", HistoryRow.hash("sealed anew")));
        assertThat(fault()).isEqualTo("1 The stored request was edited.");
        assertThat(check().requestRow()).isEqualTo(5);

        columns.with("request", "sealed anew");
        assertThat(fault()).isNull();
    }

    @Test
    void requestNeverSealedAnew_isOfTheFirstRow() {
        assertThat(paid().check().requestRow()).isEqualTo(1);
    }

    // ---- the fence

    @Test
    void letThrough_withoutARowAndAMark_isBelievedOnlyWithoutAKey() {
        hashes = KEYED;
        paid();
        columns.with("letThrough", "id-1");
        assertThat(fault()).isEqualTo("4 The transaction that was let through is not one that the fence let through.");

        columns.with("letThroughMark", KEYED.markOfPassing("r-1", "id-1"));
        assertThat(fault()).isNull();
        columns.with("letThrough", "id-2");
        assertThat(fault()).isEqualTo("4 The transaction that was let through is not one that the fence let through.");
    }

    @Test
    void letThrough_anotherThanTheRowSays_isFound() {
        paid().then(
                        Event.LET_THROUGH,
                        PayoutStatus.SUCCEEDED,
                        HistoryRow.withObservation(new Fields().with("providerId", "id-1"), "paid", "id-1"));
        assertThat(fault())
                .as("cleared")
                .isEqualTo("5 The transaction that was let through is not the one of its row.");
        columns.with("letThrough", "id-1");
        assertThat(fault()).isNull();
        columns.with("letThrough", "id-2");
        assertThat(fault()).isEqualTo("5 The transaction that was let through is not the one of its row.");
    }

    // ---- attention

    @Test
    void attention_anotherThanTheRowsSay_isFoundUnlessItIsTheFlagOfAFault() {
        paid();
        assertThat(check().attentionFault(null, "TAMPERED")).isEmpty();
        assertThat(fault(check().attentionFault("OVERDUE", "TAMPERED")))
                .isEqualTo("4 The attention is not the one that the rows say.");
        columns.with("attention", "TAMPERED");
        assertThat(check().attentionFault("OVERDUE", "TAMPERED")).isEmpty();
    }

    // ---- a new start

    @Test
    void newStart_afterAPersonsWord_holdsFromThere_andSaysWhy() {
        paid();
        rows.set(1, rows.get(2));
        String asFound = HistoryRow.hashAsFound(rows);
        Fields word = asked().with("letThrough", "id-1");
        rows.add(HistoryRow.next(
                "r-1",
                5,
                START,
                Event.SETTLED,
                PayoutStatus.SUCCEEDED,
                HistoryRow.withFault(HistoryRow.withObservation(word, "paid", "id-1"), "The row was edited."),
                "node",
                asFound,
                hashes));

        columns.with("letThrough", "id-1");
        assertThat(fault()).isNull();
        assertThat(check().sound()).containsExactly(rows.get(4));
        assertThat(fault(check().settledFault())).isEqualTo("5 The row was edited. A person's word stands since.");

        columns.with("letThrough", "id-2");
        assertThat(fault()).isEqualTo("5 The transaction that was let through is not the one of its row.");

        columns.with("letThrough", "id-1").with("amount", "1.00 KZT");
        assertThat(fault()).isEqualTo("5 The payout's amount is not the one that was asked for.");

        rows.set(0, rows.get(3));
        assertThat(fault()).isEqualTo("5 The row does not follow the one before it.");
    }
}
