/**
 * Bank 131's JSON, one record per object, in the bank's own words (developer.131.ru, "Format" and "Objects").
 *
 * <p>Every component may be absent, unknown fields are ignored, and a record that can hold a card, an account, a person
 * or a token does not print itself.
 */
@NullMarked
package org.unipayout.bank131.internal.wire;

import org.jspecify.annotations.NullMarked;
