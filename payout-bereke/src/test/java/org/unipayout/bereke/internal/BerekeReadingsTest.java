package org.unipayout.bereke.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.CardNumber;
import org.unipayout.ErrorBook;
import org.unipayout.Evidence;
import org.unipayout.Money;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;
import org.unipayout.bereke.BerekeExtras;
import org.unipayout.bereke.BerekePayoutClient;
import org.unipayout.bereke.internal.wire.AmountAnswer;
import org.unipayout.bereke.internal.wire.Order;
import org.unipayout.http.Json;
import org.unipayout.http.UnreadableBodyException;

/** The bank's words: the table of statuses, and every way in which its page spells an answer. */
class BerekeReadingsTest {
    private static final PayoutRequest REQUEST = PayoutRequest.builder(
                    "payout-1", Money.ofMinor(1234, "KZT"), new Recipient.Card(CardNumber.of("4111111111111111")))
            .build();
    private static final PayoutRef REF = PayoutRef.of(BerekePayoutClient.PROVIDER, REQUEST);
    private static final ErrorBook BOOK =
            ErrorBook.read(Objects.requireNonNull(BerekePayoutClient.class.getResourceAsStream("error-book.tsv")));

    private static Order order(String fields) throws UnreadableBodyException {
        return Json.read(("{\"errorCode\":\"0\"," + fields + "}").getBytes(StandardCharsets.UTF_8), Order.class);
    }

    private static Payout read(String fields) throws UnreadableBodyException {
        return BerekeReadings.payout(REF, order("\"orderNumber\":\"payout-1\"," + fields), BOOK);
    }

    private static Payout credits(String status, String... credits) throws UnreadableBodyException {
        return read("\"orderStatus\":\"" + status + "\",\"operationList\":[" + String.join(",", credits) + "]");
    }

    @ParameterizedTest
    @CsvSource({
        "0, CARD_NUMBER, PROCESSING",
        "0, SAVED_CARD, PROCESSING",
        "0, HOSTED_FORM, AWAITING_RECIPIENT",
        "1, HOSTED_FORM, PROCESSING",
        "1, CARD_NUMBER, PROCESSING",
        "2, CARD_NUMBER, SUCCEEDED",
        "2, HOSTED_FORM, SUCCEEDED",
        "3, CARD_NUMBER, CANCELED",
        "4, CARD_NUMBER, RETURNED",
        "5, CARD_NUMBER, PROCESSING",
        "6, CARD_NUMBER, FAILED",
        "6, HOSTED_FORM, FAILED",
        "7, CARD_NUMBER, UNKNOWN",
        "8, CARD_NUMBER, UNKNOWN",
        "-1, CARD_NUMBER, UNKNOWN",
        "-1, HOSTED_FORM, UNKNOWN",
        "02, CARD_NUMBER, UNKNOWN",
        "2.0, CARD_NUMBER, UNKNOWN",
        "PAID, CARD_NUMBER, UNKNOWN"
    })
    void status_eachValue_isReadByTheTable(String value, RecipientKind kind, PayoutStatus expected) {
        assertThat(BerekeTables.status(value, kind)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                "\"orderStatus\":\"2\"; 2",
                "\"orderStatus\":2; 2",
                "\"OrderStatus\":2; 2",
                "\"ORDERSTATUS\":\"2\"; 2",
                "\"orderStatus\":\"2\",\"OrderStatus\":2; 2",
                "\"orderStatus\":null,\"OrderStatus\":6; 6",
                "\"orderStatus\":2,\"OrderStatus\":6; 2|6",
                "\"amount\":1234; ``"
            })
    void order_anySpellingOfTheStatus_isRead(String fields, String expected) throws Exception {
        assertThat(order(fields).status()).isEqualTo(expected);
    }

    @Test
    void payout_statusTwiceAndDifferent_isUnknown() throws Exception {
        assertThat(read("\"orderStatus\":2,\"OrderStatus\":6").status()).isEqualTo(PayoutStatus.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "amount, '\"amount\":1235'",
        "amount, '\"amount\":\"1235\",\"currency\":\"398\"'",
        "currency, '\"currency\":\"643\"'",
        "currency, '\"amount\":1234,\"currency\":643'",
        "card, '\"target\":{\"maskedPan\":\"444455XXXXXX3333\"}'",
        "card, '\"operationList\":{\"pan\":\"444455XXXXXX3333\"}'",
        "kind of recipient, '\"orderParams\":{\"unipayoutRecipient\":\"HOSTED_FORM\"}'"
    })
    void payout_ourNumberAndAnother_isOtherPayoutAndNamed(String field, String echo) throws Exception {
        Payout payout = read("\"orderStatus\":\"2\"," + echo);

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.hasEvidence(Evidence.Kind.OTHER_PAYOUT)).isTrue();
        assertThat(payout.evidence().orElseThrow().text()).contains("another " + field);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"orderNumber\":\"payout-2\"",
                "\"orderNumber\":\"payout-2\",\"amount\":1234",
                "\"amount\":1234,\"currency\":\"398\"",
                "\"orderId\":\"o-1\",\"amount\":1234"
            })
    void payout_notOurNumber_isUnidentified(String echo) throws Exception {
        Payout payout = BerekeReadings.payout(REF, order("\"orderStatus\":\"2\"," + echo), BOOK);

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.hasEvidence(Evidence.Kind.UNIDENTIFIED_ANSWER)).isTrue();
    }

    @Test
    void payout_onlyOurId_isOurs() throws Exception {
        Payout payout = BerekeReadings.payout(
                REF.withProviderId("o-1"), order("\"orderStatus\":\"2\",\"orderId\":\"o-1\""), BOOK);

        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
    }

    /** The bank's own example of a status has a currency of another country in its operation. */
    @Test
    void payout_currencyOfAnOperation_isNotCompared() throws Exception {
        assertThat(credits("2", "{\"amount\":1234,\"currency\":\"643\",\"resultCode\":0}")
                        .status())
                .isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({"amount, '\"amount\":1235'", "card, '\"target\":{\"maskedPan\":\"444455XXXXXX3333\"}'"})
    void performed_ourNumberAndAnother_contradictsItselfBecauseTheCallMayHavePaid(String field, String echo)
            throws Exception {
        Payout payout = BerekeReadings.performed(
                REF, order("\"orderNumber\":\"payout-1\",\"orderStatus\":\"2\"," + echo), BOOK);

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.hasEvidence(Evidence.Kind.CONTRADICTING_ANSWER)).isTrue();
        assertThat(payout.evidence().orElseThrow().text()).contains("another " + field);
    }

    @ParameterizedTest
    @CsvSource({
        "2, '{\"resultCode\":1}'",
        "4, '{\"resultCode\":1}'",
        "6, '{\"resultCode\":0}'",
        "3, '{\"resultCode\":\"0\"}'",
        "6, '{\"resultCode\":1},{\"resultCode\":0}'",
        "2, '{\"resultCode\":0,\"amount\":5}'",
        "6, '{\"resultCode\":1,\"amount\":5}'",
        "2, '{\"pan\":\"411111XXXXXX1111\"},{\"pan\":\"444455XXXXXX3333\"}'"
    })
    void payout_partsThatDisagree_isUnknownAndKeepsBoth(String status, String credits) throws Exception {
        Payout payout = credits(status, credits);

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.providerStatus()).isEqualTo(status);
        assertThat(payout.hasEvidence(Evidence.Kind.CONTRADICTING_ANSWER)).isTrue();
        assertThat(payout.decline()).isEmpty();
    }

    @Test
    void payout_formThatWaitsAndACreditThatWorked_isUnknown() throws Exception {
        PayoutRef form = PayoutRef.of(
                BerekePayoutClient.PROVIDER,
                PayoutRequest.builder(
                                "payout-1",
                                Money.ofMinor(1234, "KZT"),
                                new Recipient.HostedForm(URI.create("https://shop.example/back")))
                        .build());
        Order order = order("\"orderNumber\":\"payout-1\",\"orderStatus\":0,\"operationList\":{\"resultCode\":0}");

        assertThat(BerekeReadings.payout(form, order, BOOK).status()).isEqualTo(PayoutStatus.UNKNOWN);
    }

    @ParameterizedTest
    @CsvSource({
        "0, '{\"resultCode\":0}', PROCESSING",
        "2, '{\"resultCode\":1},{\"resultCode\":0}', SUCCEEDED",
        "2, '{\"resultCode\":1,\"operationType\":\"P2P_DEBIT\"}', SUCCEEDED",
        "2, '{\"amount\":5,\"operationType\":\"P2P_DEBIT\"}', SUCCEEDED",
        "2, '{}', SUCCEEDED",
        "6, '{}', FAILED",
        "6, '{\"resultCode\":0,\"operationType\":\"P2P_DEBIT\"}', FAILED"
    })
    void payout_partsThatAgree_isBelieved(String status, String credits, PayoutStatus expected) throws Exception {
        assertThat(credits(status, credits).status()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "411111XXXXXX1111, true",
        "411111**1111, true",
        "XXXXXXXXXXXX1111, true",
        "****1111, true",
        "4111111111111111, false",
        "41111111XXXX1111, false",
        "411111XXXXX11111, false",
        "hidden, false",
        "'<b>411111*1111</b>', false"
    })
    void payout_mask_isPassedOnWithSixAndFourDigitsAtMost(String mask, boolean passedOn) throws Exception {
        Payout payout = read("\"orderStatus\":\"2\",\"target\":{\"maskedPan\":\"" + mask + "\"}");

        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(payout.recipientMask()).isEqualTo(passedOn ? Optional.of(mask) : Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "'\"orderNumber\":\"payout-1\"', true",
        "'\"errorMessage\":\"Успешно\"', true",
        "'\"orderNumber\":\"payout-1\",\"amount\":0,\"currency\":\"398\"', true",
        "'\"orderNumber\":\"payout-1\",\"amount\":1234', false",
        "'\"orderNumber\":\"payout-1\",\"orderId\":\"o-1\"', false",
        "'\"orderNumber\":\"payout-1\",\"operationList\":[]', false",
        "'\"orderNumber\":\"payout-1\",\"target\":{}', false",
        "'\"orderNumber\":\"payout-1\",\"orderStatus\":\"7\"', false",
        "'\"orderNumber\":\"payout-2\"', false"
    })
    void isNotFound_answerWithoutStatus_onlyIfItShowsNothingOfAnOrder(String fields, boolean expected)
            throws Exception {
        assertThat(BerekeReadings.isNotFound(REF, order(fields))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"'\"currency\":\"398\"', OPEN_CODE", "'\"amount\":1234', PROVIDER_UNSURE"})
    void payout_oursWithoutStatus_isUnknown(String fields, Evidence.Kind expected) throws Exception {
        assertThat(read(fields).evidence().map(Evidence::kind)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"398", "'\"398\"'", "'\"KZT\"'"})
    void payout_tengeInAnySpelling_isOurs(String currency) throws Exception {
        assertThat(read("\"orderStatus\":\"2\",\"amount\":1234,\"currency\":" + currency)
                        .status())
                .isEqualTo(PayoutStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"operationDate\":1665414462047,\"pan\":\"411111XXXXXX1111\"}'",
        "'{\"operationDate\":\"1665414462047\",\"panMaskedTo\":\"411111XXXXXX1111\"}'",
        "'{\"datetime\":\"1665414462047\",\"panMaskedTo\":\"411111XXXXXX1111\",\"currency\":398}'",
        "'[{\"datetime\":1665414462047,\"pan\":\"411111XXXXXX1111\",\"currency\":\"643\"}]'"
    })
    void payout_anySpellingOfAnOperation_isRead(String operations) throws Exception {
        Payout payout = read("\"orderStatus\":\"2\",\"operationList\":" + operations);

        assertThat(payout.finishedAt()).contains(Instant.ofEpochMilli(1665414462047L));
        assertThat(payout.recipientMask()).contains("411111XXXXXX1111");
    }

    @Test
    void payout_declinedThenPaid_tellsOfTheOperationThatWorked() throws Exception {
        Payout payout = read("\"orderStatus\":\"2\",\"operationList\":["
                + "{\"operationType\":\"P2P_CREDIT\",\"resultCode\":1,\"refNum\":\"000000000001\"},"
                + "{\"operationType\":\"P2P_CREDIT\",\"resultCode\":\"0\",\"refNum\":\"000000000002\"},"
                + "{\"operationType\":\"P2P_DEBIT\",\"resultCode\":0,\"refNum\":\"000000000003\"},null]");

        assertThat(payout.rrn()).contains("000000000002");
        assertThat(payout.decline()).isEmpty();
    }

    @Test
    void payout_declined_tellsWhyInTheBanksWords() throws Exception {
        Payout payout = read("\"orderStatus\":\"6\",\"operationList\":["
                + "{\"operationType\":\"P2P_CREDIT\",\"resultCode\":1,\"resultCodeDescription\":\"Card blocked\"}]");

        assertThat(payout.decline().orElseThrow().providerText()).contains("Card blocked");
        assertThat(payout.rrn()).isEmpty();
    }

    @Test
    void payout_unusableOrderIdAndDate_areLeftOut() throws Exception {
        Payout payout = read(
                "\"orderStatus\":\"2\",\"orderId\":\"with space\",\"creationDate\":\"yesterday\",\"operationList\":[]");

        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(payout.ref().providerId()).isEmpty();
        assertThat(payout.createdAt()).isEmpty();
    }

    /** Number, amount and status decide whether an answer is readable. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"fee\":\"n/a\"",
                "\"fee\":0.5",
                "\"target\":\"x\"",
                "\"target\":[]",
                "\"target\":{\"maskedPan\":{}}",
                "\"operationList\":\"x\"",
                "\"operationList\":[1]",
                "\"operationList\":[{\"refNum\":{},\"operationDate\":[],\"resultCode\":{}}]",
                "\"orderParams\":[]",
                "\"orderParams\":{\"unipayoutRecipient\":7}",
                "\"creationDate\":{}",
                "\"errorMessage\":{}"
            })
    void payout_describingFieldOfAnotherForm_isDropped(String field) throws Exception {
        Payout payout = read("\"amount\":1234,\"orderStatus\":\"2\"," + field);

        assertThat(payout.status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(payout.fee()).isEmpty();
        assertThat(payout.rrn()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"amount\":\"x\"", "\"amount\":{}", "\"orderId\":[]", "\"currency\":{}"})
    void payout_decidingFieldOfAnotherForm_isUnreadable(String field) {
        assertThatThrownBy(() -> read("\"orderStatus\":\"2\"," + field)).isInstanceOf(UnreadableBodyException.class);
    }

    @ParameterizedTest
    @CsvSource({"C, 100, 100", "D, 100, -100", "D, -100, -100"})
    void balance_magnitudeAndSign_makeTheAmount(String sign, long magnitude, long expected) {
        AmountAnswer.Description description = new AmountAnswer.Description(sign, magnitude, "398", null);

        assertThat(BerekeReadings.balance(description).orElseThrow().available())
                .isEqualTo(Money.ofMinor(expected, "KZT"));
    }

    @ParameterizedTest
    @CsvSource({
        "411111XXXXXX1111, true",
        "4111XXXXXXXX1111, true",
        "411111**1111, true",
        "****1111, true",
        "4111111111111111, true",
        "444455XXXXXX3333, false",
        "411111XXXXXX2222, false",
        "4444555511113333, false",
        "****2222, false",
        "hidden, true",
        "XXXXXXXXXXXXXXXX, true"
    })
    void identity_card_isComparedAsFarAsItShows(String mask, boolean ours) throws Exception {
        Order order = order("\"orderNumber\":\"payout-1\",\"target\":{\"maskedPan\":\"" + mask + "\"}");

        assertThat(BerekeReadings.identity(REF, order).ours()).isEqualTo(ours);
    }

    @ParameterizedTest
    @CsvSource({"client-1, true", "client-2, false", ", true"})
    void identity_clientOfAForm_isCompared(String shown, boolean ours) throws Exception {
        PayoutRequest form = PayoutRequest.builder(
                        "payout-1",
                        Money.ofMinor(1234, "KZT"),
                        new Recipient.HostedForm(URI.create("https://shop.example/back")))
                .extras(BerekeExtras.builder().clientId("client-1").build())
                .build();
        String target = shown == null ? "{}" : "{\"clientId\":\"" + shown + "\"}";
        Order order = order("\"orderNumber\":\"payout-1\",\"target\":" + target);
        PayoutRef ref = PayoutRef.of(BerekePayoutClient.PROVIDER, form);

        assertThat(BerekeReadings.identity(ref, form, order).ours()).isEqualTo(ours);
    }
}
