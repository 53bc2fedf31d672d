package org.unipayout.bereke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.PayoutRequest;
import org.unipayout.ProviderExtras;
import org.unipayout.Recipient;
import org.unipayout.simulator.bereke.BerekeSimulator;

/** The bank's limits: refused before any I/O with the field named, and taken at their edge. */
class BadInputTest {
    @RegisterExtension
    static final BerekeSimulator BANK = BerekeSimulator.start();

    static Stream<Arguments> badRequests() {
        return Stream.of(
                bad("reference", Merchant.toCard("r".repeat(33), 1200)),
                bad("reference", Merchant.toCard("with space", 1200)),
                bad("amount", Merchant.toCard("payout-1", 1_000_000_000_000L)),
                bad("description", card(request -> request.description("d".repeat(599)))),
                bad("recipientDetails.fullName", person(person -> person.fullName("N".repeat(25)))),
                bad("recipientDetails.fullName", person(person -> person.fullName("ПОЛУЧАТЕЛЬ"))),
                bad(
                        "recipientDetails.fullName",
                        person(person -> person.firstName("N".repeat(12)).lastName("M".repeat(12)))),
                bad("recipientDetails.email", person(person -> person.email("e".repeat(22) + "@mail.com"))),
                bad("recipientDetails.phone", person(person -> person.phone("1".repeat(16)))),
                bad("recipientDetails.phone", person(person -> person.phone("999-123"))),
                bad("recipientDetails.reference", person(person -> person.reference("c".repeat(31)))),
                bad("extras.clientId", extras(extras -> extras.clientId("c".repeat(31)))),
                bad("extras.sessionTimeoutSecs", extras(extras -> extras.sessionTimeout(Duration.ofMinutes(1)))),
                bad(
                        "extras.sessionTimeoutSecs",
                        Merchant.toForm("payout-1", 1200).extras(stored("sessionTimeoutSecs", "0"))),
                bad("extras.clientId", Merchant.toSavedCard("payout-1", 1200, "token-1")),
                bad(
                        "extras.sourceBindingId",
                        Merchant.toForm("payout-1", 1200)
                                .extras(BerekeExtras.builder()
                                        .sourceBindingId("b-1")
                                        .build())),
                bad("recipient.returnUrl", form(new Recipient.HostedForm(null, null, null))),
                bad("recipient.returnUrl", form(new Recipient.HostedForm(URI.create("/back")))),
                bad("recipient.returnUrl", form(new Recipient.HostedForm(URI.create("http://shop.example/back")))),
                bad(
                        "recipient.returnUrl",
                        form(new Recipient.HostedForm(URI.create("javascript://shop.example/%0Ax")))),
                bad(
                        "recipient.successUrl",
                        form(new Recipient.HostedForm(
                                URI.create("https://shop.example"), URI.create("data:text/html,x"), null))),
                bad(
                        "recipient.failureUrl",
                        form(new Recipient.HostedForm(
                                URI.create("https://shop.example"), null, URI.create("/failed")))),
                bad("language", Merchant.toForm("payout-1", 1200).language(Locale.forLanguageTag("haw"))));
    }

    @ParameterizedTest
    @MethodSource("badRequests")
    void create_badField_isRefusedByNameBeforeAnyCall(String field, PayoutRequest request) {
        try (BerekePayoutClient client = new Merchant(BANK).client()) {
            assertThatThrownBy(() -> client.create(request))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(field + ":");
            assertThat(BANK.requests()).isEmpty();
        }
    }

    @Test
    void create_everyFieldAtItsLimit_isPaid() {
        PayoutRequest request = Merchant.toCard("r".repeat(32), 999_999_999_900L)
                .description("d".repeat(598))
                .recipientDetails(Participant.builder()
                        .fullName("N".repeat(24))
                        .email("e".repeat(21) + "@mail.com")
                        .phone("1".repeat(15))
                        .reference("c".repeat(30))
                        .build())
                .build();
        try (BerekePayoutClient client = new Merchant(BANK).client()) {
            client.create(request);

            BANK.ledger().assertPaidExactlyOnce("r".repeat(32));
        }
    }

    @Test
    void balance_blankBinding_isRefusedBeforeAnyCall() {
        try (BerekePayoutClient client = new Merchant(BANK).client()) {
            assertThatThrownBy(() -> client.balance(" ")).hasMessageStartingWith("sourceBindingId:");
            assertThat(BANK.requests()).isEmpty();
        }
    }

    private static Arguments bad(String field, PayoutRequest.Builder request) {
        return Arguments.of(field, request.build());
    }

    private static PayoutRequest.Builder card(Consumer<PayoutRequest.Builder> change) {
        PayoutRequest.Builder request = Merchant.toCard("payout-1", 1200);
        change.accept(request);
        return request;
    }

    private static PayoutRequest.Builder person(Consumer<Participant.Builder> details) {
        Participant.Builder person = Participant.builder();
        details.accept(person);
        return Merchant.toCard("payout-1", 1200).recipientDetails(person.build());
    }

    private static PayoutRequest.Builder extras(Consumer<BerekeExtras.Builder> settings) {
        BerekeExtras.Builder extras = BerekeExtras.builder();
        settings.accept(extras);
        return Merchant.toCard("payout-1", 1200).extras(extras.build());
    }

    private static PayoutRequest.Builder form(Recipient.HostedForm form) {
        return PayoutRequest.builder("payout-1", Money.ofMinor(1200, "KZT"), form);
    }

    /** Extras as they come back from a store that somebody edited. */
    private static ProviderExtras stored(String name, String value) {
        return new ProviderExtras() {
            @Override
            public String provider() {
                return BerekePayoutClient.PROVIDER;
            }

            @Override
            public Map<String, String> values() {
                return Map.of(name, value);
            }
        };
    }
}
