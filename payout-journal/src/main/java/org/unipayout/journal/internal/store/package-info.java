/** What is stored and how: all SQL, and how requests and observations become text. Decides nothing. */
@NullMarked
package org.unipayout.journal.internal.store;

import org.jspecify.annotations.NullMarked;
