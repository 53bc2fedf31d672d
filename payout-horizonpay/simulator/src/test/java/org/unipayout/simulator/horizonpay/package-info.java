/** Tests of the simulated HorizonPay gateway: plain HTTP on one side, the ledger on the other. */
@NullMarked
package org.unipayout.simulator.horizonpay;

import org.jspecify.annotations.NullMarked;
