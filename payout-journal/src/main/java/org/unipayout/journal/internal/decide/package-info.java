/** What is to be done with a payout: pure functions over the rows of its history. Knows no database and no clock. */
@NullMarked
package org.unipayout.journal.internal.decide;

import org.jspecify.annotations.NullMarked;
