package org.unipayout.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.unipayout.spring.Setup.request;

import jakarta.persistence.Entity;
import jakarta.persistence.EntityManagerFactory;
import jakarta.persistence.Id;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.annotation.EnableTransactionManagement;
import org.springframework.transaction.annotation.Transactional;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Payouts;
import org.unipayout.testkit.FakePayoutClient;

/** A payout and an entity in one transaction of JPA's manager, over a pool of one connection. */
class JpaTest {
    /** What the merchant keeps. */
    @Entity
    static class Bill {
        @Id
        String id = "";

        Bill() {}

        Bill(String id) {
            this.id = id;
        }
    }

    interface Bills extends JpaRepository<Bill, String> {}

    static class Desk {
        private final Bills bills;
        private final TransactionalPayouts payouts;

        Desk(Bills bills, TransactionalPayouts payouts) {
            this.bills = bills;
            this.payouts = payouts;
        }

        @Transactional
        PayoutStatus approve(String id, boolean wrong) {
            bills.save(new Bill(id));
            PayoutStatus status = payouts.pay(request(id), "fake").status();
            if (wrong) {
                throw new IllegalArgumentException("the bill is wrong");
            }
            return status;
        }
    }

    @Configuration(proxyBeanMethods = false)
    @EnableTransactionManagement
    @EnableJpaRepositories(considerNestedRepositories = true)
    static class Shop {
        @Bean
        LocalContainerEntityManagerFactoryBean entityManagerFactory(DataSource dataSource) {
            HibernateJpaVendorAdapter hibernate = new HibernateJpaVendorAdapter();
            hibernate.setGenerateDdl(true);
            LocalContainerEntityManagerFactoryBean factory = new LocalContainerEntityManagerFactoryBean();
            factory.setDataSource(dataSource);
            factory.setJpaVendorAdapter(hibernate);
            factory.setPackagesToScan(JpaTest.class.getPackageName());
            return factory;
        }

        @Bean
        JpaTransactionManager transactionManager(EntityManagerFactory factory) {
            return new JpaTransactionManager(factory);
        }

        @Bean
        Desk desk(Bills bills, TransactionalPayouts payouts) {
            return new Desk(bills, payouts);
        }

        @Bean
        FakePayoutClient provider() {
            return new FakePayoutClient();
        }

        @Bean
        PayoutsCustomizer fake(FakePayoutClient provider) {
            return builder -> builder.provider("fake", provider);
        }
    }

    private final ApplicationContextRunner application = Setup.application()
            .withUserConfiguration(Shop.class)
            .withPropertyValues(
                    "unipayout.journal.worker.enabled=false",
                    "spring.datasource.hikari.maximum-pool-size=1",
                    "spring.datasource.hikari.connection-timeout=1000");

    @Test
    void transactional_commits_entityAndPayoutAreThere_andItIsPaidOnce() {
        application.run(context -> {
            FakePayoutClient provider = context.getBean(FakePayoutClient.class);

            assertThat(context.getBean(Desk.class).approve("bill-1", false)).isEqualTo(PayoutStatus.PREPARED);

            assertThat(context.getBean(Bills.class).count()).isOne();
            assertThat(provider.submitted()).isEmpty();
            context.getBean(Payouts.class).recoverNow();
            provider.ledger().assertPaidExactlyOnce("bill-1");
        });
    }

    @Test
    void transactional_rollsBack_nothingIsThere_andNobodyWasCalled() {
        application.run(context -> {
            Desk desk = context.getBean(Desk.class);

            assertThatThrownBy(() -> desk.approve("bill-1", true)).hasMessage("the bill is wrong");

            assertThat(context.getBean(Bills.class).count()).isZero();
            DataSource dataSource = context.getBean(DataSource.class);
            assertThat(Setup.rows(dataSource, "payout_journal")).isZero();
            assertThat(Setup.rows(dataSource, "payout_journal_history")).isZero();
            assertThat(Setup.rows(dataSource, "payout_journal_task")).isZero();
            assertThat(context.getBean(FakePayoutClient.class).submitted()).isEmpty();
        });
    }
}
