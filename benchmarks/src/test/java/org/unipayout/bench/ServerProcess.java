package org.unipayout.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/**
 * The providers, in a process of their own so that what they cost is in no figure: recorded answers over HTTP, over TLS, and over TLS behind a line.
 * Prints its three ports, and ends with its standard input.
 */
final class ServerProcess {
    static final String PASSWORD = "changeit";
    static final long ROUND_TRIP_MILLIS = 50;

    private ServerProcess() {}

    /**
     * Answers until the process that started it is gone.
     *
     * @param arguments the file of recorded answers and the key store
     */
    public static void main(String[] arguments) throws Exception {
        RawServer.Script script = replaying(Path.of(arguments[0]));
        RawServer plain = new RawServer(ServerSocketFactory.getDefault(), script);
        RawServer secure = new RawServer(tls(Path.of(arguments[1])), script);
        DelayedLine line = new DelayedLine(secure.port(), ROUND_TRIP_MILLIS);
        System.out.println(plain.port() + " " + secure.port() + " " + line.port());
        while (System.in.read() >= 0) {
            // whoever started this one lives
        }
        System.exit(0);
    }

    static RawServer.Script replaying(Path recorded) throws IOException {
        Properties answers = new Properties();
        try (InputStream in = Files.newInputStream(recorded)) {
            answers.load(in);
        }
        Map<String, byte[]> decoded = new ConcurrentHashMap<>();
        answers.stringPropertyNames().stream()
                .filter(name -> name.contains(" "))
                .forEach(asked -> decoded.put(asked, Base64.getDecoder().decode(answers.getProperty(asked))));
        return request -> {
            byte[] answer = decoded.get(request.line());
            if (answer == null) {
                throw new IOException("nothing was recorded for " + request.line());
            }
            return answer;
        };
    }

    private static ServerSocketFactory tls(Path store) throws Exception {
        KeyStore keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(keys, PASSWORD.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context.getServerSocketFactory();
    }
}
