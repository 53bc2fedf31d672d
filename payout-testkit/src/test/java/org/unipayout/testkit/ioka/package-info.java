@NullMarked
package org.unipayout.testkit.ioka;

import org.jspecify.annotations.NullMarked;
