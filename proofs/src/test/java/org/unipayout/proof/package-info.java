/** What is tried against every provider's adapter at once, and printed as one line each: see docs/proof.md. */
@NullMarked
package org.unipayout.proof;

import org.jspecify.annotations.NullMarked;
