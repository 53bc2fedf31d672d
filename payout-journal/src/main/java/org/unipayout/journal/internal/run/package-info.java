/** What happens in time: threads, leases, calls to providers, the queue. Carries out what is decided, through what is stored. */
@NullMarked
package org.unipayout.journal.internal.run;

import org.jspecify.annotations.NullMarked;
