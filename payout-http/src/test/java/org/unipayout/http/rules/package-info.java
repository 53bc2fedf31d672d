/**
 * The contract suite proved on the smallest providers that there are: one for each rule of {@link
 * org.unipayout.Resubmission}, with a correct adapter that must pass, and with planted bugs that must not.
 *
 * <p>It stands here and not in payout-testkit, because an adapter needs this module's transport, and this module's tests
 * need the testkit: the other way round the two modules would wait for each other.
 */
@NullMarked
package org.unipayout.http.rules;

import org.jspecify.annotations.NullMarked;
