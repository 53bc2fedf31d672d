package org.unipayout.spring;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration;
import org.springframework.boot.autoconfigure.jdbc.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.autoconfigure.transaction.TransactionAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.unipayout.Money;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.testkit.Simulator;

/** Applications as merchants have them, over a simulator and a database of their own. */
final class Setup {
    static final AutoConfigurations OURS = AutoConfigurations.of(
            AccountsAutoConfiguration.class,
            JournalAutoConfiguration.class,
            WebhookAutoConfiguration.class,
            ActuatorAutoConfiguration.class,
            MetricsAutoConfiguration.class);
    static final AutoConfigurations JDBC = AutoConfigurations.of(
            DataSourceAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class,
            TransactionAutoConfiguration.class);

    private Setup() {}

    static ApplicationContextRunner application() {
        return new ApplicationContextRunner()
                .withConfiguration(OURS)
                .withConfiguration(JDBC)
                .withPropertyValues(database());
    }

    static String database() {
        return "spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1";
    }

    /** What a merchant writes for a simulator in place of a provider. */
    static String[] account(String name, Simulator simulator) {
        Map<String, String> properties = new TreeMap<>();
        simulator
                .credentials()
                .forEach((variable, value) -> properties.put(
                        variable.substring(variable.indexOf('_') + 1)
                                .toLowerCase(Locale.ROOT)
                                .replace('_', '-'),
                        value));
        properties.put("provider", simulator.provider());
        return properties.entrySet().stream()
                .map(entry -> "unipayout.accounts." + name + "." + entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }

    static PayoutRequest request(String reference) {
        return PayoutRequest.builder(
                        reference, Money.ofMinor(15_000, "KZT"), new Recipient.SavedCard(IokaSimulator.SAVED_VISA_ID))
                .build();
    }

    /** What it came of, however many beans it passed on its way. */
    static Throwable cause(Throwable failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure);
    }

    static int rows(DataSource dataSource, String table) {
        Integer rows = new JdbcTemplate(dataSource).queryForObject("select count(*) from " + table, Integer.class);
        return rows == null ? 0 : rows;
    }
}
