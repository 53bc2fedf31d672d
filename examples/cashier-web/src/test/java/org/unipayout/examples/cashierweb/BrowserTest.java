package org.unipayout.examples.cashierweb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.unipayout.simulator.ioka.IokaSimulator;

/** The demonstration, used in a real browser by the three who work with it and by a recipient. */
@Tag("browser")
class BrowserTest {
    private static final List<String> BARRIERS = new ArrayList<>();
    private static Demo demo;
    private static int ran;

    private static Chromium browser;

    @BeforeAll
    static void start(@TempDir Path profile) throws IOException {
        assumeThat(Chromium.installed())
                .as("no browser was found: install chromium and chromium-driver")
                .isPresent();
        demo = new Demo(freePort(), Duration.ofSeconds(15));
        demo.payExamples();
        browser = Chromium.open(profile, demo.url(), "en");
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    @AfterAll
    static void tell() {
        boolean skipped = demo == null;
        System.out.println("browser tests=" + ran + " pages="
                + (skipped ? 0 : browser.looked().size()) + " barriers=" + BARRIERS.size()
                + (skipped ? " skipped: no chromium with chromium-driver was found" : ""));
        if (!skipped) {
            browser.close();
            demo.close();
        }
    }

    /** As another person at another machine. */
    @BeforeEach
    void forget() {
        browser.forget();
        ran++;
    }

    private void signIn(String name) {
        browser.signIn(name, Objects.requireNonNull(demo.passwords().get(name)));
    }

    private void fill(String reference, String amount) {
        browser.type("recipient", "Test Person");
        browser.type("amount", amount);
        browser.type("purpose", "Refund");
        browser.type("reference", reference);
    }

    /** Looks at a page in both languages, with its picture, and at what keeps people out. */
    private void look(String path, String name) {
        for (String language : List.of("ru", "en")) {
            browser.go(path + (path.contains("?") ? "&" : "?") + "lang=" + language);
            browser.keep(name);
            assertThat(browser.find("html").getAttribute("lang")).isEqualTo(language);
            List<String> barriers = browser.barriers();
            BARRIERS.addAll(barriers);
            assertThat(barriers).as(name + " " + language).isEmpty();
        }
    }

    @Test
    void savedCard_paidByACashier_becomesPaidWithoutAReload() {
        signIn("cashier");
        look("/pay", "pay-card");
        browser.go("/pay");
        browser.choose("card", "visa");
        fill("card-1", "1500,50");
        browser.press("main form button");

        browser.waitForText("#facts .status", "Paid");
        browser.waitForText("#live", "card-1: Paid.");
        assertThat(browser.find("#steps").getText()).contains("by cashier");
        demo.ioka().ledger().assertPaidExactlyOnce("card-1");
        look("/payout?reference=card-1", "payout-paid");
    }

    @Test
    void savedCard_buttonPressedTwice_andFormSentAgain_isOnePayout() {
        signIn("cashier");
        browser.go("/pay");
        browser.choose("card", "visa");
        fill("twice-1", "100");
        browser.driver()
                .executeScript("const form = document.querySelector('main form');"
                        + "const button = form.querySelector('button'); button.click(); button.click();");
        browser.waitForText("#facts .status", "Paid");

        browser.driver().navigate().back();
        browser.press("main form button");
        browser.waitForText(".said", "Nothing is paid a second time");
        demo.ioka().ledger().assertPaidExactlyOnce("twice-1");
    }

    @ParameterizedTest
    @CsvSource({"ioka, " + IokaSimulator.RECEIVER_CARD, "bereke, 4111111111111111"})
    void hostedPage_cardTypedByTheRecipient_becomesPaid_andTheCardIsNowhere(String account, String card) {
        signIn("cashier");
        browser.go("/pay?way=HOSTED_PAGE");
        browser.choose("account", account);
        fill("hosted-" + account, "4200");
        browser.press("main form button");
        WebElement link = browser.waitFor("#hosted");
        String ours = browser.driver().getWindowHandle();
        link.click();
        String theirs = browser.waitFor(
                "a second window",
                () -> browser.driver().getWindowHandles().stream()
                        .filter(window -> !window.equals(ours))
                        .findFirst());

        browser.driver().switchTo().window(theirs);
        browser.waitFor("input[name=pan]").sendKeys(card);
        browser.press("form button");
        browser.waitForText("h1", "Thank you");
        assertThat(browser.text()).contains("You can close this page");
        browser.driver().close();

        browser.driver().switchTo().window(ours);
        browser.waitForText("#facts .status", "Paid");
        assertThat(browser.driver().getPageSource()).doesNotContain(card);
        (account.equals("ioka") ? demo.ioka() : demo.bereke()).ledger().assertPaidExactlyOnce("hosted-" + account);
    }

    @Test
    void account_paidByTheCashier_isLetGoByTheApprover_andCannotBeByTheCashier() {
        signIn("cashier");
        look("/pay?way=ACCOUNT", "pay-account");
        browser.go("/pay?way=ACCOUNT");
        browser.type("bik", "044525225");
        browser.type("number", "40817810000000000001");
        fill("account-1", "56000.00");
        browser.press("main form button");
        browser.waitForText("#facts .status", "Waits for confirmation");
        assertThat(browser.all("#orders form[action='/payout/confirm']")).isEmpty();
        browser.signOut();

        signIn("approver");
        look("/inbox", "inbox-approver");
        assertThat(browser.all("nav a[href='/pay']")).isEmpty();
        browser.press("#row-account-1 button[aria-label^='Confirm payout account-1 of 56000.00 RUB']");
        browser.waitForText("#facts .status", "Paid");
        assertThat(browser.find("#steps").getText()).contains("by cashier").contains("by approver");
        demo.bank131().ledger().assertPaidExactlyOnce("account-1");
    }

    @Test
    void refusals_standBesideTheirFields_andAreRead() {
        signIn("cashier");
        browser.go("/pay");
        fill("bad reference", "1,500.50");
        browser.press("main form button");

        browser.waitFor("#refusals");
        browser.keep("pay-refused");
        for (String field : List.of("card", "amount", "reference")) {
            WebElement input = browser.find("#" + field);
            assertThat(input.getAttribute("aria-invalid")).isEqualTo("true");
            assertThat(input.getAttribute("aria-describedby")).contains(field + "-wrong");
            assertThat(browser.find("#" + field + "-wrong").getText()).isNotBlank();
        }
        assertThat(browser.find("#recipient").getAttribute("value")).isEqualTo("Test Person");
        assertThat(browser.barriers()).isEmpty();
        browser.press("#refusals a[href='#amount']");
        assertThat(browser.focused().getAttribute("id")).isEqualTo("amount");
    }

    @Test
    void keyboardAlone_reachesTheContentAndPays() {
        signIn("cashier");
        browser.go("/pay");
        browser.find("body").sendKeys(Keys.TAB);
        assertThat(browser.focused().getText()).isEqualTo("Skip to the content");
        browser.focused().sendKeys(Keys.ENTER);
        assertThat(browser.focused().getAttribute("id")).isEqualTo("main");

        List<String> reached = new ArrayList<>();
        for (int i = 0; i < 30 && !reached.contains("reference"); i++) {
            browser.focused().sendKeys(Keys.TAB);
            WebElement now = browser.focused();
            String id = Objects.requireNonNullElse(now.getAttribute("id"), "");
            reached.add(id);
            switch (id) {
                case "card" -> now.sendKeys("Visa");
                case "recipient", "purpose" -> now.sendKeys("By keyboard");
                case "amount" -> now.sendKeys("321.00");
                case "reference" -> now.sendKeys(Keys.chord(Keys.CONTROL, "a"), "keyboard-1", Keys.ENTER);
                default -> {}
            }
        }
        assertThat(reached).containsSubsequence("card", "recipient", "amount", "purpose", "reference");
        browser.waitForText("#facts .status", "Paid");
        demo.ioka().ledger().assertPaidExactlyOnce("keyboard-1");
    }

    @Test
    void inbox_payoutThatStandsStill_isSettledByTheAccountant_whoThenSeesTheDay() {
        signIn("accountant");
        browser.go("/inbox");
        browser.waitForText("#row-ORDER-1003", "is open for too long");
        look("/inbox", "inbox");
        browser.go("/payout?reference=ORDER-1003");
        browser.press("input[name=end][value=paid]");
        browser.type("why", "Statement of 27 November, line 14");
        browser.keep("payout-settle");
        assertThat(browser.barriers()).isEmpty();
        browser.press("form[action='/payout/settle'] button");

        browser.waitForText("#facts .status", "Paid");
        assertThat(browser.find("#steps").getText())
                .contains("Statement of 27 November, line 14")
                .contains("by accountant");
        look("/payout?reference=ORDER-1003", "payout-settled");
        look("/books", "books");
        assertThat(browser.find("tbody").getText())
                .contains("ioka")
                .contains("Paid")
                .contains("Not paid")
                .contains("KZT");
        assertThat(browser.find("a[href^='/books.csv']").getText()).isEqualTo("Download as CSV");
    }

    @Test
    void list_filters_followsWhatChanges_andWorksWithoutScripts() {
        signIn("cashier");
        look("/payouts", "list");
        browser.choose("status", "FAILED");
        browser.press("form.filters button");
        assertThat(browser.all("tbody tr"))
                .allSatisfy(row -> assertThat(
                                row.findElement(By.cssSelector(".status")).getText())
                        .isEqualTo("Not paid"));
        assertThat(browser.text()).contains("ORDER-1002").doesNotContain("ORDER-1001");

        browser.go("/payouts?day=2020-01-01");
        assertThat(browser.find("tbody").getText()).isEqualTo("There is none.");
        look("/login", "login");
    }

    @Test
    void smallScreen_nothingIsCutOff() {
        signIn("cashier");
        browser.driver().manage().window().setSize(new Dimension(500, 900));
        for (String path : List.of("/pay", "/payouts", "/payout?reference=ORDER-1001")) {
            browser.go(path);
            assertThat(
                            browser.driver()
                                    .executeScript(
                                            "return document.documentElement.scrollWidth <= document.documentElement.clientWidth"))
                    .as(path)
                    .isEqualTo(true);
        }
        browser.keep("small");
    }

    @Test
    void console_saysNothing_soThePolicyRefusesNothingOfOurs() {
        signIn("accountant");
        for (String path : List.of("/payouts", "/inbox", "/books", "/payout?reference=ORDER-1001")) {
            browser.go(path);
            assertThat(browser.driver().manage().logs().get("browser").getAll())
                    .as(path)
                    .isEmpty();
        }
    }
}
