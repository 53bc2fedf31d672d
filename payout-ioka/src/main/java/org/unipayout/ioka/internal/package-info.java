/** How ioka's words become ours; not for programs. */
@NullMarked
package org.unipayout.ioka.internal;

import org.jspecify.annotations.NullMarked;
