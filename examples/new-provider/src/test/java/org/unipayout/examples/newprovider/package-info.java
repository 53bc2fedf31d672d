/** Tinypay's simulator and the tests of its adapter. */
@NullMarked
package org.unipayout.examples.newprovider;

import org.jspecify.annotations.NullMarked;
