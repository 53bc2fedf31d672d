package org.unipayout.bereke;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Advice;
import org.unipayout.ErrorEntry;
import org.unipayout.Evidence;
import org.unipayout.NextAction;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRejectedException;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.simulator.bereke.BerekeSimulator;
import org.unipayout.simulator.bereke.BerekeSwitches.AnswerForm;

/** About which payout an answer speaks: the order number alone does not say. */
class IdentityTest {
    private static final String OTHER_CARD = "4444555511113333";

    @RegisterExtension
    static final BerekeSimulator BANK = BerekeSimulator.start();

    private final BerekePayoutClient client = new Merchant(BANK).client();

    @AfterEach
    void close() {
        client.close();
    }

    /** A saved card, by a payout that names the client. */
    private String saved(String card) {
        PayoutRequest request = Merchant.toCard("saver-" + card.substring(12), 1000, card)
                .extras(clientId())
                .build();
        return client.create(request).recipientToken().orElseThrow();
    }

    private static BerekeExtras clientId() {
        return BerekeExtras.builder().clientId("client-1").build();
    }

    private PayoutRequest request(String recipient) {
        PayoutRequest.Builder request = switch (recipient) {
            case "card A" -> Merchant.toCard("payout-1", 1200);
            case "card B" -> Merchant.toCard("payout-1", 1200, OTHER_CARD);
            case "saved card A" -> Merchant.toSavedCard("payout-1", 1200, saved(Merchant.CARD));
            case "saved card B" -> Merchant.toSavedCard("payout-1", 1200, saved(OTHER_CARD));
            default -> Merchant.toForm("payout-1", 1200);
        };
        return request.extras(clientId()).build();
    }

    static Stream<Arguments> otherRecipients() {
        return Stream.of(
                Arguments.of("card A", "card B", "card"),
                Arguments.of("saved card A", "saved card B", "saved recipient"),
                Arguments.of("card A", "saved card B", "kind of recipient"),
                Arguments.of("saved card A", "card B", "kind of recipient"),
                Arguments.of("card A", "form", "kind of recipient"),
                Arguments.of("saved card A", "form", "kind of recipient"),
                Arguments.of("form", "card A", "kind of recipient"),
                Arguments.of("form", "saved card A", "kind of recipient"),
                Arguments.of("paid form", "card A", "kind of recipient"));
    }

    @ParameterizedTest
    @MethodSource("otherRecipients")
    void create_referenceAndAmountOfAnotherRecipient_isRejectedAndNothingIsAdopted(
            String first, String second, String difference) {
        Payout earlier = client.create(request(first));
        if (first.equals("paid form")) {
            HostedPage.payTo(
                    Merchant.CARD, earlier.nextAction().map(NextAction::url).orElseThrow());
        }
        PayoutRequest request = request(second);
        int payments = BANK.ledger().movements().size();

        PayoutRejectedException refused =
                catchThrowableOfType(PayoutRejectedException.class, () -> client.create(request));

        assertThat(refused).hasMessageContaining("another " + difference);
        assertThat(refused.advice()).isEqualTo(Advice.NEW_PAYOUT_AFTER_FIX);
        assertThat(refused.error().map(ErrorEntry::advice)).contains(refused.advice());
        assertThat(refused.error().orElseThrow().english()).doesNotContain("do not pay again");
        assertThat(BANK.ledger().movements()).hasSize(payments);
    }

    @ParameterizedTest
    @CsvSource({
        "card A, card B, card",
        "saved card A, saved card B, saved recipient",
        "card A, saved card B, saved recipient",
        "saved card A, card B, card",
        "paid form, card B, card"
    })
    void create_anotherRecipientAtABankThatShowsNoOrderParams_isRejectedAsFarAsTheCardTells(
            String first, String second, String difference) {
        BANK.switches().showsOrderParams = false;

        create_referenceAndAmountOfAnotherRecipient_isRejectedAndNothingIsAdopted(first, second, difference);
    }

    @ParameterizedTest
    @CsvSource({"card A, card B", "saved card A, saved card B", "form, card B", "card A, form"})
    void get_referenceAndAmountOfAnotherRecipient_isUnknownAndNothingIsAdopted(String first, String second) {
        client.create(request(first));

        Payout found = client.get(PayoutRef.of(BerekePayoutClient.PROVIDER, request(second)));

        assertThat(found.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(found.hasEvidence(Evidence.Kind.OTHER_PAYOUT)).isTrue();
        assertThat(found.recipientMask()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"card A", "saved card A", "paid form"})
    void create_again_adoptsOurOwn(String recipient) {
        PayoutRequest request = request(recipient);
        Payout first = client.create(request);
        if (recipient.equals("paid form")) {
            HostedPage.payTo(
                    Merchant.CARD, first.nextAction().map(NextAction::url).orElseThrow());
        }

        assertThat(client.create(request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
        BANK.ledger().assertPaidExactlyOnce("payout-1");
    }

    /** What is not shown proves nothing: then the number and the amount must do. */
    @ParameterizedTest
    @ValueSource(strings = {"card A", "saved card A", "paid form"})
    void create_againAtABankThatShowsNoOrderParams_adoptsOurOwn(String recipient) {
        BANK.switches().showsOrderParams = false;

        create_again_adoptsOurOwn(recipient);
    }

    @ParameterizedTest
    @ValueSource(strings = {"card A", "form"})
    void create_orderOfAnEarlierYear_isRejected(String recipient) {
        BANK.addPaidOrder("payout-1", 1200, Merchant.CARD, Duration.ofDays(400));
        PayoutRequest request = request(recipient).toBuilder()
                .requestedAt(BANK.clock().instant())
                .build();

        assertThatThrownBy(() -> client.create(request))
                .isInstanceOf(PayoutRejectedException.class)
                .hasMessageContaining("another time of creation");
        assertThat(BANK.ledger().movements()).hasSize(1);
    }

    @Test
    void create_ownOrderWithClocksApart_isAdopted() {
        PayoutRequest request = request("card A").toBuilder()
                .requestedAt(BANK.clock().instant().plus(Duration.ofMinutes(10)))
                .build();
        client.create(request);

        assertThat(client.create(request).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void create_answerThatShowsNeitherNumberNorId_isNotBelieved(boolean integer) {
        BANK.switches().thinAnswers = true;
        BANK.switches().integerStatus = integer;

        Payout payout = client.create(request("card A"));

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.hasEvidence(Evidence.Kind.UNIDENTIFIED_ANSWER)).isTrue();
        assertThat(client.get(payout.ref()).status()).isEqualTo(PayoutStatus.UNKNOWN);
        BANK.switches().thinAnswers = false;
        assertThat(client.get(payout.ref()).status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @Test
    void submit_otherCardUnderOneHandle_isRefusedBeforeAnyCall() {
        PayoutRef ref = client.create(request("card A")).ref();
        int before = BANK.requests().size();

        assertThatThrownBy(() -> client.submit(ref, request("card B")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("another recipient");
        assertThat(BANK.requests()).hasSize(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"EXAMPLES", "TABLES"})
    void create_bankThatShowsWholeCardNumbers_keepsNoneOfThem(AnswerForm form) {
        BANK.switches().answerForm = form;
        BANK.switches().unmaskedCards = true;

        Payout payout = client.create(request("card A"));

        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(payout.recipientMask()).isEmpty();
        assertThat(client.get(payout.ref()).recipientMask()).isEmpty();
    }

    @Test
    void create_parameterOfOursInTheMetadata_isRefusedBeforeAnyCall() {
        PayoutRequest request = request("card A").toBuilder()
                .metadata("unipayoutRecipient", "HOSTED_FORM")
                .build();

        assertThatThrownBy(() -> client.create(request))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("metadata.unipayoutRecipient:");
        assertThat(BANK.requests()).isEmpty();
    }

    @Test
    void prepare_formThatIsNotFinished_saysThatItsAddressIsLost() {
        client.prepare(request("form"));

        PayoutRejectedException refused =
                catchThrowableOfType(PayoutRejectedException.class, () -> client.prepare(request("form")));

        assertThat(refused).hasMessageContaining("does not tell the form's address again");
        assertThat(refused.error().map(ErrorEntry::advice)).contains(refused.advice());
    }
}
