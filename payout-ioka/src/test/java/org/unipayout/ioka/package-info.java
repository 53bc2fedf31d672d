/** Tests of the ioka adapter. */
@NullMarked
package org.unipayout.ioka;

import org.jspecify.annotations.NullMarked;
