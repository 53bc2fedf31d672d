package org.unipayout.bereke.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
        return BerekeReadings.payout(REF, order(fields), BOOK);
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
        "reference, '\"orderNumber\":\"payout-2\"'"
    })
    void payout_echoOfAnother_isUnknownAndNamed(String field, String echo) throws Exception {
        Payout payout = read("\"orderStatus\":\"2\"," + echo);

        assertThat(payout.status()).isEqualTo(PayoutStatus.UNKNOWN);
        assertThat(payout.evidence())
                .contains(new Evidence(Evidence.Kind.CONTRADICTING_ANSWER, "The answer speaks of another " + field));
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

    @ParameterizedTest
    @CsvSource({"C, 100, 100", "D, 100, -100", "D, -100, -100"})
    void balance_magnitudeAndSign_makeTheAmount(String sign, long magnitude, long expected) {
        AmountAnswer.Description description = new AmountAnswer.Description(sign, magnitude, "398", null);

        assertThat(BerekeReadings.balance(description).orElseThrow().available())
                .isEqualTo(Money.ofMinor(expected, "KZT"));
    }

    @ParameterizedTest
    @CsvSource({
        "411111XXXXXX1111, false",
        "411111**1111, false",
        "444455XXXXXX3333, true",
        "411111XXXXXX2222, true",
        "hidden, false"
    })
    void paysAnotherCard_mask_isComparedAsFarAsItShows(String mask, boolean expected) throws Exception {
        Order order = order("\"target\":{\"maskedPan\":\"" + mask + "\"}");

        assertThat(BerekeReadings.paysAnotherCard(REQUEST, order)).isEqualTo(expected);
    }
}
