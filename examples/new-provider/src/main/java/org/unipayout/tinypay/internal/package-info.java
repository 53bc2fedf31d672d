/** How Tinypay's words and ours translate into each other; not part of the public surface. */
@NullMarked
package org.unipayout.tinypay.internal;

import org.jspecify.annotations.NullMarked;
