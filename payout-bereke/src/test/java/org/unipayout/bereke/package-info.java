@NullMarked
package org.unipayout.bereke;

import org.jspecify.annotations.NullMarked;
