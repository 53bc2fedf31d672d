/** How Bank 131's words and ours translate into each other; not part of the public surface. */
@NullMarked
package org.unipayout.bank131.internal;

import org.jspecify.annotations.NullMarked;
