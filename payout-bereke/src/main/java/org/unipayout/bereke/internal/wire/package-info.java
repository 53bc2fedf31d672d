/**
 * Bereke Bank's JSON, one record per object, in the bank's own words (sandbox.berekebank.kz, "payouts").
 *
 * <p>Every component of an answer may be absent, unknown fields are ignored, text and numbers stand for each other, what
 * only describes may have any form, and a record that can hold a card, a person, a token or a credential does not print itself.
 */
@NullMarked
package org.unipayout.bereke.internal.wire;

import org.jspecify.annotations.NullMarked;
