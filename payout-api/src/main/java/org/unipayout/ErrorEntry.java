package org.unipayout;

import java.io.Serializable;
import java.util.Locale;

/**
 * One row of an error book: what a provider's code proves, who must act and what a cashier is told.
 *
 * @param code the provider's code
 * @param proves what it says about the call that it answers
 * @param category what it is about
 * @param actor who can put it right
 * @param advice what to do
 * @param english text for a cashier
 * @param russian text for a cashier
 */
public record ErrorEntry(
        String code, Proves proves, ErrorCategory category, Actor actor, Advice advice, String english, String russian)
        implements Serializable {

    /**
     * Takes a row.
     *
     * @param code the provider's code; what does not print in it is shown as a question mark, and more than 128 characters
     *     as an ellipsis
     * @param proves what it says about the call that it answers
     * @param category what it is about
     * @param actor who can put it right
     * @param advice what to do
     * @param english text for a cashier
     * @param russian text for a cashier
     */
    public ErrorEntry {
        code = ProviderText.word(Checks.present(code, "code"));
    }

    /** What a code says about the call that it answers. */
    public enum Proves {
        /** The provider did not execute the call; the payout itself is as it was. */
        NOT_EXECUTED,
        /** The payout was refused for good; no money moved. */
        DECLINED,
        /** An earlier call like this one exists: look it up. */
        EARLIER_SEND,
        /** Nothing: the call may have been executed. */
        NOTHING
    }

    /** Who can put it right. */
    public enum Actor {
        /** The person who is paid. */
        RECIPIENT,
        /** The merchant: data, funds, credentials, set-up. */
        MERCHANT,
        /** The provider or a bank behind it. */
        PROVIDER,
        /** This library and the program that uses it. */
        SOFTWARE
    }

    /**
     * The text for a cashier.
     *
     * @param locale Russian text for {@code ru} and {@code kk}, else English
     * @return one sentence or two
     */
    public String text(Locale locale) {
        return switch (locale.getLanguage()) {
            case "ru", "kk" -> russian;
            default -> english;
        };
    }
}
