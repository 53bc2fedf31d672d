package org.unipayout.spring;

import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.unipayout.MayChange;
import org.unipayout.Payout;
import org.unipayout.journal.PayoutRecord;

/**
 * A payout as it may be shown, by a JSON library too: without recipient, persons, tokens or pages.
 *
 * @param reference the merchant's reference
 * @param account the account's name in the properties
 * @param status what happened to the money
 * @param providerStatus the provider's own word
 * @param providerId the provider's id, or null if it is not known
 * @param amount the amount and currency, such as {@code 150.00 KZT}
 * @param fee the provider's fee, or null if it did not say
 * @param rrn the retrieval reference number, or null if the provider did not say
 * @param attention why a person should look at it, or null if nobody needs to
 * @param openVerbs what a person can order, by name; unmodifiable
 * @param word by whose word it has its status
 * @param requestedAt when it was asked for, UTC
 * @param changedAt when its history last grew, UTC
 */
@MayChange
public record PayoutView(
        String reference,
        String account,
        String status,
        String providerStatus,
        @Nullable String providerId,
        String amount,
        @Nullable String fee,
        @Nullable String rrn,
        @Nullable String attention,
        Set<String> openVerbs,
        String word,
        Instant requestedAt,
        Instant changedAt) {

    /**
     * What may be shown of a payout.
     *
     * @param record the payout
     * @return its view
     */
    public static PayoutView of(PayoutRecord record) {
        Payout payout = record.payout();
        Set<String> verbs = new TreeSet<>();
        record.openVerbs().forEach(verb -> verbs.add(verb.name()));
        return new PayoutView(
                record.reference(),
                record.provider(),
                record.status().name(),
                payout.providerStatus(),
                payout.ref().providerId().orElse(null),
                payout.ref().amount().toString(),
                payout.fee().map(Object::toString).orElse(null),
                payout.rrn().orElse(null),
                record.attention().map(Enum::name).orElse(null),
                verbs,
                record.word().name(),
                record.requestedAt(),
                record.changedAt());
    }
}
