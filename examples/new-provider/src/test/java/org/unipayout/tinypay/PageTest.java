package org.unipayout.tinypay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.unipayout.ErrorEntry;
import org.unipayout.Payout;
import org.unipayout.http.Environment;
import org.unipayout.simulator.tinypay.TinypaySimulator;
import org.unipayout.tinypay.internal.TinypayTables;

/** The adapter's tables and calls are those of the provider's document: tinypay-api.md. */
class PageTest {
    private static final Path PAGE = Path.of(System.getProperty("basedir", "."), "tinypay-api.md");

    @RegisterExtension
    static final TinypaySimulator TINYPAY = TinypaySimulator.start();

    @Test
    void calls_areOnThePage() throws IOException {
        List<String> page = rows("\\| `(GET|POST) ([^`?]+)[^`]*` \\|", row -> row.group(1) + " " + row.group(2));
        try (TinypayPayoutClient client = client()) {
            Payout payout = client.create(
                    new TinypayUnderTest().request("payout-1", 15000).build());
            client.get(payout.ref());
        }
        Set<String> calls = TINYPAY.requests().stream()
                .map(call -> call.method() + " " + call.path().replaceAll("(?<=/payouts/).*", "{id}"))
                .collect(Collectors.toSet());

        assertThat(page).as("calls of tinypay-api.md").containsAll(calls);
    }

    @Test
    void statuses_areThoseOfThePage() throws IOException {
        List<String> page = rows("\\n\\| `(?!status`)([^ `]+)` \\| [^|\\n]* \\|(?=\\n)", row -> row.group(1));

        assertThat(page).as("statuses of tinypay-api.md").isNotEmpty();
        assertThat(TinypayTables.STATUSES.keySet()).hasSameElementsAs(page);
    }

    @Test
    void errorBook_holdsExactlyTheCodesOfThePage() throws IOException {
        List<String> page = rows(
                "\\| (\\d{3}|declined) \\| `(\\w+)` \\|",
                row -> row.group(1).equals("declined") ? row.group(2) : row.group(1) + "/" + row.group(2));

        assertThat(page).as("codes of tinypay-api.md").isNotEmpty();
        try (TinypayPayoutClient client = client()) {
            assertThat(client.errorBook().entries())
                    .extracting(ErrorEntry::code)
                    .containsExactlyElementsOf(page);
        }
    }

    private static TinypayPayoutClient client() {
        return TinypayPayoutClient.open(TinypayOptions.fromEnv(Environment.of(TINYPAY.credentials())));
    }

    private static List<String> rows(String expression, Function<MatchResult, String> text) throws IOException {
        return Pattern.compile(expression)
                .matcher(Files.readString(PAGE))
                .results()
                .map(text)
                .toList();
    }
}
