/** A simulated ioka: transfer orders, payout orders, saved cards, hosted forms and signed notifications. */
@NullMarked
package org.unipayout.simulator.ioka;

import org.jspecify.annotations.NullMarked;
