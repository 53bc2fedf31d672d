/** A simulated Bank 131: its HTTP dialects v1 and v2, its payment sessions and its signed webhooks. */
@NullMarked
package org.unipayout.testkit.bank131;

import org.jspecify.annotations.NullMarked;
