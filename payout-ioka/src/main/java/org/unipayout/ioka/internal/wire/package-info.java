/**
 * ioka's JSON, one record per object, in ioka's own words.
 *
 * <p>Every component may be absent, because ioka's sources disagree on which are always there; unknown fields are ignored,
 * and a record that can hold a card, an account, a person or a token does not print itself.
 */
@NullMarked
package org.unipayout.ioka.internal.wire;

import org.jspecify.annotations.NullMarked;
