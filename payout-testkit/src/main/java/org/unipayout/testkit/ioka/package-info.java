/** A simulated ioka: transfer orders, payout orders, saved cards, hosted forms and signed notifications. */
@NullMarked
package org.unipayout.testkit.ioka;

import org.jspecify.annotations.NullMarked;
