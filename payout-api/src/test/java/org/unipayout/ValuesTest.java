package org.unipayout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import java.math.BigDecimal;
import java.net.URI;
import java.util.Currency;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ValuesTest {
    private static final Money AMOUNT = Money.ofMinor(15000, "KZT");
    private static final Recipient CARD = new Recipient.SavedCard("TESTCARDID");

    @Test
    void ofMajor_exactDigits_areMinorUnits() {
        assertThat(Money.ofMajor(new BigDecimal("150"), "KZT")).isEqualTo(AMOUNT);
        assertThat(Money.ofMajor(new BigDecimal("150.000"), "KZT")).isEqualTo(AMOUNT);
        assertThat(Money.ofMajor(new BigDecimal("7"), "JPY").minorUnits()).isEqualTo(7);
        assertThat(AMOUNT.major()).isEqualTo(new BigDecimal("150.00"));
        assertThat(AMOUNT).hasToString("150.00 KZT");
    }

    @ParameterizedTest
    @CsvSource({"150.001,KZT", "0.5,JPY", "92233720368547758.08,KZT"})
    void ofMajor_digitsThatTheCurrencyDoesNotHave_areRefusedAndNotRounded(BigDecimal major, String currency) {
        assertThatThrownBy(() -> Money.ofMajor(major, currency))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("amount");
    }

    @Test
    void money_equalsOnlyTheSameAmountOfTheSameCurrency() {
        assertThat(Money.ofMinor(15000, Currency.getInstance("KZT"))).isEqualTo(AMOUNT);
        assertThat(AMOUNT)
                .isNotEqualTo(Money.ofMinor(15000, "RUB"))
                .isNotEqualTo(Money.ofMinor(15001, "KZT"))
                .isNotEqualTo("150.00 KZT");
        assertThat(Money.ofMinor(-1, "KZT").major()).isEqualTo(new BigDecimal("-0.01"));
        assertThat(Money.ofMajor(new BigDecimal("7"), "XXX").major()).isEqualTo(new BigDecimal("7"));
    }

    @Test
    void referenceRule_wholeReferenceUpToItsLength_isTaken() {
        ReferenceRule rule = new ReferenceRule(4, Pattern.compile("[a-z]+"), "small letters");

        assertThatCode(() -> rule.check("abcd")).doesNotThrowAnyException();
        assertThatThrownBy(() -> rule.check("abcde"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("reference: has 5 characters, but the provider takes at most 4");
        assertThatThrownBy(() -> rule.check("ab1"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("reference: must consist of small letters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"kzt", "XX", "", "KZTT"})
    void ofMinor_wrongCurrency_isRefusedByName(String code) {
        assertThatThrownBy(() -> Money.ofMinor(1, code))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("currency");
    }

    @ParameterizedTest
    @ValueSource(strings = {"5522042705066736", "4242 4242 4242 4242", "4405639704015096", "4200000000000000"})
    void cardNumber_goodNumber_isMasked(String number) {
        CardNumber card = CardNumber.of(number);

        assertThat(card.toString()).isEqualTo("****" + number.substring(number.length() - 4));
        assertThat(card.reveal()).isEqualTo(number.replace(" ", ""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"4242424242424241", "42424242424", "42424242424242424242", "4242-4242-4242-4242", ""})
    void cardNumber_badNumber_isRefusedAndNotRepeated(String number) {
        assertThatThrownBy(() -> CardNumber.of(number))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("card number")
                .satisfies(thrown -> {
                    if (!number.isEmpty()) {
                        assertThat(thrown.getMessage()).doesNotContain(number);
                    }
                });
    }

    @Test
    void secret_neverPrintsAndCannotBeSerialized() {
        assertThat(Secret.of("open-sesame").toString()).doesNotContain("open-sesame");
        assertThat(Secret.of("open-sesame")).isEqualTo(Secret.of("open-sesame")).isNotEqualTo(Secret.of("other"));
        assertThat(Serializable.class.isAssignableFrom(Secret.class)).isFalse();
        assertThat(Serializable.class.isAssignableFrom(CardNumber.class)).isFalse();
    }

    @Test
    void secretSupplied_value_isAskedForAtEveryUse() {
        AtomicInteger asked = new AtomicInteger();
        Secret secret = Secret.supplied(() -> Secret.of("key-" + asked.incrementAndGet()));

        assertThat(secret.isSupplied()).isTrue();
        assertThat(secret.reveal()).isEqualTo("key-1");
        Secret present = secret.now();
        assertThat(present.reveal()).isEqualTo("key-2");
        assertThat(present.reveal()).isEqualTo("key-2");
        assertThat(present.now()).isSameAs(present);
        assertThat(secret).isNotEqualTo(Secret.supplied(() -> present)).isNotEqualTo(present);
        assertThat(present).isNotEqualTo(secret);
        assertThat(secret).hasToString("Secret[***]").hasSameHashCodeAs(present);
        assertThat(asked).hasValue(2);
    }

    @Test
    @SuppressWarnings("NullAway") // a source may give null
    void secretSupplied_sourceGivesNothing_isSaid() {
        assertThatThrownBy(() -> Secret.supplied(() -> null).reveal())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("secret:");
        assertThatThrownBy(() -> Secret.supplied(() -> Secret.supplied(() -> Secret.of("key")))
                        .reveal())
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "key\n", "ke\ty", "key\r"})
    void secret_blankOrWithControlCharacters_isRefused(String value) {
        assertThatThrownBy(() -> Secret.of(value))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("secret");
    }

    @Test
    void secretPem_textWithoutHeader_isRefused() {
        assertThatThrownBy(() -> Secret.pem("no key at all"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BEGIN");
    }

    @Test
    void request_badFields_areNamed() {
        assertThatThrownBy(() -> PayoutRequest.builder(" ", AMOUNT, CARD)).hasMessageStartingWith("reference");
        assertThatThrownBy(() -> PayoutRequest.builder("a\u0000b", AMOUNT, CARD))
                .hasMessageStartingWith("reference");
        assertThatThrownBy(() -> PayoutRequest.builder("order-1", Money.ofMinor(0, "KZT"), CARD))
                .hasMessageStartingWith("amount");
        assertThatThrownBy(() -> PayoutRequest.builder("order-1", Money.ofMinor(-5, "KZT"), CARD))
                .hasMessageStartingWith("amount");
        PayoutRequest.Builder good = PayoutRequest.builder("order-1", AMOUNT, CARD);
        assertThatThrownBy(() -> good.description(" ")).hasMessageStartingWith("description");
        assertThatThrownBy(() -> good.notificationUrl(URI.create("/hook"))).hasMessageStartingWith("notificationUrl");
        assertThatThrownBy(() -> Address.builder().country("Kazakhstan")).hasMessageStartingWith("address.country");
        assertThatThrownBy(() -> new Recipient.SavedCard("")).hasMessageStartingWith("recipient.token");
        assertThatThrownBy(() -> Recipient.RussianAccount.builder("1", "40817810400003869535", "A"))
                .hasMessageStartingWith("recipient.bik");
    }

    @Test
    void persons_neverPrint() {
        Participant person = Participant.builder()
                .fullName("Ivanov Ivan")
                .birthDate(java.time.LocalDate.of(1990, 1, 2))
                .address(Address.builder().city("Almaty").build())
                .document(IdentityDocument.builder().number("N0000000").build())
                .build();
        PayoutRequest request = PayoutRequest.builder(
                        "order-1", AMOUNT, new Recipient.Card(CardNumber.of("4242424242424242"), null, "IVANOV IVAN"))
                .recipientDetails(person)
                .build();

        assertThat(person + " " + person.address() + " " + person.document() + " " + request)
                .doesNotContain("Ivan", "IVAN", "1990", "Almaty", "N0000000", "4242424242424242");
    }

    @Test
    void toBuilder_everyField_isKept() {
        PayoutRequest request = PayoutRequest.builder("order-1", AMOUNT, CARD)
                .description("For May")
                .language(java.util.Locale.forLanguageTag("kk"))
                .expiresAt(java.time.Instant.EPOCH)
                .notificationUrl(URI.create("https://shop.example/hook"))
                .recipientDetails(Participant.builder().fullName("A").build())
                .sender(Participant.builder().fullName("B").build())
                .metadata("branch", "7")
                .build();

        assertThat(request.toBuilder().build()).usingRecursiveComparison().isEqualTo(request);
    }

    @Test
    void ref_storedAndReadAgain_isTheSame() {
        PayoutRef ref = PayoutRef.of(
                        "bank131",
                        PayoutRequest.builder("выплата №1 & co=%", AMOUNT, CARD).build())
                .withProviderId("ps_3230");

        PayoutRef read = PayoutRef.parse(ref.toString());

        assertThat(read).isEqualTo(ref);
        assertThat(read.reference()).isEqualTo("выплата №1 & co=%");
        assertThat(read.amount().currency()).isEqualTo(Currency.getInstance("KZT"));
        assertThat(ref.toString()).matches("[\\x21-\\x7e]+");
    }

    @Test
    void ref_withAnEarlierSend_keepsItWhenStoredAndWhenNamed() {
        PayoutRef ref = PayoutRef.of(
                        "bank131",
                        PayoutRequest.builder("order-1", AMOUNT, CARD).build())
                .withProviderId("ps_3231");

        PayoutRef read = PayoutRef.parse(ref.withEarlierSend().toString());

        assertThat(ref.hasEarlierSend()).isFalse();
        assertThat(read.hasEarlierSend()).isTrue();
        assertThat(read.withProviderId("ps_3230").hasEarlierSend()).isTrue();
        assertThat(read).isNotEqualTo(ref);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ps_3230",
                "payout:2?provider=a",
                "payout:1?provider=a",
                "payout:1?provider=a&reference=b&amount=x&currency=KZT&recipient=SAVED_CARD",
                "payout:1?provider=a&reference=b&amount=1&currency=KZT&recipient=NOBODY"
            })
    void ref_otherText_isRefused(String text) {
        assertThatThrownBy(() -> PayoutRef.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ref_ofAnotherProvider_isRefused() {
        PayoutRef ref = PayoutRef.of(
                "bank131", PayoutRequest.builder("order-1", AMOUNT, CARD).build());

        assertThatCode(() -> ref.requireProvider("bank131")).doesNotThrowAnyException();
        assertThatThrownBy(() -> ref.requireProvider("ioka"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ref: belongs to provider bank131, not to ioka");
    }

    @Test
    void ref_madeFromAnotherRequest_isRefused() {
        PayoutRequest request = PayoutRequest.builder("order-1", AMOUNT, CARD).build();
        PayoutRef ref = PayoutRef.of("bank131", request);

        assertThatCode(() -> ref.requireMadeFrom(request)).doesNotThrowAnyException();
        assertThatThrownBy(() -> ref.requireMadeFrom(
                        PayoutRequest.builder("order-2", AMOUNT, CARD).build()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("ref: was made from a request with another reference");
        assertThatThrownBy(() -> ref.requireMadeFrom(PayoutRequest.builder("order-1", Money.ofMinor(15001, "KZT"), CARD)
                        .build()))
                .hasMessage("ref: was made from a request with another amount");
        assertThatThrownBy(() -> ref.requireMadeFrom(
                        PayoutRequest.builder("order-1", AMOUNT, new Recipient.Card(CardNumber.of("4242424242424242")))
                                .build()))
                .hasMessage("ref: was made from a request with another kind of recipient");
    }

    @Test
    void ref_contradiction_namesTheField() {
        PayoutRef ref = PayoutRef.of(
                        "bank131",
                        PayoutRequest.builder("order-1", AMOUNT, CARD).build())
                .withProviderId("ps_1");

        assertThat(ref.contradiction(null, null, null)).isEmpty();
        assertThat(ref.contradiction(AMOUNT, "order-1", "ps_1")).isEmpty();
        assertThat(ref.contradiction(Money.ofMinor(15001, "KZT"), null, null)).contains("amount");
        assertThat(ref.contradiction(Money.ofMinor(15000, "RUB"), null, null)).contains("currency");
        assertThat(ref.contradiction(null, "order-2", null)).contains("reference");
        assertThat(ref.contradiction(null, null, "ps_2")).contains("provider id");
        assertThat(ref.contradiction(Money.ofMinor(1, "RUB"), "order-2", "ps_2"))
                .contains("reference");
        assertThat(ref.contradiction(Money.ofMinor(1, "RUB"), "order-1", "ps_2"))
                .contains("provider id");
    }

    @Test
    void queueId_standsForThePayoutUntilItHasItsOwn() {
        PayoutRef named = PayoutRef.of(
                "horizonpay", PayoutRequest.builder("order-1", AMOUNT, CARD).build());
        PayoutRef queued = PayoutRef.parse(named.withQueueId("7").toString());

        assertThat(queued.queueId()).contains("7");
        assertThat(queued.contradiction(AMOUNT, "order-1", "ps_1")).isEmpty();
        assertThat(queued.contradiction(null, "order-2", "ps_1")).contains("reference");
        assertThat(queued.withProviderId("ps_1").queueId()).isEmpty();
        assertThat(queued.withProviderId("ps_1").contradiction(null, null, "7")).contains("provider id");
    }
}
