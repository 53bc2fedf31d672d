/** A simulator of Tinypay's payouts API, version 1. */
@NullMarked
package org.unipayout.simulator.tinypay;

import org.jspecify.annotations.NullMarked;
