package org.unipayout.ioka.internal;

import java.io.InputStream;
import java.util.Objects;
import org.unipayout.ErrorBook;
import org.unipayout.ErrorEntry;
import org.unipayout.ioka.IokaOptions;

/** The error book of both products. */
public final class IokaErrors {
    /** A decline without a code stands in the error book under this name. */
    static final String WITHOUT_CODE = "DECLINED";

    /** A decline that left the outcome open, and that ioka has left at that, stands under this name. */
    static final String SETTLED = "SETTLED";

    private IokaErrors() {}

    /** Reads it afresh, so that each client counts its own unlisted codes. */
    public static ErrorBook read() {
        InputStream rows = IokaOptions.class.getResourceAsStream("error-book.tsv");
        return ErrorBook.read(Objects.requireNonNull(rows, "error-book.tsv is part of this module"));
    }

    /** A row of the book that stands for more than one code, under the code that came. */
    static ErrorEntry under(String code, ErrorEntry row) {
        return new ErrorEntry(
                code, row.proves(), row.category(), row.actor(), row.advice(), row.english(), row.russian());
    }
}
