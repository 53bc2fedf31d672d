package org.unipayout.http;

import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSession;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/**
 * Shows a client of the user's somebody whom nobody knows. One that accepts him was made for a test and would give API keys
 * and payouts to whoever stands in between.
 */
final class Stranger {
    private static final String HOST = "stranger.invalid";

    /** Signed by himself; his key was thrown away. */
    private static final String CERTIFICATE = """
            -----BEGIN CERTIFICATE-----
            MIIBeDCCAR6gAwIBAgIBATAKBggqhkjOPQQDAjAbMRkwFwYDVQQDDBBzdHJhbmdl
            ci5pbnZhbGlkMB4XDTI2MTEyNzA3MzgxNVoXDTI2MTEyODA3MzgxNVowGzEZMBcG
            A1UEAwwQc3RyYW5nZXIuaW52YWxpZDBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IA
            BHGhhwNaq+M/qKJS3UYlytCqMvdPygBizCLueJ+sbmcorbu84bimu4oLHZieyIRp
            ldtRy3vb6N67Yk/sUtpo3TujUzBRMB0GA1UdDgQWBBRa/9Z1bcjt8sRv3VpnPyBm
            7umPHjAfBgNVHSMEGDAWgBRa/9Z1bcjt8sRv3VpnPyBm7umPHjAPBgNVHRMBAf8E
            BTADAQH/MAoGCCqGSM49BAMCA0gAMEUCIFAzA2rI4ou2DJ0HYV1yBogv3waSnvcO
            j8qz3eYH5tKEAiEAzf4BpPQGtqCAp1bksmD7rsFupMihg9OhBEe85U++jY4=
            -----END CERTIFICATE-----
            """;

    private Stranger() {}

    /**
     * Refuses a client that takes him in.
     *
     * @throws IllegalArgumentException if its host name verifier accepts a host that showed no certificate, or its trust
     *     manager a certificate that nobody issued
     */
    static void mustBeRefusedBy(OkHttpClient client) {
        if (isAnybodysHost(client)) {
            throw refused("its host name verifier accepts every host");
        }
        X509TrustManager trust = client.x509TrustManager();
        if (trust != null && isTrusted(trust)) {
            throw refused("its trust manager accepts every certificate");
        }
    }

    private static IllegalArgumentException refused(String what) {
        return new IllegalArgumentException("okHttpClient: " + what
                + ", so that anybody in between could read and change payouts; use trustedCertificates for a server of"
                + " your own");
    }

    private static boolean isAnybodysHost(OkHttpClient client) {
        try {
            return client.hostnameVerifier().verify(HOST, sessionWithoutCertificate());
        } catch (RuntimeException notAccepted) {
            return false;
        }
    }

    private static SSLSession sessionWithoutCertificate() {
        try {
            return SSLContext.getDefault().createSSLEngine(HOST, 443).getSession();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("TLS: the JDK has no default", e);
        }
    }

    private static boolean isTrusted(X509TrustManager trust) {
        List<X509Certificate> chain = Pem.certificates(CERTIFICATE, "stranger");
        try {
            trust.checkServerTrusted(chain.toArray(X509Certificate[]::new), "ECDHE_ECDSA");
            return true;
        } catch (GeneralSecurityException | RuntimeException notAccepted) {
            return false;
        }
    }
}
