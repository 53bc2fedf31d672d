package org.unipayout.spring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.unipayout.PayoutClient;
import org.unipayout.ioka.IokaPayoutClient;
import org.unipayout.ioka.IokaPayoutOrderClient;
import org.unipayout.journal.Payouts;
import org.unipayout.simulator.ioka.IokaSimulator;

/** Merchant accounts by properties alone. */
class AccountsTest {
    private static final String KEY = "example-key-000000000000000000000000000000000000000000000000000001";

    @RegisterExtension
    static final IokaSimulator IOKA = IokaSimulator.start();

    private final ApplicationContextRunner application = new ApplicationContextRunner().withConfiguration(Setup.OURS);

    private final ApplicationContextRunner withAccount = application.withPropertyValues(
            "unipayout.accounts.main.provider=ioka",
            "unipayout.accounts.main.base-url=https://stage-api.ioka.kz",
            "unipayout.accounts.main.api-key=" + KEY);

    @Test
    void account_isAClientOfItsOwnType_byItsName_closedWithTheContext() {
        withAccount
                .withPropertyValues(
                        "unipayout.accounts.orders.provider=ioka-payout-orders",
                        "unipayout.accounts.orders.base-url=https://stage-api.ioka.kz",
                        "unipayout.accounts.orders.api-key=" + KEY)
                .run(context -> {
                    assertThat(context).hasSingleBean(IokaPayoutClient.class);
                    assertThat(context).hasSingleBean(IokaPayoutOrderClient.class);
                    assertThat(BeanFactoryAnnotationUtils.qualifiedBeanOfType(
                                    context.getBeanFactory(), PayoutClient.class, "main"))
                            .isSameAs(context.getBean(IokaPayoutClient.class));
                    assertThat(context.getBeanFactory().getMergedBeanDefinition("mainPayoutClient"))
                            .extracting("destroyMethodName")
                            .isEqualTo("close");
                    assertThat(context).doesNotHaveBean(Payouts.class); // there is no database
                });
    }

    @ParameterizedTest
    @CsvSource({"apiKey", "API_KEY", "apikey", "api.key"})
    void setting_inWhateverSpelling_isKnown(String spelling) {
        application
                .withPropertyValues(
                        "unipayout.accounts.main.provider=ioka",
                        "unipayout.accounts.main.base-url=https://stage-api.ioka.kz",
                        "unipayout.accounts.main." + spelling + "=" + KEY)
                .run(context -> assertThat(context).hasSingleBean(IokaPayoutClient.class));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "unipayout.accounts.main.provider=acme | unipayout.accounts.main.provider: must be an adapter on the class path,"
                        + " which has [ioka, ioka-payout-orders]; for example unipayout.accounts.main.provider=ioka",
                "unipayout.accounts.other.api-key=x | unipayout.accounts.other.provider: must be an adapter",
                "unipayout.accounts.main.token=x | unipayout.accounts.main.token: ioka has no such setting; it has [api-key,"
                        + " base-url, client-id, client-secret, corp-account-id, webhook-key]; for example",
                "unipayout.accounts.main.api-key= | unipayout.accounts.main.api-key: is required and not blank; for example"
                        + " unipayout.accounts.main.api-key=${IOKA_API_KEY}",
                "unipayout.accounts.main.base-url=http://api.example | unipayout.accounts.main.base-url: must be https",
                "unipayout.accounts.main.base-url=here | unipayout.accounts.main.base-url: must be",
                "unipayout.accounts.main.client-id=x | unipayout.accounts.main.api-key: set it or"
                        + " unipayout.accounts.main.client-id, but not both",
                "unipayout.accounts.Main.provider=ioka | unipayout.accounts.Main: the name of an account has lower-case letters",
                "unipayout.journal.close-within=0s | unipayout.journal.close-within: must be more than zero; for example"
                        + " unipayout.journal.close-within=20s",
                "unipayout.journal.attention-after=-1s | unipayout.journal.attention-after: must be more than zero",
                "unipayout.journal.worker.threads=0 | unipayout.journal.worker.threads: must be at least 1",
                "unipayout.journal.worker.polling-interval=0s | unipayout.journal.worker.polling-interval: must be more",
                "unipayout.webhooks.max-size=2MB | unipayout.webhooks.max-size: must be from 1B to 1MB",
                "unipayout.webhooks.path=hooks/ | unipayout.webhooks.path: must begin with a slash"
            })
    void property_thatIsWrong_isNamedWithAnExample_andNoValueIsRepeated(String property, String message) {
        withAccount.withPropertyValues(property).run(context -> {
            assertThat(context).hasFailed();
            assertThat(Setup.cause(context.getStartupFailure()))
                    .isInstanceOf(PropertyException.class)
                    .hasMessageStartingWith(message)
                    .hasMessageContaining("; for example unipayout.");
            assertThat(new PropertyFailureAnalyzer()
                            .analyze(context.getStartupFailure())
                            .getDescription())
                    .startsWith(message);
            for (Throwable one = context.getStartupFailure(); one != null; one = one.getCause()) {
                assertThat(one.toString()).doesNotContain(KEY);
            }
        });
    }

    @Test
    void accounts_noneAndADatabase_isRefusedWithAnExample() {
        Setup.application()
                .run(context -> assertThat(Setup.cause(context.getStartupFailure()))
                        .hasMessage(
                                "unipayout.accounts: none is set; for example unipayout.accounts.ioka.provider=ioka"));
    }

    @Test
    void enabled_false_setsNothingUp() {
        Setup.application().withPropertyValues("unipayout.enabled=false").run(context -> {
            assertThat(context).hasNotFailed();
            assertThat(context).doesNotHaveBean(Accounts.class);
            assertThat(context).doesNotHaveBean(Payouts.class);
        });
    }

    @Test
    void properties_accountsAndBeans_printNoKey() {
        withAccount.run(context -> {
            assertThat(context.getBean(UnipayoutProperties.class).accounts().toString())
                    .contains(KEY); // it is there
            assertThat(context.getBean(UnipayoutProperties.class).toString())
                    .isEqualTo("UnipayoutProperties[accounts [main]]");
            assertThat(Account.all(context.getEnvironment()).toString()).isEqualTo("{main=Account[main, ioka]}");
            for (String name : context.getBeanDefinitionNames()) {
                assertThat(context.getBean(name).toString()).doesNotContain(KEY);
                assertThat(context.getBeanFactory().getBeanDefinition(name).toString())
                        .doesNotContain(KEY);
            }
        });
    }
}
