package org.unipayout.http;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.security.interfaces.RSAPrivateKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Keys and certificates in PEM form. Messages name the field and what it holds instead, never a part of it.
 *
 * <p>The JDK reads PKCS#8 and X.509 only; the older PKCS#1 forms, which merchants have too, get the missing header here.
 */
final class Pem {
    private static final int LEAST_BITS = 2048;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN (?<label>[A-Z0-9 ]+)-----(?<body>.*?)-----END \\k<label>-----", Pattern.DOTALL);
    /** AlgorithmIdentifier of rsaEncryption with NULL parameters (RFC 8017, appendix A). */
    private static final byte[] RSA_ENCRYPTION = HexFormat.of().parseHex("300d06092a864886f70d0101010500");

    private static final byte[] VERSION_0 = {2, 1, 0};
    private static final int SEQUENCE = 0x30;
    private static final int BIT_STRING = 0x03;
    private static final int OCTET_STRING = 0x04;

    private Pem() {}

    static RSAPrivateKey rsaPrivateKey(String pem, String field) {
        PrivateKey key = privateKey(pem, field);
        if (!(key instanceof RSAPrivateKey rsa)) {
            throw refused(field, "is an EC key; an RSA key is needed");
        }
        checkSize(rsa, field);
        return rsa;
    }

    /** An RSA or EC private key. */
    static PrivateKey privateKey(String pem, String field) {
        Matcher block = BLOCK.matcher(pem);
        String label = "";
        while (block.find() && !label.endsWith("PRIVATE KEY")) {
            label = block.group("label");
            if (label.equals("PRIVATE KEY") || label.equals("RSA PRIVATE KEY")) {
                return decodePrivateKey(label, block.group("body"), field);
            }
        }
        throw refused(field, whyNoPrivateKey(label, pem));
    }

    private static PrivateKey decodePrivateKey(String label, String body, String field) {
        if (body.contains("ENCRYPTED")) { // the header lines of an encrypted PKCS#1 key: Proc-Type: 4,ENCRYPTED
            throw refused(field, "is encrypted; decrypt it first (openssl pkey)");
        }
        byte[] der = base64(body).orElseThrow(() -> refused(field, "is damaged: not Base64"));
        if (label.equals("RSA PRIVATE KEY")) {
            return decodePrivateKey("RSA", der(SEQUENCE, VERSION_0, RSA_ENCRYPTION, der(OCTET_STRING, der)))
                    .orElseThrow(() -> refused(field, "is damaged: not a PKCS#1 RSA key"));
        }
        return decodePrivateKey("RSA", der)
                .or(() -> decodePrivateKey("EC", der))
                .orElseThrow(() -> refused(field, "is damaged or of another kind: not a PKCS#8 RSA key"));
    }

    private static String whyNoPrivateKey(String label, String pem) {
        return switch (label) {
            case "ENCRYPTED PRIVATE KEY" -> "is encrypted; decrypt it first (openssl pkey)";
            case "EC PRIVATE KEY" -> "is an EC key in SEC1 form; it is not supported";
            case "PUBLIC KEY", "RSA PUBLIC KEY" -> "is a public key; the private one is needed";
            case "CERTIFICATE" -> "is a certificate; its private key is needed";
            default ->
                pem.contains("-----BEGIN ")
                        ? "is damaged or of another kind: no complete PRIVATE KEY block"
                        : "is not in PEM form: it starts with -----BEGIN PRIVATE KEY-----";
        };
    }

    /** An RSA public key in PEM form or as the bare Base64 of the X.509 form. */
    static RSAPublicKey rsaPublicKey(String pemOrBase64, String field) {
        Matcher block = BLOCK.matcher(pemOrBase64);
        boolean pem = block.find();
        String label = pem ? block.group("label") : "PUBLIC KEY";
        if (label.endsWith("PRIVATE KEY")) {
            throw refused(field, "is a private key; keep it secret and set the public one");
        }
        if (!label.endsWith("PUBLIC KEY")) {
            throw refused(field, "is a PEM block of another kind; PUBLIC KEY is needed");
        }
        byte[] der = base64(pem ? block.group("body") : pemOrBase64)
                .orElseThrow(() -> refused(field, "is damaged: neither PEM nor Base64"));
        RSAPublicKey key = (label.equals("RSA PUBLIC KEY")
                        ? decodePublicKey(der(SEQUENCE, RSA_ENCRYPTION, der(BIT_STRING, new byte[] {0}, der)))
                        : decodePublicKey(der))
                .orElseThrow(() -> refused(field, "is damaged or of another kind: not an RSA public key"));
        checkSize(key, field);
        return key;
    }

    static List<X509Certificate> certificates(String pem, String field) {
        try {
            List<X509Certificate> certificates = CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(pem.getBytes(StandardCharsets.UTF_8)))
                    .stream()
                    .map(X509Certificate.class::cast)
                    .toList();
            if (!certificates.isEmpty()) {
                return certificates;
            }
        } catch (CertificateException damaged) {
            throw refused(field, "is damaged: not X.509 certificates in PEM form");
        }
        throw refused(field, "holds no certificate in PEM form");
    }

    private static Optional<PrivateKey> decodePrivateKey(String algorithm, byte[] der) {
        try {
            return Optional.of(KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(der)));
        } catch (GeneralSecurityException otherKind) {
            return Optional.empty();
        }
    }

    private static Optional<RSAPublicKey> decodePublicKey(byte[] der) {
        try {
            return Optional.of(
                    (RSAPublicKey) KeyFactory.getInstance("RSA").generatePublic(new X509EncodedKeySpec(der)));
        } catch (GeneralSecurityException otherKind) {
            return Optional.empty();
        }
    }

    static void checkSize(RSAKey key, String field) {
        int bits = key.getModulus().bitLength();
        if (bits < LEAST_BITS) {
            throw refused(field, "is an RSA key of " + bits + " bits; at least " + LEAST_BITS + " are needed");
        }
    }

    private static Optional<byte[]> base64(String text) {
        try {
            return Optional.of(Base64.getDecoder().decode(text.replaceAll("\\s", "")));
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
    }

    /** One DER value with a definite length. */
    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int length = content.size();
        ByteArrayOutputStream value = new ByteArrayOutputStream();
        value.write(tag);
        if (length < 0x80) {
            value.write(length);
        } else {
            int lengthBytes = (Integer.SIZE - Integer.numberOfLeadingZeros(length) + 7) / 8;
            value.write(0x80 | lengthBytes);
            for (int index = lengthBytes - 1; index >= 0; index--) {
                value.write(length >> (8 * index));
            }
        }
        value.writeBytes(content.toByteArray());
        return value.toByteArray();
    }

    private static IllegalArgumentException refused(String field, String why) {
        return new IllegalArgumentException(field + ": " + why);
    }
}
