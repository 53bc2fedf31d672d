/** A simulator of Bereke Bank's payouts module, version 2. */
@NullMarked
package org.unipayout.testkit.bereke;

import org.jspecify.annotations.NullMarked;
