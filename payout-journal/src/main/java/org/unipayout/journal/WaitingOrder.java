package org.unipayout.journal;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An order under four eyes that waits for another actor ({@link PayoutsBuilder#fourEyes}).
 *
 * @param verb what was ordered
 * @param actor who ordered it; anybody else may approve it
 * @param at when, UTC
 * @param hash names this order and all that it rests on: the hash of its row in the history, which covers the stored request with
 *     amount and recipient, and what a settlement says; {@link PayoutOrders#approve} takes it
 * @param settlement what is to be settled, or null for any other verb
 */
public record WaitingOrder(
        Verb verb,
        Actor actor,
        Instant at,
        String hash,
        @Nullable Settlement settlement) {}
