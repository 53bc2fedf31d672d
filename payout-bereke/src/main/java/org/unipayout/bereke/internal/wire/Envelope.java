package org.unipayout.bereke.internal.wire;

import org.jspecify.annotations.Nullable;

/** What every answer has. */
public interface Envelope {
    /** "0" if all went well. */
    @Nullable String errorCode();

    /** The bank's own text. */
    @Nullable String errorMessage();
}
