package org.unipayout.bank131;

import java.security.InvalidKeyException;
import java.security.InvalidParameterException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.SignatureSpi;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A security provider as a token's (PKCS#11) is: its key signs, and never shows itself. */
final class TokenKeys extends Provider {
    private static final long serialVersionUID = 1;

    TokenKeys() {
        super("TestToken", "1", "keys that do not leave their token");
        putService(new TokenSignatures(this));
    }

    /** {@return a handle on the private half, which tells its algorithm and nothing else} */
    static PrivateKey handle(KeyPair keys) {
        return new Handle(keys);
    }

    private static final class Handle implements PrivateKey {
        private static final long serialVersionUID = 1;

        private final transient KeyPair onTheToken;

        Handle(KeyPair onTheToken) {
            this.onTheToken = onTheToken;
        }

        @Override
        public String getAlgorithm() {
            return "RSA";
        }

        @Override
        public @Nullable String getFormat() {
            return null;
        }

        @Override
        public byte @Nullable [] getEncoded() {
            return null;
        }
    }

    private static final class TokenSignatures extends Provider.Service {
        TokenSignatures(Provider provider) {
            super(
                    provider,
                    "Signature",
                    "SHA256withRSA",
                    "TokenSignature",
                    List.of(),
                    Map.of("SupportedKeyClasses", Handle.class.getName()));
        }

        @Override
        public Object newInstance(@Nullable Object parameter) {
            return new TokenSignature();
        }

        @Override
        public boolean supportsParameter(Object key) {
            return key instanceof Handle;
        }
    }

    private static final class TokenSignature extends SignatureSpi {
        private @Nullable Signature signature;

        @Override
        protected void engineInitSign(PrivateKey key) throws InvalidKeyException {
            try {
                signature = Signature.getInstance("SHA256withRSA", "SunRsaSign");
            } catch (java.security.GeneralSecurityException e) {
                throw new InvalidKeyException(e);
            }
            signature.initSign(((Handle) key).onTheToken.getPrivate());
        }

        @Override
        protected void engineUpdate(byte one) throws SignatureException {
            present().update(one);
        }

        @Override
        protected void engineUpdate(byte[] bytes, int offset, int length) throws SignatureException {
            present().update(bytes, offset, length);
        }

        @Override
        protected byte[] engineSign() throws SignatureException {
            return present().sign();
        }

        private Signature present() throws SignatureException {
            if (signature == null) {
                throw new SignatureException("not initialised");
            }
            return signature;
        }

        @Override
        protected void engineInitVerify(PublicKey key) throws InvalidKeyException {
            throw new InvalidKeyException("signs only");
        }

        @Override
        protected boolean engineVerify(byte[] signed) throws SignatureException {
            throw new SignatureException("signs only");
        }

        @Override
        @Deprecated
        protected void engineSetParameter(String name, Object value) {
            throw new InvalidParameterException("has none");
        }

        @Override
        @Deprecated
        protected Object engineGetParameter(String name) {
            throw new InvalidParameterException("has none");
        }
    }
}
