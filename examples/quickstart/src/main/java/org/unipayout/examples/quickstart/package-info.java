/** Watches money move, fail, get lost in the network and be found again. */
@NullMarked
package org.unipayout.examples.quickstart;

import org.jspecify.annotations.NullMarked;
