package org.unipayout.spring;

import org.unipayout.PayoutClient;

/** Stands between the journal and an account's client. */
@FunctionalInterface
interface ClientDecorator {
    PayoutClient decorate(String account, PayoutClient client);
}
