package org.unipayout.journal;

/**
 * How far a payout's history had come: kept outside the database, it shows later whether rows were taken back or rewritten
 * ({@link Payouts#verifyAgainst}). Holds nothing about persons or money.
 *
 * @param reference the merchant's reference
 * @param number the newest row at that time, counted from 1
 * @param hash the hash of that row
 */
public record HistoryHead(String reference, long number, String hash) {}
