package org.unipayout.journal;

import java.time.Instant;
import org.unipayout.PayoutStatus;

/**
 * One step of a payout's status.
 *
 * @param reference the merchant's reference
 * @param provider the provider's name, as {@link PayoutsBuilder#provider} was given it
 * @param number the row of the payout's history; it grows, and a repeated delivery has the same one
 * @param from the status before
 * @param to the status after
 * @param at when it was recorded, UTC
 */
public record StatusChange(
        String reference, String provider, long number, PayoutStatus from, PayoutStatus to, Instant at) {}
