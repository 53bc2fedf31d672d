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
import java.util.Locale;

/** Runs the migration files by hand, for those who have no migration tool. */
public final class Schema {
    private static final String MIGRATIONS = "/org/unipayout/journal/db/migration/";

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
        if (!has(connection, "payout_journal", "reference")) {
            run(connection, "V1__payout_journal.sql");
        }
        if (!has(connection, "payout_journal_webhook", "mark")) {
            run(connection, "V2__payout_journal_mark.sql");
        }
        if (!has(connection, "payout_journal_restore", "kept_until")) {
            run(connection, "V3__payout_journal_restore.sql");
        }
        if (!hasIndex(connection, "payout_journal_history", "payout_journal_history_listing")) {
            run(connection, "V4__payout_journal_listing.sql");
        }
        if (!exists(connection)) {
            run(connection, "V5__payout_journal_told.sql");
        }
        if (!hasIndex(connection, "payout_journal", "payout_journal_undelivered_listing")) {
            run(connection, "V6__payout_journal_pages.sql");
        }
    }

    /** Whether the tables are there as this version needs them. */
    public static boolean exists(Connection connection) throws SQLException {
        return has(connection, "payout_journal", "told_unclear");
    }

    private static boolean has(Connection connection, String table, String column) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        boolean upper = metaData.storesUpperCaseIdentifiers();
        try (ResultSet columns = metaData.getColumns(
                connection.getCatalog(),
                connection.getSchema(),
                upper ? table.toUpperCase(Locale.ROOT) : table,
                upper ? column.toUpperCase(Locale.ROOT) : column)) {
            return columns.next();
        }
    }

    private static boolean hasIndex(Connection connection, String table, String index) throws SQLException {
        DatabaseMetaData metaData = connection.getMetaData();
        String name = metaData.storesUpperCaseIdentifiers() ? table.toUpperCase(Locale.ROOT) : table;
        try (ResultSet indexes =
                metaData.getIndexInfo(connection.getCatalog(), connection.getSchema(), name, false, true)) {
            boolean found = false;
            while (!found && indexes.next()) {
                found = index.equalsIgnoreCase(indexes.getString("INDEX_NAME"));
            }
            return found;
        }
    }

    private static void run(Connection connection, String migration) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : script(migration).replaceAll("(?m)^\\s*--.*$", "").split(";", -1)) {
                if (!sql.isBlank()) {
                    statement.execute(sql.strip());
                }
            }
        }
    }

    private static String script(String migration) {
        try (InputStream source = Schema.class.getResourceAsStream(MIGRATIONS + migration)) {
            if (source == null) {
                throw new IllegalStateException("schema: " + migration + " is missing from the jar");
            }
            return new String(source.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
