package org.unipayout.ioka.internal;

import org.unipayout.Secret;

/** Where the value of the {@code API-KEY} header comes from. Thread-safe. */
interface ApiKeys {
    /**
     * The key to call with now; may make a call to get it.
     *
     * @throws NoKeyException if there is none
     */
    Secret key() throws NoKeyException;

    /**
     * Told when ioka answers 401 to a key.
     *
     * @return whether asking for a key again may give another one
     */
    boolean refused(Secret key);

    /** A key that does not expire; if it is supplied, the transport asks for it with each call. */
    static ApiKeys of(Secret value) {
        return new ApiKeys() {
            @Override
            public Secret key() {
                return value;
            }

            @Override
            public boolean refused(Secret key) {
                return false;
            }
        };
    }
}
