/** What a call and a payout cost beside what they are measured against, printed as one line each: see docs/performance.md. */
@NullMarked
package org.unipayout.bench;

import org.jspecify.annotations.NullMarked;
