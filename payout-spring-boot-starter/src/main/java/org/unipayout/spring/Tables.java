package org.unipayout.spring;

import javax.sql.DataSource;
import liquibase.exception.LiquibaseException;
import liquibase.integration.spring.SpringLiquibase;
import org.flywaydb.core.Flyway;
import org.springframework.core.io.DefaultResourceLoader;
import org.springframework.util.ClassUtils;
import org.unipayout.journal.Payouts;
import org.unipayout.spring.UnipayoutProperties.Schema;

/** Has the journal's tables made, by whom the merchant wants. */
final class Tables {
    private static final String MIGRATIONS = "classpath:org/unipayout/journal/db/migration";
    private static final String CHANGES = "classpath:org/unipayout/spring/payout-journal-changes.xml";
    private static final String PROPERTY = "unipayout.journal.schema";

    private Tables() {}

    static void create(Schema schema, Payouts payouts, DataSource dataSource) {
        switch (schema) {
            case CREATE -> payouts.createSchema();
            case FLYWAY -> byFlyway(dataSource);
            case LIQUIBASE -> byLiquibase(dataSource);
            case NONE -> {}
        }
    }

    private static void byFlyway(DataSource dataSource) {
        if (!ClassUtils.isPresent("org.flywaydb.core.Flyway", null)) {
            throw new PropertyException(
                    PROPERTY, "flyway needs the artifact flyway-core on the class path", PROPERTY + "=create");
        }
        ByFlyway.migrate(dataSource);
    }

    private static void byLiquibase(DataSource dataSource) {
        if (!ClassUtils.isPresent("liquibase.integration.spring.SpringLiquibase", null)) {
            throw new PropertyException(
                    PROPERTY, "liquibase needs the artifact liquibase-core on the class path", PROPERTY + "=create");
        }
        ByLiquibase.update(dataSource);
    }

    /** Loaded only if Liquibase is there. */
    private static final class ByLiquibase {
        /** With tables of their own: the application's changes may be cleared, tagged and rolled back without touching them. */
        static void update(DataSource dataSource) {
            SpringLiquibase liquibase = new SpringLiquibase();
            liquibase.setDataSource(dataSource);
            liquibase.setResourceLoader(new DefaultResourceLoader());
            liquibase.setChangeLog(CHANGES);
            liquibase.setDatabaseChangeLogTable("payout_journal_changes");
            liquibase.setDatabaseChangeLogLockTable("payout_journal_changes_lock");
            liquibase.setAnalyticsEnabled(false); // else it tells its makers
            try {
                liquibase.afterPropertiesSet();
            } catch (LiquibaseException e) {
                throw new IllegalStateException("Liquibase could not make the journal's tables", e);
            }
        }
    }

    /** Loaded only if Flyway is there. */
    private static final class ByFlyway {
        /**
         * The application's migrations have versions of their own, so the journal's have a history table of their own, and begin at
         * the first one although the schema is not empty.
         */
        static void migrate(DataSource dataSource) {
            Flyway.configure()
                    .dataSource(dataSource)
                    .locations(MIGRATIONS)
                    .table("payout_journal_flyway")
                    .baselineOnMigrate(true)
                    .baselineVersion("0")
                    .load()
                    .migrate();
        }
    }
}
