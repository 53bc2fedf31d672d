package org.unipayout.bank131.internal.wire;

import org.jspecify.annotations.Nullable;

/** {@code amount_details}: minor units and an ISO 4217 code in either case. */
public record AmountDetails(@Nullable Long amount, @Nullable String currency) {}
