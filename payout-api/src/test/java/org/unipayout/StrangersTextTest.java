package org.unipayout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.WebhookEvent.Trust;

/** What others write into answers, notifications and requests: none of it becomes a line, a fault or a cost of ours. */
class StrangersTextTest {
    private static final String LINES = "paid\r\nThe money was paid out.\u001b[2J\u202e\u2028\u0000";
    private static final String SURROGATE = "a\ud800b";
    private static final Money AMOUNT = Money.ofMinor(100, "KZT");
    private static final Recipient CARD = new Recipient.SavedCard("card-1");

    // ---------------------------------------------------------------- shown

    @Test
    void payout_textsThatDoNotPrint_areShownWithoutThem() {
        Payout payout = payout(LINES)
                .rrn(LINES)
                .authorizationCode(LINES)
                .recipientMask(LINES)
                .recipientToken(LINES)
                .requestId(LINES)
                .build();

        assertThat(payout.providerStatus()).isEqualTo("paid??The money was paid out.?[2J???");
        assertThat(payout.toString()).doesNotContain("\r", "\n", "\u001b");
        assertThat(Stream.of(
                        payout.rrn(),
                        payout.authorizationCode(),
                        payout.recipientMask(),
                        payout.recipientToken(),
                        payout.requestId()))
                .as("what identifies is whole or not there")
                .allMatch(java.util.Optional::isEmpty);
    }

    @Test
    void payout_textsWithoutEnd_areCutVisiblyOrNotTaken() {
        String endless = "x".repeat(1 << 20);

        Payout payout = payout(endless).rrn(endless).requestId(endless).build();

        assertThat(payout.providerStatus()).hasSize(128).endsWith("x…");
        assertThat(payout.rrn()).isEmpty();
        assertThat(payout.requestId()).isEmpty();
        assertThat(payout.toBuilder().build().providerStatus())
                .as("a stored one stays as it is")
                .isEqualTo(payout.providerStatus());
    }

    @Test
    void payout_cutBetweenTheHalvesOfACharacter_keepsNoHalf() {
        String faces = "\ud83d\ude00".repeat(100);

        assertThat(payout(faces).build().providerStatus()).isEqualTo("\ud83d\ude00".repeat(63) + "…");
    }

    @Test
    void errorsAndBalances_textsThatDoNotPrint_areShownWithoutThem() {
        ErrorEntry row = ErrorBook.read(new ByteArrayInputStream(new byte[0])).entry(LINES + "x".repeat(1000));

        assertThat(row.code()).hasSize(128).doesNotContain("\r", "\n");
        assertThat(new Decline(row, LINES + "x".repeat(1000)).providerText().orElseThrow())
                .hasSize(500)
                .doesNotContain("\n");
        assertThat(new Balance(LINES, AMOUNT).account()).doesNotContain("\n");
        FailureDetails details = FailureDetails.builder("acme", Operation.GET, "no answer", Advice.ASK_STATUS)
                .error(row)
                .requestId(LINES)
                .build();
        assertThat(new PayoutReadException(details)).message().doesNotContain("\n", "request id");
    }

    // ---------------------------------------------------------------- notifications

    @ParameterizedTest
    @ValueSource(strings = {"type", "status", "id", "reference", "shown id", "shown reference"})
    void event_partThatDoesNotPrint_isRejected(String part) {
        assertThat(event(part, "fine")).isNotNull();
        for (String bad : List.of(LINES, "nul\u0000", "\n", SURROGATE)) {
            assertThatThrownBy(() -> event(part, bad))
                    .isInstanceOf(WebhookRejectedException.class)
                    .message()
                    .doesNotContain("\n");
        }
        String endless = "x".repeat(1 << 20);
        if (part.equals("status")) {
            assertThat(event(part, endless).providerStatus().orElseThrow()).hasSize(128);
        } else {
            assertThatThrownBy(() -> event(part, endless)).isInstanceOf(WebhookRejectedException.class);
        }
    }

    @Test
    @SuppressWarnings("NullAway") // what a custom reader may give
    void event_withoutType_isRejected() {
        assertThatThrownBy(() ->
                        WebhookEvent.builder("acme", null, Trust.HINT, "k").build())
                .isInstanceOf(WebhookRejectedException.class);
    }

    private static WebhookEvent event(String part, String value) {
        Shown shown = Shown.builder(
                        part.equals("shown reference") ? value : "r-1", part.equals("shown id") ? value : "1")
                .build();
        return WebhookEvent.builder("acme", part.equals("type") ? value : "payout", Trust.VERIFIED, "key")
                .providerId(part.equals("id") ? value : "1")
                .reference(part.equals("reference") ? value : "r-1")
                .status(PayoutStatus.PROCESSING, part.equals("status") ? value : "going")
                .shown(shown)
                .build();
    }

    @Test
    void request_longBody_isRejectedUnlessAskedFor() {
        byte[] long1 = new byte[WebhookRequest.MAX_BYTES + 1];

        assertThatThrownBy(() -> new WebhookRequest(long1, Map.of()))
                .isInstanceOf(WebhookRejectedException.class)
                .hasMessageContaining("longer than 1048576 bytes");
        assertThat(new WebhookRequest(long1, Map.of(), long1.length).body()).hasSize(long1.length);
        assertThat(new WebhookRequest(new byte[WebhookRequest.MAX_BYTES], Map.of()).body())
                .hasSize(WebhookRequest.MAX_BYTES);
        assertThatThrownBy(() -> new WebhookRequest(new byte[0], Map.of(), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("maxBytes");
    }

    @TestFactory
    Stream<DynamicTest> request_headerInTwoSpellings_isRefusedIfTheyDisagree() {
        return Stream.of(List.of("X-Signature", "x-signature"), List.of("x-signature", "X-Signature"))
                .map(names -> DynamicTest.dynamicTest(names.toString(), () -> {
                    WebhookRequest same = request(names, List.of("one"), List.of("one"));
                    assertThat(same.header("X-SIGNATURE")).contains("one");
                    WebhookRequest differing = request(names, List.of("one"), List.of("two"));
                    assertThatThrownBy(() -> differing.header("X-SIGNATURE"))
                            .isInstanceOf(WebhookRejectedException.class)
                            .hasMessageContaining("X-SIGNATURE");
                    assertThat(request(names, List.of("one"), List.of()).header("X-SIGNATURE"))
                            .contains("one");
                }));
    }

    @Test
    void request_headerTwice_isRefusedIfTheyDisagree() {
        assertThatThrownBy(() -> new WebhookRequest(new byte[0], Map.of("a", List.of("1", "2"))).header("A"))
                .isInstanceOf(WebhookRejectedException.class);
        assertThat(new WebhookRequest(new byte[0], Map.of("a", List.of("1", "1"))).header("A"))
                .contains("1");
    }

    @Test
    @SuppressWarnings("NullAway") // what servers file under null
    void request_nullHeaders_areNotThere() {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put(null, List.of("HTTP/1.1 200 OK"));
        headers.put("a", null);
        headers.put("b", Arrays.asList(null, "1"));
        headers.put("c", Collections.singletonList(null));

        WebhookRequest request = new WebhookRequest(new byte[0], headers);

        assertThat(request.header("a")).isEmpty();
        assertThat(request.header("b")).contains("1");
        assertThat(request.header("c")).isEmpty();
    }

    private static WebhookRequest request(List<String> names, List<String> one, List<String> other) {
        Map<String, List<String>> headers = new LinkedHashMap<>();
        headers.put(names.get(0), one);
        headers.put(names.get(1), other);
        return new WebhookRequest("{}".getBytes(StandardCharsets.UTF_8), headers);
    }

    // ---------------------------------------------------------------- requests

    @Test
    void request_halfOfASurrogatePair_isRefusedNamingTheField() {
        PayoutRequest.Builder request = PayoutRequest.builder("r-1", AMOUNT, CARD);

        assertRefused("reference", () -> PayoutRequest.builder(SURROGATE, AMOUNT, CARD));
        assertRefused("description", () -> request.description(SURROGATE));
        assertRefused("metadata.name", () -> request.metadata("name", SURROGATE));
        assertRefused("metadata name", () -> request.metadata(SURROGATE, "value"));
        assertRefused(
                "notificationUrl", () -> request.notificationUrl(URI.create("https://shop.example/" + SURROGATE)));
        assertRefused("extras.setting", () -> request.extras(extras(Map.of("setting", SURROGATE))));
        assertRefused("extras name", () -> request.extras(extras(Map.of(SURROGATE, "value"))));
        assertRefused("recipient.token", () -> new Recipient.SavedCard(SURROGATE));
        assertRefused("recipient.holder", () -> new Recipient.Card(CardNumber.of("4111111111111111"), null, SURROGATE));
        assertRefused("participant.lastName", () -> Participant.builder().lastName(SURROGATE));
        assertRefused("address.city", () -> Address.builder().city(SURROGATE));
        assertRefused("document.issuer", () -> IdentityDocument.builder().issuer(SURROGATE));
        assertRefused(
                "recipient.returnUrl",
                () -> new Recipient.HostedForm(URI.create("https://shop.example/?a=" + SURROGATE)));
        assertThat(request.description("\ud83d\ude00 Ж").build().description()).contains("\ud83d\ude00 Ж");
    }

    private static ProviderExtras extras(Map<String, String> values) {
        return new ProviderExtras() {
            @Override
            public String provider() {
                return "acme";
            }

            @Override
            public Map<String, String> values() {
                return values;
            }
        };
    }

    private static void assertRefused(String field, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageStartingWith(field);
    }

    // ---------------------------------------------------------------- numbers

    @ParameterizedTest
    @ValueSource(strings = {"1e999999999", "1e-999999999", "-1e2000000000", "1e17", "0.001"})
    @Timeout(5)
    void money_numberThatDoesNotFit_isRefusedAtNoCost(String number) {
        assertThatThrownBy(() -> Money.ofMajor(new BigDecimal(number), "KZT"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("amount");
    }

    @Test
    @Timeout(5)
    void money_zeroOfAnyScale_isZero() {
        assertThat(Money.ofMajor(new BigDecimal("0e999999999"), "KZT").minorUnits())
                .isZero();
        assertThat(Money.ofMajor(new BigDecimal("1.5e2"), "KZT").minorUnits()).isEqualTo(15_000);
        assertThat(Money.ofMajor(new BigDecimal("-12.30"), "KZT").minorUnits()).isEqualTo(-1230);
    }

    private static Payout.Builder payout(String words) {
        PayoutRef ref =
                PayoutRef.of("acme", PayoutRequest.builder("r-1", AMOUNT, CARD).build());
        return Payout.builder(ref, PayoutStatus.PROCESSING, words);
    }
}
