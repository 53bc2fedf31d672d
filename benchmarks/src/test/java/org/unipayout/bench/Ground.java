package org.unipayout.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import okhttp3.tls.HeldCertificate;
import org.unipayout.testkit.ProviderUnderTest;

/** All that calls are measured on: recorded providers that answer, and a key store by which their TLS is trusted. Close it. */
final class Ground implements AutoCloseable {
    private final Path folder = Files.createTempDirectory("bench");
    private final Properties recorded;
    private final Process server;
    private final Map<Scheme, String> ports;

    /** How providers are reached. */
    enum Scheme {
        HTTP,
        TLS,
        LINE
    }

    Ground() throws Exception {
        makeKeys();
        // Before the first client is made: Java keeps what it trusts then.
        System.setProperty("javax.net.ssl.trustStore", keys().toString());
        System.setProperty("javax.net.ssl.trustStorePassword", ServerProcess.PASSWORD);
        recorded = Recording.of(providers());
        try (OutputStream out = Files.newOutputStream(answers())) {
            recorded.store(out, null);
        }
        server = java(ServerProcess.class, answers().toString(), keys().toString());
        String[] told = firstLine(server).split(" ", -1);
        ports = Map.of(Scheme.HTTP, told[0], Scheme.TLS, told[1], Scheme.LINE, told[2]);
    }

    /** One per simulator. */
    static List<ProviderUnderTest> providers() {
        return ProviderUnderTest.all().stream()
                .filter(provider -> provider.provider().equals(provider.simulator()))
                .toList();
    }

    Path answers() {
        return folder.resolve("answers.properties");
    }

    private Path keys() {
        return folder.resolve("keys.p12");
    }

    private void makeKeys() throws Exception {
        HeldCertificate held = new HeldCertificate.Builder()
                .addSubjectAlternativeName("127.0.0.1")
                .build();
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        char[] password = ServerProcess.PASSWORD.toCharArray();
        store.setKeyEntry("server", held.keyPair().getPrivate(), password, new Certificate[] {held.certificate()});
        store.setCertificateEntry("trusted", held.certificate());
        try (OutputStream out = Files.newOutputStream(keys())) {
            store.store(out, password);
        }
    }

    /** What opens a client of the provider, where all its calls belong to one phase: {@code create} or {@code get}. */
    Map<String, String> credentials(String provider, String phase, Scheme scheme) {
        return credentials(provider, phase, at(scheme));
    }

    /** Where the server begins. */
    String at(Scheme scheme) {
        return (scheme == Scheme.HTTP ? "http" : "https") + "://127.0.0.1:" + ports.get(scheme);
    }

    Map<String, String> credentials(String provider, String phase, String at) {
        Map<String, String> credentials = new TreeMap<>();
        recorded.stringPropertyNames().stream()
                .filter(name -> name.startsWith(provider + '.'))
                .forEach(name -> credentials.put(
                        name.substring(provider.length() + 1),
                        recorded.getProperty(name).replace("http://at", at + '/' + provider + '-' + phase)));
        return credentials;
    }

    /** A program of this class path in a new process, which shares this one's trust. */
    static Process java(Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dslf4j.internal.verbosity=ERROR",
                "-Djavax.net.ssl.trustStore=" + System.getProperty("javax.net.ssl.trustStore"),
                "-Djavax.net.ssl.trustStorePassword=" + ServerProcess.PASSWORD,
                "-classpath",
                System.getProperty("java.class.path"),
                program.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    static String firstLine(Process process) throws IOException {
        BufferedReader lines = process.inputReader(StandardCharsets.US_ASCII);
        return Objects.requireNonNull(lines.readLine(), "the process ended without a word");
    }

    @Override
    public void close() throws IOException {
        server.destroy();
        for (Path file : List.of(answers(), keys(), folder)) {
            Files.delete(file);
        }
    }
}
