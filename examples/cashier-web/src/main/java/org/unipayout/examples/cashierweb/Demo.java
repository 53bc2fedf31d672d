package org.unipayout.examples.cashierweb;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;
import org.unipayout.Money;
import org.unipayout.PayoutRequest;
import org.unipayout.Recipient;
import org.unipayout.Secret;
import org.unipayout.bank131.Bank131Options;
import org.unipayout.bank131.Bank131PayoutClient;
import org.unipayout.bank131.Bank131Webhooks;
import org.unipayout.http.HttpOptions;
import org.unipayout.journal.Actor;
import org.unipayout.simulator.bank131.Bank131Simulator;
import org.unipayout.simulator.bereke.BerekeSimulator;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.spring.PayoutsCustomizer;
import org.unipayout.testkit.Scenario;
import org.unipayout.testkit.Simulator;

/**
 * The application with simulated providers, a database in memory and three people, for a look on this machine. No money moves, and
 * nothing of it outlives the program.
 */
final class Demo implements AutoCloseable {
    /** What each of the three may do: nobody may let go, or settle, what they asked for. */
    static final Map<String, List<String>> PEOPLE = new TreeMap<>(Map.of(
            "cashier", List.of(Access.PAY),
            "approver", List.of(Access.CONFIRM),
            "accountant", List.of(Access.SETTLE, Access.BOOKS)));

    private static final String LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";
    private static final String ACCOUNT = "40817810000000000001";

    private final IokaSimulator ioka = IokaSimulator.start();
    private final BerekeSimulator bereke = BerekeSimulator.start();
    private final Bank131Simulator bank131 = Bank131Simulator.start();
    private final Map<String, String> passwords = new TreeMap<>();
    private final String url;
    private final ConfigurableApplicationContext application;

    /**
     * Starts it all.
     *
     * @param port where, on this machine only
     * @param attentionAfter when an open payout comes into the inbox
     */
    Demo(int port, Duration attentionAfter) {
        url = "http://127.0.0.1:" + port;
        PEOPLE.keySet().forEach(name -> passwords.put(name, password()));
        Map<String, Object> settings = new TreeMap<>(settings());
        settings.put("server.port", port);
        settings.put("unipayout.journal.attention-after", attentionAfter);
        settings.put("cashier.public-url", url);
        application = new SpringApplicationBuilder(CashierWeb.class)
                .properties(settings)
                .initializers(context -> ((GenericApplicationContext) context)
                        .registerBean(PayoutsCustomizer.class, () -> soon(bank131)))
                .run();
        ioka.webhooks().deliverTo(URI.create(url + "/unipayout/webhooks/ioka"));
        bank131.webhooks().deliverTo(URI.create(url + "/unipayout/webhooks/bank131"));
    }

    /**
     * Asks a simulator more often than a provider, and waits less long for what it will not say any more: the journal does not take
     * "waits for confirmation" for true before the call that started the payout must be over.
     */
    static PayoutsCustomizer soon(Bank131Simulator bank131) {
        Bank131Options options = Bank131Options.builder(
                        bank131.baseUrl(), bank131.projectId(), Secret.pem(bank131.partnerPrivateKeyPem()))
                .settlingTime(Duration.ofSeconds(1))
                .build();
        HttpOptions patience = HttpOptions.builder()
                .callDeadline(Duration.ofSeconds(2))
                .readTimeout(Duration.ofMillis(1500))
                .connectTimeout(Duration.ofSeconds(1))
                .build();
        return builder -> builder.pauses(Duration.ofMillis(500), Duration.ofSeconds(3))
                .provider(
                        "bank131",
                        Bank131PayoutClient.open(options, patience),
                        Bank131Webhooks.of(List.of(bank131.bankPublicKeyPem())));
    }

    /** Runs until it is stopped; with {@code -DendWithParent=true} also no longer than what started it. */
    public static void main(String[] args) {
        if (Boolean.getBoolean("endWithParent")) {
            ProcessHandle.current().parent().ifPresent(Demo::endWith);
        }
        Demo demo = new Demo(args.length == 0 ? 8080 : Integer.parseInt(args[0]), Duration.ofMinutes(2));
        demo.payExamples();
        System.out.println("Cashier web is on " + demo.url() + " (Ctrl-C ends it). Sign in as:");
        demo.passwords().forEach((name, password) -> System.out.printf("  %-11s %s%n", name, password));
    }

    private static void endWith(ProcessHandle parent) {
        Thread watch = new Thread(
                () -> {
                    parent.onExit().join();
                    System.exit(0);
                },
                "end-with-parent");
        watch.setDaemon(true);
        watch.start();
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new TreeMap<>();
        settings.putAll(account("ioka", ioka));
        settings.putAll(account("bereke", bereke));
        settings.putAll(account("bank131", bank131));
        settings.put("cashier.cards.visa.name", "Visa ···· 0013");
        settings.put("cashier.cards.visa.token", IokaSimulator.SAVED_VISA_ID);
        settings.put("cashier.cards.mastercard.name", "Mastercard ···· 6736");
        settings.put("cashier.cards.mastercard.token", IokaSimulator.SAVED_MASTERCARD_ID);
        PEOPLE.forEach((name, roles) -> {
            settings.put("cashier.users." + name + ".password", encoded(name));
            settings.put("cashier.users." + name + ".roles", String.join(",", roles));
        });
        return settings;
    }

    /** A simulator's settings under the names that the starter has for them. */
    static Map<String, Object> account(String name, Simulator simulator) {
        Map<String, Object> settings =
                new TreeMap<>(Map.of("unipayout.accounts." + name + ".provider", simulator.provider()));
        simulator.credentials().forEach((variable, value) -> {
            String setting = variable.substring(variable.indexOf('_') + 1).toLowerCase(Locale.ROOT);
            settings.put("unipayout.accounts." + name + "." + setting.replace('_', '-'), value);
        });
        return settings;
    }

    private String encoded(String name) {
        return "{bcrypt}" + new BCryptPasswordEncoder().encode(passwords.get(name));
    }

    private static String password() {
        return new SecureRandom()
                .ints(12, 0, LETTERS.length())
                .mapToObj(LETTERS::charAt)
                .collect(StringBuilder::new, StringBuilder::append, StringBuilder::append)
                .toString();
    }

    String url() {
        return url;
    }

    Map<String, String> passwords() {
        return Collections.unmodifiableMap(passwords);
    }

    IokaSimulator ioka() {
        return ioka;
    }

    BerekeSimulator bereke() {
        return bereke;
    }

    Bank131Simulator bank131() {
        return bank131;
    }

    /** Payouts of many fates; the last two digits of an amount tell a simulator what to do. */
    void payExamples() {
        Recipient card = new Recipient.SavedCard(IokaSimulator.SAVED_VISA_ID);
        example(
                Way.SAVED_CARD,
                "ORDER-1001",
                Scenario.PAID.amount(12_500),
                card,
                "Алия Сериковна",
                "Возврат за заказ 1001");
        example(
                Way.SAVED_CARD,
                "ORDER-1002",
                Scenario.DECLINED.amount(7_900),
                card,
                "John Example",
                "Refund of order 1002");
        example(
                Way.SAVED_CARD,
                "ORDER-1003",
                Scenario.SLOW.amount(31_000),
                card,
                "Данияр Примеров",
                "Возврат за заказ 1003");
        example(
                Way.HOSTED_PAGE,
                "ORDER-1004",
                Scenario.PAID.amount(4_200),
                new Recipient.HostedForm(URI.create(url + "/thanks")),
                "Maria Example",
                "Prize");
        Recipient account = Recipient.RussianAccount.builder("044525225", ACCOUNT, "Иван Примеров")
                .build();
        example(
                Way.ACCOUNT,
                "ORDER-1005",
                Scenario.PAID.amount(56_000),
                account,
                "Иван Примеров",
                "Возврат за заказ 1005");
    }

    private void example(Way way, String reference, long minor, Recipient recipient, String name, String purpose) {
        PayoutRequest request = PayoutRequest.builder(reference, Money.ofMinor(minor, way.currency()), recipient)
                .description(purpose)
                .build();
        Payment payment = new Payment(request, way.accounts().get(0), way.confirmation(), name);
        application.getBean(Payments.class).pay(payment, new Actor("example"));
    }

    @Override
    public void close() {
        application.close();
        ioka.close();
        bereke.close();
        bank131.close();
    }
}
