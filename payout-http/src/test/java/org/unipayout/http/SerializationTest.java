package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.unipayout.Address;
import org.unipayout.CardNumber;
import org.unipayout.IdentityDocument;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.Payout;
import org.unipayout.PayoutRef;
import org.unipayout.PayoutRequest;
import org.unipayout.PayoutStatus;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.Shown;

/** What a bean serializer writes of our types, when they are put into a log event, an answer or a cache by mistake. */
class SerializationTest {
    private static final String CANARY = "canary7781";
    private static final String PAN = "4111111111111111";
    private static final Map<String, UnaryOperator<ObjectMapper>> MAPPERS = Map.of(
            "plain", mapper -> mapper,
            "plain, empty beans allowed", mapper -> mapper.disable(SerializationFeature.FAIL_ON_EMPTY_BEANS),
            "all fields and methods",
                    mapper -> mapper.disable(SerializationFeature.FAIL_ON_EMPTY_BEANS)
                            .setVisibility(PropertyAccessor.ALL, Visibility.ANY));

    @TestFactory
    Stream<DynamicTest> serialize_whatHoldsATokenACardOrAPerson_writesNoneOfIt() {
        return MAPPERS.entrySet().stream()
                .flatMap(mapper -> holders()
                        .map(holder -> DynamicTest.dynamicTest(
                                mapper.getKey() + ": " + holder.getClass().getSimpleName(), () -> {
                                    ObjectMapper json = mapper.getValue().apply(new ObjectMapper());
                                    json.findAndRegisterModules();
                                    String written;
                                    try {
                                        written = json.writeValueAsString(holder);
                                    } catch (JsonProcessingException refused) {
                                        written = String.valueOf(refused.getMessage());
                                    }
                                    assertThat(written).doesNotContain(CANARY, PAN, "79680000000", "2077");
                                })));
    }

    private static Stream<Object> holders() {
        Money amount = Money.ofMinor(100, "RUB");
        Recipient card = new Recipient.SavedCard(CANARY);
        PayoutRequest request = PayoutRequest.builder("r-1", amount, card)
                .sender(person())
                .recipientDetails(person())
                .build();
        Payout payout = Payout.builder(PayoutRef.of("acme", request), PayoutStatus.SUCCEEDED, "paid")
                .recipientToken(CANARY)
                .build();
        return Stream.of(
                card,
                new Recipient.RecurringCard(CANARY),
                new Recipient.Card(CardNumber.of(PAN), new Recipient.CardExpiry(1, 2030), CANARY),
                new Recipient.CardExpiry(12, 2077),
                new Recipient.EncryptedCard(CANARY),
                new Recipient.SavedAccount(CANARY, CANARY),
                new Recipient.Phone("79680000000", "100000000001"),
                new Recipient.Wallet("yoomoney", CANARY),
                Recipient.RussianAccount.builder("044525225", "40702810000000000001", CANARY)
                        .build(),
                Recipient.KazakhAccount.builder("KZ000000000000000000", "000000000000", CANARY)
                        .build(),
                CardNumber.of(PAN),
                Secret.of(CANARY),
                person(),
                Shown.builder("r-1", "1")
                        .card(PAN)
                        .account(CANARY)
                        .phone(CANARY)
                        .token(CANARY)
                        .build(),
                request,
                payout,
                List.of(Map.of("payout", request)));
    }

    private static Participant person() {
        return Participant.builder()
                .fullName(CANARY)
                .phone(CANARY)
                .account(CANARY)
                .birthDate(LocalDate.EPOCH)
                .address(Address.builder().line(CANARY).build())
                .document(IdentityDocument.builder().number(CANARY).build())
                .build();
    }
}
