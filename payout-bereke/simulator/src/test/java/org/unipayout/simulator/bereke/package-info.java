@NullMarked
package org.unipayout.simulator.bereke;

import org.jspecify.annotations.NullMarked;
