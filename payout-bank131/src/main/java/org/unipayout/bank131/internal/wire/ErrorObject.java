package org.unipayout.bank131.internal.wire;

import org.jspecify.annotations.Nullable;

/** {@code error}: never branch on the description, one code comes with several. */
public record ErrorObject(@Nullable String code, @Nullable String description) {
    @Override
    public String toString() {
        return "ErrorObject[***]";
    }
}
