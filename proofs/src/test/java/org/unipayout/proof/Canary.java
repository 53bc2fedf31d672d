package org.unipayout.proof;

import java.net.URI;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.unipayout.Address;
import org.unipayout.CardNumber;
import org.unipayout.IdentityDocument;
import org.unipayout.Participant;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.RecipientKind;

/** Makes values that stand nowhere else, and remembers each of them as one that must not come out. Not thread-safe. */
final class Canary {
    private static final String LETTERS = "bcdfghjklmnpqrstvwxz";

    private final Random random = new Random();
    private final Needles needles;

    Canary(Needles needles) {
        this.needles = needles;
    }

    /** What a merchant was given for a provider: keys and passwords, a key in PEM form line by line. */
    void credentials(Map<String, String> environment) {
        environment.forEach((name, value) -> {
            if (name.matches(".*(KEY|SECRET|PASSWORD|TOKEN|USER).*") && !name.contains("PUBLIC")) {
                (value.startsWith("-----") ? value.lines() : Stream.of(value))
                        .filter(line -> !line.startsWith("-"))
                        .forEach(line -> needles.add(name, line));
            }
        });
    }

    /** A good request, whose recipient is known to the provider, and whatever else it may say about people. */
    PayoutRequest whole(PayoutRequest.Builder good) {
        PayoutRequest request = good.build();
        recipient(request.recipient());
        return request.toBuilder()
                .description(text("purpose"))
                .recipientDetails(person())
                .sender(person())
                .metadata("comment", text("comment"))
                .build();
    }

    /** The good request as it is, which each provider takes: only its recipient is looked for. */
    PayoutRequest bare(PayoutRequest.Builder good) {
        PayoutRequest request = good.build();
        recipient(request.recipient());
        return request;
    }

    /** A recipient of a kind that nobody knows. */
    Optional<Recipient> recipient(RecipientKind kind) {
        return switch (kind) {
            case SAVED_CARD -> Optional.of(new Recipient.SavedCard(text("token")));
            case RECURRING_CARD -> Optional.of(new Recipient.RecurringCard(text("token")));
            case CARD_NUMBER -> Optional.of(card());
            case ENCRYPTED_CARD -> Optional.of(new Recipient.EncryptedCard(text("encrypted card")));
            case RUSSIAN_ACCOUNT ->
                Optional.of(
                        Recipient.RussianAccount.builder("044525225", digits("account", "40817", 20), text("holder"))
                                .inn(digits("tax number", "77", 12))
                                .build());
            case KAZAKH_ACCOUNT ->
                Optional.of(Recipient.KazakhAccount.builder(
                                "KZ" + digits("account", "86", 18), digits("tax number", "61", 12), text("holder"))
                        .purposeCode("119")
                        .beneficiaryCode("19")
                        .build());
            case SAVED_ACCOUNT -> Optional.of(new Recipient.SavedAccount(text("token"), text("holder")));
            case PHONE -> Optional.of(new Recipient.Phone(digits("phone", "7968", 11), "100000000004"));
            case WALLET -> Optional.of(new Recipient.Wallet("yoomoney", digits("wallet", "41001", 15)));
            case HOSTED_FORM -> Optional.of(new Recipient.HostedForm(URI.create("https://shop.example/back")));
        };
    }

    private Recipient.Card card() {
        CardNumber number = CardNumber.of(pan());
        int year = 2070 + random.nextInt(29);
        for (String expiry : List.of("11/" + year, "11/" + year % 100, year + "-11", "\"month\":11,\"year\":" + year)) {
            needles.add("expiry", expiry);
        }
        return new Recipient.Card(number, new Recipient.CardExpiry(11, year), text("card holder"));
    }

    /** The number, and each part of it that gives it away beside what a mask shows. */
    private String pan() {
        String digits = "400000" + number(9);
        int sum = 0;
        for (int at = 0; at < digits.length(); at++) {
            int digit = digits.charAt(at) - '0';
            sum += at % 2 == 0 ? digit / 5 + (digit * 2) % 10 : digit;
        }
        String pan = digits + (10 - sum % 10) % 10;
        cardNumber(pan);
        return pan;
    }

    private void cardNumber(String pan) {
        needles.add("card number", pan);
        needles.add("card number without its end", pan.substring(0, pan.length() - 4));
        needles.add("card number without its beginning", pan.substring(6));
    }

    private void recipient(Recipient known) {
        if (known instanceof Recipient.SavedCard card) {
            List.of(card.token().split("/", -1)).forEach(token -> needles.add("token", token));
        } else if (known instanceof Recipient.Card card) {
            cardNumber(card.number().reveal());
        }
    }

    private Participant person() {
        LocalDate birth = LocalDate.of(1931 + random.nextInt(20), 11, 12 + random.nextInt(16));
        needles.add("date of birth", birth.toString());
        return Participant.builder()
                .fullName(text("first name") + ' ' + text("last name"))
                .firstName(text("first name"))
                .lastName(text("last name"))
                .middleName(text("middle name"))
                .birthDate(birth)
                .email(remembered("email", word() + "@shop.example"))
                .phone(digits("phone", "7701", 11))
                .taxId(digits("tax number", "61", 12))
                .account(digits("account", "40817", 20))
                .address(Address.builder()
                        .country("KZ")
                        .city(text("city"))
                        .street(text("street"))
                        .line(text("address"))
                        .postalCode(text("postal code")) // six digits stand somewhere by chance
                        .build())
                .document(IdentityDocument.builder()
                        .type("PASSPORT")
                        .series(text("series"))
                        .number(digits("document", "04", 9))
                        .build())
                .build();
    }

    /** A word that stands nowhere else. */
    String text(String name) {
        return remembered(name, word());
    }

    private String digits(String name, String beginning, int length) {
        return remembered(name, beginning + number(length - beginning.length()));
    }

    private String remembered(String name, String value) {
        needles.add(name, value);
        return value;
    }

    private String number(int length) {
        return random.ints(length, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
    }

    private String word() {
        return "Q"
                + random.ints(11, 0, LETTERS.length())
                        .mapToObj(at -> LETTERS.substring(at, at + 1))
                        .collect(Collectors.joining());
    }

    /** A new key of 256 bits. */
    byte[] key(String name) {
        byte[] key = new byte[32];
        random.nextBytes(key);
        needles.add(name, key);
        return key;
    }
}
