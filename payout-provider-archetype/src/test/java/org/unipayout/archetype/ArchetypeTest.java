package org.unipayout.archetype;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.unipayout.archetype.Generated.Case;

/** What the archetype makes compiles, and is red for what docs/new-provider.md leaves to the author and nothing else. */
class ArchetypeTest {
    private static final Path EXAMPLE = Path.of("..", "examples", "new-provider");
    private static final Path LEFT_TO_THE_AUTHOR = Path.of("src", "main", "left-to-the-author");

    /** An unknown status, a refusal that is not known as one, or an empty table. */
    private static final String WHY = "but was: UNKNOWN|raise a throwable|not to be empty|to contain: .*POST /payouts";

    @TempDir
    Path folder;

    @Test
    void generated_itsTests_areRedForWhatIsLeftToTheAuthorAndGreenWhenItIsWritten() throws IOException {
        Generated acmepay = Generated.in(folder, "acmepay", "Acmepay");
        acmepay.compile();

        List<Case> red = cases(acmepay).stream().filter(Case::isRed).toList();

        assertThat(red).allSatisfy(one -> assertThat(one.reason()).containsPattern(WHY));
        assertThat(red)
                .extracting(Case::name)
                .contains(
                        "create_goodRequest_paysExactlyOnce", // no status is known
                        "create_declined_returnsFailedWithTheReason",
                        "get_byReferenceAlone_findsThePayoutIfClaimed",
                        "create_referenceOfAnotherAmount_isRefusedAndTheFirstStands", // no code is known
                        "errorBook_everyRow_speaksToPeople",
                        "calls_areOnThePage", // the page is empty
                        "statuses_areThoseOfThePage",
                        "errorBook_holdsExactlyTheCodesOfThePage");

        fillIn(acmepay);
        acmepay.compile();

        assertThat(cases(acmepay)).hasSizeGreaterThan(40).noneMatch(Case::isRed);
    }

    /** The cases of "submit" are many, and red for the same reasons. */
    private static List<Case> cases(Generated acmepay) throws IOException {
        List<Case> cases = new ArrayList<>(acmepay.test("AcmepayContractTest", "submit_"));
        cases.addAll(acmepay.test("PageTest", "submit_"));
        return cases;
    }

    /** What the author of an adapter for Tinypay would write. */
    private static void fillIn(Generated acmepay) throws IOException {
        for (Path file : Generated.files(LEFT_TO_THE_AUTHOR)) {
            Path left = LEFT_TO_THE_AUTHOR.relativize(file);
            Files.writeString(
                    acmepay.wing().resolve(named(left.toString())), named(Files.readString(EXAMPLE.resolve(left))));
        }
    }

    private static String named(String text) {
        return text.replace("tinypay", "acmepay").replace("Tinypay", "Acmepay").replace("TINYPAY", "ACMEPAY");
    }
}
