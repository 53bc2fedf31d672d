package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.unipayout.Secret;

/** Keys of every form that merchants have, and signatures that OpenSSL understands. */
class RsaTest {
    private static final byte[] BYTES = "{\"amount\":100}".getBytes(StandardCharsets.UTF_8);
    private static final KeyPair RSA = keys("RSA", 2048);
    private static final KeyPair OTHER_RSA = keys("RSA", 2048);

    @TempDir
    private Path folder;

    @Test
    void sign_pkcs8Key_isVerified() {
        String signature = RsaSigner.of(
                        Secret.pem(pem("PRIVATE KEY", RSA.getPrivate().getEncoded())))
                .sign(BYTES);

        assertThat(signature).doesNotContainAnyWhitespaces();
        assertThat(verifier().verify(BYTES, signature)).isTrue();
    }

    @Test
    void sign_pkcs1Key_signsAlike() {
        RsaSigner pkcs8 =
                RsaSigner.of(Secret.pem(pem("PRIVATE KEY", RSA.getPrivate().getEncoded())));
        RsaSigner pkcs1 = RsaSigner.of(Secret.pem(pem("RSA PRIVATE KEY", pkcs1Private())));

        assertThat(pkcs1.sign(BYTES)).isEqualTo(pkcs8.sign(BYTES));
    }

    @Test
    void of_textAndWindowsLineEndsAround_isRead() {
        String pem = "Bag Attributes\n  friendlyName: merchant\n"
                + pem("PRIVATE KEY", RSA.getPrivate().getEncoded()).replace("\n", "\r\n");

        assertThat(verifier().verify(BYTES, RsaSigner.of(Secret.pem(pem)).sign(BYTES)))
                .isTrue();
    }

    @Test
    void of_certificateBeforeKey_isRead() {
        String pem = pem("CERTIFICATE", new byte[] {1})
                + pem("PRIVATE KEY", RSA.getPrivate().getEncoded());

        assertThat(verifier().verify(BYTES, RsaSigner.of(Secret.pem(pem)).sign(BYTES)))
                .isTrue();
    }

    static Stream<Arguments> wrongPrivateKeys() {
        byte[] rsa = RSA.getPrivate().getEncoded();
        byte[] damaged = rsa.clone();
        damaged[rsa.length / 2] ^= 1;
        return Stream.of(
                arguments(
                        "EC key",
                        pem("PRIVATE KEY", keys("EC", 256).getPrivate().getEncoded())),
                arguments("EC key", pem("EC PRIVATE KEY", new byte[40])),
                arguments("public key", pem("PUBLIC KEY", RSA.getPublic().getEncoded())),
                arguments("public key", pem("RSA PUBLIC KEY", pkcs1Public())),
                arguments("certificate", pem("CERTIFICATE", new byte[40])),
                arguments("encrypted", pem("ENCRYPTED PRIVATE KEY", new byte[40])),
                arguments("encrypted", """
                                -----BEGIN RSA PRIVATE KEY-----
                                Proc-Type: 4,ENCRYPTED
                                DEK-Info: AES-256-CBC,00

                                AAAA
                                -----END RSA PRIVATE KEY-----
                                """),
                arguments(
                        "1024 bits",
                        pem("PRIVATE KEY", keys("RSA", 1024).getPrivate().getEncoded())),
                arguments("damaged", pem("PRIVATE KEY", Arrays.copyOf(rsa, 200))),
                arguments("damaged", pem("PRIVATE KEY", damaged)),
                arguments("damaged", pem("RSA PRIVATE KEY", Arrays.copyOf(pkcs1Private(), 200))),
                arguments("damaged", "-----BEGIN PRIVATE KEY-----\n!!!!\n-----END PRIVATE KEY-----"),
                arguments("damaged", "-----BEGIN PRIVATE KEY-----\n" + base64(rsa)),
                arguments("another kind", pem("DSA PRIVATE KEY", new byte[40])));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongPrivateKeys")
    void of_wrongPrivateKey_saysWhatItIsAndRepeatsNothing(String what, String pem) {
        assertThatThrownBy(() -> RsaSigner.of(Secret.pem(pem)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageStartingWith("privateKey: ")
                .hasMessageContaining(what)
                .hasMessageNotContaining(base64(RSA.getPrivate().getEncoded()).substring(0, 40));
    }

    @Test
    void of_noPem_isRefused() {
        assertThatThrownBy(() -> RsaSigner.of(Secret.of("not-a-key")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("privateKey: is not in PEM form")
                .hasMessageNotContaining("not-a-key");
    }

    static Stream<String> publicKeys() {
        byte[] spki = RSA.getPublic().getEncoded();
        return Stream.of(
                pem("PUBLIC KEY", spki),
                pem("RSA PUBLIC KEY", pkcs1Public()),
                base64(spki),
                Base64.getMimeEncoder().encodeToString(spki) + "\n");
    }

    @ParameterizedTest
    @MethodSource("publicKeys")
    void verify_publicKeyInAnyForm_acceptsItsSignature(String publicKey) {
        String signature = RsaSigner.of(
                        Secret.pem(pem("PRIVATE KEY", RSA.getPrivate().getEncoded())))
                .sign(BYTES);

        assertThat(RsaVerifier.of(publicKey).verify(BYTES, signature)).isTrue();
    }

    static Stream<Arguments> wrongPublicKeys() {
        return Stream.of(
                arguments("private key", pem("PRIVATE KEY", RSA.getPrivate().getEncoded())),
                arguments("another kind", pem("CERTIFICATE", new byte[40])),
                arguments(
                        "another kind",
                        pem("PUBLIC KEY", keys("EC", 256).getPublic().getEncoded())),
                arguments(
                        "1024 bits",
                        pem("PUBLIC KEY", keys("RSA", 1024).getPublic().getEncoded())),
                arguments("damaged", "not a key"),
                arguments("damaged", "AAAA"),
                arguments("damaged", ""));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("wrongPublicKeys")
    void of_wrongPublicKey_saysWhatItIs(String what, String key) {
        assertThatThrownBy(() -> RsaVerifier.of(key))
                .isInstanceOf(IllegalArgumentException.class)
                .hasNoCause()
                .hasMessageStartingWith("publicKey: ")
                .hasMessageContaining(what);
    }

    @Test
    void verify_anythingElse_isFalse() {
        String signature = RsaSigner.of(
                        Secret.pem(pem("PRIVATE KEY", RSA.getPrivate().getEncoded())))
                .sign(BYTES);
        byte[] changed = BYTES.clone();
        changed[0] ^= 1;

        assertThat(verifier().verify(changed, signature)).isFalse();
        assertThat(verifier().verify(BYTES, "")).isFalse();
        assertThat(verifier().verify(BYTES, "!" + signature)).isFalse();
        assertThat(verifier().verify(BYTES, signature.substring(4))).isFalse();
        assertThat(RsaVerifier.of(base64(OTHER_RSA.getPublic().getEncoded())).verify(BYTES, signature))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "AAAA", "0123456789abcdef"})
    void verify_textWithoutTheFormOfASignature_asksForNoBytes(String signature) {
        assertThat(verifier()
                        .verify(
                                () -> {
                                    throw new AssertionError("asked for");
                                },
                                signature))
                .isFalse();
    }

    @Test
    void of_suppliedKeys_areReadAnewWhenTheyChange() {
        Secret[] own = {Secret.pem(pem("PRIVATE KEY", RSA.getPrivate().getEncoded()))};
        String[] known = {pem("PUBLIC KEY", RSA.getPublic().getEncoded())};
        RsaSigner signer = RsaSigner.of(Secret.supplied(() -> own[0]));
        RsaVerifier verifier = RsaVerifier.supplied(() -> List.of(known[0]));
        String first = signer.sign(BYTES);
        assertThat(signer.sign(BYTES)).isEqualTo(first);
        assertThat(verifier.verify(BYTES, first)).isTrue();
        assertThat(verifier.verify(BYTES, first)).isTrue();

        own[0] = Secret.pem(pem("PRIVATE KEY", OTHER_RSA.getPrivate().getEncoded()));
        assertThat(verifier.verify(BYTES, signer.sign(BYTES))).isFalse();

        known[0] = pem("PUBLIC KEY", OTHER_RSA.getPublic().getEncoded());
        assertThat(verifier.verify(BYTES, signer.sign(BYTES))).isTrue();
        assertThat(verifier.verify(BYTES, first)).isFalse();
    }

    @Test
    void of_keyOfAProvider_hasToBeRsaAndLongEnough() {
        assertThat(verifier().verify(BYTES, RsaSigner.of(RSA.getPrivate()).sign(BYTES)))
                .isTrue();
        assertThatThrownBy(() -> RsaSigner.of(keys("EC", 256).getPrivate()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("privateKey: ");
        assertThatThrownBy(() -> RsaSigner.of(keys("RSA", 1024).getPrivate()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("privateKey: ");
    }

    @Test
    void of_keyWhosePartsDoNotBelongTogether_isRefused() throws Exception {
        RSAPrivateCrtKey key = (RSAPrivateCrtKey) RSA.getPrivate();
        RSAPrivateCrtKey other = (RSAPrivateCrtKey) OTHER_RSA.getPrivate();
        byte[] mixed = KeyFactory.getInstance("RSA")
                .generatePrivate(new RSAPrivateCrtKeySpec(
                        key.getModulus(),
                        key.getPublicExponent(),
                        other.getPrivateExponent(),
                        other.getPrimeP(),
                        other.getPrimeQ(),
                        other.getPrimeExponentP(),
                        other.getPrimeExponentQ(),
                        other.getCrtCoefficient()))
                .getEncoded();

        assertThatThrownBy(() -> RsaSigner.of(Secret.pem(pem("PRIVATE KEY", mixed))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("privateKey: is damaged");
    }

    @Test
    void toString_signer_showsNothing() {
        assertThat(RsaSigner.of(Secret.pem(pem("PRIVATE KEY", RSA.getPrivate().getEncoded()))))
                .hasToString("RsaSigner[***]");
    }

    @Test
    void openssl_verifiesOurSignature() throws Exception {
        Path key = file(
                "public.pem", pem("PUBLIC KEY", RSA.getPublic().getEncoded()).getBytes(StandardCharsets.UTF_8));
        Path signature = file(
                "signature",
                Base64.getDecoder()
                        .decode(RsaSigner.of(Secret.pem(
                                        pem("PRIVATE KEY", RSA.getPrivate().getEncoded())))
                                .sign(BYTES)));

        assertThat(openssl(
                        "dgst",
                        "-sha256",
                        "-verify",
                        key.toString(),
                        "-signature",
                        signature.toString(),
                        file("data", BYTES).toString()))
                .contains("Verified OK");
    }

    @Test
    void verify_signatureOfOpenssl_isTrue() throws Exception {
        Path pkcs8 = folder.resolve("openssl.pem");
        Path signature = folder.resolve("openssl.signature");
        openssl("genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", pkcs8.toString());
        openssl(
                "dgst",
                "-sha256",
                "-sign",
                pkcs8.toString(),
                "-out",
                signature.toString(),
                file("data", BYTES).toString());
        String publicPem = openssl("pkey", "-in", pkcs8.toString(), "-pubout");
        String pkcs1 = openssl("rsa", "-in", pkcs8.toString(), "-traditional");
        String ofOpenssl = base64(Files.readAllBytes(signature));

        assertThat(RsaVerifier.of(publicPem).verify(BYTES, ofOpenssl)).isTrue();
        assertThat(RsaSigner.of(Secret.pem(Files.readString(pkcs8))).sign(BYTES))
                .isEqualTo(ofOpenssl);
        assertThat(RsaSigner.of(Secret.pem(pkcs1)).sign(BYTES)).isEqualTo(ofOpenssl);
    }

    private static RsaVerifier verifier() {
        return RsaVerifier.of(base64(RSA.getPublic().getEncoded()));
    }

    private Path file(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }

    /** Runs openssl if this machine has it, and skips the test otherwise. */
    private String openssl(String... arguments) throws Exception {
        List<String> command =
                Stream.concat(Stream.of("openssl"), Stream.of(arguments)).toList();
        Optional<Process> started = started(command);
        assumeTrue(started.isPresent(), "openssl is not installed");
        Process process = started.orElseThrow();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return output;
    }

    private static Optional<Process> started(List<String> command) {
        try {
            return Optional.of(new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start());
        } catch (IOException notInstalled) {
            return Optional.empty();
        }
    }

    /** The PKCS#1 key inside the PKCS#8 one: a 2048-bit key has a header of 26 bytes. */
    private static byte[] pkcs1Private() {
        byte[] pkcs8 = RSA.getPrivate().getEncoded();
        return Arrays.copyOfRange(pkcs8, 26, pkcs8.length);
    }

    /** The PKCS#1 key inside the X.509 one: a 2048-bit key has a header of 24 bytes. */
    private static byte[] pkcs1Public() {
        byte[] spki = RSA.getPublic().getEncoded();
        return Arrays.copyOfRange(spki, 24, spki.length);
    }

    private static KeyPair keys(String algorithm, int size) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(size);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String pem(String label, byte[] der) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der) + "\n-----END " + label + "-----\n";
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
