/**
 * Pays through ioka (Kazakhstan).
 *
 * <p>Start at {@link org.unipayout.ioka.IokaPayoutClient} for payouts from the corporate card to a person's card, and at
 * {@link org.unipayout.ioka.IokaPayoutOrderClient} for payouts from the balance to cards and bank accounts;
 * notifications of both are read by {@link org.unipayout.ioka.IokaWebhooks}. Source: ioka.kz/docs and ioka's OpenAPI file.
 */
@NullMarked
package org.unipayout.ioka;

import org.jspecify.annotations.NullMarked;
