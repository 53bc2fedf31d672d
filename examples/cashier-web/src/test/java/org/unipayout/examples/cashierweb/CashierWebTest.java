package org.unipayout.examples.cashierweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.user;
import static org.springframework.security.test.web.servlet.setup.SecurityMockMvcConfigurers.springSecurity;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.unipayout.PayoutStatus;
import org.unipayout.journal.Payouts;
import org.unipayout.simulator.bank131.Bank131Simulator;
import org.unipayout.simulator.bereke.BerekeSimulator;
import org.unipayout.simulator.ioka.IokaSimulator;
import org.unipayout.spring.PayoutsCustomizer;
import org.unipayout.testkit.Simulator;

/** The whole application over simulated providers, by requests as a browser, or somebody who is none, would send them. */
@SpringBootTest(
        classes = {CashierWeb.class, CashierWebTest.Soon.class},
        properties = {
            "cashier.public-url=http://127.0.0.1:1",
            "cashier.cards.visa.name=Visa 0013",
            "cashier.cards.visa.token=" + IokaSimulator.SAVED_VISA_ID,
            "unipayout.journal.worker.polling-interval=100ms",
            "unipayout.journal.attention-after=3s"
        })
class CashierWebTest {
    @RegisterExtension
    static final IokaSimulator IOKA = IokaSimulator.start();

    @RegisterExtension
    static final BerekeSimulator BEREKE = BerekeSimulator.start();

    @RegisterExtension
    static final Bank131Simulator BANK131 = Bank131Simulator.start();

    /** As the demonstration does it. */
    @TestConfiguration(proxyBeanMethods = false)
    static class Soon {
        @Bean
        PayoutsCustomizer soon() {
            return Demo.soon(BANK131);
        }
    }

    private static final List<String> PAGES = List.of("/payouts", "/inbox", "/books", "/payout?reference=");

    private final String reference = "T-" + UUID.randomUUID().toString().substring(0, 8);

    @Autowired
    private WebApplicationContext context;

    @Autowired
    private Payouts payouts;

    private MockMvc browser;

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        Map<String, Simulator> accounts = Map.of("ioka", IOKA, "bereke", BEREKE, "bank131", BANK131);
        accounts.forEach((name, simulator) ->
                Demo.account(name, simulator).forEach((key, value) -> registry.add(key, () -> value)));
        registry.add("spring.datasource.url", () -> "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
    }

    @BeforeEach
    void openBrowser() {
        browser = MockMvcBuilders.webAppContextSetup(context)
                .apply(springSecurity())
                .build();
    }

    private MockHttpServletResponse sent(MockHttpServletRequestBuilder request) throws Exception {
        MockHttpServletResponse response = browser.perform(request).andReturn().getResponse();
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        return response;
    }

    private MockHttpServletRequestBuilder form(String way, String account) {
        return post("/pay")
                .param("way", way)
                .param("account", account)
                .param("reference", reference)
                .param("amount", "1500,50")
                .param("recipient", "Test Person")
                .param("purpose", "Refund")
                .param("card", "visa")
                .param("bik", "044525225")
                .param("number", "40817810000000000001");
    }

    private MockHttpServletResponse pay(MockHttpServletRequestBuilder form) throws Exception {
        return sent(form.with(user("vera").roles(Access.PAY)).with(csrf()));
    }

    private MockHttpServletResponse order(String verb, String role, String... more) throws Exception {
        MockHttpServletRequestBuilder request = post("/payout/" + verb).param("reference", reference);
        for (int i = 0; i < more.length; i += 2) {
            request.param(more[i], more[i + 1]);
        }
        return sent(request.with(user("boris").roles(role)).with(csrf()));
    }

    private String page(String path, String language) throws Exception {
        MockHttpServletResponse response = sent(get(URI.create(path))
                .queryParam("lang", language)
                .with(user("olga").roles(Access.PAY, Access.CONFIRM, Access.SETTLE, Access.BOOKS)));
        assertThat(response.getStatus()).as(path).isEqualTo(200);
        return response.getContentAsString();
    }

    private void becomes(PayoutStatus status) {
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(
                                payouts.stored(reference).orElseThrow().status())
                        .as(() -> payouts.explain(reference, Locale.ENGLISH).orElse(""))
                        .isEqualTo(status));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/", "/pay", "/payouts", "/payout?reference=1", "/inbox", "/books", "/books.csv?day=2026-01-01"})
    void page_notSignedIn_leadsToTheLogin(String path) throws Exception {
        MockHttpServletResponse response = sent(get(path));

        assertThat(response.getStatus()).isEqualTo(302);
        assertThat(response.getRedirectedUrl()).endsWith("/login");
    }

    @ParameterizedTest
    @CsvSource({
        "/pay, PAY",
        "/payout/confirm, CONFIRM",
        "/payout/cancel, CONFIRM",
        "/payout/resubmit, CONFIRM",
        "/payout/settle, SETTLE",
        "/payout/ask, PAY",
        "/logout, PAY",
        "/login, PAY"
    })
    void form_withoutItsToken_isRefused(String path, String role) throws Exception {
        MockHttpServletResponse response =
                sent(post(path).param("reference", reference).with(user("vera").roles(role)));

        assertThat(response.getStatus()).isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({
        "/pay, CONFIRM SETTLE BOOKS",
        "/payout/confirm, PAY SETTLE BOOKS",
        "/payout/cancel, PAY SETTLE BOOKS",
        "/payout/resubmit, PAY SETTLE BOOKS",
        "/payout/settle, PAY CONFIRM BOOKS",
        "/h2-console, PAY CONFIRM SETTLE BOOKS",
        "/payout/approve, PAY CONFIRM SETTLE BOOKS"
    })
    void form_byWhoMayNot_isRefused(String path, String roles) throws Exception {
        MockHttpServletResponse response = sent(form("SAVED_CARD", "ioka")
                .with(request -> {
                    request.setRequestURI(path);
                    request.setServletPath(path);
                    return request;
                })
                .with(user("vera").roles(roles.split(" ", -1)))
                .with(csrf()));

        assertThat(response.getStatus()).isEqualTo(403);
        assertThat(payouts.stored(reference)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "/books, PAY CONFIRM SETTLE",
        "/books.csv?day=2026-01-01, PAY CONFIRM SETTLE",
        "/pay, CONFIRM SETTLE BOOKS"
    })
    void page_forWhoMayNot_isRefused(String path, String roles) throws Exception {
        assertThat(sent(get(path).with(user("vera").roles(roles.split(" ", -1))))
                        .getStatus())
                .isEqualTo(403);
    }

    @Test
    void pay_sameFormAgain_isOnePayout() throws Exception {
        assertThat(pay(form("SAVED_CARD", "ioka")).getRedirectedUrl()).isEqualTo("/payout?reference=" + reference);
        becomes(PayoutStatus.SUCCEEDED);
        assertThat(pay(form("SAVED_CARD", "ioka")).getRedirectedUrl()).isEqualTo("/payout?reference=" + reference);

        IOKA.ledger().assertPaidExactlyOnce(reference);
        assertThat(page("/payout?reference=" + reference, "en"))
                .contains("1500.50 KZT")
                .contains("by vera");
    }

    @Test
    void pay_pressedManyTimesAtOnce_isOnePayout() throws Exception {
        ExecutorService fingers = Executors.newFixedThreadPool(4);
        try {
            List<Future<MockHttpServletResponse>> answers =
                    fingers.invokeAll(Collections.nCopies(4, () -> pay(form("SAVED_CARD", "ioka"))));
            for (Future<MockHttpServletResponse> answer : answers) {
                assertThat(answer.get().getRedirectedUrl()).isEqualTo("/payout?reference=" + reference);
            }
        } finally {
            fingers.shutdown();
        }
        becomes(PayoutStatus.SUCCEEDED);
        IOKA.ledger().assertPaidExactlyOnce(reference);
    }

    @ParameterizedTest
    @CsvSource({"amount, 1501", "purpose, Another", "recipient, Another Person"})
    void pay_sameReferenceForAnotherPayment_isRefusedBesideTheReference(String field, String value) throws Exception {
        pay(form("SAVED_CARD", "ioka"));

        MockHttpServletResponse response = pay(form("SAVED_CARD", "ioka").with(request -> {
            request.setParameter(field, value);
            return request;
        }));

        assertThat(response.getStatus()).isEqualTo(422);
        assertThat(response.getContentAsString()).contains("id=\"reference-wrong\"");
    }

    @ParameterizedTest
    @CsvSource({
        "SAVED_CARD, ioka, amount, '1,500.50', amount",
        "SAVED_CARD, ioka, amount, 1.005, amount",
        "SAVED_CARD, ioka, amount, 0, amount",
        "SAVED_CARD, ioka, amount, -5, amount",
        "SAVED_CARD, ioka, amount, 1e3, amount",
        "SAVED_CARD, ioka, card, TESTCARDID, card",
        "SAVED_CARD, ioka, reference, 'with blank', reference",
        "SAVED_CARD, ioka, recipient, '', recipient",
        "SAVED_CARD, bank131, purpose, x, account",
        "ACCOUNT, bank131, bik, 1, bik",
        "ACCOUNT, bank131, number, 1, number"
    })
    void pay_wrongField_isRefusedBesideIt_andNothingIsStored(
            String way, String account, String field, String value, String named) throws Exception {
        MockHttpServletResponse response = pay(form(way, account).with(request -> {
            request.setParameter(field, value);
            return request;
        }));

        assertThat(response.getStatus()).isEqualTo(422);
        assertThat(response.getContentAsString()).contains("role=\"alert\"").contains("href=\"#" + named + "\"");
        assertThat(payouts.stored(reference)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"reference", "recipient", "purpose"})
    void pay_cardNumberInAText_isRefusedAndNotShownAgain(String field) throws Exception {
        MockHttpServletResponse response = pay(form("SAVED_CARD", "ioka").with(request -> {
            request.setParameter(field, "card-" + IokaSimulator.RECEIVER_CARD);
            return request;
        }));

        assertThat(response.getStatus()).isEqualTo(422);
        assertThat(response.getContentAsString())
                .contains("id=\"" + field + "-wrong\"")
                .doesNotContain(IokaSimulator.RECEIVER_CARD);
    }

    @Test
    void hostedPage_cardTypedAtTheProvider_isOnNoPageOfOurs() throws Exception {
        pay(form("HOSTED_PAGE", "ioka"));
        becomes(PayoutStatus.AWAITING_RECIPIENT);
        URI link = payouts.stored(reference)
                .orElseThrow()
                .payout()
                .nextAction()
                .orElseThrow()
                .url();
        assertThat(page("/payout?reference=" + reference, "en")).contains(link.toString());
        assertThat(sent(get("/payout")
                                .param("reference", reference)
                                .with(user("boris").roles(Access.CONFIRM)))
                        .getContentAsString())
                .doesNotContain(link.toString());

        HttpRequest card = HttpRequest.newBuilder(link)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("pan=" + IokaSimulator.RECEIVER_CARD))
                .build();
        HttpClient.newHttpClient().send(card, HttpResponse.BodyHandlers.discarding());
        assertThat(order("ask", Access.PAY).getRedirectedUrl()).isEqualTo("/payout?reference=" + reference);
        becomes(PayoutStatus.SUCCEEDED);

        IOKA.ledger().assertPaidExactlyOnce(reference);
        for (String path : PAGES) {
            assertThat(page(path.endsWith("=") ? path + reference : path, "ru"))
                    .doesNotContain(IokaSimulator.RECEIVER_CARD)
                    .doesNotContain(IokaSimulator.SAVED_VISA_ID)
                    .doesNotContain(IOKA.apiKey());
        }
    }

    @Test
    void recipient_withMarkup_isText() throws Exception {
        String name = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
        pay(form("SAVED_CARD", "ioka").with(request -> {
            request.setParameter("recipient", name);
            request.setParameter("purpose", name);
            return request;
        }));

        for (String path : List.of("/payouts", "/payout?reference=" + reference)) {
            assertThat(page(path, "en"))
                    .contains("&lt;script&gt;alert(1)")
                    .doesNotContain("<script>alert(1)")
                    .doesNotContain("<img src=x");
        }
    }

    @Test
    void confirm_byAnotherPerson_letsItGo_andBothNamesAreKept() throws Exception {
        pay(form("ACCOUNT", "bank131"));
        becomes(PayoutStatus.AWAITING_CONFIRMATION);
        assertThat(page("/inbox", "en")).contains("Confirm payout " + reference + " of 1500.50 RUB");

        order("confirm", Access.CONFIRM);
        becomes(PayoutStatus.SUCCEEDED);

        BANK131.ledger().assertPaidExactlyOnce(reference);
        assertThat(page("/payout?reference=" + reference, "en"))
                .contains("by vera")
                .contains("by boris");
    }

    @Test
    void settle_withoutReasonOrWithACard_isRefused_andWithOneKept() throws Exception {
        pay(form("SAVED_CARD", "ioka").with(request -> {
            request.setParameter("amount", "100.61"); // stays in progress
            return request;
        }));
        await().atMost(Duration.ofSeconds(20))
                .until(() -> payouts.stored(reference).orElseThrow().attention().isPresent());
        assertThat(page("/inbox", "ru")).contains("открыта слишком долго").contains("Закрыть по выписке");

        order("settle", Access.SETTLE, "end", "paid");
        order("settle", Access.SETTLE, "end", "paid", "why", "card " + IokaSimulator.RECEIVER_CARD);
        order("settle", Access.SETTLE, "why", "statement 7");
        assertThat(payouts.stored(reference).orElseThrow().status().isFinal()).isFalse();

        order("settle", Access.SETTLE, "end", "paid", "why", "statement 7, line 14");
        assertThat(payouts.stored(reference).orElseThrow().status()).isEqualTo(PayoutStatus.SUCCEEDED);
        assertThat(page("/payout?reference=" + reference, "en"))
                .contains("statement 7, line 14")
                .contains("by boris")
                .doesNotContain(IokaSimulator.RECEIVER_CARD);
    }

    @Test
    void order_notOpen_isRefusedAndSaidSo() throws Exception {
        pay(form("SAVED_CARD", "ioka"));
        becomes(PayoutStatus.SUCCEEDED);

        order("resubmit", Access.CONFIRM, "looked", "true");
        order("cancel", Access.CONFIRM);
        order("settle", Access.SETTLE, "end", "notPaid", "why", "statement 7");

        assertThat(payouts.stored(reference).orElseThrow().status()).isEqualTo(PayoutStatus.SUCCEEDED);
        IOKA.ledger().assertPaidExactlyOnce(reference);
    }

    @Test
    void books_dayAndItsFile_haveWhatEnded() throws Exception {
        pay(form("SAVED_CARD", "ioka"));
        becomes(PayoutStatus.SUCCEEDED);
        String day = context.getBean(Ledger.class).today().toString();

        assertThat(page("/books?day=" + day, "ru")).contains("Выплачено").contains("KZT");
        assertThat(page("/books.csv?day=" + day, "ru"))
                .startsWith("\uFEFFНомер,Получатель,")
                .contains(reference + ",Test Person,Refund,ioka,SUCCEEDED,1500.50,KZT,");
        assertThat(page("/books.csv?day=2020-01-01", "en").lines()).hasSize(1);
    }

    @Test
    void webhook_withoutSignature_isRefusedByTheStarterAndNotByTheToken() throws Exception {
        MockHttpServletResponse response =
                sent(post("/unipayout/webhooks/ioka").content("{\"event\":\"TRANSFER_APPROVED\"}"));

        assertThat(response.getStatus()).isEqualTo(403);
        assertThat(response.getHeader("Set-Cookie")).isNull();
        assertThat(sent(get("/unipayout/webhooks/ioka")).getStatus()).isEqualTo(302);
    }

    @Test
    void page_headers_letNothingForeignIn() throws Exception {
        MockHttpServletResponse response = sent(get("/login"));

        assertThat(response.getHeader("Content-Security-Policy"))
                .contains("default-src 'none'")
                .contains("frame-ancestors 'none'")
                .doesNotContain("unsafe");
        assertThat(response.getHeader("Cache-Control")).contains("no-store");
        assertThat(response.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    }
}
