/** Tests of Tinypay's adapter. */
@NullMarked
package org.unipayout.tinypay;

import org.jspecify.annotations.NullMarked;
