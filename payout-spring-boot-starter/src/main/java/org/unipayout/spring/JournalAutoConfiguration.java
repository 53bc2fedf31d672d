package org.unipayout.spring;

import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.sql.init.dependency.DependsOnDatabaseInitialization;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.unipayout.journal.HistoryKey;
import org.unipayout.journal.PayoutListener;
import org.unipayout.journal.Payouts;
import org.unipayout.journal.PayoutsBuilder;
import org.unipayout.journal.RecipientVault;

/** The journal on the application's data source, and its worker. */
@AutoConfiguration(
        after = AccountsAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.autoconfigure.jdbc.DataSourceAutoConfiguration",
            "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration" // from Boot 4 on
        })
@ConditionalOnClass({DataSourceUtils.class, TransactionSynchronizationManager.class})
@ConditionalOnBean(Accounts.class)
@ConditionalOnSingleCandidate(DataSource.class)
@ConditionalOnMissingBean(Payouts.class)
final class JournalAutoConfiguration {
    /** After the application's own migrations: they may want to find an empty schema. */
    @Bean
    @DependsOnDatabaseInitialization
    Payouts unipayoutJournal(
            DataSource dataSource,
            Accounts accounts,
            UnipayoutProperties properties,
            ListableBeanFactory beans,
            ObjectProvider<RecipientVault> vault,
            ObjectProvider<HistoryKey> historyKey,
            ObjectProvider<PayoutListener> listeners,
            ObjectProvider<ClientDecorator> decorators,
            ObjectProvider<PayoutsCustomizer> customizers) {
        if (accounts.names().isEmpty() && customizers.stream().findAny().isEmpty()) {
            throw new PropertyException(Account.ACCOUNTS, "none is set", Account.ACCOUNTS + ".ioka.provider=ioka");
        }
        PayoutsBuilder builder = builder(TransactionalPayouts.own(dataSource), properties.journal());
        vault.ifAvailable(builder::vault);
        historyKey.ifAvailable(key -> builder.historyKey(key));
        if (beans.getBeanNamesForType(PayoutListener.class).length > 0) {
            // Asked for when something changes, because listeners may use the journal themselves.
            builder.listener(change -> listeners.orderedStream().forEach(listener -> listener.statusChanged(change)));
        }
        accounts.addTo(builder, beans, decorators.getIfAvailable(() -> (account, client) -> client));
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        Payouts payouts = builder.build();
        Tables.create(properties.journal().schema(), payouts, TransactionalPayouts.own(dataSource));
        return payouts;
    }

    private static PayoutsBuilder builder(DataSource dataSource, UnipayoutProperties.Journal journal) {
        PayoutsBuilder builder = Payouts.builder(dataSource)
                .attentionAfter(journal.attentionAfter())
                .closeWithin(journal.closeWithin())
                .worker(journal.worker().threads(), journal.worker().pollingInterval());
        return journal.node() == null ? builder : builder.node(journal.node());
    }

    @Bean
    @ConditionalOnMissingBean
    TransactionalPayouts transactionalPayouts(Payouts payouts, DataSource dataSource) {
        return new TransactionalPayouts(payouts, dataSource);
    }

    @Bean
    @ConditionalOnProperty(name = "unipayout.journal.worker.enabled", havingValue = "true", matchIfMissing = true)
    Worker unipayoutWorker(Payouts payouts) {
        return new Worker(payouts);
    }
}
