package org.unipayout.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.unipayout.spring.Setup.request;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.spec.SecretKeySpec;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.HistoryKey;
import org.unipayout.journal.PayoutListener;
import org.unipayout.journal.PayoutRecord;
import org.unipayout.journal.Payouts;
import org.unipayout.testkit.FakePayoutClient;

/** The journal over the application's database: who makes the tables, when workers run, what is handed in. */
class JournalTest {
    private static final FakePayoutClient PROVIDER = new FakePayoutClient();

    @Configuration(proxyBeanMethods = false)
    static class Fake {
        @Bean
        PayoutsCustomizer fake() {
            return builder -> builder.provider("fake", PROVIDER);
        }
    }

    private final ApplicationContextRunner application = Setup.application().withUserConfiguration(Fake.class);

    @Test
    void schema_unset_tablesAreMade_andTheWorkerRunsUntilTheContextStops() {
        Set<Thread> before = schedulers(); // of other applications in this process
        application.run(context -> {
            assertThat(context).hasSingleBean(TransactionalPayouts.class);
            Worker worker = context.getBean(Worker.class);
            assertThat(worker.isRunning()).isTrue();
            assertThat(worker.getPhase()).isEqualTo(Integer.MAX_VALUE - 1024);
            assertThat(context.getBean(TransactionalPayouts.class)
                            .pay(request("schema-1"), "fake")
                            .status())
                    .isEqualTo(PayoutStatus.SUCCEEDED);
            assertThat(schedulersBut(before)).isNotEmpty();

            context.getSourceApplicationContext().stop();

            assertThat(worker.isRunning()).isFalse();
            await().until(() -> schedulersBut(before).isEmpty());
            assertThat(context.getBean(Payouts.class).stored("schema-1"))
                    .isPresent(); // requests that still run may pay
        });
    }

    private static Set<Thread> schedulersBut(Set<Thread> others) {
        Set<Thread> found = schedulers();
        found.removeAll(others);
        return found;
    }

    private static Set<Thread> schedulers() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.isAlive() && thread.getName().startsWith("db-scheduler"))
                .collect(Collectors.toSet());
    }

    @Test
    void schema_none_workerDoesNotStartWithoutTables() {
        application
                .withPropertyValues("unipayout.journal.schema=none")
                .run(context -> assertThat(Setup.cause(context.getStartupFailure()))
                        .hasMessageContaining("the tables are not there yet"));
    }

    @Test
    void worker_disabled_tablesAreMade_andNothingRuns() {
        application.withPropertyValues("unipayout.journal.worker.enabled=false").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context).doesNotHaveBean(Worker.class);
            assertThat(Setup.rows(context.getBean(DataSource.class), "payout_journal"))
                    .isZero();
        });
    }

    /** The merchant's V1 is another one, and wants to find its schema empty. */
    @Test
    void schema_flyway_besideTheApplicationsOwn() {
        application
                .withConfiguration(AutoConfigurations.of(Setup.boots("flyway", "FlywayAutoConfiguration")))
                .withPropertyValues(
                        "unipayout.journal.schema=flyway", "spring.flyway.locations=classpath:merchant/migration")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    DataSource dataSource = context.getBean(DataSource.class);
                    assertThat(Setup.rows(dataSource, "merchant_invoice")).isZero();
                    assertThat(new JdbcTemplate(dataSource)
                                    .queryForList(
                                            "select \"version\" from \"payout_journal_flyway\""
                                                    + " where \"version\" is not null order by 1",
                                            String.class))
                            .containsExactlyElementsOf(versions());
                    assertThat(context.getBean(Worker.class).isRunning()).isTrue();
                });
    }

    /** The line below all, and each migration that the journal ships. */
    private static List<String> versions() throws IOException {
        Stream<String> shipped = Stream.of(new PathMatchingResourcePatternResolver()
                        .getResources("classpath:org/unipayout/journal/db/migration/V*.sql"))
                .map(migration -> String.valueOf(migration.getFilename()).replaceFirst("V([0-9]+)__.*", "$1"))
                .sorted();
        return Stream.concat(Stream.of("0"), shipped).toList();
    }

    @Configuration(proxyBeanMethods = false)
    static class Shop {
        @Bean
        String shop(TransactionalPayouts payouts) {
            return "needs " + payouts;
        }
    }

    /** Made before Flyway's own beans, as the application's services are. */
    @Test
    void schema_create_leavesTheApplicationsFlywayAnEmptySchema() {
        application
                .withUserConfiguration(Shop.class)
                .withConfiguration(AutoConfigurations.of(Setup.boots("flyway", "FlywayAutoConfiguration")))
                .withPropertyValues("spring.flyway.locations=classpath:merchant/migration")
                .run(context -> {
                    assertThat(context).hasNotFailed();
                    assertThat(Setup.rows(context.getBean(DataSource.class), "merchant_invoice"))
                            .isZero();
                });
    }

    @Test
    void schema_flywayThatIsNotThere_isRefused() {
        application
                .withClassLoader(new FilteredClassLoader("org.flywaydb"))
                .withPropertyValues("unipayout.journal.schema=flyway")
                .run(context -> assertThat(Setup.cause(context.getStartupFailure()))
                        .hasMessage("unipayout.journal.schema: flyway needs the artifact flyway-core on the class path;"
                                + " for example unipayout.journal.schema=create"));
    }

    /** The merchant's change log has a history of its own, and wants to find its schema empty; a second start changes nothing. */
    @Test
    void schema_liquibase_besideTheApplicationsOwn_eachChangeOnce() {
        ApplicationContextRunner changing = application
                .withConfiguration(AutoConfigurations.of(Setup.boots("liquibase", "LiquibaseAutoConfiguration")))
                .withPropertyValues(
                        "unipayout.journal.schema=liquibase",
                        "spring.liquibase.change-log=classpath:merchant/changes.sql",
                        Setup.database());
        for (int start = 0; start < 2; start++) {
            changing.run(context -> {
                assertThat(context).hasNotFailed();
                DataSource dataSource = context.getBean(DataSource.class);
                assertThat(Setup.rows(dataSource, "merchant_order")).isZero();
                assertThat(ids(dataSource, "payout_journal_changes")).containsExactlyElementsOf(migrations());
                assertThat(ids(dataSource, "databasechangelog")).containsExactly("merchant-1");
                assertThat(context.getBean(Worker.class).isRunning()).isTrue();
            });
        }
    }

    private static List<String> ids(DataSource dataSource, String table) {
        return new JdbcTemplate(dataSource)
                .queryForList("select id from " + table + " order by orderexecuted", String.class);
    }

    private static List<String> migrations() throws IOException {
        return Stream.of(new PathMatchingResourcePatternResolver()
                        .getResources("classpath:org/unipayout/journal/db/migration/V*.sql"))
                .map(migration -> String.valueOf(migration.getFilename()).replace(".sql", ""))
                .sorted()
                .toList();
    }

    @Test
    void schema_liquibaseThatIsNotThere_isRefused() {
        application
                .withClassLoader(new FilteredClassLoader("liquibase"))
                .withPropertyValues("unipayout.journal.schema=liquibase")
                .run(context -> assertThat(Setup.cause(context.getStartupFailure()))
                        .hasMessage("unipayout.journal.schema: liquibase needs the artifact liquibase-core on the class"
                                + " path; for example unipayout.journal.schema=create"));
    }

    @Test
    void springJdbc_notThere_noJournal() {
        application
                .withClassLoader(new FilteredClassLoader(DataSourceUtils.class))
                .run(context -> assertThat(context).doesNotHaveBean(Payouts.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class TwoDatabases {
        @Bean
        DataSource one() {
            return new DriverManagerDataSource("jdbc:h2:mem:one");
        }

        @Bean
        DataSource other() {
            return new DriverManagerDataSource("jdbc:h2:mem:other");
        }
    }

    @Test
    void dataSources_two_noJournalIsGuessed() {
        application
                .withUserConfiguration(TwoDatabases.class)
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(Payouts.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class Own {
        @Bean
        Payouts own(DataSource dataSource) {
            return Payouts.builder(dataSource).provider("fake", PROVIDER).build();
        }
    }

    @Test
    void payouts_ofTheApplication_areLeftAlone() {
        Setup.application()
                .withUserConfiguration(Own.class)
                .run(context -> assertThat(context).hasSingleBean(Payouts.class).doesNotHaveBean(Worker.class));
    }

    @Configuration(proxyBeanMethods = false)
    static class Bookkeeper {
        static final List<String> HEARD = new CopyOnWriteArrayList<>();

        /** Uses the journal itself, which needs its listeners first. */
        @Bean
        PayoutListener bookkeeper(Payouts payouts) {
            return change -> HEARD.add(change.reference() + " "
                    + payouts.stored(change.reference())
                            .map(PayoutRecord::status)
                            .orElseThrow());
        }

        @Bean
        HistoryKey historyKey() {
            return HistoryKey.of("test", new SecretKeySpec(new byte[32], "HmacSHA256"));
        }
    }

    @Test
    void beans_listenersAndKeys_areTaken() {
        application.withUserConfiguration(Bookkeeper.class).run(context -> {
            Payouts payouts = context.getBean(Payouts.class);
            payouts.pay(request("heard-1"), "fake");
            payouts.recoverNow();

            assertThat(Bookkeeper.HEARD).contains("heard-1 SUCCEEDED");
            assertThat(new JdbcTemplate(context.getBean(DataSource.class))
                            .queryForList("select proof from payout_journal_history", String.class))
                    .allMatch(proof -> proof.contains("test"));
        });
    }
}
