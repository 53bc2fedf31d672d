package org.unipayout.simulator.horizonpay;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import wiremock.com.fasterxml.jackson.databind.JsonNode;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** A card as the gateway knows it. Immutable; prints masked. */
final class Card {
    /** The brands for which the gateway tells the eight-digit BIN. */
    private static final Set<String> BRANDS_WITH_LONG_BIN = Set.of("visa", "master", "maestro");

    private final String number;
    private final @Nullable String holder;
    private final @Nullable String expiryMonth;
    private final @Nullable String expiryYear;

    Card(String number, @Nullable String holder, @Nullable String expiryMonth, @Nullable String expiryYear) {
        this.number = number;
        this.holder = holder;
        this.expiryMonth = expiryMonth;
        this.expiryYear = expiryYear;
    }

    /** The card of a request section that holds at least a number. */
    static Card of(JsonNode section) {
        return new Card(
                section.path("number").asText(),
                Json.text(section, "holder"),
                Json.text(section, "exp_month"),
                Json.text(section, "exp_year"));
    }

    /** This card with the holder and expiry that an update brings. */
    Card updatedBy(JsonNode section) {
        Card update = of(section);
        return new Card(
                number,
                update.holder == null ? holder : update.holder,
                update.expiryMonth == null ? expiryMonth : update.expiryMonth,
                update.expiryYear == null ? expiryYear : update.expiryYear);
    }

    boolean hasNumber(String other) {
        return number.equals(other);
    }

    boolean hasHolder() {
        return holder != null;
    }

    boolean expiresIn(String month) {
        return month.equals(expiryMonth);
    }

    String masked() {
        return first(6) + "******" + lastFour();
    }

    /** What every answer tells about a card, in the published order. */
    void describeTo(ObjectNode section, @Nullable String token, boolean withDetails) {
        String brand = brand();
        boolean demoBank = number.startsWith("420000");
        section.put("holder", withDetails ? holder : null);
        section.put("stamp", stamp());
        section.put("brand", brand);
        section.put("last_4", lastFour());
        section.put("first_1", first(1));
        section.put("bin", first(6));
        section.put("bin_8", BRANDS_WITH_LONG_BIN.contains(brand) ? first(8) : null);
        section.put("issuer_country", demoBank ? "US" : "KZ");
        section.put("issuer_name", demoBank ? "VISA Demo Bank" : "Demo Bank");
        section.put("product", "F");
        section.put("exp_month", withDetails ? integer(expiryMonth) : null);
        section.put("exp_year", withDetails ? integer(expiryYear) : null);
        section.putNull("token_provider");
        section.put("token", withDetails ? token : null);
    }

    /** The short form that PSP tokenization answers. */
    ObjectNode tokenAnswer(String token) {
        ObjectNode answer = Json.object();
        answer.put("holder", holder);
        answer.put("stamp", stamp());
        answer.put("brand", brand());
        answer.put("last_4", lastFour());
        answer.put("first_1", first(1));
        answer.put("token", token);
        answer.put("exp_month", integer(expiryMonth));
        answer.put("exp_year", integer(expiryYear));
        return answer;
    }

    @Override
    public String toString() {
        return masked();
    }

    private String brand() {
        if (number.startsWith("4")) {
            return "visa";
        }
        if (number.matches("(5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720).*")) {
            return "master";
        }
        if (number.matches("(5[06-8]|6).*")) {
            return "maestro";
        }
        return number.matches("3[47].*") ? "amex" : "unknown";
    }

    /** The same for one number, whatever the holder or expiry. */
    private String stamp() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(("stamp:" + number).getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private String first(int digits) {
        return number.substring(0, Math.min(digits, number.length()));
    }

    private String lastFour() {
        return number.substring(Math.max(0, number.length() - 4));
    }

    private static @Nullable Integer integer(@Nullable String digits) {
        return digits == null ? null : Integer.valueOf(digits);
    }
}
