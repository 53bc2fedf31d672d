/** How Bereke Bank's words and ours translate into each other; not part of the public surface. */
@NullMarked
package org.unipayout.bereke.internal;

import org.jspecify.annotations.NullMarked;
