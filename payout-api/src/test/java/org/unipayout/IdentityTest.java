package org.unipayout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Identity.About;

class IdentityTest {
    private static final Money AMOUNT = Money.ofMinor(15000, "KZT");
    private static final Instant ASKED = Instant.parse("2026-11-25T10:00:00Z");
    private static final Recipient CARD = new Recipient.Card(CardNumber.of("4242424242424242"));

    private static PayoutRef ref(Recipient recipient) {
        return PayoutRef.of(
                "tinypay",
                PayoutRequest.builder("order-1", AMOUNT, recipient)
                        .requestedAt(ASKED)
                        .build());
    }

    private static Shown.Builder named() {
        return Shown.builder("order-1", "id-1").amount(AMOUNT);
    }

    @ParameterizedTest
    @EnumSource(Identity.About.class)
    void identity_isOursOrCollidesByWhatItIsAbout(Identity.About about) {
        Identity identity = new Identity(about, "amount");

        assertThat(identity.ours()).isEqualTo(about == Identity.About.OURS);
        assertThat(identity.collides()).isEqualTo(about == Identity.About.COLLISION);
    }

    @Test
    void against_allThatIsShownIsOurs_isOurs() {
        Shown shown = named().kinds(RecipientKind.CARD_NUMBER, RecipientKind.SAVED_CARD)
                .card("424242******4242")
                .createdAt(ASKED.minus(Shown.CLOCK_DIFFERENCE))
                .build();

        assertThat(shown.against(ref(CARD)).ours()).isTrue();
        assertThat(shown.against(ref(CARD).withProviderId("id-1")).ours()).isTrue();
    }

    @Test
    void against_answerForTheHandleOfAnotherRecipient_isACollision() {
        Payout ours = Payout.builder(ref(CARD).withProviderId("id-1"), PayoutStatus.PROCESSING, "")
                .build();
        Payout others = ours.toBuilder()
                .ref(ref(new Recipient.Card(CardNumber.of("5555555555554444"))).withProviderId("id-1"))
                .build();

        assertThat(Shown.of(ours).against(ref(CARD)).ours()).isTrue();
        assertThat(Shown.of(others).against(ref(CARD))).isEqualTo(new Identity(About.COLLISION, "recipient"));
    }

    @Test
    void against_neitherOurIdNorOurReference_isAboutNobody() {
        PayoutRef named = ref(CARD).withProviderId("id-1");

        Identity identity = Shown.builder(null, null).amount(AMOUNT).build().against(named);

        assertThat(identity.about()).isEqualTo(About.NOBODY);
        assertThat(identity.evidence().kind()).isEqualTo(Evidence.Kind.UNIDENTIFIED_ANSWER);
        assertThat(Shown.builder(null, "id-1").build().against(ref(CARD)).about())
                .as("an id proves nothing before it is known to be ours")
                .isEqualTo(About.NOBODY);
        assertThat(Shown.builder(null, "id-1").build().against(named).ours()).isTrue();
    }

    @Test
    void against_endOfATokenThatIsAPath_isOurs() {
        PayoutRef saved = ref(new Recipient.SavedCard("customer-1/card-1"));

        assertThat(named().token("card-1").build().against(saved).ours()).isTrue();
        assertThat(named().token("card-2").build().against(saved).difference()).isEqualTo("saved recipient");
    }

    @Test
    void against_anotherName_isSomebodyElses() {
        PayoutRef named = ref(CARD).withProviderId("id-1");

        assertThat(Shown.builder("order-2", "id-1").build().against(named))
                .isEqualTo(new Identity(About.SOMEBODY_ELSE, "reference"));
        assertThat(Shown.builder("order-1", "id-2").build().against(named))
                .isEqualTo(new Identity(About.SOMEBODY_ELSE, "provider id"));
    }

    @Test
    void evidence_ofAnAnswerThatIsOurs_isNotToBeHad() {
        Identity ours = named().build().against(ref(CARD));

        assertThat(ours.collides()).isFalse();
        assertThatThrownBy(ours::evidence).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void evidence_ofAnAnswerThatIsNotOurs_saysWhy() {
        assertThat(new Identity(About.NOBODY, "").evidence())
                .isEqualTo(new Evidence(
                        Evidence.Kind.UNIDENTIFIED_ANSWER, "The answer shows neither our id nor our reference"));
        assertThat(new Identity(About.SOMEBODY_ELSE, "reference").evidence())
                .isEqualTo(new Evidence(Evidence.Kind.UNIDENTIFIED_ANSWER, "The answer is about another reference"));
        assertThat(new Identity(About.COLLISION, "card").evidence())
                .isEqualTo(new Evidence(
                        Evidence.Kind.OTHER_PAYOUT, "The reference belongs to a different payout, with another card"));
        assertThat(new Identity(About.COLLISION, "card").collides()).isTrue();
    }

    @Test
    void door_onlyTheProvidersOwnId_doesNotLag() {
        assertThat(Door.of(ref(CARD))).isEqualTo(Door.REFERENCE);
        assertThat(Door.of(ref(CARD).withProviderId("id-1"))).isEqualTo(Door.PROVIDER_ID);
        assertThat(Stream.of(Door.values()).filter(Door::mayLag)).containsExactly(Door.REFERENCE, Door.NOTIFICATION);
    }

    @Test
    void word_whoseEnds_andWhoseShowsThePayout() {
        assertThat(Stream.of(Word.values()).filter(Word::ends)).containsExactly(Word.PROVIDER, Word.PERSON);
        assertThat(Stream.of(Word.values()).filter(Word::showsPayout))
                .containsExactly(Word.PROVIDER, Word.SIGNED_NOTIFICATION);
    }

    static Stream<Arguments> collisions() {
        Recipient iban = Recipient.KazakhAccount.builder("KZ000000000000000012", "000000000000", "Ivanov Ivan")
                .build();
        return Stream.of(
                Arguments.of("amount", CARD, named().amount(Money.ofMinor(1, "KZT"))),
                Arguments.of("currency", CARD, named().amount(Money.ofMinor(15000, "USD"))),
                Arguments.of("kind of recipient", CARD, named().kinds(RecipientKind.HOSTED_FORM)),
                Arguments.of("card", CARD, named().card("424242******0013")),
                Arguments.of("card", CARD, named().card("411111******4242")),
                Arguments.of("card", CARD, named().card("0013")),
                Arguments.of("account", iban, named().account("KZ000000000000000013")),
                Arguments.of("account", iban, named().account("**0013")),
                Arguments.of(
                        "phone", new Recipient.Phone("79680000000", "100000000069"), named().phone("+7968*****01")),
                Arguments.of("saved recipient", new Recipient.SavedCard("token-1"), named().token("token-2")),
                Arguments.of(
                        "time of creation",
                        CARD,
                        named().createdAt(ASKED.minus(Shown.CLOCK_DIFFERENCE).minusSeconds(1))));
    }

    @ParameterizedTest
    @MethodSource("collisions")
    void against_ourReferenceWithSomethingElse_collides(String difference, Recipient recipient, Shown.Builder shown) {
        Identity identity = shown.build().against(ref(recipient));

        assertThat(identity).isEqualTo(new Identity(About.COLLISION, difference));
        assertThat(identity.evidence().kind()).isEqualTo(Evidence.Kind.OTHER_PAYOUT);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4242",
                "****4242",
                "4242 42** **** 4242",
                "42424242****4242",
                "424242XXXXXX4242",
                "4242424242424242"
            })
    void against_ourCardInAnyMask_isOurs(String mask) {
        assertThat(named().card(mask).build().against(ref(CARD)).ours()).isTrue();
    }

    @Test
    void against_whatIsNotShownOrNotKnown_provesNothing() {
        PayoutRef old = PayoutRef.parse(
                "payout:1?provider=tinypay&reference=order-1&amount=15000&currency=KZT" + "&recipient=CARD_NUMBER");

        assertThat(named().card("****0013")
                        .createdAt(Instant.EPOCH)
                        .build()
                        .against(old)
                        .ours())
                .isTrue();
        assertThat(named().build().against(ref(CARD)).ours()).isTrue();
        assertThat(named().card("****").build().against(ref(CARD)).ours()).isTrue();
        assertThat(named().card("****0013")
                        .build()
                        .against(ref(new Recipient.SavedCard("t")))
                        .ours())
                .isTrue();
    }

    @Test
    void ref_keepsAMarkOfTheRecipient_andNeverTheRecipient() {
        for (Recipient recipient : List.of(
                CARD,
                new Recipient.SavedCard("saved-card-token"),
                new Recipient.Phone("79680000000", "100000000069"),
                new Recipient.Wallet("yoomoney", "410012411727100"),
                new Recipient.HostedForm(URI.create("https://shop.example/back")))) {
            PayoutRef ref = ref(recipient).withProviderId("id-1");

            assertThat(PayoutRef.parse(ref.toString())).isEqualTo(ref);
            assertThat(PayoutRef.parse(ref.toString()).recipientMark()).isEqualTo(ref.recipientMark());
            assertThat(ref.toString())
                    .doesNotContain("4242424242424242", "saved-card-token", "79680000000", "410012411727100");
            assertThat(ref.requestedAt()).contains(ASKED);
        }
    }

    @Test
    void requireMadeFrom_anotherRecipientOfTheSameKind_isRefused() {
        PayoutRequest other = PayoutRequest.builder(
                        "order-1", AMOUNT, new Recipient.Card(CardNumber.of("5555555555554444")))
                .build();

        assertThatThrownBy(() -> ref(CARD).requireMadeFrom(other))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ref: was made from a request with another recipient");
    }

    @Test
    void event_thatNamesOurPayout_isOursUnlessItShowsAnotherOne() {
        WebhookEvent.Builder event =
                event().reference("order-1").providerId("id-1").amount(AMOUNT);

        assertThat(event.build().against(ref(CARD)).ours()).isTrue();
        assertThat(event.amount(Money.ofMinor(1, "KZT")).build().against(ref(CARD)))
                .isEqualTo(new Identity(About.COLLISION, "amount"));
        assertThat(event.reference("order-2").build().against(ref(CARD)))
                .isEqualTo(new Identity(About.SOMEBODY_ELSE, "reference"));
        assertThat(event().build().against(ref(CARD)).about()).isEqualTo(About.NOBODY);
    }

    @Test
    void event_thatShowsMoreThanItsNames_isComparedInAllOfIt() {
        WebhookEvent.Builder event = event().reference("order-1").amount(AMOUNT);

        assertThat(event.shown(named().card("424242******0013").build()).build().against(ref(CARD)))
                .isEqualTo(new Identity(About.COLLISION, "card"));
        assertThat(event.shown(null).build().against(ref(CARD)).ours()).isTrue();
    }

    private static WebhookEvent.Builder event() {
        return WebhookEvent.builder("tinypay", "payout.paid", WebhookEvent.Trust.VERIFIED, "key-1");
    }

    @ParameterizedTest
    @MethodSource("collisions")
    void text_ofWhatIsShown_comparesLikeIt(String difference, Recipient recipient, Shown.Builder shown) {
        Shown stored = Shown.parse(shown.build().text());

        assertThat(stored.against(ref(recipient))).isEqualTo(shown.build().against(ref(recipient)));
        assertThat(Shown.parse(stored.text()).text()).isEqualTo(stored.text());
    }

    @Test
    void text_ofWhatIsShown_keepsNoCardAndNoToken() {
        String text = named().card("4242424242424242")
                .account("KZ000000000000000012")
                .token("saved-card-token")
                .build()
                .text();

        assertThat(text)
                .doesNotContain("4242424242424242", "KZ000000000000000012", "saved-card-token")
                .contains("424242*4242");
        assertThat(Shown.parse(text).against(ref(CARD)).ours()).isTrue();
        assertThat(Shown.parse(text)
                        .against(ref(new Recipient.SavedCard("saved-card-token")))
                        .ours())
                .isTrue();
        assertThatThrownBy(() -> Shown.parse("payout:1?reference=x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shown_printsNothing() {
        assertThat(named().card("4242424242424242").build().toString()).isEqualTo("Shown[***]");
        assertThat(RecipientMark.of(CARD).toString()).doesNotContain("4242");
        assertThat(Shown.CLOCK_DIFFERENCE).isLessThan(Duration.ofHours(1));
    }
}
