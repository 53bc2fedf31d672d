/** Tests of the simulator, over plain HTTP. */
@NullMarked
package org.unipayout.simulator.tinypay;

import org.jspecify.annotations.NullMarked;
