package org.unipayout.examples.proveyourown;

import java.time.Instant;
import org.unipayout.Money;
import org.unipayout.Recipient;

/**
 * A seller's balance that is to be paid out.
 *
 * @param number the marketplace's own number of it
 * @param amount how much
 * @param card where to
 * @param orderedAt since when
 */
record Order(String number, Money amount, Recipient card, Instant orderedAt) {}
