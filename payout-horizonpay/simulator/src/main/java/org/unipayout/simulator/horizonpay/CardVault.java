package org.unipayout.simulator.horizonpay;

import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Cards behind tokens. */
final class CardVault {
    private final Map<String, Card> cards = new HashMap<>();

    CardVault() {
        cards.put(HorizonPaySimulator.SAMPLE_TOKEN, new Card("4200000000000000", null, null, null));
        cards.put(HorizonPaySimulator.OTHER_TOKEN, new Card("4000000000000077", null, null, null));
    }

    String save(Card card) {
        String token = UUID.randomUUID().toString();
        cards.put(token, card);
        return token;
    }

    void update(String token, Card card) {
        cards.put(token, card);
    }

    @Nullable Card find(String token) {
        return cards.get(token);
    }
}
