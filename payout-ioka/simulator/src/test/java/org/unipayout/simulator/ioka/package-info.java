@NullMarked
package org.unipayout.simulator.ioka;

import org.jspecify.annotations.NullMarked;
