package org.unipayout.spring;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.util.ClassUtils;
import org.unipayout.journal.Payouts;
import org.unipayout.spring.UnipayoutProperties.Schema;

/** Has the journal's tables made, by whom the merchant wants. */
final class Tables {
    private static final String MIGRATIONS = "classpath:org/unipayout/journal/db/migration";
    private static final String PROPERTY = "unipayout.journal.schema";

    private Tables() {}

    static void create(Schema schema, Payouts payouts, DataSource dataSource) {
        switch (schema) {
            case CREATE -> payouts.createSchema();
            case FLYWAY -> byFlyway(dataSource);
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
