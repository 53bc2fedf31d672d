/**
 * Pays through Bereke Bank, Kazakhstan.
 *
 * <p>Start at {@link org.unipayout.bereke.BerekePayoutClient}. The bank documents no notifications: ask with
 * {@code get}. Source: sandbox.berekebank.kz, "payouts".
 */
@NullMarked
package org.unipayout.bereke;

import org.jspecify.annotations.NullMarked;
