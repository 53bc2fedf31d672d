package org.unipayout.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocketFactory;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.unipayout.PayoutNotSentException;
import org.unipayout.Secret;

/** TLS, client certificates, proxies and several addresses of one host. */
class HttpTransportRouteTest {
    private static HeldCertificate authority;
    private static HeldCertificate server;
    private static HeldCertificate client;

    private final Upstream provider = Upstream.over(serverSockets(false), "https", request -> Upstream.ok("{}"));

    @BeforeAll
    static void issueCertificates() {
        authority = new HeldCertificate.Builder().certificateAuthority(0).build();
        server = new HeldCertificate.Builder()
                .signedBy(authority)
                .addSubjectAlternativeName("127.0.0.1")
                .addSubjectAlternativeName("localhost")
                .build();
        client = new HeldCertificate.Builder()
                .rsa2048()
                .signedBy(authority)
                .commonName("merchant")
                .build();
    }

    @AfterEach
    void close() {
        provider.close();
    }

    @Test
    void sendOnce_ownTrust_isAnswered() {
        try (HttpTransport transport =
                Calls.transport(provider.baseUrl(), Calls.patient().trustedCertificates(authority.certificatePem()))) {
            assertThat(transport.sendOnce(Calls.payout())).isInstanceOf(Reply.Answer.class);
        }
    }

    @Test
    void sendOnce_untrustedServer_isNotSent() {
        try (HttpTransport transport = Calls.transport(provider.baseUrl())) {
            assertThatThrownBy(() -> transport.sendOnce(Calls.payout()))
                    .isInstanceOf(PayoutNotSentException.class)
                    .hasMessageContaining("TLS")
                    .hasNoCause();
            assertThat(provider.requests()).isEmpty();
        }
    }

    @Test
    void sendOnce_certificateOfAnotherHost_isNotSent() {
        HeldCertificate other = new HeldCertificate.Builder()
                .signedBy(authority)
                .addSubjectAlternativeName("provider.example")
                .build();
        try (Upstream impostor = Upstream.over(
                        sockets(
                                new HandshakeCertificates.Builder()
                                        .heldCertificate(other)
                                        .build(),
                                false),
                        "https",
                        request -> Upstream.ok("{}"));
                HttpTransport transport = Calls.transport(
                        impostor.baseUrl(), Calls.patient().trustedCertificates(authority.certificatePem()))) {
            assertThatThrownBy(() -> transport.sendOnce(Calls.payout())).isInstanceOf(PayoutNotSentException.class);
            assertThat(impostor.requests()).isEmpty();
        }
    }

    @Test
    void sendOnce_clientCertificateDemanded_isAnsweredWithOne() {
        try (Upstream strict = Upstream.over(serverSockets(true), "https", request -> Upstream.ok("{}"));
                HttpTransport transport = Calls.transport(
                        strict.baseUrl(),
                        Calls.patient()
                                .trustedCertificates(authority.certificatePem())
                                .clientCertificate(Secret.pem(client.privateKeyPkcs1Pem()), client.certificatePem()))) {
            assertThat(transport.sendOnce(Calls.payout())).isInstanceOf(Reply.Answer.class);
        }
    }

    @Test
    void sendOnce_clientCertificateDemandedAndNoneShown_neverArrives() {
        try (Upstream strict = Upstream.over(serverSockets(true), "https", request -> Upstream.ok("{}"));
                HttpTransport transport = Calls.transport(
                        strict.baseUrl(), Calls.patient().trustedCertificates(authority.certificatePem()))) {
            // In TLS 1.3 the refusal comes after the client may have written, so it proves nothing.
            assertThat(transport.sendOnce(Calls.payout())).isInstanceOf(Reply.NoAnswer.class);
            assertThat(strict.requests()).isEmpty();
        }
    }

    @Test
    void clientCertificate_keyOfAnotherCertificate_isRefused() {
        Secret key = Secret.pem(server.privateKeyPkcs8Pem());

        assertThatThrownBy(() -> HttpOptions.builder().clientCertificate(key, client.certificatePem()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("clientCertificate");
    }

    @Test
    void trustedCertificates_noCertificate_isRefused() {
        assertThatThrownBy(() -> HttpOptions.builder().trustedCertificates("nothing"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("trustedCertificates");
    }

    @Test
    void sendOnce_proxyWithCredentials_tunnelsWithOneConnect() {
        try (ConnectProxy proxy = ConnectProxy.demanding("Basic dXNlcjpwYXNz"); // user:pass
                HttpTransport transport = through(proxy, "pass")) {
            assertThat(transport.sendOnce(Calls.payout())).isInstanceOf(Reply.Answer.class);
            assertThat(proxy.heads()).hasSize(1);
            assertThat(proxy.heads().get(0)).startsWith("CONNECT 127.0.0.1:").doesNotContain(Calls.API_KEY);
            assertThat(provider.requests().get(0).head()).doesNotContainIgnoringCase("proxy-authorization");
        }
    }

    @Test
    void sendOnce_proxyRefusesCredentials_isNotSent() {
        try (ConnectProxy proxy = ConnectProxy.demanding("Basic dXNlcjpwYXNz");
                HttpTransport transport = through(proxy, "wrong-password")) {
            assertThatThrownBy(() -> transport.sendOnce(Calls.payout()))
                    .isInstanceOf(PayoutNotSentException.class)
                    .hasNoCause();
            assertThat(proxy.heads()).hasSize(1);
            assertThat(provider.connections()).isZero();
        }
    }

    @Test
    void sendOnce_firstAddressIsDead_takesTheNext() throws Exception {
        OkHttpClient ownNames = new OkHttpClient.Builder()
                .dns(host -> List.of(
                        InetAddress.getByAddress(new byte[] {127, 0, 0, 77}),
                        InetAddress.getByAddress(new byte[] {127, 0, 0, 1})))
                .build();
        try (HttpTransport transport = Calls.transport(
                URI.create("https://localhost:" + provider.port()),
                Calls.patient().trustedCertificates(authority.certificatePem()).okHttpClient(ownNames))) {
            assertThat(transport.sendOnce(Calls.payout())).isInstanceOf(Reply.Answer.class);
            assertThat(provider.requests()).hasSize(1);
        }
    }

    private HttpTransport through(ConnectProxy proxy, String password) {
        return Calls.transport(
                provider.baseUrl(),
                Calls.patient()
                        .trustedCertificates(authority.certificatePem())
                        .proxy("127.0.0.1", proxy.port())
                        .proxyCredentials("user", Secret.of(password)));
    }

    private static ServerSocketFactory serverSockets(boolean demandClientCertificate) {
        return sockets(
                new HandshakeCertificates.Builder()
                        .heldCertificate(server)
                        .addTrustedCertificate(authority.certificate())
                        .build(),
                demandClientCertificate);
    }

    private static ServerSocketFactory sockets(HandshakeCertificates certificates, boolean demandClientCertificate) {
        SSLContext context = certificates.sslContext();
        SSLServerSocketFactory factory = context.getServerSocketFactory();
        return demandClientCertificate ? new DemandingSockets(factory) : factory;
    }
}
