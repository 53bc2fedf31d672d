package org.unipayout.examples.cashierweb;

import java.net.URI;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The shop's own settings.
 *
 * @param zone where its days begin and end
 * @param publicUrl where recipients come back to from a hosted page; taken from here and never from a request
 * @param cards cards that providers have saved, by the shop's own key. A page shows key and name, never the token
 * @param users who may sign in, by name; yours come from where your people are known
 */
@ConfigurationProperties("cashier")
record Shop(
        @DefaultValue("Asia/Almaty") ZoneId zone,
        URI publicUrl,
        @DefaultValue Map<String, SavedCard> cards,
        @DefaultValue Map<String, User> users) {
    /**
     * A saved card.
     *
     * @param name as the cashier knows it
     * @param token the provider's id of it
     */
    record SavedCard(String name, String token) {
        @Override
        public String toString() {
            return "SavedCard[" + name + "]";
        }
    }

    /**
     * Who may sign in.
     *
     * @param password encoded, with its encoder in front: {@code {bcrypt}...}
     * @param roles what {@link Access} names
     */
    record User(String password, List<String> roles) {
        @Override
        public String toString() {
            return "User" + roles;
        }
    }
}
