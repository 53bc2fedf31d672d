/** Provider simulators with a ledger, a network fault server, the contract suite and a fake client. */
@NullMarked
package org.unipayout.testkit;

import org.jspecify.annotations.NullMarked;
