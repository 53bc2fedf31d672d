package org.unipayout.bank131;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;
import org.unipayout.CardNumber;
import org.unipayout.Money;
import org.unipayout.Participant;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.Secret;

/** Values that the bank's own pages use, and keys made for this run. */
public final class Samples {
    /** The card token of the page about payouts by token. */
    public static final String TOKEN = "759c9852dde2211d7531b3d905c1d513fbfb914bee87fb567d99c7b2f2c2ad44";

    /** The amount of the same page. */
    public static final Money AMOUNT = Money.ofMinor(10000, "RUB");

    /** The settlement account of the bank's pages. */
    public static final String SETTLEMENT_ACCOUNT = "40702810300200000013";

    private static final KeyPair KEYS = keys();

    private Samples() {}

    /** {@return a fresh pair of keys} */
    public static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2048);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** {@return the private half as PEM} */
    public static String privatePem(KeyPair keys) {
        return pem("PRIVATE KEY", keys.getPrivate().getEncoded());
    }

    /** {@return the public half as PEM} */
    public static String publicPem(KeyPair keys) {
        return pem("PUBLIC KEY", keys.getPublic().getEncoded());
    }

    private static String pem(String type, byte[] der) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
        return "-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n";
    }

    /** {@return settings of a project at the demo host, with a key that the bank does not know} */
    public static Bank131Options.Builder options() {
        return Bank131Options.builder(Bank131Options.DEMO, "your_project_name", Secret.pem(privatePem(KEYS)));
    }

    /** {@return a payout by card token} */
    public static PayoutRequest.Builder byToken(String reference) {
        return PayoutRequest.builder(reference, AMOUNT, new Recipient.SavedCard(TOKEN))
                .recipientDetails(person());
    }

    /** {@return the recipient of the bank's pages} */
    public static Participant person() {
        return Participant.builder().fullName("Ivanov Ivan").build();
    }

    /** {@return the card number of the bank's pages} */
    public static Recipient.Card card() {
        return new Recipient.Card(CardNumber.of("4242424242424242"));
    }

    /** {@return the account of the bank's pages} */
    public static Recipient.RussianAccount account() {
        return Recipient.RussianAccount.builder("044525974", "40817810400003869535", "Ivanov Ivan")
                .build();
    }

    /** {@return a JSON file of the bank's page about payouts by token} */
    public static byte[] page(String name) {
        try (InputStream file = Objects.requireNonNull(Samples.class.getResourceAsStream(name), name)) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .strip()
                    .getBytes(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
