package org.unipayout.tinypay.internal.wire;

import org.jspecify.annotations.Nullable;

/** The body of an error; its text is for people and decides nothing. */
public record ErrorBody(@Nullable String code) {}
