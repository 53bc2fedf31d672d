package org.unipayout;

import java.util.regex.Pattern;

/**
 * Which references a provider takes. A reference outside it is refused, never shortened or changed.
 *
 * @param maxLength the greatest number of characters
 * @param allowed a regular expression for the whole reference
 * @param form the same for people, for example {@code letters, digits, dash and underscore}
 */
public record ReferenceRule(int maxLength, Pattern allowed, String form) {

    /**
     * Checks a reference.
     *
     * @param reference the merchant's reference
     * @throws IllegalArgumentException if the provider would not take it
     */
    public void check(String reference) {
        if (reference.length() > maxLength) {
            throw new IllegalArgumentException(
                    "reference: has " + reference.length() + " characters, but the provider takes at most " + maxLength
                            + "; it is not shortened, because a shortened reference may not be unique");
        }
        if (!allowed.matcher(reference).matches()) {
            throw new IllegalArgumentException("reference: must consist of " + form);
        }
    }
}
