/**
 * Pays to cards through HorizonPay, a gateway of the beGateway platform.
 *
 * <p>Start at {@link org.unipayout.horizonpay.HorizonPayPayoutClient}; notifications are read by
 * {@link org.unipayout.horizonpay.HorizonPayWebhooks}. Source: docs.horizonpay.kz, and docs.bepaid.by of the same
 * platform where HorizonPay's own pages are silent.
 */
@NullMarked
package org.unipayout.horizonpay;

import org.jspecify.annotations.NullMarked;
