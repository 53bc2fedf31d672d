/** A marketplace that pays its sellers through a client directly: once as many write it, and once as it has to be. */
@NullMarked
package org.unipayout.examples.proveyourown;

import org.jspecify.annotations.NullMarked;
