package org.unipayout.horizonpay.internal.wire;

/** Every request body has this wrapper; without it the gateway answers E.1017. */
public record Envelope(Object request) {
    @Override
    public String toString() {
        return "Envelope[***]";
    }
}
