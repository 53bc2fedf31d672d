package org.unipayout.examples.recipes;

import java.net.URI;
import java.time.Duration;
import org.unipayout.PayoutClient;
import org.unipayout.Secret;
import org.unipayout.http.HttpOptions;
import org.unipayout.ioka.IokaOptions;
import org.unipayout.ioka.IokaPayoutClient;

/** Goes out by a proxy, and shows the provider a certificate. */
final class BehindAProxy {
    private BehindAProxy() {}

    // snippet: proxy
    static PayoutClient byProxy(URI baseUrl, Secret apiKey, String host, int port) {
        HttpOptions http = HttpOptions.builder()
                .proxy(host, port) // .proxyCredentials(user, password) if it asks
                .connectTimeout(Duration.ofSeconds(5))
                .build();
        return IokaPayoutClient.open(IokaOptions.builder(baseUrl, apiKey).build(), http);
    }

    // end

    // snippet: mtls
    static HttpOptions withCertificate(Secret pemKey, String pemChain, String pemOfTheirAuthority) {
        return HttpOptions.builder()
                .clientCertificate(pemKey, pemChain)
                .trustedCertificates(pemOfTheirAuthority) // only for a private authority
                .build();
    }
    // end
}
