package org.unipayout.examples.newprovider;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Advice;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.http.Environment;

/** What is special about Tinypay; everything common is the contract suite's. */
class TinypayPayoutClientTest {
    @RegisterExtension
    static final TinypaySimulator TINYPAY = TinypaySimulator.start();

    private TinypayPayoutClient client;

    @BeforeEach
    void open() {
        client = TinypayPayoutClient.open(TinypayOptions.fromEnv(Environment.of(TINYPAY.credentials())));
    }

    @AfterEach
    void close() {
        client.close();
    }

    @Test
    void create_referenceOfAnotherCard_isRefusedAndNamesTheCard() {
        client.create(request(TinypaySimulator.CARD_TOKEN));

        assertThatThrownBy(() -> client.create(request(TinypaySimulator.OTHER_CARD_TOKEN)))
                .isInstanceOf(PayoutRejectedException.class)
                .hasMessageContaining("another saved recipient");
        assertThat(TINYPAY.ledger().movements()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"id\":\"1\",\"reference\":\"someone-elses\",\"amount\":1,\"currency\":\"KZT\",\"card_token\":\"x\",\"status\":\"paid\"}"
            })
    void create_referenceTakenAndLookUpUnclear_isUnknown(String lookUp) {
        client.create(request(TinypaySimulator.CARD_TOKEN));
        TINYPAY.wireMock()
                .stubFor(get(urlPathMatching("/payouts.*"))
                        .atPriority(1)
                        .willReturn(aResponse().withBody(lookUp)));

        assertThat(client.create(request(TinypaySimulator.CARD_TOKEN)).status()).isEqualTo(PayoutStatus.UNKNOWN);
    }

    @Test
    void create_referenceTakenAndNotShown_isUnknownAsADuplicate() {
        client.create(request(TinypaySimulator.CARD_TOKEN));
        TINYPAY.wireMock()
                .stubFor(get(urlPathMatching("/payouts.*"))
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(404)));

        Payout payout = client.create(request(TinypaySimulator.CARD_TOKEN));

        assertThat(payout.evidence().map(Evidence::kind)).contains(Evidence.Kind.DUPLICATE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "reference", "amount", "currency", "card_token", "status"})
    void create_answerWithoutAField_isUnknown(String field) {
        String whole =
                "{\"id\":\"1\",\"reference\":\"payout-1\",\"amount\":15000,\"currency\":\"KZT\",\"card_token\":\""
                        + TinypaySimulator.CARD_TOKEN + "\",\"status\":\"paid\"}";
        TINYPAY.wireMock()
                .stubFor(post("/payouts")
                        .atPriority(1)
                        .willReturn(
                                aResponse().withStatus(201).withBody(whole.replace('"' + field + '"', "\"other\""))));

        Payout payout = client.create(request(TinypaySimulator.CARD_TOKEN));

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.evidence().map(Evidence::kind)).contains(Evidence.Kind.UNDOCUMENTED_ANSWER);
    }

    @ParameterizedTest
    @CsvSource({"400, card_refused", "500, invalid_request", "409, unknown_card", "404, payout_not_found"})
    void create_codeWithAnotherHttpStatusThanDocumented_isUnknown(int httpStatus, String code) {
        TINYPAY.wireMock()
                .stubFor(post("/payouts")
                        .atPriority(1)
                        .willReturn(aResponse().withStatus(httpStatus).withBody("{\"code\":\"" + code + "\"}")));

        assertThat(client.create(request(TinypaySimulator.CARD_TOKEN)).status()).isEqualTo(PayoutStatus.UNKNOWN);
    }

    @Test
    void create_unknownCard_isRefusedWithAdvice() {
        assertThatThrownBy(() -> client.create(request("no-such-card")))
                .isInstanceOfSatisfying(
                        PayoutRejectedException.class,
                        refused -> assertThat(refused.advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX));
    }

    @Test
    void errorBook_holdsExactlyTheCodesOfThePage() throws IOException {
        List<String> page = Pattern.compile("\\| (\\d{3}|declined) \\| `(\\w+)` \\|")
                .matcher(Files.readString(Path.of("tinypay-api.md")))
                .results()
                .map(row -> row.group(1).equals("declined") ? row.group(2) : row.group(1) + "/" + row.group(2))
                .toList();

        assertThat(client.errorBook().entries()).extracting(ErrorEntry::code).containsExactlyElementsOf(page);
    }

    @ParameterizedTest
    @ValueSource(strings = {"TINYPAY_BASE_URL", "TINYPAY_API_KEY"})
    void fromEnv_missingVariable_isNamedAndNothingIsGuessed(String missing) {
        Map<String, String> variables = new HashMap<>(TINYPAY.credentials());
        variables.remove(missing);

        assertThatThrownBy(() -> TinypayOptions.fromEnv(Environment.of(variables)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(missing);
    }

    @Test
    void fromEnv_unusableVariable_isNamedAndNotRepeated() {
        Environment environment = Environment.of(Map.of("TINYPAY_BASE_URL", "https://user:pass word"));

        assertThatThrownBy(() -> TinypayOptions.fromEnv(environment))
                .hasMessageStartingWith("TINYPAY_BASE_URL")
                .hasMessageNotContaining("pass");
    }

    @Test
    void options_printed_showNoKey() {
        TinypayOptions options = TinypayOptions.of(TinypayOptions.LIVE, Secret.of("key-in-a-test"));

        assertThat(options).hasToString("TinypayOptions[api.tinypay.example]");
    }

    private static PayoutRequest request(String cardToken) {
        return PayoutRequest.builder("payout-1", Money.ofMinor(15000, "KZT"), new Recipient.SavedCard(cardToken))
                .build();
    }
}
