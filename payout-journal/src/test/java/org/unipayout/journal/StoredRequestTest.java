package org.unipayout.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.unipayout.Address;
import org.unipayout.Advice;
import org.unipayout.CardNumber;
import org.unipayout.Decline;
import org.unipayout.ErrorCategory;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.IdentityDocument;
import org.unipayout.Money;
import org.unipayout.NextAction;
import org.unipayout.Participant;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.ProviderExtras;
import org.unipayout.Recipient;
import org.unipayout.journal.internal.decide.Fields;
import org.unipayout.journal.internal.store.StoredObservation;
import org.unipayout.journal.internal.store.StoredRequest;

/** What is written can be read back whole. */
class StoredRequestTest {

    private static List<Recipient> recipients() {
        return List.of(
                new Recipient.SavedCard("token"),
                new Recipient.RecurringCard("token"),
                new Recipient.Card(CardNumber.of("4111111111111111"), new Recipient.CardExpiry(2, 2031), "TEST HOLDER"),
                new Recipient.Card(CardNumber.of("4111111111111111")),
                new Recipient.EncryptedCard("hash"),
                new Recipient.HostedForm(
                        URI.create("https://shop.example/r"),
                        URI.create("https://shop.example/s"),
                        URI.create("https://shop.example/f")),
                Recipient.RussianAccount.builder("044525225", "40817810099910004312", "Test Holder")
                        .inn("7707083893")
                        .kpp("773601001")
                        .urgent()
                        .build(),
                Recipient.KazakhAccount.builder("KZ86125KZT5004100100", "123456789012", "Test Holder")
                        .legalEntity()
                        .purposeCode("710")
                        .beneficiaryCode("17")
                        .build(),
                new Recipient.SavedAccount("token", "Test Holder"),
                new Recipient.Phone("79990000000", "100000000004"),
                new Recipient.Wallet("system", "account"));
    }

    private static PayoutRequest full(Recipient recipient) {
        Participant person = Participant.builder()
                .fullName("Test \\ Person\u00a0= x")
                .firstName("Test")
                .lastName("Person")
                .middleName("Middle")
                .companyName("Company")
                .birthDate(LocalDate.of(1990, 1, 2))
                .address(Address.builder()
                        .country("KZ")
                        .state("state")
                        .city("city")
                        .postalCode("000000")
                        .line("line")
                        .street("street")
                        .building("1")
                        .flat("2")
                        .build())
                .document(IdentityDocument.builder()
                        .type("passport")
                        .series("AA")
                        .number("000000")
                        .issuer("issuer")
                        .divisionCode("000-000")
                        .issuedOn(LocalDate.of(2010, 3, 4))
                        .validUntil(LocalDate.of(2030, 3, 4))
                        .build())
                .taxId("123456789012")
                .registrationNumber("1")
                .citizenship("KAZ")
                .email("person@shop.example")
                .phone("70000000000")
                .ipAddress("192.0.2.1")
                .deviceId("device")
                .reference("person-1")
                .account("account")
                .beneficiaryId("beneficiary")
                .build();
        return PayoutRequest.builder("r-1", Money.ofMinor(15_000, "KZT"), recipient)
                .description("a=b\\n c")
                .recipientDetails(person)
                .sender(Participant.builder().fullName("Sender").build())
                .language(Locale.forLanguageTag("kk-KZ"))
                .expiresAt(Instant.parse("2026-05-06T07:08:09.123456Z"))
                .notificationUrl(URI.create("https://shop.example/hook?a=b"))
                .metadata("order=1", "x\\=y")
                .metadata("a.b", "c")
                .extras(new Extras("bank131", Map.of("escrow.account", "1", "mode", "2")))
                .extras(new Extras("bereke", Map.of("mode", "3")))
                .build();
    }

    private record Extras(String provider, Map<String, String> values) implements ProviderExtras {}

    @ParameterizedTest
    @MethodSource("recipients")
    void request_writtenAndRead_isTheSame(Recipient recipient) {
        Fields written = StoredRequest.write(full(recipient), "p", Confirmation.MANUAL, true);

        PayoutRequest read = StoredRequest.read(Fields.read(written.text())).orElseThrow();

        assertThat(StoredRequest.write(read, "p", Confirmation.MANUAL, true).all())
                .isEqualTo(written.all());
        assertThat(read).usingRecursiveComparison().isEqualTo(full(recipient));
    }

    @Test
    void request_withoutItsCardNumber_cannotBeRead() {
        PayoutRequest request = full(new Recipient.Card(CardNumber.of("4111111111111111")));

        assertThat(StoredRequest.read(StoredRequest.write(request, "p", Confirmation.AUTOMATIC, false)))
                .isEmpty();
    }

    @Test
    void differences_ofWhatMayVary_areNone() {
        PayoutRequest one = full(new Recipient.SavedCard("token"));
        PayoutRequest other = one.toBuilder()
                .language(Locale.ENGLISH)
                .notificationUrl(URI.create("https://other.example/"))
                .sender(Participant.builder()
                        .fullName("Sender")
                        .ipAddress("192.0.2.9")
                        .deviceId("other")
                        .build())
                .build();

        assertThat(differences(one, other)).isEmpty();
    }

    @Test
    void differences_ofTheRest_areNamed() {
        PayoutRequest one = full(new Recipient.SavedCard("token"));
        PayoutRequest other = one.toBuilder()
                .description("other")
                .expiresAt(Instant.parse("2027-01-01T00:00:00Z"))
                .sender(Participant.builder().fullName("Other").build())
                .metadata("m.ipAddress", "x")
                .extras(new Extras("bereke", Map.of("mode", "4")))
                .build();

        assertThat(differences(one, other))
                .containsExactlyInAnyOrder(
                        "description", "expiresAt", "sender.fullName", "metadata.m.ipAddress", "extras.bereke.mode");
    }

    private static Set<String> differences(PayoutRequest one, PayoutRequest other) {
        return StoredRequest.differences(
                StoredRequest.write(one, "p", Confirmation.AUTOMATIC, false),
                StoredRequest.write(other, "p", Confirmation.AUTOMATIC, false));
    }

    @Test
    void observation_writtenAndRead_isTheSame() {
        ErrorEntry entry = new ErrorEntry(
                "51",
                ErrorEntry.Proves.DECLINED,
                ErrorCategory.LIMIT_EXCEEDED,
                ErrorEntry.Actor.RECIPIENT,
                Advice.NEVER,
                "english",
                "по-русски");
        Payout payout = Payout.builder(
                        PayoutRef.of("p", full(new Recipient.SavedCard("t"))).withProviderId("id=1"),
                        PayoutStatus.FAILED,
                        "DECLINED\nraw\0")
                .decline(new Decline(entry, "typed text"))
                .lastDecline(new Decline(entry, null))
                .evidence(new Evidence(Evidence.Kind.SERVER_ERROR, "text"))
                .nextAction(new NextAction(URI.create("https://pay.example/?t=1"), Instant.EPOCH))
                .fee(Money.ofMinor(5, "KZT"))
                .returned(Money.ofMinor(6, "KZT"))
                .rrn("123456789012")
                .authorizationCode("auth")
                .recipientMask("****1111")
                .recipientToken("token")
                .requestId("request")
                .createdAt(Instant.EPOCH)
                .finishedAt(Instant.EPOCH.plusSeconds(1))
                .confirmBefore(Instant.EPOCH.plusSeconds(2))
                .test()
                .build();

        Payout read = StoredObservation.read(
                Fields.read(StoredObservation.write(payout).text()));

        assertThat(read).usingRecursiveComparison().isEqualTo(payout);
        assertThat(Optional.of(StoredObservation.proof(payout).text()))
                .hasValueSatisfying(proof -> assertThat(proof)
                        .contains("decline.code=51")
                        .doesNotContain("token")
                        .doesNotContain("pay.example")
                        .doesNotContain("typed text"));
    }
}
