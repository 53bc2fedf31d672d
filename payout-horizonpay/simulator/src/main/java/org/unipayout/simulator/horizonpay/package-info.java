/** A simulated HorizonPay (beGateway platform) card payout gateway. */
@NullMarked
package org.unipayout.simulator.horizonpay;

import org.jspecify.annotations.NullMarked;
