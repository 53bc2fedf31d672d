package org.unipayout.bank131;

import java.security.PrivateKey;
import org.unipayout.Secret;
import org.unipayout.http.RsaSigner;

/**
 * Signs what is sent to the bank: with a key in PEM form, a key of any security provider such as a token (PKCS#11), or by
 * asking a key management service.
 *
 * <p>Called once for each call, {@link org.unipayout.PayoutClient#submit} as well as every question, always before anything of that call is
 * sent; a question that is repeated keeps its signature. Called in a thread of the client, by several at once, so it must be
 * thread-safe. It runs within the call's deadline and is interrupted when the time is up, the caller is interrupted or the
 * client is closed. What it throws, null, a signature that no RSA key of 2048 bits gives, and no end in time mean: nothing was
 * sent ({@link org.unipayout.PayoutNotSentException}; of a question {@link org.unipayout.PayoutReadException}). Messages name
 * the type of an exception and not its text.
 *
 * <p>A lambda that asks for its key anew each time lets the key be exchanged while clients and the journal run. Register the
 * new public key with the bank first: its pages do not say that it takes two at a time.
 *
 * <p>Source: developer.131.ru, "Format": SHA-256 with RSA over the body, in Base64.
 */
@FunctionalInterface
public interface Bank131Signer {
    /**
     * Signs with RSASSA-PKCS1-v1_5 and SHA-256.
     *
     * @param body exactly the bytes that will be sent; a copy; empty if the call has no body
     * @return the bare signature, not encoded
     * @throws Exception if there is none; nothing is sent
     */
    byte[] sign(byte[] body) throws Exception;

    /**
     * Signs with a key of any security provider. The key need not show itself ({@code getEncoded} may be null): the JDK takes
     * the provider that can use it.
     *
     * @param key an RSA key; at least 2048 bits, as far as it tells
     * @return the signer
     * @throws IllegalArgumentException if it is of another algorithm or too short
     */
    static Bank131Signer of(PrivateKey key) {
        return RsaSigner.of(key)::signature;
    }

    /**
     * Signs with a key in PEM form.
     *
     * @param privateKey RSA, PKCS#8 or PKCS#1, not encrypted, at least 2048 bits, made with {@link Secret#pem}; a {@linkplain
     *     Secret#supplied supplied} one may be exchanged
     * @return the signer
     * @throws IllegalArgumentException if it is anything else, unless it is supplied
     */
    static Bank131Signer of(Secret privateKey) {
        return RsaSigner.of(privateKey)::signature;
    }
}
