/** Merchants' programs beside other languages, libraries and class paths. */
@NullMarked
package org.unipayout.neighbours;

import org.jspecify.annotations.NullMarked;
