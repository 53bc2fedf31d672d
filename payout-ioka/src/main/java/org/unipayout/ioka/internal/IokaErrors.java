package org.unipayout.ioka.internal;

import java.io.InputStream;
import java.util.Objects;
import org.unipayout.ErrorBook;
import org.unipayout.ioka.IokaOptions;

/** The error book of both products. */
public final class IokaErrors {
    private IokaErrors() {}

    /** Reads it afresh, so that each client counts its own unlisted codes. */
    public static ErrorBook read() {
        InputStream rows = IokaOptions.class.getResourceAsStream("error-book.tsv");
        return ErrorBook.read(Objects.requireNonNull(rows, "error-book.tsv is part of this module"));
    }
}
