package org.unipayout.bereke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.ErrorEntry.Proves;
import org.unipayout.Evidence;
import org.unipayout.Payout;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.simulator.bereke.BerekeSimulator;
import org.unipayout.testkit.Fault;
import org.unipayout.testkit.FaultServer;

/** The bank's table of errors, row by row, each given as the answer to a payout. */
class ErrorTableTest {
    /** HTTP status, errorCode, the bank's text letter by letter, and the row of the error book that must fit. */
    private static final String TABLE = """
            400|98|orderNumber is а required parameter|400/98 required parameter
            400|98|amount does not match required pattern ^[0-9]{1,12}$|400/98 required pattern
            400|98|Errors while parsing incoming request: performPayoutRequest is not set for method performPayout.do|400/98 errors while parsing
            400|98|Invalid request|400/98 invalid request
            400|98|No order identification provided to find order in database|400/98 no order identification
            400|98|Order not found in payout proxy. Check orderId or orderNumber|400/98 order not found in payout proxy
            400|98|Currency does not match required pattern|400/98 currency does not match
            400|98|Сard affiliation does not match required pattern|400/98 card affiliation
            400|98|userName and password are mandatory fields|400/98 password are mandatory
            400|98|Payout config error: debit method is incorrect for specified payout type|400/98 debit method is incorrect
            400|98|Source is not specified or is incorrect compared to configured debit tools|400/98 source is not specified
            401|90|User not authenticated|401/90
            500|99|No merchant settings available|500/99 no merchant settings
            500|99|There was an error getting gateway parameters|500/99 gateway parameters
            500|99|Failed to parse incoming request for performPayoutRequest|500/99 failed to parse
            502|99|Failed to call hessian method: p2pCredit|502/99 failed to call hessian method
            502|99|Error calling rest method payout-service|502/99 error calling rest method
            502|99|Rest response was unsuccessfull|502/99 rest response was unsuccess
            502|99|3DS authorization was requested but is not supported in API calls|502/99 3ds authorization was requested
            502|99|Unable to get card data for specified bindingId|502/99 card data for specified bindingid
            502|204|Cannot find any bin range in db for 000000|502/204
            502|204|Unsupported pan|502/204
            502|400|Invalid request: bin is empty or is not numeric|502/400
            502|98|Mrbin␣can't␣find␣this␣card|502/98
            504|91|Timeout when requesting svip|504/91
            504|91|Timeout when requesting payout-service|504/91
            """;

    /** Rows after which the payout may have been made all the same. */
    private static final List<String> OPEN = List.of(
            "400/98 order not found in payout proxy",
            "500/99 gateway parameters",
            "502/99 failed to call hessian method",
            "502/99 error calling rest method",
            "502/99 rest response was unsuccess",
            "504/91");

    /** Codes beyond the table: a repeated number, too many requests, and the acquiring module's action codes. */
    private static final List<String> OTHERS = List.of(
            "200/1",
            "404",
            "429",
            "200/5",
            "200/20",
            "200/62",
            "200/94",
            "200/101",
            "200/103",
            "200/111",
            "200/116",
            "200/120",
            "200/121",
            "200/123",
            "200/151",
            "200/203",
            "200/204",
            "200/902",
            "200/907",
            "200/912",
            "200/8204",
            "200/151018",
            "200/151019",
            "200/-20010",
            "200/-30001");

    @RegisterExtension
    static final BerekeSimulator BANK = BerekeSimulator.start();

    private final FaultServer network = FaultServer.before(BANK.baseUrl());
    private final BerekePayoutClient client = new Merchant(BANK).client(network.baseUrl(), options -> options);
    private final PayoutRequest request = Merchant.toCard("payout-1", 1200).build();

    @AfterEach
    void close() {
        client.close();
        network.close();
    }

    static Stream<String[]> rows() {
        return TABLE.lines().map(line -> line.split("\\|", -1));
    }

    private void answer(int status, String body) {
        network.on(call -> call.path().endsWith("/performPayout.do"))
                .play(Fault.answer(status, Map.of("Content-Type", "application/json"), body));
    }

    private static String error(String code, String text) {
        return "{\"errorCode\":\"" + code + "\",\"errorMessage\":\"" + text + "\"}";
    }

    @ParameterizedTest
    @MethodSource("rows")
    void submit_rowOfTheTable_endsAsItProves(String status, String code, String text, String expected) {
        answer(Integer.parseInt(status), code.isEmpty() ? "" : error(code, text));

        if (OPEN.contains(expected)) {
            Payout payout = client.create(request);
            assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
            assertThat(payout.providerStatus()).isEqualTo(expected);
            assertThat(payout.evidence().map(Evidence::kind)).contains(Evidence.Kind.OPEN_CODE);
        } else {
            PayoutRejectedException refused =
                    catchThrowableOfType(PayoutRejectedException.class, () -> client.create(request));
            assertThat(refused.error().map(ErrorEntry::code)).contains(expected);
            assertThat(refused.error().map(ErrorEntry::proves)).contains(Proves.NOT_EXECUTED);
        }
        assertThat(client.errorBook().unlisted()).isEmpty();
    }

    /** A pair that stands for several rows proves nothing when the text is another, for example a translation. */
    @ParameterizedTest
    @CsvSource({"400, 98", "500, 99", "502, 99"})
    void submit_ambiguousPairWithOtherText_isUnknown(int status, String code) {
        answer(status, error(code, "Обязательный параметр не указан"));

        Payout payout = client.create(request);

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.providerStatus()).isEqualTo(status + "/" + code);
    }

    /** A proxy, a firewall or a wrong address answers 404 too; only the bank's own JSON is the bank. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>Not Found</html>",
                "{}",
                "{\"errorCode\":\"0\"}",
                "{\"timestamp\":1,\"status\":404,\"error\":\"Not Found\",\"path\":\"/\"}"
            })
    void submit_http404ThatIsNotTheBanksError_provesNothing(String body) {
        answer(404, body);

        Payout payout = client.create(request);

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.hasEvidence(Evidence.Kind.UNDOCUMENTED_ANSWER)).isTrue();
    }

    @Test
    void submit_http404WithTheBanksError_isRejected() {
        answer(404, error("404", "Method not found"));

        PayoutRejectedException refused =
                catchThrowableOfType(PayoutRejectedException.class, () -> client.create(request));

        assertThat(refused.error().map(ErrorEntry::code)).contains("404");
        assertThat(client.errorBook().unlisted()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void create_behindAFirewall_isUnknownAndPaidOnceAfterIt(int status) {
        BANK.switches().firewallStatus = status;
        Payout unclear = client.create(request);
        assertThat(unclear.status()).isEqualTo(PayoutStatus.UNKNOWN);
        BANK.switches().firewallStatus = 0;

        assertThat(client.get(unclear.ref()).hasEvidence(Evidence.Kind.ABSENT)).isTrue();
        assertThat(client.submit(unclear.ref(), request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        BANK.ledger().assertPaidExactlyOnce("payout-1");
    }

    /** A pair that stands for one meaning needs no text. */
    @ParameterizedTest
    @CsvSource({"401, 90", "502, 204", "502, 400", "502, 98"})
    void submit_unambiguousPairWithOtherText_isRejected(int status, String code) {
        answer(status, error(code, "Иной текст"));

        PayoutRejectedException refused =
                catchThrowableOfType(PayoutRejectedException.class, () -> client.create(request));

        assertThat(refused.error().map(ErrorEntry::code)).contains(status + "/" + code);
    }

    @ParameterizedTest
    @CsvSource({"400, 777, UNDOCUMENTED_ANSWER", "403, 90, UNDOCUMENTED_ANSWER", "500, 777, SERVER_ERROR"})
    void submit_codeThatIsNotListed_isUnknownAndCounted(int status, String code, Evidence.Kind kind) {
        answer(status, error(code, "Brand new"));

        Payout payout = client.create(request);

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.evidence().map(Evidence::kind)).contains(kind);
        assertThat(client.errorBook().unlisted()).containsEntry(status + "/" + code, 1L);
    }

    @ParameterizedTest
    @ValueSource(strings = {"4111111111111111", "a b", "<html>"})
    void submit_codeThatIsNoCode_isNotRepeated(String code) {
        answer(400, error(code, "x"));

        Payout payout = client.create(request);

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.providerStatus()).isEmpty();
        assertThat(client.errorBook().unlisted()).isEmpty();
    }

    @Test
    void errorBook_everyCodeOfTheBank_isListed() {
        ErrorBook book = client.errorBook();
        List<String> codes = Stream.concat(rows().map(row -> row[3]), OTHERS.stream())
                .distinct()
                .toList();
        long mapped = codes.stream().filter(code -> book.find(code).isPresent()).count();
        System.out.printf("error-book bereke codes=%d mapped=%d%n", codes.size(), mapped);

        assertThat(codes)
                .allSatisfy(code -> assertThat(book.find(code)).as(code).isPresent());
        assertThat(book.entries().stream().map(ErrorEntry::code).filter(code -> !codes.contains(code)))
                .containsExactlyInAnyOrder("400/98", "500/99", "502/99", "orderStatus 6", "form registered");
    }

    @Test
    void errorBook_rowsWithoutWords_areTheCarefulReading() {
        assertThat(Arrays.asList("400/98", "500/99", "502/99"))
                .allSatisfy(code -> assertThat(
                                client.errorBook().find(code).orElseThrow().proves())
                        .isEqualTo(Proves.NOTHING));
    }
}
