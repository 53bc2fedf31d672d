/** Payouts that are carried to a final answer across crashes and machines, and never paid twice. */
@NullMarked
package org.unipayout.journal;

import org.jspecify.annotations.NullMarked;
