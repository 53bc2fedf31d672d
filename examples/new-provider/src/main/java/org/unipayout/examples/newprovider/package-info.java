/** Pays through Tinypay, a provider that does not exist: the example that docs/new-provider.md walks through. */
@NullMarked
package org.unipayout.examples.newprovider;

import org.jspecify.annotations.NullMarked;
