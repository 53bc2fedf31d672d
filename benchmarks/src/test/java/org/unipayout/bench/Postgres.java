package org.unipayout.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PostgreSQL server that waits for the disk. Close it. */
final class Postgres implements AutoCloseable {
    private static final int CONNECTIONS = 70;

    private final EmbeddedPostgres server = EmbeddedPostgres.builder()
            .setServerConfig("max_connections", "400")
            .setServerConfig("fsync", "on")
            .setServerConfig("synchronous_commit", "on")
            .setServerConfig("full_page_writes", "on")
            .setServerConfig("max_wal_size", "4GB")
            .start();

    Postgres() throws IOException {}

    /** An empty schema, behind a pool. */
    DataSource schema(String name) throws SQLException {
        update(server.getPostgresDatabase(), "create schema " + name);
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setURL(server.getJdbcUrl("postgres", "postgres"));
        dataSource.setCurrentSchema(name);
        HikariConfig config = new HikariConfig();
        config.setDataSource(dataSource);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(0);
        return new HikariDataSource(config);
    }

    /** What a commit is worth here. */
    String durability() throws SQLException {
        DataSource database = server.getPostgresDatabase();
        return "PostgreSQL " + text(database, "show server_version") + " (embedded), fsync="
                + text(database, "show fsync")
                + ", synchronous_commit=" + text(database, "show synchronous_commit")
                + ", full_page_writes=" + text(database, "show full_page_writes")
                + ", wal_sync_method=" + text(database, "show wal_sync_method");
    }

    static String text(DataSource dataSource, String query) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(query)) {
            rows.next();
            return String.valueOf(rows.getString(1));
        }
    }

    static long number(DataSource dataSource, String query) throws SQLException {
        return Long.parseLong(text(dataSource, query));
    }

    static void update(DataSource dataSource, String sql) throws SQLException {
        try (Connection connection = dataSource.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
