/** The contract that every provider adapter keeps, and the words it is written in. */
@NullMarked
package org.unipayout;

import org.jspecify.annotations.NullMarked;
