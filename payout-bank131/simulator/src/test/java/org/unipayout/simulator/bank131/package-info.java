@NullMarked
package org.unipayout.simulator.bank131;

import org.jspecify.annotations.NullMarked;
