package org.unipayout.examples.proveyourown;

/** What the marketplace does with payouts to sellers. */
interface SellerPayouts {
    /** Pays an order; the operator's button "try again" does the same. */
    void pay(Order order);

    /** The job that runs every few minutes: asks how open payouts went. */
    void askAboutOpenOnes();

    /** A person has read the provider's statement about an order that stays open. */
    void close(String number, PayoutTable.State end);
}
