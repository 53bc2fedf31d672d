package org.unipayout.spring;

/** A property is missing or unusable. Names it and gives an example; never repeats a value. */
final class PropertyException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    PropertyException(String property, String reason, String example) {
        super(property + ": " + reason + "; for example " + example);
    }
}
