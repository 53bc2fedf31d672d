/**
 * HorizonPay's JSON, one record per object, in its own words ("Payout", "API version 3 guide").
 *
 * <p>Every component may be absent, unknown fields are ignored, and a record that can hold a card, a person or a token
 * does not print itself.
 */
@NullMarked
package org.unipayout.horizonpay.internal.wire;

import org.jspecify.annotations.NullMarked;
