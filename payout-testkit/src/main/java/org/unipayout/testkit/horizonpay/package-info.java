/** A simulated HorizonPay (beGateway platform) card payout gateway. */
@NullMarked
package org.unipayout.testkit.horizonpay;

import org.jspecify.annotations.NullMarked;
