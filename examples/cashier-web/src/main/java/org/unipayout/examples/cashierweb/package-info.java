/** What a cashier, the one who approves and an accountant use in a browser. */
@NullMarked
package org.unipayout.examples.cashierweb;

import org.jspecify.annotations.NullMarked;
