/** Tests of the Bank 131 adapter. */
@NullMarked
package org.unipayout.bank131;

import org.jspecify.annotations.NullMarked;
