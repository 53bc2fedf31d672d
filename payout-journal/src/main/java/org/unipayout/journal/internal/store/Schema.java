package org.unipayout.journal.internal.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Runs the migration file by hand, for those who have no migration tool. */
public final class Schema {
    private static final String MIGRATION = "/org/unipayout/journal/db/migration/V1__payout_journal.sql";

    private Schema() {}

    /** However many machines do so at once, one creates the tables and the others find them. */
    public static void create(Database database) {
        database.transaction(connection -> {
            if (PostgreSql.isBehind(connection)) {
                PostgreSql.lock(connection, "payout_journal schema");
                createIfMissing(connection);
            } else {
                synchronized (Schema.class) { // an embedded database belongs to one process
                    createIfMissing(connection);
                }
            }
            return true;
        });
    }

    private static void createIfMissing(Connection connection) throws SQLException {
        if (!exists(connection)) {
            run(connection);
        }
    }

    public static boolean exists(Connection connection) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        String name = metaData.storesUpperCaseIdentifiers() ? "PAYOUT_JOURNAL" : "payout_journal";
        try (ResultSet tables = metaData.getTables(
                connection.getCatalog(), connection.getSchema(), name, new String[] {"TABLE", "BASE TABLE"})) {
            return tables.next();
        }
    }

    private static void run(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : script().replaceAll("(?m)^\\s*--.*$", "").split(";", -1)) {
                if (!sql.isBlank()) {
                    statement.execute(sql.strip());
                }
            }
        }
    }

    private static String script() {
        try (InputStream source = Schema.class.getResourceAsStream(MIGRATION)) {
            if (source == null) {
                throw new IllegalStateException("schema: " + MIGRATION + " is missing from the jar");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
