package org.unipayout.bereke.internal.wire;

import org.jspecify.annotations.Nullable;

/** Where the recipient is sent after the form. */
public record Urls(String returnUrl, @Nullable String failUrl) {}
