/** A simulator of Bereke Bank's payouts module, version 2. */
@NullMarked
package org.unipayout.simulator.bereke;

import org.jspecify.annotations.NullMarked;
