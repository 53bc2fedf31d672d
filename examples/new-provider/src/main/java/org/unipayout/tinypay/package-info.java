/**
 * Pays through Tinypay.
 *
 * <p>Start at {@link org.unipayout.tinypay.TinypayPayoutClient}. Source: tinypay-api.md.
 */
@NullMarked
package org.unipayout.tinypay;

import org.jspecify.annotations.NullMarked;
