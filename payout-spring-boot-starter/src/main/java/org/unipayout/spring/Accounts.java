package org.unipayout.spring;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.support.AutowireCandidateQualifier;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotationMetadata;
import org.unipayout.Capabilities.Feature;
import org.unipayout.PayoutClient;
import org.unipayout.journal.PayoutsBuilder;

/** The merchant accounts of the properties. */
final class Accounts {
    static final String BEAN = "unipayoutAccounts";

    private final Map<String, Account> accounts;

    Accounts(Environment environment) {
        accounts = Account.all(environment);
    }

    Set<String> names() {
        return accounts.keySet();
    }

    void addTo(PayoutsBuilder journal, BeanFactory beans, ClientDecorator decorator) {
        accounts.forEach((name, account) -> {
            PayoutClient client = decorator.decorate(name, beans.getBean(client(name), PayoutClient.class));
            account.webhooks()
                    .ifPresentOrElse(
                            webhooks -> journal.provider(name, client, webhooks), () -> journal.provider(name, client));
        });
    }

    Map<String, PayoutClient> thatTellBalance(BeanFactory beans) {
        Map<String, PayoutClient> clients = new TreeMap<>();
        accounts.keySet().forEach(name -> clients.put(name, beans.getBean(client(name), PayoutClient.class)));
        clients.values().removeIf(client -> !client.capabilities().has(Feature.BALANCE));
        return clients;
    }

    /** Called by name for each account's bean. */
    PayoutClient open(String name) {
        Account account = accounts.get(name);
        if (account == null) {
            throw new IllegalArgumentException("account: " + name + " is none");
        }
        return account.open();
    }

    static String client(String name) {
        return name + "PayoutClient";
    }

    /** A client for each account: a bean, so that the application can have it injected and the context closes it. */
    static final class Clients implements ImportBeanDefinitionRegistrar {
        private final Environment environment;

        Clients(Environment environment) {
            this.environment = environment;
        }

        @Override
        public void registerBeanDefinitions(AnnotationMetadata importing, BeanDefinitionRegistry registry) {
            Account.all(environment).forEach((name, account) -> {
                RootBeanDefinition client = new RootBeanDefinition();
                client.setTargetType(account.type());
                client.setFactoryBeanName(BEAN);
                client.setFactoryMethodName("open");
                client.getConstructorArgumentValues().addGenericArgumentValue(name);
                client.setDestroyMethodName("close");
                client.addQualifier(new AutowireCandidateQualifier(Qualifier.class, name));
                registry.registerBeanDefinition(client(name), client);
            });
        }
    }
}
