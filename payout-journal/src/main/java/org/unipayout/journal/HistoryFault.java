package org.unipayout.journal;

/**
 * A place where a payout's history does not fit together: a row was edited, removed, added or moved.
 *
 * @param reference the merchant's reference
 * @param number the first row that does not fit, counted from 1
 * @param text one sentence for an engineer
 */
public record HistoryFault(String reference, long number, String text) {}
