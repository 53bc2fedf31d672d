package org.unipayout.spring;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.util.ReflectionTestUtils;
import org.springframework.util.ClassUtils;
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
            boots("jdbc", "DataSourceAutoConfiguration"),
            boots("jdbc", "DataSourceTransactionManagerAutoConfiguration"),
            boots("transaction", "TransactionAutoConfiguration"));

    private Setup() {}

    /** Boot 4 has them in other packages; these tests run under 3 and 4. */
    static Class<?> boots(String area, String name) {
        return Stream.of("autoconfigure." + area, area + ".autoconfigure")
                .map(where -> "org.springframework.boot." + where + "." + name)
                .filter(type -> ClassUtils.isPresent(type, null))
                .map(type -> ClassUtils.resolveClassName(type, null))
                .findFirst()
                .orElseThrow();
    }

    /** What the indicator of the Boot that runs says. */
    record Health(String status, Map<String, Object> details) {
        static Health of(BeanFactory context) {
            Object said = ReflectionTestUtils.invokeMethod(context.getBean("unipayoutHealthIndicator"), "health");
            return new Health(
                    String.valueOf(Objects.requireNonNull(
                            ReflectionTestUtils.<Object>invokeMethod(Objects.requireNonNull(said), "getStatus"))),
                    Objects.requireNonNull(ReflectionTestUtils.<Map<String, Object>>invokeMethod(said, "getDetails")));
        }
    }

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
