package org.unipayout.simulator.bank131;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import wiremock.com.fasterxml.jackson.databind.node.ObjectNode;

/** What stands behind card and account tokens. */
final class Tokens {
    /** The token of the bank's page about payouts by token. */
    static final String SAMPLE = "759c9852dde2211d7531b3d905c1d513fbfb914bee87fb567d99c7b2f2c2ad44";

    private static final Map<String, String> DOCUMENTED = Map.of(SAMPLE, "4200800080008801");

    private final Map<String, String> accounts = new HashMap<>();

    /** The part of a card that may be shown. */
    record CardFace(String brand, String bin, String last4) {
        static CardFace of(String number) {
            return new CardFace(brand(number), number.substring(0, 6), number.substring(number.length() - 4));
        }

        ObjectNode json() {
            return Json.object().put("last4", last4).put("brand", brand).put("bin", bin);
        }

        String masked() {
            return bin + "******" + last4;
        }

        private static String brand(String number) {
            if (number.matches("220[0-4].*")) {
                return "mir";
            }
            if (number.startsWith("4")) {
                return "visa";
            }
            return number.matches("5[1-5].*|222[1-9].*|22[3-9].*|2[3-7].*") ? "mastercard" : "unionpay";
        }
    }

    /** The card behind a token; one that no document names gets a made-up card, the same each time. */
    CardFace card(String token) {
        String number = DOCUMENTED.get(token);
        return CardFace.of(number == null ? "220000" + digits(token) : number);
    }

    String tokenize(String bik, String account) {
        String token = HexFormat.of().formatHex(sha256(bik + ":" + account));
        accounts.put(token, account);
        return token;
    }

    /** The account behind a token that was made here. */
    Optional<String> account(String token) {
        return Optional.ofNullable(accounts.get(token));
    }

    void clear() {
        accounts.clear();
    }

    static String maskedAccount(String account) {
        return account.substring(0, 5) + "***" + account.substring(account.length() - 4);
    }

    private static String digits(String text) {
        byte[] hash = sha256(text);
        StringBuilder digits = new StringBuilder();
        for (int i = 0; i < 10; i++) {
            digits.append(Math.floorMod(hash[i], 10));
        }
        return digits.toString();
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java runtime has SHA-256", e);
        }
    }
}
