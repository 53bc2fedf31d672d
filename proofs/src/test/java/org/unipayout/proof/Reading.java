package org.unipayout.proof;

import java.util.Locale;
import org.unipayout.Decline;
import org.unipayout.WebhookEvent;

/** All that an event says, in words that can be compared; two of one delivery have the same key. */
record Reading(String dedupeKey, String meaning) {

    static Reading of(WebhookEvent event) {
        String meaning = String.join(
                " | ",
                event.provider(),
                event.type(),
                event.trust().name(),
                event.providerId().orElse("-"),
                event.reference().orElse("-"),
                event.status().map(Enum::name).orElse("-"),
                event.providerStatus().orElse("-"),
                event.amount().map(Object::toString).orElse("-"),
                event.decline().map(Reading::words).orElse("-"),
                event.shown().text());
        return new Reading(event.dedupeKey(), meaning);
    }

    private static String words(Decline decline) {
        return decline.code()
                + ' '
                + decline.category()
                + ' '
                + decline.advice()
                + ' '
                + decline.text(Locale.ENGLISH)
                + ' '
                + decline.providerText().orElse("-");
    }
}
