@NullMarked
package org.unipayout.bereke.internal;

import org.jspecify.annotations.NullMarked;
