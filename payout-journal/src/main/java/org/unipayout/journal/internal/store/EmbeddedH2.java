package org.unipayout.journal.internal.store;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What an H2 file must be opened with, so that a commit outlives a killed process. Without it a payout could be sent, forgotten,
 * and sent again. Measured in {@code docs/decisions/0013-h2-files.md}.
 */
public final class EmbeddedH2 {
    private EmbeddedH2() {}

    /**
     * Looks at the database that a connection leads to.
     *
     * @return what is wrong with it; empty if nothing is, it is in memory only, or is not H2
     */
    public static Optional<String> fault(Connection connection) throws SQLException {
        DatabaseMetaData database = connection.getMetaData();
        if (!database.getDatabaseProductName().equals("H2")) {
            return Optional.empty();
        }
        Map<String, String> settings = settings(connection);
        boolean isFile = settings.containsKey("info.FILE_SIZE");
        boolean reusesSpaceUnsafely = database.getDatabaseMajorVersion() > 2
                || (database.getDatabaseMajorVersion() == 2 && database.getDatabaseMinorVersion() >= 5);
        return isFile ? fault(settings, reusesSpaceUnsafely) : Optional.empty();
    }

    public static Optional<String> fault(Map<String, String> settings, boolean reusesSpaceUnsafely) {
        if (!"0".equals(settings.get("WRITE_DELAY"))) {
            return Optional.of(
                    "dataSource: an H2 file must be opened with ;WRITE_DELAY=0, or a killed process loses what it"
                            + " committed last");
        }
        if (reusesSpaceUnsafely && !"false".equalsIgnoreCase(settings.get("REUSE_SPACE"))) {
            return Optional.of(
                    "dataSource: an H2 file must be opened with ;REUSE_SPACE=FALSE from version 2.5 on, or with"
                            + " version 2.4: else a killed process may lose what it committed");
        }
        return Optional.empty();
    }

    private static Map<String, String> settings(Connection connection) throws SQLException {
        Map<String, String> settings = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select setting_name, setting_value from information_schema.settings")) {
            while (rows.next()) {
                settings.put(rows.getString(1), rows.getString(2));
            }
        }
        return settings;
    }
}
