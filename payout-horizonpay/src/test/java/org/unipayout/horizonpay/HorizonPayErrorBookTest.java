package org.unipayout.horizonpay;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.unipayout.Decline;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.horizonpay.internal.HorizonPayTables;

/** Every code that the platform publishes stands in the error book; S.0000 is success and no error. */
class HorizonPayErrorBookTest {
    private final ErrorBook errorBook = HorizonPayTables.errorBook();

    @Test
    void errorBook_everyPublishedCode_isListed() {
        Set<String> published = publishedCodes();
        Set<String> listed = errorBook.entries().stream().map(ErrorEntry::code).collect(Collectors.toSet());
        Set<String> mapped = new TreeSet<>(published);
        mapped.retainAll(listed);
        System.out.printf("error-book horizonpay codes=%d mapped=%d%n", published.size(), mapped.size());

        assertThat(listed).containsAll(published);
    }

    @ParameterizedTest
    @CsvSource({
        "E.1000, NOTHING",
        "E.1035, NOTHING",
        "E.1036, NOTHING",
        "F.1900, NOTHING",
        "F.1901, NOTHING",
        "P.0001, NOTHING",
        "E.1020, NOTHING",
        "8010, NOTHING",
        "E.0630, NOTHING",
        "E.1018, EARLIER_SEND",
        "F.0108, EARLIER_SEND",
        "F.0215, EARLIER_SEND",
        "E.0618, EARLIER_SEND",
        "E.1025, NOT_EXECUTED",
        "E.1021, NOT_EXECUTED",
        "E.1065, NOT_EXECUTED",
        "HTTP 429, NOT_EXECUTED",
        "F.0105, DECLINED",
        "F.0114, DECLINED",
        "F.7001, DECLINED",
    })
    void errorBook_code_provesWhatTheSheetSays(String code, ErrorEntry.Proves proves) {
        assertThat(errorBook.find(code).map(ErrorEntry::proves)).contains(proves);
    }

    @Test
    void errorBook_letterF_neverSpeaksOfTheCallAndLetterENeverOfADecline() {
        assertThat(errorBook.entries()).allSatisfy(entry -> {
            if (entry.code().startsWith("F.")) {
                assertThat(entry.proves()).isNotEqualTo(ErrorEntry.Proves.NOT_EXECUTED);
            }
            if (entry.code().startsWith("E.")) {
                assertThat(entry.proves()).isNotEqualTo(ErrorEntry.Proves.DECLINED);
            }
        });
    }

    @Test
    void errorBook_declines_adviseSomethingThatAFinishedPayoutAllows() {
        assertThat(errorBook.entries())
                .filteredOn(entry -> entry.proves() == ErrorEntry.Proves.DECLINED)
                .allSatisfy(
                        entry -> assertThat(new Decline(entry, null).advice()).isEqualTo(entry.advice()));
    }

    private static Set<String> publishedCodes() {
        Set<String> codes = new TreeSet<>(Set.of(
                "P.0001", "P.0002", "P.0220", "P.0619", "P.1019", "P.9998", "P.9999", "F.0399", "F.0623", "F.1900",
                "F.1901", "F.2401", "F.2403", "F.2404", "E.5100", "E.5101", "F.6001", "F.7001", "F.8001", "8010"));
        range(codes, "F", 1, 6);
        range(codes, "F", 100, 135);
        range(codes, "F", 201, 222);
        range(codes, "F", 996, 999);
        range(codes, "F", 2001, 2012);
        range(codes, "F", 4001, 4040);
        range(codes, "E", 600, 638);
        range(codes, "E", 1000, 1065);
        codes.removeAll(Set.of("E.0619", "E.1019")); // published with the letter P
        return codes;
    }

    private static void range(Set<String> codes, String letter, int first, int last) {
        for (int number = first; number <= last; number++) {
            codes.add("%s.%04d".formatted(letter, number));
        }
    }
}
