@NullMarked
package org.unipayout.testkit.bank131;

import org.jspecify.annotations.NullMarked;
