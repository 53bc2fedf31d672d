package org.unipayout;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The tables of docs/contract.md say what the code says. */
class ContractTablesTest {
    private static final Pattern CODE = Pattern.compile("`([A-Za-z_]+)`");

    @Test
    void statuses_areThoseOfTheTable() throws IOException {
        List<String> code = new ArrayList<>();
        for (PayoutStatus status : PayoutStatus.values()) {
            String money = switch (status.funds()) {
                case NOT_MOVED -> "not moved";
                case MAY_HAVE_MOVED -> "may have moved";
                case MOVED -> "moved";
                case CAME_BACK -> "came back";
            };
            code.add(status + " " + (status.isFinal() ? "yes" : "no") + " " + money);
        }

        List<String> document = new ArrayList<>();
        for (List<String> row : rows("| `PayoutStatus` |")) {
            for (String name : codes(row.get(0))) {
                String money = row.get(2).equals("did not move")
                        ? "not moved"
                        : row.get(2).replace(" yet", "");
                document.add(name + " " + row.get(1) + " " + money);
            }
        }
        assertThat(document).containsExactlyInAnyOrderElementsOf(code);
    }

    @Test
    void evidence_provesWhatTheTableSays() throws IOException {
        assertThat(rows("| `Evidence.Kind` |").stream()
                        .map(row -> codes(row.get(0)).get(0) + " "
                                + codes(row.get(1)).get(0)))
                .containsExactlyElementsOf(Arrays.stream(Evidence.Kind.values())
                        .map(kind -> kind + " " + kind.proves())
                        .toList());
    }

    @Test
    void identities_areThoseOfTheTable() throws IOException {
        assertThat(rows("| The answer shows |").stream()
                        .map(row -> codes(row.get(1)).get(0)))
                .containsExactlyElementsOf(
                        Stream.of(Identity.About.values()).map(Enum::name).toList());
    }

    @Test
    void resubmissions_areThoseOfTheTable() throws IOException {
        assertThat(rows("| `Resubmission` |").stream()
                        .map(row -> codes(row.get(0)).get(0)))
                .containsExactlyElementsOf(Arrays.stream(Resubmission.class.getPermittedSubclasses())
                        .map(Class::getSimpleName)
                        .toList());
    }

    /** The cells of the table whose head begins so. */
    private static List<List<String>> rows(String head) throws IOException {
        List<String> lines = Files.readAllLines(Path.of("..", "docs", "contract.md"));
        int first = 0;
        while (!lines.get(first).startsWith(head)) {
            first++;
        }
        return lines.subList(first + 2, lines.size()).stream()
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> Arrays.stream(line.substring(1).split("\\|"))
                        .map(String::trim)
                        .toList())
                .toList();
    }

    private static List<String> codes(String cell) {
        List<String> names = new ArrayList<>();
        Matcher code = CODE.matcher(cell);
        while (code.find()) {
            names.add(code.group(1));
        }
        return names;
    }
}
