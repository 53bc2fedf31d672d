package org.unipayout.http;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;
import org.unipayout.Secret;

/** Whom we trust and what we show, read when it is set so that a mistake is found at start. Immutable. */
final class Tls {
    static final Tls DEFAULT = new Tls(null, null);
    private static final char[] NO_PASSWORD = {};

    private final @Nullable KeyStore trusted;
    private final @Nullable KeyStore shown;

    private Tls(@Nullable KeyStore trusted, @Nullable KeyStore shown) {
        this.trusted = trusted;
        this.shown = shown;
    }

    Tls trusting(String pem) {
        List<X509Certificate> certificates = Pem.certificates(pem, "trustedCertificates");
        return new Tls(
                store("trustedCertificates", store -> {
                    for (X509Certificate certificate : certificates) {
                        store.setCertificateEntry("trusted-" + store.size(), certificate);
                    }
                }),
                shown);
    }

    Tls presenting(Secret pemKey, String pemChain) {
        PrivateKey key = Pem.privateKey(pemKey.reveal(), "clientCertificate key");
        Certificate[] chain =
                Pem.certificates(pemChain, "clientCertificate chain").toArray(Certificate[]::new);
        if (!belongTogether(key, chain[0].getPublicKey())) {
            throw new IllegalArgumentException("clientCertificate: the first certificate is not of this key");
        }
        return new Tls(
                trusted, store("clientCertificate", store -> store.setKeyEntry("client", key, NO_PASSWORD, chain)));
    }

    void applyTo(OkHttpClient.Builder client) {
        if (trusted == null && shown == null) {
            return;
        }
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keyManagers(), trust.getTrustManagers(), null);
            client.sslSocketFactory(context.getSocketFactory(), (X509TrustManager) trust.getTrustManagers()[0]);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalArgumentException("TLS: the JDK cannot use these certificates");
        }
    }

    private KeyManager @Nullable [] keyManagers() throws GeneralSecurityException {
        if (shown == null) {
            return null;
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(shown, NO_PASSWORD);
        return keys.getKeyManagers();
    }

    private static boolean belongTogether(PrivateKey key, PublicKey publicKey) {
        try {
            Signature signature =
                    Signature.getInstance(key.getAlgorithm().equals("EC") ? "SHA256withECDSA" : "SHA256withRSA");
            signature.initSign(key);
            byte[] signed = signature.sign();
            signature.initVerify(publicKey);
            return signature.verify(signed);
        } catch (GeneralSecurityException otherKind) {
            return false;
        }
    }

    private static KeyStore store(String field, Filling filling) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            filling.fill(store);
            return store;
        } catch (GeneralSecurityException | IOException unusable) {
            throw new IllegalArgumentException(field + ": the JDK cannot use it");
        }
    }

    private interface Filling {
        void fill(KeyStore store) throws GeneralSecurityException;
    }
}
