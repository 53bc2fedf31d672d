package org.unipayout.bereke.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.CardNumber;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.bereke.BerekeExtras;
import org.unipayout.bereke.BerekeOptions;
import org.unipayout.bereke.BerekePayoutClient;
import org.unipayout.bereke.internal.wire.AmountAnswer;
import org.unipayout.bereke.internal.wire.Order;
import org.unipayout.bereke.internal.wire.RegisteredPayout;
import org.unipayout.http.Json;
import org.unipayout.http.UnreadableBodyException;

/**
 * Every JSON example of the bank's page: requests are produced, answers are read. Two examples are corrected: a trailing
 * comma is gone, and {@code username} is {@code userName} as in the tables.
 */
class PageExamplesTest {
    private static final BerekeOptions OPTIONS = BerekeOptions.builder(
                    BerekeOptions.TEST, "payout_api_username", Secret.of("payout_api_password"))
            .build();
    private static final Money AMOUNT = Money.ofMinor(1234, "KZT");
    private static final Participant PAYEE =
            Participant.builder().email("payee@mail.com").phone("9991234567").build();
    private static final BerekeExtras.Builder CLIENT =
            BerekeExtras.builder().clientId("12345abc-d67e-8901-23fg-h45i67jk8901");

    static Stream<Arguments> requests() {
        URI back = URI.create("https://partnerdomain.com/&result=ok");
        Recipient.HostedForm form = new Recipient.HostedForm(back);
        PayoutRequest hosted = PayoutRequest.builder("1645458818047", AMOUNT, form)
                .description("Decent payout")
                .language(Locale.ENGLISH)
                .recipientDetails(PAYEE)
                .extras(CLIENT.sessionTimeout(Duration.ofMinutes(5)).build())
                .metadata("paramname1", "paramvalue1")
                .metadata("paramname2", "paramvalue2")
                .build();
        PayoutRequest card = toCard("payout_1");
        return Stream.of(
                Arguments.of("getAmount", BerekeRequests.getAmount("4908a3c3-6c7c-75d3-9707-66ab06c12040", OPTIONS)),
                Arguments.of(
                        "registerPayout", BerekeRequests.registerPayout(hosted, form, Duration.ofMinutes(5), OPTIONS)),
                Arguments.of("performPayout", BerekeRequests.performPayout(card, OPTIONS)),
                Arguments.of("getPayoutStatus", BerekeRequests.statusByOrderNumber(ref("payout_1"), OPTIONS)));
    }

    @ParameterizedTest
    @MethodSource("requests")
    void request_ofThePage_isProduced(String method, Object body) throws Exception {
        JsonNode ours = Json.read(Json.write(body), JsonNode.class);
        if (ours.get("jsonParams") instanceof ObjectNode parameters) {
            assertThat(parameters.remove("unipayoutRecipient"))
                    .as("our own parameter")
                    .isNotNull();
        }

        assertThat(ours).isEqualTo(Json.read(example(method + "-request"), JsonNode.class));
    }

    @ParameterizedTest
    @ValueSource(strings = {"performPayout", "getPayoutStatus"})
    void orderAnswer_ofThePage_isRead(String method) throws Exception {
        Payout payout = read(example(method + "-answer"), "1645458818059_12");

        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(payout.providerStatus()).isEqualTo("2");
        assertThat(payout.fee()).contains(Money.ofMinor(0, "KZT"));
        assertThat(payout.rrn()).contains("948498232196");
        assertThat(payout.recipientMask()).contains("411111XXXXXX1111");
        assertThat(payout.recipientToken()).contains("83309cde-a56d-7409-88dd-c02e00ab3428");
        assertThat(payout.finishedAt()).contains(Instant.ofEpochMilli(1665414462047L));
    }

    /** The page's answers speak of another order number than its requests do: exactly what the echo check is for. */
    @Test
    void orderAnswer_ofThePageForItsRequest_contradicts() throws Exception {
        Payout payout = read(example("performPayout-answer"), "payout_1");

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.hasEvidence(Evidence.Kind.UNIDENTIFIED_ANSWER)).isTrue();
        assertThat(payout.evidence().orElseThrow().text()).contains("reference");
    }

    @Test
    void registeredAnswer_ofThePage_isRead() throws Exception {
        RegisteredPayout registered = Json.read(example("registerPayout-answer"), RegisteredPayout.class);

        assertThat(registered.orderId()).isEqualTo("da42b8d9-328b-45e6-aa35-235e348268bf");
        assertThat(registered.orderNumber()).isEqualTo("1645458818047");
        assertThat(BerekeReadings.formUrl(registered))
                .hasValueSatisfying(url -> assertThat(url)
                        .hasHost("payoutdomain.com")
                        .hasQuery("mdOrder=da42b8d9-328b-45e6-aa35-235e348268bf"));
    }

    @Test
    void amountAnswer_ofThePage_isRead() throws Exception {
        AmountAnswer answer = Json.read(example("getAmount-answer"), AmountAnswer.class);

        assertThat(Objects.requireNonNull(answer.balanceDescriptionList()))
                .singleElement()
                .satisfies(description -> assertThat(BerekeReadings.balance(description)
                                .orElseThrow()
                                .available())
                        .isEqualTo(Money.ofMinor(49925200, "KZT")));
    }

    private static Payout read(byte[] body, String reference) throws UnreadableBodyException {
        InputStream rows = Objects.requireNonNull(BerekePayoutClient.class.getResourceAsStream("error-book.tsv"));
        return BerekeReadings.payout(ref(reference), Json.read(body, Order.class), ErrorBook.read(rows));
    }

    private static PayoutRef ref(String reference) {
        return PayoutRef.of(BerekePayoutClient.PROVIDER, toCard(reference));
    }

    private static PayoutRequest toCard(String reference) {
        return PayoutRequest.builder(reference, AMOUNT, new Recipient.Card(CardNumber.of("4111111111111111")))
                .recipientDetails(PAYEE)
                .extras(BerekeExtras.builder()
                        .clientId("12345abc-d67e-8901-23fg-h45i67jk8901")
                        .build())
                .metadata("paramname1", "paramvalue1")
                .metadata("paramname2", "paramvalue2")
                .build();
    }

    private static byte[] example(String name) throws IOException {
        try (InputStream file = PageExamplesTest.class.getResourceAsStream(name + ".json")) {
            return Objects.requireNonNull(file, name).readAllBytes();
        }
    }
}
