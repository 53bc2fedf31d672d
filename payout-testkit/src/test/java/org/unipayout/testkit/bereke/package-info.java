@NullMarked
package org.unipayout.testkit.bereke;

import org.jspecify.annotations.NullMarked;
