package org.unipayout.spring;

/** Counts what was sent to the address of notifications and not taken. */
@FunctionalInterface
interface Refusals {
    void refused(String account);
}
