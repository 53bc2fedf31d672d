package org.unipayout.bank131;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.bank131.Samples.AMOUNT;
import static org.unipayout.bank131.Samples.byToken;

import java.net.URI;
import java.time.Instant;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.CardNumber;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.PayoutNotSentException;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.UnsupportedPayoutException;
import org.unipayout.bank131.Bank131Extras.Funding;
import org.unipayout.bank131.Bank131Extras.PayerType;
import org.unipayout.bank131.Bank131Options.Dialect;

/** Bad input ends before any I/O: the clients here point at a port where nobody listens. */
class Bank131RulesTest {
    private static final URI NOWHERE = URI.create("http://127.0.0.1:1");
    private static final Bank131PayoutClient CLIENT = client(builder -> builder);

    private static final Recipient PHONE = new Recipient.Phone("79680000000", "100000000069");
    private static final Recipient SAVED_ACCOUNT = new Recipient.SavedAccount("tok", "Ivanov Ivan");

    @AfterAll
    static void close() {
        CLIENT.close();
    }

    static Stream<Arguments> badRequests() {
        return Stream.of(
                bad("reference", request("order 1", card())),
                bad("reference", request("r".repeat(65), card())),
                bad("metadata.reference", request(card()).metadata("reference", "other")),
                bad("description", request(card()).description("d".repeat(300))),
                bad("description", request(account("40817810")).description("d".repeat(211))),
                bad("description", request(PHONE).description("d".repeat(141))),
                bad("description", request(account("40817810"))),
                bad("description", request(SAVED_ACCOUNT)),
                bad("description", request(PHONE)),
                bad("description", request(account("40817810")).description("Why?")),
                bad("description", request(SAVED_ACCOUNT).description("Now!")),
                bad("description", request(account("40820810")).description("За услуги")),
                bad("recipient.number", request(new Recipient.Card(CardNumber.of("4222222222222")))),
                bad("recipient.account", request(account("40817840")).description("За услуги")),
                bad("recipient.account", request(account("40701810")).description("За услуги")),
                bad("recipient.account", from(Funding.SETTLEMENT_ACCOUNT, account("40820810"), sender())),
                bad("recipient.inn", request(account("40802810")).description("За услуги")),
                bad("recipient.inn", request(account("40702810")).description("За услуги")),
                bad("recipient.kpp", request(withInn("40702810", "ООО Ромашка")).description("За услуги")),
                bad(
                        "recipient.holderName",
                        request(withInn("40802810", "Ivanov Ivan")).description("За услуги")),
                bad("recipient.account", request(new Recipient.Wallet("yoomoney", "4100124117"))),
                bad(
                        "sender.account",
                        from(
                                Funding.SETTLEMENT_ACCOUNT,
                                PHONE,
                                Participant.builder().build())),
                bad(
                        "sender.account",
                        from(
                                Funding.SETTLEMENT_ACCOUNT,
                                PHONE,
                                Participant.builder().account("1").build())),
                bad("sender.beneficiaryId", from(Funding.ESCROW_ACCOUNT, PHONE, sender())),
                bad("sender.beneficiaryId", from(Funding.ESCROW_ACCOUNT, card(), sender())),
                bad(
                        "sender.fullName",
                        from(
                                Funding.SETTLEMENT_ACCOUNT,
                                Samples.card(),
                                Participant.builder().build())),
                bad(
                        "recipientDetails.fullName",
                        from(Funding.SETTLEMENT_ACCOUNT, Samples.card(), sender())
                                .recipientDetails(Participant.builder().build())),
                bad("recipientDetails.reference", from(Funding.SETTLEMENT_ACCOUNT, Samples.card(), sender())),
                bad(
                        "sender.account",
                        from(
                                Funding.SETTLEMENT_ACCOUNT,
                                card(),
                                Participant.builder().build())),
                bad("expiresAt", request(card()).expiresAt(Instant.EPOCH)));
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("badRequests")
    void prepare_badField_isNamedBeforeAnyIo(String field, PayoutRequest request) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CLIENT.prepare(request))
                .withMessageStartingWith(field + ":");
    }

    @ParameterizedTest(name = "{0} {index}")
    @MethodSource("badRequests")
    void submit_badField_isNamedBeforeAnyIo(String field, PayoutRequest request) {
        PayoutRef ref = PayoutRef.of("bank131", request).withProviderId("ps_1");

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CLIENT.submit(ref, request))
                .withMessageStartingWith(field + ":");
    }

    @Test
    void prepare_cardFromAnAccountWithoutPurpose_namesIt() {
        PayoutRequest request = request(Samples.card())
                .sender(sender())
                .recipientDetails(Participant.builder()
                        .fullName("Ivanov Ivan")
                        .reference("user123")
                        .build())
                .extras(Bank131Extras.builder()
                        .funding(Funding.SETTLEMENT_ACCOUNT)
                        .build())
                .build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CLIENT.prepare(request))
                .withMessageStartingWith("extras.transferDescription:");
    }

    static Stream<PayoutRequest> unsupported() {
        return Stream.of(
                request(new Recipient.Wallet("qiwi", "79680000000")).build(),
                PayoutRequest.builder("order-1", Money.ofMinor(100, "USD"), card())
                        .build(),
                from(Funding.ESCROW_ACCOUNT, new Recipient.Wallet("yoomoney", "410012411727100"), sender())
                        .build(),
                from(Funding.SETTLEMENT_ACCOUNT, new Recipient.RecurringCard("tok"), sender())
                        .build(),
                request(Recipient.KazakhAccount.builder("KZ000000000000000000", "000000000000", "Ivanov Ivan")
                                .build())
                        .build(),
                from(Funding.SETTLEMENT_ACCOUNT, PHONE, sender())
                        .extras(Bank131Extras.builder()
                                .funding(Funding.SETTLEMENT_ACCOUNT)
                                .receipt("Delivery", "123456789012", PayerType.LEGAL, null, null)
                                .build())
                        .build());
    }

    @ParameterizedTest
    @MethodSource("unsupported")
    void prepare_whatTheBankDoesNotDo_isUnsupported(PayoutRequest request) {
        assertThatThrownBy(() -> CLIENT.prepare(request)).isInstanceOf(UnsupportedPayoutException.class);
    }

    @Test
    void prepare_settlementAccountInV2_isUnsupportedBecauseV2HasNoSuchMethod() {
        try (Bank131PayoutClient client = client(options -> options.dialect(Dialect.V2))) {
            assertThatThrownBy(() -> client.prepare(
                            from(Funding.SETTLEMENT_ACCOUNT, PHONE, sender()).build()))
                    .isInstanceOf(UnsupportedPayoutException.class)
                    .hasMessageContaining("Dialect.V1");
        }
    }

    @Test
    void prepare_directInitWithoutARecipientsName_namesIt() {
        try (Bank131PayoutClient client = client(Bank131Options.Builder::directInit)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> client.prepare(request(card()).build()))
                    .withMessageStartingWith("recipientDetails.fullName:");
        }
    }

    static Stream<PayoutRequest> goodRequests() {
        return Stream.of(
                request("r".repeat(64), card()).build(),
                request(account("40817810")).description("d".repeat(210)).build(),
                request(account("42307810")).description("За услуги").build(),
                request(account("40820810")).description("{VO99090}За услуги").build(),
                request(withInn("40802810", "ИП Иванов Иван"))
                        .description("За услуги")
                        .build(),
                request(PHONE).description("Why? " + "d".repeat(135)).build(),
                request(new Recipient.Wallet("yoomoney", "410012411727100")).build(),
                from(Funding.SETTLEMENT_ACCOUNT, PHONE, sender()).build());
    }

    /** The counter-proof: good requests get past the rules, as far as the closed port. */
    @ParameterizedTest
    @MethodSource("goodRequests")
    void prepare_goodRequest_getsAsFarAsTheNetwork(PayoutRequest request) {
        assertThatThrownBy(() -> CLIENT.prepare(request)).isInstanceOf(PayoutNotSentException.class);
    }

    @Test
    void submit_handleOfAnotherPayout_isRefused() {
        PayoutRequest request = byToken("order-1").build();
        PayoutRef other = PayoutRef.of("bank131", byToken("order-2").build()).withProviderId("ps_1");
        PayoutRef foreign = PayoutRef.of("ioka", request).withProviderId("ps_1");
        PayoutRef dearer = PayoutRef.of(
                        "bank131",
                        PayoutRequest.builder("order-1", Money.ofMinor(10001, "RUB"), request.recipient())
                                .build())
                .withProviderId("ps_1");

        assertThat(Stream.of(other, foreign, dearer))
                .allSatisfy(ref -> assertThatIllegalArgumentException()
                        .isThrownBy(() -> CLIENT.submit(ref, request))
                        .withMessageStartingWith("ref:"));
    }

    @Test
    void submit_handleWithoutSessionId_isRefused() {
        PayoutRequest request = byToken("order-1").build();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> CLIENT.submit(PayoutRef.of("bank131", request), request))
                .withMessageStartingWith("ref:");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "4070281030020000001", "30101810300200000013"})
    void accountBalance_otherAccount_isRefused(String account) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CLIENT.accountBalance(account))
                .withMessageStartingWith("accountNumber:");
    }

    @Test
    void extras_storedAndReadAgain_areTheSame() {
        Bank131Extras extras = Bank131Extras.builder()
                .funding(Funding.ESCROW_ACCOUNT)
                .transferDescription("За услуги")
                .build();

        assertThat(Bank131Extras.of(request(card()).extras(extras).build()).values())
                .isEqualTo(extras.values());
    }

    @Test
    void toString_ofClientOptionsAndExtras_showsNoKeyAndNoPerson() {
        Bank131Extras extras = Bank131Extras.builder()
                .receipt("Delivery", "123456789012", PayerType.LEGAL, "3316004777", "Romashka")
                .build();

        assertThat(CLIENT + " " + Samples.options().build() + " " + extras)
                .contains("your_project_name")
                .doesNotContain("PRIVATE", "123456789012", "3316004777", "Romashka");
    }

    private static Bank131PayoutClient client(UnaryOperator<Bank131Options.Builder> settings) {
        Secret key = Secret.pem(Samples.privatePem(Samples.keys()));
        return Bank131PayoutClient.open(settings.apply(Bank131Options.builder(NOWHERE, "your_project_name", key))
                .build());
    }

    private static Arguments bad(String field, PayoutRequest.Builder request) {
        return Arguments.of(field, request.build());
    }

    private static PayoutRequest.Builder request(Recipient recipient) {
        return request("order-1", recipient);
    }

    private static PayoutRequest.Builder request(String reference, Recipient recipient) {
        return PayoutRequest.builder(reference, AMOUNT, recipient);
    }

    private static PayoutRequest.Builder from(Funding funding, Recipient recipient, Participant sender) {
        return request(recipient)
                .description("За услуги")
                .sender(sender)
                .recipientDetails(Samples.person())
                .extras(Bank131Extras.builder().funding(funding).build());
    }

    private static Participant sender() {
        return Participant.builder()
                .fullName("Romashka")
                .account(Samples.SETTLEMENT_ACCOUNT)
                .build();
    }

    private static Recipient card() {
        return new Recipient.SavedCard(Samples.TOKEN);
    }

    private static Recipient account(String prefix) {
        return Recipient.RussianAccount.builder("044525974", prefix + "400003869535", "Ivanov Ivan")
                .build();
    }

    private static Recipient withInn(String prefix, String holder) {
        return Recipient.RussianAccount.builder("044525974", prefix + "400003869535", holder)
                .inn("3316004777")
                .build();
    }
}
