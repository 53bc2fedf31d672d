package org.unipayout.bereke.internal.wire;

/** The corporate card that pays. */
public record Source(String bindingId) {
    @Override
    public String toString() {
        return "Source[***]";
    }
}
