/**
 * Pays through Bank 131.
 *
 * <p>Start at {@link org.unipayout.bank131.Bank131PayoutClient}; notifications are read by
 * {@link org.unipayout.bank131.Bank131Webhooks}. Source: developer.131.ru.
 */
@NullMarked
package org.unipayout.bank131;

import org.jspecify.annotations.NullMarked;
