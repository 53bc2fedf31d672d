package org.unipayout.horizonpay.internal.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The answer to a look-up by {@code tracking_id}: the ten most recent at most, each in either envelope. */
public record Transactions(@Nullable List<@Nullable Transaction> transactions) {}
